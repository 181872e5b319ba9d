import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { appOver, ask, pageOf } from '../app.ts'
import { freshDatabase } from '../database.ts'

let database: Awaited<ReturnType<typeof freshDatabase>>
let app: ReturnType<typeof appOver>
beforeAll(async () => {
  database = await freshDatabase()
  app = appOver(database.db)
})
afterAll(() => database.close())

const textAt = async (path: string) => pageOf(await ask(app, path, { headers: { accept: 'text/html' } }))

describe('the place chosen once', () => {
  it.each([
    '/',
    '/delais',
    '/certs',
    '/rendez-vous',
    '/demande',
    '/mairies',
    '/campagnes',
    '/scenarios',
    '/effectifs',
    '/usagers',
    '/comite',
    '/fiabilite',
    '/mairies/ouverture',
    '/scenarios/stations-mobiles',
  ])('is the one that %s tells, and keeps', async path => {
    const page = await textAt(`${path}?place=2B`)
    expect(page).toContain('Délais des titres d’identité – Haute-Corse')
    expect(page).toMatch(/href="\/\?place=16">Revenir à\s:\sCharente/)
    expect(page).toContain('href="/usagers?place=2B"')
    expect(page).toMatch(/<form class="town-search"[^>]*><input type="hidden" name="place" value="2B"/)
    // What stands for Charente alone: its peak's hall, its centre, its committee of 2022.
    const main = page.slice(page.indexOf('<main'), page.indexOf('</main>'))
    for (const own of ['Angoulême', 'comité du 5 avril 2022']) expect(main).not.toContain(own)
  })

  it('is the department of a town, and of the page of a town', async () => {
    expect(await textAt('/comite?place=2B033')).toContain('– Haute-Corse')
    expect(await textAt('/mairies/2B033')).toContain('– Haute-Corse')
    expect(await textAt('/certs?place=16102')).toContain('Délais des titres d’identité – Charente')
  })

  it('is searched for towns', async () => {
    const { headers } = await ask(app, '/recherche?ville=Bigorno&place=2B')
    expect(headers.get('location')).toBe('/usagers?ville=Bigorno&place=2B')
  })

  it.each([
    ['Haute-Corse', '/?place=2B'],
    ['2b', '/?place=2B'],
    ['bigorno', '/usagers?ville=Bigorno&place=2B'],
    ['Angoulême', '/mairies/16015'],
    // A mayor comes to her own hall, be it only assumed.
    ['bastia', '/mairies/2B033'],
    ['Lille', '/mairies/59350'],
  ])('is found by its name from any page: %s', async (words, to) => {
    const { headers } = await ask(app, `/recherche?ville=${encodeURIComponent(words)}`)
    expect(headers.get('location')).toBe(to)
  })

  it('is chosen among those of one name', async () => {
    const page = await textAt('/recherche?ville=Saint-Denis')
    expect(page).toMatch(/Ailleurs en France[\s\S]*Saint-Denis \(La Réunion\)/)
    expect(page).toContain('/mairies/97411')
    expect(await textAt('/recherche?ville=Paris')).toContain('Paris (département)')
  })

  it.each(['/', '/usagers', '/mairies'])('is refused where it is none: %s', async path => {
    const answer = await ask(app, `${path}?place=99`, { headers: { accept: 'text/html' } })
    expect(answer.status).toBe(404)
    expect(await answer.text()).toContain('Aucun lieu ne porte le code 99')
  })

  it('is told by a form that is refused', async () => {
    const body = new URLSearchParams({ name: '', place: '2B', 'levers.0.code': 'cert-agents' })
    const answer = await ask(app, '/scenarios?place=2B', { method: 'POST', body })
    expect(answer.status).toBe(422)
    const page = await answer.text()
    expect(page).toContain('– Haute-Corse')
    expect(page).toContain('formaction="/scenarios?place=2B"')
    expect(page).toContain('href="/usagers?place=2B"')
  })

  it('a campaign is kept under it', async () => {
    const sent = new URLSearchParams({
      name: 'Ici',
      'messages.0.holders': 'old-card-adult',
      'messages.0.endsFrom': '2031-01',
      'messages.0.endsTo': '2031-12',
      'messages.0.sentIn': '2027-01',
    })
    const answer = await ask(app, '/campagnes?place=2B', { method: 'POST', body: sent })
    expect(answer.headers.get('location')).toMatch(/^\/campagnes\/[0-9a-f]+\?place=2B$/)
    expect(await textAt('/campagnes?place=2B')).toContain('>Ici<')
    expect(await textAt('/campagnes')).not.toContain('>Ici<')
  })
})
