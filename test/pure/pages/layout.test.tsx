import { describe, expect, it } from 'vitest'
import { currentness, documentText, Page, type Site } from '../../../src/pure/pages/layout.tsx'

const SITE: Site = {
  navigation: [
    { label: 'Accueil', href: '/' },
    { label: 'Mairies', href: '/mairies' },
  ],
  footer: [{ label: 'Accessibilité : non conforme', href: '/accessibilite' }],
  version: '0.1.0',
  place: 'Charente',
}

const page = await documentText(
  <Page
    title="Angoulême"
    path="/mairies/16015"
    trail={[
      { label: 'Accueil', href: '/' },
      { label: 'Mairies', href: '/mairies' },
    ]}
    lead="Combien de jours attendre <ici>."
  >
    <p>Le contenu.</p>
  </Page>,
  SITE,
)

describe('every page', () => {
  it('is a French document with one first heading and a title of its own', () => {
    expect(page.startsWith('<!doctype html><html lang="fr">')).toBe(true)
    expect(page.match(/<h1/g)).toHaveLength(1)
    expect(page).toContain('<title>Angoulême – Vigie Titres</title>')
    expect(page.match(/<title>/g)).toHaveLength(1)
  })

  it('holds to a policy without inline script or style', () => {
    expect(page).not.toMatch(/\sstyle=|<style|\son[a-z]+=|javascript:/)
    expect([...page.matchAll(/<script[^>]*>(.*?)<\/script>/g)].map(match => match[1])).toEqual([''])
    const files = [...page.matchAll(/<(?:link|script|img)[^>]* (?:href|src)="([^"]+)"/g)].map(
      match => match[1]!,
    )
    expect(files.filter(file => !file.startsWith('data:image/'))).toEqual([
      '/dsfr/dsfr.main.min.css',
      '/assets/vigie.css',
      '/assets/vigie.js',
      '/flux.atom',
    ])
  })

  it('lets the keyboard skip to places that exist', () => {
    const targets = [...page.matchAll(/<a class="fr-link" href="#([^"]+)"/g)].map(match => match[1])
    expect(targets).toEqual(['contenu', 'menu', 'recherche', 'pied'])
    for (const target of targets) expect(page).toContain(` id="${target}"`)
  })

  it('has a menu that opens without script, with the present part marked', () => {
    expect(page).toContain('<details class="menu-narrow"')
    expect(page).toContain('href="/mairies" aria-current="true"')
    expect(page).not.toContain('href="/" aria-current')
  })

  it('escapes what it is given', () => {
    expect(page).toContain('attendre &lt;ici&gt;.')
  })

  it('shows the State’s mark only to a State service', async () => {
    expect(page).not.toMatch(/fr-logo|class="state"/)
    const state = await documentText(<Page title="Délais" path="/" />, {
      ...SITE,
      stateIdentity: { mark: ['Préfet', 'de la Charente'], name: 'Préfet de la Charente' },
    })
    expect(state).toContain('<html lang="fr" class="state">')
    expect(state).toContain('<p class="fr-logo">Préfet<br/>de la Charente</p>')
    expect(state).toContain('<title>Vigie Titres – Délais</title>')
  })
})

describe('currentness', () => {
  it('tells the page from the part that holds it, and the home page holds nothing', () => {
    expect(currentness('/mairies', '/mairies')).toBe('page')
    expect(currentness('/mairies', '/mairies/16015')).toBe('true')
    expect(currentness('/mairies', '/mairies-fermees')).toBeUndefined()
    expect(currentness('/', '/mairies')).toBeUndefined()
  })
})
