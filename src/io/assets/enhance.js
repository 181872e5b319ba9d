// For every page, each of which works without it: closes the telephone's menu on Escape, proposes the towns that the search
// knows, marks what came in since the last visit, follows what is being made, and unfolds on paper what is marked to be printed.
document.addEventListener('keydown', event => {
  if (event.key !== 'Escape') return
  const menu = document.querySelector('details[data-menu][open]')
  if (!menu) return
  menu.open = false
  menu.querySelector('summary').focus()
})
const search = document.getElementById('recherche')
search?.addEventListener(
  'focus',
  async () => {
    const list = search.list
    const answer = await fetch(list.dataset.from).catch(() => undefined)
    if (!answer?.ok || list.childElementCount > 0) return
    for (const name of await answer.json()) list.append(new Option(name, name))
  },
  { once: true },
)
const arrivals = document.querySelectorAll('[data-since]')
try {
  const seen = arrivals.length > 0 && localStorage.getItem('seen')
  for (const one of arrivals) one.querySelector('[hidden]').hidden = !seen || one.dataset.since <= seen
  if (arrivals.length > 0) localStorage.setItem('seen', arrivals[0].dataset.since)
} catch {}
const follow = async () => {
  const answer = await fetch(location.href).catch(() => undefined)
  const text = answer?.ok ? await answer.text() : ''
  const next = new DOMParser().parseFromString(text, 'text/html').querySelector('[data-followed]')
  if (next) document.querySelector('[data-followed] > div').replaceWith(next.firstElementChild)
  if (!next || next.dataset.followed) setTimeout(follow, 3000)
}
if (document.querySelector('[data-followed="on"]')) setTimeout(follow, 3000)
let unfolded = []
addEventListener('beforeprint', () => {
  unfolded = [...document.querySelectorAll('details[data-printed]:not([open])')]
  for (const details of unfolded) details.open = true
})
addEventListener('afterprint', () => {
  for (const details of unfolded) details.open = false
})
