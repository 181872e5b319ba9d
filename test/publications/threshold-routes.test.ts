import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Role } from '../../src/pure/access/identity.ts'
import { appOver, ask, jsonOf } from '../app.ts'
import { freshDatabase } from '../database.ts'
import { oneOfEach, SIGN_IN, type Someone } from '../people.ts'

let database: Awaited<ReturnType<typeof freshDatabase>>
let app: ReturnType<typeof appOver>
let people: Record<Role, Someone>
beforeAll(async () => {
  database = await freshDatabase()
  app = appOver(database.db, { signIn: SIGN_IN, requestsPerMinute: 100_000 })
  people = await oneOfEach(database.db)
  const sent = await ask(app, '/api/imports?kind=applications&source=Pr%C3%A9fecture', {
    method: 'POST',
    headers: { ...people.prefecture.headers, 'content-type': 'text/csv' },
    body: 'mois;commune;titre;demandes\n2019-05;16102;cni;4\n2019-06;16102;cni;15\n2019-07;16102;cni;40\n',
  })
  expect(sent.status).toBe(201)
})
afterAll(() => database.close())

const decide = (body: unknown, who = people.administrator) =>
  ask(app, '/api/thresholds', {
    method: 'POST',
    headers: { ...who.headers, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
const publicValues = async () => {
  const { vintages } = await jsonOf<{ vintages: { period: string; value: number | null }[] }>(
    await ask(app, '/api/vintages?measure=applications&place=16102'),
  )
  return vintages.map(({ period, value }) => `${period} ${value}`).sort()
}
const demanded = async () => {
  const response = await ask(app, '/api/demand/16102')
  return [response.status, response.headers.get('etag')]
}
const ours = async (response: Response) =>
  (await jsonOf<{ thresholds: { publisher: string }[] }>(response)).thresholds.find(
    ({ publisher }) => publisher === 'Préfecture',
  )

test('a higher threshold hides what was published; a lower one shows nothing again; each decision says who and why', async () => {
  expect(await publicValues()).toEqual(['2019-05 null', '2019-06 15', '2019-07 40'])
  const before = await demanded()
  const raised = await decide({ publisher: 'Préfecture', threshold: 20, reason: 'petites communes' })
  expect(raised.status).toBe(201)
  expect(await ours(raised)).toMatchObject({
    threshold: 20,
    usual: false,
    reason: 'petites communes',
    hidden: 2,
  })
  expect(await publicValues()).toEqual(['2019-05 null', '2019-06 null', '2019-07 40'])
  // No answer kept from before is given again.
  expect((await demanded())[1]).not.toBe(before[1])
  expect((await decide({ publisher: 'Préfecture', threshold: null, reason: 'retour' })).status).toBe(201)
  expect(await publicValues()).toEqual(['2019-05 null', '2019-06 null', '2019-07 40'])
  const listed = await ask(app, '/api/thresholds', { headers: people['town-hall'].headers })
  expect(await ours(listed)).toMatchObject({ threshold: 11, usual: true, reason: 'retour', hidden: 2 })
})

test('only an administrator decides, of a known source, with a whole number and a reason', async () => {
  const sound = { publisher: 'Préfecture', threshold: 5, reason: 'essai' }
  expect((await decide(sound, people.prefecture)).status).toBe(403)
  expect((await ask(app, '/api/thresholds')).status).toBe(401)
  const unknown = await decide({ ...sound, publisher: 'Inconnue' })
  expect([unknown.status, (await jsonOf<{ code: string }>(unknown)).code]).toEqual([404, 'source-not-found'])
  for (const wrong of [{ threshold: 0 }, { threshold: 2.5 }, { threshold: 1_001 }, { reason: ' ' }])
    expect([wrong, (await decide({ ...sound, ...wrong })).status]).toEqual([wrong, 400])
})

test('the page says the thresholds to those who sign in, and lets an administrator decide without a script', async () => {
  const page = async (who: Someone) => (await ask(app, '/secret', { headers: who.headers })).text()
  expect(await page(people.cert)).not.toContain('Appliquer ce seuil')
  expect(await page(people.administrator)).toContain('Appliquer ce seuil')
  const send = (fields: Record<string, string>) =>
    ask(app, '/secret', {
      method: 'POST',
      headers: {
        ...people.administrator.headers,
        'content-type': 'application/x-www-form-urlencoded',
        origin: 'http://localhost',
      },
      body: new URLSearchParams(fields),
    })
  const done = await send({ publisher: 'Préfecture', threshold: '12', reason: 'essai de page' })
  expect([done.status, (await done.text()).includes('Seuil appliqué à Préfecture')]).toEqual([200, true])
  const refused = await send({ publisher: 'Préfecture', threshold: 'douze', reason: 'x' })
  expect([refused.status, (await refused.text()).includes('n’a pas changé')]).toEqual([422, true])
  const unknown = await send({ publisher: 'Inconnue', threshold: '12', reason: 'x' })
  expect([unknown.status, /Aucune source «\sInconnue\s»/.test(await unknown.text())]).toEqual([422, true])
  const reported: unknown[] = []
  app = appOver(database.db, { signIn: SIGN_IN, report: error => reported.push(error) })
  await sql`create function fail_now() returns trigger language plpgsql as 'begin raise exception ''power cut''; end'`.execute(
    database.db,
  )
  await sql`create trigger fail_now before insert on public_threshold for each row execute function fail_now()`.execute(
    database.db,
  )
  const broken = await send({ publisher: 'Préfecture', threshold: '13', reason: 'x' })
  expect([broken.status, (await broken.text()).includes('power cut'), reported]).toEqual([
    500,
    false,
    [expect.objectContaining({ message: 'power cut' })],
  ])
  await sql`drop trigger fail_now on public_threshold`.execute(database.db)
  expect(await ours(await ask(app, '/api/thresholds', { headers: people.cert.headers }))).toMatchObject({
    threshold: 12,
    reason: 'essai de page',
  })
})

test('a small count that earlier files give away is told to administrators', async () => {
  const bring = async (lines: string[]) => {
    const sent = await ask(app, '/api/imports?kind=applications&source=Essai', {
      method: 'POST',
      headers: { ...people.prefecture.headers, 'content-type': 'text/csv' },
      body: ['mois;commune;titre;demandes', ...lines].join('\n'),
    })
    expect(sent.status).toBe(201)
  }
  const page = async () => (await ask(app, '/secret', { headers: people.administrator.headers })).text()
  expect(await page()).toContain('rien de ce qui est caché ne se déduit')
  await bring(['2018-03;16102;cni;30', '2018-03;16102;cni-passport;34'])
  await bring(['2018-03;16102;passport;4'])
  expect(await page()).toMatch(/passeports, Cognac, mars\s2018/)
})
