// For forms with a long answer (`data-progress`): sends the form, shows the lines of JSON that come back (`{ words, share? }`,
// then `{ location }`, or `{ page }` with the form refused) and lets the reader call the work off, the form still filled in.
// Without it the form is sent as any other, and refused by the same page.
const attend = form => {
  const box = document.getElementById(form.dataset.progress)
  const working = box.querySelector('[data-working]')
  const bar = box.querySelector('progress')
  const status = box.querySelector('[role=status]')
  const fault = box.querySelector('[role=alert]')
  const stop = box.querySelector('button')
  const send = form.querySelector('[type=submit]')
  let work
  let toldAt = 0
  const show = ({ words, share }) => {
    if (share === undefined) bar.removeAttribute('value')
    else bar.value = share
    // Words said aloud more often than this could not be heard to their end.
    if (performance.now() - toldAt < 2000) return
    toldAt = performance.now()
    status.textContent = words
  }
  const rest = (words, problem) => {
    work = undefined
    const hadFocus = document.activeElement === stop
    working.hidden = true
    send.disabled = false
    if (hadFocus) send.focus()
    status.textContent = words
    fault.textContent = problem
    fault.hidden = problem === ''
  }
  const follow = async (response, mine) => {
    if ((response.headers.get('content-type') ?? '').startsWith('text/html'))
      return refuse(await response.text())
    if (!response.ok) return rest('', (await response.json()).detail)
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
    let text = ''
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      const lines = (text + piece.value).split('\n')
      text = lines.pop()
      for (const line of lines) {
        const { location: address, page, ...told } = JSON.parse(line)
        if (mine.signal.aborted) return
        if (page) return refuse(page)
        if (address) {
          rest('', '')
          return location.assign(address)
        }
        show(told)
      }
    }
    rest('', box.dataset.broken)
  }
  form.addEventListener('submit', async event => {
    // A button of its own asks for another page, not for the work.
    if (event.submitter?.formMethod === 'get') return
    if (work) return event.preventDefault()
    event.preventDefault()
    const mine = new AbortController()
    work = mine
    const body = new URLSearchParams(new FormData(form))
    toldAt = 0
    fault.hidden = true
    fault.textContent = ''
    working.hidden = false
    send.disabled = true
    stop.focus()
    show({ words: box.dataset.start })
    try {
      const headers = { accept: 'application/x-ndjson' }
      await follow(await fetch(form.action, { method: 'POST', body, headers, signal: mine.signal }), mine)
    } catch {
      if (!mine.signal.aborted) rest('', box.dataset.broken)
    }
  })
  stop.addEventListener('click', () => {
    if (!work) return
    work.abort()
    rest(box.dataset.cancelled, '')
  })
}
const refuse = text => {
  const page = new DOMParser().parseFromString(text, 'text/html')
  document.title = page.title
  document.querySelector('main').replaceWith(page.querySelector('main'))
  attendAll()
  document.querySelector('main [autofocus]')?.focus()
}
const attendAll = () => document.querySelectorAll('form[data-progress]').forEach(attend)
attendAll()
