// Goes from one picture of a meeting to the next by the arrows of the keyboard; the links under each do as much.
const slides = [...document.querySelectorAll('.meeting-slide')]
document.addEventListener('keydown', event => {
  const step = { ArrowLeft: -1, PageUp: -1, ArrowRight: 1, PageDown: 1 }[event.key]
  if (!step || slides.length === 0 || event.defaultPrevented || event.target.matches('input,select')) return
  event.preventDefault()
  const far = slides.map(slide => slide.getBoundingClientRect()).map(({ x, y }) => Math.abs(x) + Math.abs(y))
  slides[far.indexOf(Math.min(...far)) + step]?.scrollIntoView()
})
