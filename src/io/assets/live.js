// Renews what a form would do as it changes, and its address, which says the same without it.
for (const form of document.querySelectorAll('form[data-live]')) {
  let last
  form.addEventListener('change', async () => {
    const address = `${location.pathname}?${new URLSearchParams([...new FormData(form)].filter(([, value]) => value !== ''))}`
    last = address
    const answer = await fetch(address).catch(() => undefined)
    const text = answer?.ok ? await answer.text() : ''
    const next = new DOMParser().parseFromString(text, 'text/html').getElementById(form.dataset.live)
    if (!next || last !== address) return
    document.getElementById(form.dataset.live).replaceChildren(...next.childNodes)
    history.replaceState(null, '', address)
  })
}
