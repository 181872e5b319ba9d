// Renews what a form would do a moment after it changes, and its address, which says the same without it: an answer that is
// no longer asked for is called off.
let wait
let asked
const renew = async form => {
  asked?.abort()
  const mine = new AbortController()
  asked = mine
  const { live } = form.dataset
  const address = `${location.pathname}?${new URLSearchParams(new FormData(form))}`
  const place = document.getElementById(live)
  place.ariaBusy = 'true'
  const text = await fetch(address, { signal: mine.signal })
    .then(answer => (answer.ok ? answer.text() : ''))
    .catch(() => '')
  if (asked !== mine) return
  place.ariaBusy = null
  const next = new DOMParser().parseFromString(text, 'text/html').getElementById(live)
  if (!next) return
  place.replaceChildren(...next.childNodes)
  history.replaceState(null, '', address)
}
document.addEventListener('input', ({ target }) => {
  const form = target.closest('form[data-live]')
  if (!form) return
  clearTimeout(wait)
  wait = setTimeout(renew, 500, form)
})
