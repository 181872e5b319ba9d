import { afterAll, beforeAll, expect, test } from 'vitest'
import { appOver, ask } from '../app.ts'
import { freshDatabase } from '../database.ts'
import { SIGN_IN } from '../people.ts'

let database: Awaited<ReturnType<typeof freshDatabase>>
beforeAll(async () => {
  database = await freshDatabase()
})
afterAll(() => database.close())

test('the calendar and the page follow what is published, and nobody learns what is not', async () => {
  const app = appOver(database.db, { today: () => '2026-03-02' })
  const visitor = appOver(database.db, { today: () => '2026-03-02', signIn: SIGN_IN })
  const send = async (day: string, draft = '') => {
    const head = `# source : Mairie de Cognac\n# publié le : ${day}\n${draft}`
    const body = `${head}période;lieu;jours;horloge\n${day.slice(0, 7)};16102;40;first-free-slot\n`
    const sent = await ask(app, '/api/imports?kind=appointment-waits', { method: 'POST', body })
    expect(sent.status).toBe(201)
  }
  const calendar = async () => {
    const response = await ask(visitor, '/api/publications.ics')
    expect(response.headers.get('content-type')).toBe('text/calendar; charset=utf-8')
    return (await response.text()).replaceAll('\r\n ', '')
  }
  await send('2026-01-01')
  await send('2026-02-01')
  await send('2026-03-01', '# brouillon : oui\n')
  expect(await calendar()).not.toContain('Cognac')
  await send('2026-03-01')
  expect(await calendar()).toContain('DTSTART;VALUE=DATE:20260331')
  const collector = {
    name: 'Rendez-vous de Jarnac',
    kind: 'booking-editor',
    address: 'https://example.org/api',
  }
  const headers = { 'content-type': 'application/json' }
  const made = await ask(app, '/api/collectors', { method: 'POST', headers, body: JSON.stringify(collector) })
  expect(made.status).toBe(201)
  const page = async (of: typeof app) => (await ask(of, '/donnees')).text()
  expect(await page(app)).toMatch(/Rendez-vous de Jarnac[\s\S]*jamais lu[\s\S]*Mairie de Cognac/)
  const seen = await page(visitor)
  expect(seen).toContain('Mairie de Cognac')
  expect(seen).not.toContain('Rendez-vous de Jarnac')
})
