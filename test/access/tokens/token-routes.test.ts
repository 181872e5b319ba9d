import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { appOver, ask } from '../../app.ts'
import { freshDatabase } from '../../database.ts'
import { SIGN_IN, type Someone, someone } from '../../people.ts'

let database: Awaited<ReturnType<typeof freshDatabase>>
let app: ReturnType<typeof appOver>
let owner: Someone
beforeAll(async () => {
  database = await freshDatabase()
  app = appOver(database.db, { signIn: SIGN_IN })
  owner = await someone(database.db, 'prefecture')
})
afterAll(() => database.close())

const send = (path: string, form: Record<string, string> = {}, who = owner) =>
  ask(app, path, { method: 'POST', headers: who.headers, body: new URLSearchParams(form) })
const good = { label: 'envoi hebdomadaire', scope: 'imports', days: '30' }

async function created(): Promise<string> {
  const page = await (await send('/jetons', good)).text()
  return /vigie_[\w-]{43}/.exec(page)?.[0] ?? ''
}
const reads = async (key: string) =>
  (await ask(app, '/api/scenarios', { headers: { authorization: `Bearer ${key}` } })).status === 200

test('a token is shown once, works, and the base holds only its digest', async () => {
  const answer = await send('/jetons', good)
  expect(answer.headers.get('cache-control')).toBe('no-store')
  const key = /vigie_[\w-]{43}/.exec(await answer.text())?.[0] ?? ''
  expect(await reads(key)).toBe(true)
  const { rows } = await sql<{ line: string }>`select api_token::text as line from api_token`.execute(
    database.db,
  )
  expect(rows.some(row => row.line.includes(key))).toBe(false)
  const list = await (await ask(app, '/jetons', { headers: owner.headers })).text()
  expect(list).toContain('envoi hebdomadaire')
  expect(list).not.toContain(key)
})

test('a key that is not of this service, or none that was given, opens nothing', async () => {
  expect(await reads('sk-0123456789')).toBe(false)
  expect(await reads(`vigie_${'a'.repeat(43)}`)).toBe(false)
})

test('on a machine of one’s own a program needs none', async () => {
  const alone = appOver(database.db)
  expect((await ask(alone, '/jetons')).status).toBe(404)
})

test('it is worth nothing from its revocation on, or once its days are over', async () => {
  const key = await created()
  const { rows } = await sql<{ id: number }>`select max(id) as id from api_token`.execute(database.db)
  const id = rows[0]?.id
  const other = await someone(database.db, 'prefecture', { place: '17' })
  expect((await send(`/jetons/${id}/revocation`, {}, other)).status).toBe(404)
  expect(await reads(key)).toBe(true)
  expect((await send(`/jetons/${id}/revocation`)).status).toBe(200)
  expect(await reads(key)).toBe(false)
  expect((await send(`/jetons/${id}/revocation`)).status).toBe(404)
  const late = await created()
  await sql`update api_token set created_at = now() - interval '2 days', expires_at = now() - interval '1 day'
    where id = (select max(id) from api_token)`.execute(database.db)
  expect(await reads(late)).toBe(false)
})

test.each([
  { ...good, label: '  ' },
  { ...good, label: 'x'.repeat(121) },
  { ...good, scope: 'tout' },
  { ...good, days: '3650' },
])('%o is refused', async form => {
  expect((await send('/jetons', form)).status).toBe(422)
})
