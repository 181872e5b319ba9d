import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { invite } from '../../../src/access/accounts/account-queries.ts'
import {
  deeds,
  forgetOldSecurity,
  logSecurity,
  securityLines,
} from '../../../src/access/journal/journal-queries.ts'
import { MOST_REMARKS } from '../../../src/access/journal/remark-queries.ts'
import { appOver, ask, pageOf } from '../../app.ts'
import { freshDatabase } from '../../database.ts'

let database: Awaited<ReturnType<typeof freshDatabase>>
beforeAll(async () => {
  database = await freshDatabase()
})
afterAll(() => database.close())

test('one author has one pseudonym in a month, which another key of another month does not give', async () => {
  const note = { event: 'refused', account: '12', address: '192.0.2.1', detail: 'GET /comptes' } as const
  await logSecurity(database.db, note)
  await logSecurity(database.db, note)
  await sql`update security_key set month = '2026-01'`.execute(database.db)
  await logSecurity(database.db, note)
  const [other, again, first] = await securityLines(database.db, 3)
  expect(again).toMatchObject({ actor: first?.actor, address: first?.address, detail: 'GET /comptes' })
  expect(first?.actor).not.toBe(first?.address)
  expect(other?.actor).not.toBe(first?.actor)
  expect(JSON.stringify([other, again, first])).not.toContain('192.0.2.1')
})

test('an event that another version wrote is shown by its code', async () => {
  await sql`insert into security_event (event, actor, address) values ('seen-by-another', '', '')`.execute(
    database.db,
  )
  expect(await (await ask(appOver(database.db), '/journal')).text()).toContain('seen-by-another')
  await sql`delete from security_event where event = 'seen-by-another'`.execute(database.db)
})

test('what is older than twelve months is forgotten with its key', async () => {
  await sql`update security_event set at = now() - interval '12 months 1 day' where id = (select min(id) from security_event)`.execute(
    database.db,
  )
  await sql`insert into security_key (month, key) values ('2020-01', '\\x00')`.execute(database.db)
  expect(await forgetOldSecurity(database.db)).toBe(1)
  const { rows } = await sql<{ month: string }>`select month from security_key order by 1`.execute(
    database.db,
  )
  expect(rows.map(row => row.month)).not.toContain('2020-01')
  expect(rows.length).toBe(2)
})

test('who imported, published and invited is told for ever, by name when it is known', async () => {
  const id = await invite(database.db, { email: 'a@b.fr', role: 'cert', place: '16' }, 'local')
  const { rows } = await sql<{ id: number }>`
    insert into release (source_id, import_kind, kind, document, file_name, sha256, default_place, reach, published_on, recorded_by, row_count)
    select source_id, import_kind, kind, 'Note du CERT', file_name, sha256, '16', '16', published_on, ${String(id)}, 1
      from release order by id limit 1 returning id`.execute(database.db)
  const all = await deeds(database.db, 100)
  expect(all).toContainEqual(
    expect.objectContaining({
      by: 'a@b.fr',
      deed: 'imported',
      what: `n° ${rows[0]?.id} – Note du CERT`,
      place: '16',
    }),
  )
  expect(all.filter(deed => deed.deed === 'published').length).toBeGreaterThan(5)
  expect(all).toContainEqual(
    expect.objectContaining({ by: 'local', deed: 'invited', what: `compte n° ${id} (cert)` }),
  )
  const page = await pageOf(await ask(appOver(database.db), '/journal'))
  expect(page).toContain('Note du CERT')
  expect(page).toContain('accès refusé')
})

test('a reader says that a figure is wrong without an account, within bounds, and administrators read it', async () => {
  const app = appOver(database.db)
  const say = (form: Record<string, string>) =>
    ask(app, '/signaler', { method: 'POST', body: new URLSearchParams(form) })
  const refused = await say({ kind: '', page: '//elsewhere.example', words: ' ' })
  expect(refused.status).toBe(422)
  const page = await refused.text()
  expect(page).toContain('<title>Erreur')
  for (const part of ['href="#champ-kind"', 'href="#champ-words"', 'autofocus', 'name="page" value="/"'])
    expect(page).toContain(part)
  const remark = { kind: 'wrong-figure', page: '/delais?place=16', words: '26 <b>jours</b>, pas 28' }
  for (let sent = 0; sent < MOST_REMARKS.anHour; sent++) expect((await say(remark)).status).toBe(201)
  expect((await say(remark)).status).toBe(429)
  const journal = await (await ask(app, '/journal')).text()
  expect(journal).toContain('26 &lt;b&gt;jours&lt;/b&gt;, pas 28')
  expect(journal).toContain('href="/delais?place=16"')
})
