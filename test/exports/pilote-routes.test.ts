import { afterAll, beforeAll, expect, test } from 'vitest'
import { readIndicators } from '../../src/pure/figures/pilote-indicator.ts'
import { appOver, ask, jsonOf } from '../app.ts'
import { freshDatabase } from '../database.ts'

let database: Awaited<ReturnType<typeof freshDatabase>>
beforeAll(async () => {
  database = await freshDatabase()
})
afterAll(() => database.close())

test('without indicators a 409 says what to set; with them the published quarters', async () => {
  const path = '/api/exports/pilote.csv'
  const refused = await ask(appOver(database.db), path)
  expect([refused.status, (await jsonOf<{ code: string }>(refused)).code]).toEqual([
    409,
    'pilote-not-configured',
  ])
  const piloteIndicators = readIndicators('IND-123=appointment-wait,IND-124=issuance-delay:driving-licence')
  const answer = await ask(appOver(database.db, { piloteIndicators }), path)
  const tag = answer.headers.get('etag') ?? ''
  const again = await ask(appOver(database.db, { piloteIndicators }), path, {
    headers: { 'if-none-match': tag },
  })
  expect([tag.length > 2, again.status]).toEqual([true, 304])
  const lines = (await answer.text()).split('\n')
  expect(lines[0]).toBe('identifiant_indic;zone_id;zone_nom;date_valeur;type_valeur;valeur')
  expect(
    lines.filter(line => /^IND-123;D16;Charente;\d{4}-\d{2}-\d{2};v[ia];[\d.]+$/.test(line)).length,
  ).toBeGreaterThan(4)
  expect(lines.filter(line => /^IND-124;D16;Charente;.*;vc;[\d.]+$/.test(line))).toHaveLength(1)
})

test('what is exported comes back as figures that are already here', async () => {
  const piloteIndicators = readIndicators('IND-123=appointment-wait,IND-124=issuance-delay:driving-licence')
  const app = appOver(database.db, { piloteIndicators })
  const body = await (await ask(app, '/api/exports/pilote.csv')).text()
  const headers = { 'content-type': 'text/csv' }
  const sent = await ask(app, '/api/imports/preview', { method: 'POST', body, headers })
  const { changes } = await jsonOf<{ changes: { figures: Record<string, unknown> } }>(sent)
  expect(changes.figures).toMatchObject({ added: 0, revised: 0, contradicted: 0, unchanged: 9 })
})
