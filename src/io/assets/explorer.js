// Swagger UI weighs twice what a page may on its first load: it comes when somebody asks for it.
const ask = document.getElementById('ouvrir-explorateur')
const place = document.getElementById('explorateur')
ask.hidden = false
ask.addEventListener('click', () => {
  ask.disabled = true
  ask.textContent = 'Chargement…'
  const style = document.createElement('link')
  style.rel = 'stylesheet'
  style.href = '/assets/swagger/swagger-ui.css'
  const script = document.createElement('script')
  script.src = '/assets/swagger/swagger-ui-bundle.js'
  script.addEventListener('load', () => {
    SwaggerUIBundle({ url: '/openapi.json', dom_id: '#explorateur', validatorUrl: null })
    ask.remove()
    place.focus()
  })
  script.addEventListener('error', () => {
    ask.disabled = false
    ask.textContent = 'L’explorateur n’a pas pu être chargé : réessayer'
    script.remove()
  })
  document.head.append(style, script)
})
