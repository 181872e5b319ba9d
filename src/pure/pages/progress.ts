/**
 * Script served at `/assets/progress.js` for forms with a long answer (`data-progress`): it sends the form, shows the lines of
 * JSON that come back (`{ words, share? }`, then `{ location }` or `{ problem }`) and lets the reader call the work off, the
 * form still filled in. Without it the form is sent as any other.
 */
export const PROGRESS_SCRIPT = `'use strict'
for (const form of document.querySelectorAll('form[data-progress]')) {
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
    if (!response.ok) return rest('', (await response.json()).detail)
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
    let text = ''
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      const lines = (text + piece.value).split('\\n')
      text = lines.pop()
      for (const line of lines) {
        const { location: address, problem, ...told } = JSON.parse(line)
        if (mine.signal.aborted) return
        if (problem) return rest('', problem.detail)
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
    event.preventDefault()
    if (work) return
    const mine = (work = new AbortController())
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
`
