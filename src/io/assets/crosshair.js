// Reads a chart: pointer, finger or arrow keys move a line from mark to mark, and what the marks under it say (period, value,
// bands) is written above the drawing and spoken. The words are those of the marks' own titles; without the script these
// and the table beside say the same.
for (const drawing of document.querySelectorAll('.plate>.drawing')) {
  const stops = new Map()
  for (const title of drawing.querySelectorAll('title')) {
    const mark = title.parentNode
    const shape = mark === drawing ? null : mark.matches('g') ? mark.querySelector('circle,rect,line') : mark
    if (!shape) continue
    const box = shape.getBBox()
    const x = Math.round(box.x + box.width / 2)
    stops.set(x, [...(stops.get(x) || []), title.textContent])
  }
  const places = [...stops.keys()].sort((a, b) => a - b)
  if (places.length < 2) continue
  let line, words, at
  const show = i => {
    at = i
    if (!line) {
      line = drawing.appendChild(document.createElementNS(drawing.namespaceURI, 'line'))
      line.setAttribute('class', 'crosshair')
      line.setAttribute('y2', drawing.viewBox.baseVal.height)
      words = document.createElement('p')
      words.className = 'plate-reading no-print'
      words.setAttribute('role', 'status')
      drawing.before(words)
    }
    line.setAttribute('x1', places[i])
    line.setAttribute('x2', places[i])
    words.textContent = stops.get(places[i]).join(' · ')
  }
  const follow = event => {
    const box = drawing.getBoundingClientRect()
    const x = ((event.clientX - box.left) / box.width) * drawing.viewBox.baseVal.width
    show(places.reduce((best, place, i) => (Math.abs(place - x) < Math.abs(places[best] - x) ? i : best), 0))
  }
  drawing.tabIndex = 0
  drawing.addEventListener('pointermove', follow)
  drawing.addEventListener('pointerdown', follow)
  drawing.addEventListener('keydown', event => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
    const end = { Home: 0, End: places.length - 1 }[event.key]
    if (step === undefined && end === undefined) return
    event.preventDefault()
    show(
      end ??
        Math.min(
          places.length - 1,
          Math.max(0, at === undefined ? (step < 0 ? places.length - 1 : 0) : at + step),
        ),
    )
  })
}
