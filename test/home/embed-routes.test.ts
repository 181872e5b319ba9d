import { afterAll, beforeAll, expect, test } from 'vitest'
import { embedRoutes } from '../../src/home/embed-routes.tsx'
import { appOver, ask } from '../app.ts'
import { freshDatabase } from '../database.ts'

let database: Awaited<ReturnType<typeof freshDatabase>>
let app: ReturnType<typeof appOver>
beforeAll(async () => {
  database = await freshDatabase()
  app = appOver(database.db)
})
afterAll(() => database.close())

test('a chart of a page is shown elsewhere with its source and the way back, and kept while nothing changes', async () => {
  const page = await (await ask(app, '/rendez-vous?place=16')).text()
  const code = /&lt;iframe src=&quot;http:\/\/localhost(\/embed\/[^&]+(?:&amp;amp;[^&]+)*)&quot;/.exec(
    page,
  )![1]!
  const shown = await ask(app, code.replaceAll('&amp;amp;', '&'))
  expect(shown.headers.get('content-security-policy')).toContain('frame-ancestors *')
  expect(shown.headers.get('x-frame-options')).toBeNull()
  const chart = await shown.text()
  expect(/<figure class="plate" id="attente"[\s\S]*drawing-wide[\s\S]*Source/.test(chart)).toBe(true)
  expect(chart.includes('href="/rendez-vous?place=16"')).toBe(true)
  expect(/<form|<nav|Administrateur/.test(chart)).toBe(false)
  const again = { headers: { 'if-none-match': shown.headers.get('etag')! } }
  expect((await ask(app, '/embed/rendez-vous?place=16&dessin=attente', again)).status).toBe(304)
})

test('its card is an image at an absolute address', async () => {
  const page = await (await ask(app, '/delais/permis-de-conduire')).text()
  const address = /<meta property="og:image" content="http:\/\/localhost([^"]+)"/.exec(page)![1]!
  const card = await ask(app, address)
  expect(card.headers.get('content-type')).toBe('image/png')
  const bytes = Buffer.from(await card.arrayBuffer())
  expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([1200, 630])
})

test('whoever looks, a chart shown elsewhere is asked for as anybody', async () => {
  const seen: Request[] = []
  const router = embedRoutes(request => {
    seen.push(request)
    return new Response('<p>')
  })
  const headers = { cookie: '__Host-vigie=key', authorization: 'Bearer vigie_x', 'accept-encoding': 'br' }
  await router.request('http://localhost/embed/demande?tableau=x&format=csv&place=16', { headers })
  expect(seen.map(({ url }) => url)).toEqual(['http://localhost/demande?format=html&place=16&dessin='])
  const [told] = seen.map(request => Object.fromEntries(request.headers))
  expect(told).toEqual({ accept: 'text/html', origin: 'null' })
})

test.each([
  '/embed/donnees',
  '/embed/comptes',
  '/embed/delais',
  '/embed/rendez-vous?dessin=rien',
  '/embed/rendez-vous?place=99999',
])('%s is not there, and is not framed', async path => {
  const answer = await ask(app, path)
  expect(answer.status).toBe(404)
  expect(answer.headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
})
