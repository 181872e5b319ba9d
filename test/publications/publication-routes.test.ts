import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Role } from '../../src/pure/access/identity.ts'
import { appOver, ask, jsonOf } from '../app.ts'
import { freshDatabase } from '../database.ts'
import { oneOfEach, SIGN_IN, type Someone } from '../people.ts'

let database: Awaited<ReturnType<typeof freshDatabase>>
let app: ReturnType<typeof appOver>
beforeAll(async () => {
  database = await freshDatabase()
  app = appOver(database.db)
})
afterAll(() => database.close())

interface Stored {
  release: number
  public: boolean
}
interface Answer {
  series: { points: { quarter: string; days: number }[] }[]
  notices: { change: string; text: string; before: number | null; after: number | null; reason: string }[]
  history?: { value: number | null; state: string; publishedOn: string; replacedOn: string | null }[]
}

/** Waits of one hall, so that nothing else speaks of the figure. */
async function send(hall: string, value: number | '', head: Record<string, string>, query = '') {
  const lines = Object.entries({ source: 'Mairie', ...head }).map(([key, text]) => `# ${key} : ${text}`)
  const response = await ask(app, `/api/imports?kind=appointment-waits${query}`, {
    method: 'POST',
    body: `${lines.join('\n')}\npériode;lieu;jours;horloge;statut\n2021-Q1;${hall};${value};first-free-slot;${value === '' ? 'retiré' : 'observé'}\n`,
    headers: { 'content-type': 'text/csv' },
  })
  expect(response.status).toBe(201)
  return jsonOf<Stored>(response)
}
async function waits(hall: string, query = ''): Promise<Answer> {
  const response = await ask(app, `/api/waits?place=${hall}${query}`)
  expect(response.status).toBe(200)
  return jsonOf<Answer>(response)
}
const daysOf = (answer: Answer) => answer.series.flatMap(one => one.points.map(point => point.days))
const publish = (body: unknown) =>
  ask(app, '/api/publications', {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json' },
  })
const inForce = async (hall: string) => {
  const { rows } = await sql<{ value: number }>`
    select value from current_observation c join series s on s.id = c.series_id
     where s.measure = 'appointment-wait' and s.place = ${hall}`.execute(database.db)
  return rows.map(row => row.value)
}

describe('a draft', () => {
  test('is seen by nobody until it is published, and says beforehand what it would change', async () => {
    await send('16102', 40, { 'publié le': '2022-01-10' })
    const draft = await send('16102', 44, {
      'publié le': '2022-02-10',
      nature: 'révision',
      motif: 'jours recomptés',
      brouillon: 'oui',
    })
    expect(draft.public).toBe(false)
    expect(daysOf(await waits('16102'))).toEqual([40])
    expect(await inForce('16102')).toEqual([40])
    const history = await (await ask(app, '/api/vintages?measure=appointment-wait&place=16102')).text()
    expect(history).toContain('"value":40')
    expect(history).not.toContain('"value":44')

    const listed = await jsonOf<{ drafts: { release: number; changes: unknown[] }[] }>(
      await ask(app, '/api/publications'),
    )
    expect(listed.drafts).toMatchObject([
      { release: draft.release, changes: [{ place: '16102', period: '2021-Q1', before: 40, after: 44 }] },
    ])
    const page = await (await ask(app, '/publications', { headers: { accept: 'text/html' } })).text()
    expect(page).toMatch(/40\sjours[\s\S]*44\sjours/)

    const response = await publish({ releases: [draft.release], reason: 'relu' })
    expect(response.status).toBe(201)
    expect(daysOf(await waits('16102'))).toEqual([44])
    expect(await inForce('16102')).toEqual([44])
    expect((await waits('16102')).notices).toMatchObject([
      {
        change: 'revision',
        before: 40,
        after: 44,
        reason: 'jours recomptés',
        text: expect.stringMatching(/^révisé le 10\sfévrier\s2022/),
      },
    ])
    const shown = await (await ask(app, '/rendez-vous?place=16102')).text()
    expect(shown).toMatch(/révisé le 10\sfévrier\s2022/)
  })

  test('of more changes than an answer holds tells where the next ones are', async () => {
    const months = Array.from({ length: 1_001 }, (_, i) => {
      const month = i % 77
      return `${2015 + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')};${33001 + Math.floor(i / 77)};cni;${i}`
    })
    const response = await ask(app, '/api/imports?kind=applications&draft=true', {
      method: 'POST',
      body: `mois;commune;titre;demandes\n${months.join('\n')}\n`,
    })
    const { release } = await jsonOf<Stored>(response)
    const read = async (address: string) =>
      (
        await jsonOf<{ drafts: { changed: number; changes: { after: number }[]; next: string | null }[] }>(
          await ask(app, address),
        )
      ).drafts[0]!
    const first = await read(`/api/publications?release=${release}`)
    const second = await read(first.next!)
    const values = [...first.changes, ...second.changes].map(({ after }) => after)
    expect([first.changed, first.changes.length, second.changed, second.next]).toEqual([
      1_001,
      1_000,
      1_001,
      null,
    ])
    expect(new Set(values)).toEqual(new Set(months.keys()))
    const beyond = await read(`/api/publications?release=${release}&skipped=5000`)
    expect(beyond).toMatchObject({ changed: 1_001, changes: [], next: null })
    await ask(app, `/api/releases/${release}/withdrawal`, {
      method: 'POST',
      body: '{"reason":"essai"}',
      headers: { 'content-type': 'application/json' },
    })
  })

  test('may be asked for by the sender, and several are published together or not at all', async () => {
    const first = await send('16341', 50, {}, '&draft=true')
    const second = await send('16374', 51, {}, '&draft=true')
    const refused = await publish({ releases: [first.release, 2_000_000] })
    expect([refused.status, (await jsonOf<{ code: string }>(refused)).code]).toEqual([
      404,
      'release-not-found',
    ])
    expect(await inForce('16341')).toEqual([])
    expect((await publish({ releases: [first.release, second.release] })).status).toBe(201)
    expect([await inForce('16341'), await inForce('16374')]).toEqual([[50], [51]])
    const again = await publish({ releases: [first.release] })
    expect([again.status, (await jsonOf<{ code: string }>(again)).code]).toEqual([409, 'already-published'])
  })

  test('changes what nothing says yet, or what its source declares; not what stands, nor the same again', async () => {
    const early = { 'publié le': '2022-01-10' }
    const late = { 'publié le': '2022-02-10' }
    const revised = { ...late, nature: 'révision', motif: 'Recomptage' }
    await send('24520', 40, early)
    await send('24322', 40, early)
    await send('24037', 40, early)
    await send('24053', 40, early)
    await send('24053', '', { ...revised, 'publié le': '2022-01-20' })
    const drafts: [string, number, Record<string, string>][] = [
      ['24138', 44, late],
      ['24520', 44, late],
      ['24322', 44, revised],
      ['24037', 40, revised],
      ['24053', 44, { ...late, source: 'Préfecture' }],
    ]
    for (const [hall, value, head] of drafts) await send(hall, value, head, '&draft=true')
    const told = await jsonOf<{
      drafts: { changes: { place: string; before: number | null; after: number | null }[] }[]
    }>(await ask(app, '/api/publications'))
    const changes = told.drafts.flatMap(one => one.changes)
    const of = (hall: string) =>
      changes.filter(({ place }) => place === hall).map(({ before, after }) => [before, after])
    expect(drafts.map(([hall]) => of(hall))).toEqual([[[null, 44]], [], [[40, 44]], [], [[null, 44]]])
    expect(await (await ask(app, '/publications')).text()).toMatch(/1\sligne, 1\schiffre changerait/)
  })

  test('is for figures: a file of town halls is refused with a reason', async () => {
    const response = await ask(app, '/api/imports?kind=events&draft=true', {
      method: 'POST',
      body: 'lieu;jour;nature;libellé\n16;2022-01-01;autre;Essai\n',
      headers: { 'content-type': 'text/csv' },
    })
    expect([response.status, (await response.text()).includes('cannot-wait')]).toEqual([422, true])
  })

  test('is not also under embargo: whoever publishes it says until when', async () => {
    const response = await ask(app, '/api/imports?kind=appointment-waits&draft=true', {
      method: 'POST',
      body: '# embargo : 2999-01-01T08:00\npériode;lieu;jours;horloge\n2021-Q1;16102;3;first-free-slot\n',
      headers: { 'content-type': 'text/csv' },
    })
    expect([response.status, (await response.text()).includes('cannot-wait')]).toEqual([422, true])
  })

  test.each([
    [{ releases: [] }],
    [{ releases: ['un'] }],
    [{}],
    [{ releases: [1], embargoUntil: '2026-13-01T08:00' }],
    [{ releases: [1], embargo: '2026-12-01T08:00' }],
  ])('%j is not a publication', async body => {
    expect((await publish(body)).status).toBe(400)
  })
})

describe('the form', () => {
  const submit = (form: [string, string][]) =>
    ask(app, '/publications', {
      method: 'POST',
      headers: { accept: 'text/html' },
      body: new URLSearchParams(form),
    })

  test('publishes what is chosen, at once or at the end of an embargo, with its reason', async () => {
    const now = await send('16106', 12, {}, '&draft=true')
    const later = await send('16113', 13, {}, '&draft=true')
    expect(await (await submit([['releases', String(now.release)]])).text()).toContain(
      'en vigueur dès maintenant',
    )
    const page = await submit([
      ['releases', String(later.release)],
      ['embargoUntil', '2999-01-01T08:00'],
      ['reason', 'comité'],
    ])
    expect(await page.text()).toContain('lisibles le')
    expect([await inForce('16106'), await inForce('16113')]).toEqual([[12], []])
    const waiting = await jsonOf<{
      drafts: { release: number; changes: { before: unknown; after: unknown }[] }[]
    }>(await ask(app, '/api/publications'))
    expect(waiting.drafts.find(one => one.release === later.release)?.changes).toMatchObject([
      { before: null, after: 13 },
    ])
  })

  test('a file without a figure changes nothing', async () => {
    const { rows } = await sql<{ id: number }>`
      insert into release (source_id, import_kind, kind, document, file_name, sha256, default_place, reach, published_on, recorded_by, row_count)
      select source_id, import_kind, kind, 'Note', file_name, sha256, '17', '17', published_on, recorded_by, 1
        from release order by id limit 1 returning id`.execute(database.db)
    const { drafts } = await jsonOf<{ drafts: { release: number; changes: unknown[] }[] }>(
      await ask(app, '/api/publications'),
    )
    expect(drafts.find(one => one.release === rows[0]?.id)?.changes).toEqual([])
  })

  test('tells the value that a draft would take back', async () => {
    await send('16138', 14, { 'publié le': '2022-01-10' })
    const back = await send('16138', '', { 'publié le': '2022-02-10', nature: 'correction' }, '&draft=true')
    const { drafts } = await jsonOf<{ drafts: { release: number; changes: unknown[] }[] }>(
      await ask(app, '/api/publications'),
    )
    expect(drafts.find(one => one.release === back.release)?.changes).toMatchObject([
      { before: 14, after: null },
    ])
  })

  test('without a file chosen, or with a day that is none, is refused', async () => {
    expect((await submit([])).status).toBe(400)
    expect(
      (
        await submit([
          ['releases', '1'],
          ['embargoUntil', 'demain'],
        ])
      ).status,
    ).toBe(400)
  })
})

describe('an embargo', () => {
  test('ends without anybody writing: the value in force changes at its hour, and never before', async () => {
    await send('16046', 30, { 'publié le': '2022-01-10' })
    const stored = await send('16046', 33, {
      nature: 'révision',
      embargo: '2999-01-01T08:00',
      'publié le': '2022-03-01',
    })
    expect(stored.public).toBe(false)
    expect([daysOf(await waits('16046')), await inForce('16046')]).toEqual([[30], [30]])
    const { rows } = await sql<{ value: number; shown_from: string; shown_until: string }>`
      select v.value, v.shown_from::text, v.shown_until::text from dated_value v join series s on s.id = v.series_id
       where s.place = '16046' and v.told_until = 'infinity' order by v.shown_from`.execute(database.db)
    expect(rows.map(row => row.value)).toEqual([30, 33])
    expect(rows[0]?.shown_until).toBe(rows[1]?.shown_from)
    expect(Date.parse(rows[1]?.shown_from ?? '')).toBe(Date.parse('2999-01-01T07:00:00Z'))
  })

  test('that is past holds nothing back, and its figures count from the day it ended', async () => {
    await send('16196', 30, { embargo: '2022-05-01T08:00', 'publié le': '2022-04-01' })
    expect(daysOf(await waits('16196'))).toEqual([30])
    expect(daysOf(await waits('16196', '&asOf=2022-04-30'))).toEqual([])
    expect(daysOf(await waits('16196', '&asOf=2022-05-01'))).toEqual([30])
  })
})

describe('SDMX parameters', () => {
  test('asOf, includeHistory and updatedAfter tell the life of a figure that was withdrawn and published again', async () => {
    await send('16113', 20, { 'publié le': '2022-01-10' })
    await send('16113', '', { 'publié le': '2022-02-10', nature: 'correction', motif: 'erreur de saisie' })
    const between = new Date().toISOString()
    await send('16113', 22, { 'publié le': '2022-03-10', document: 'republication' })
    expect(daysOf(await waits('16113', '&asOf=2022-01-31'))).toEqual([20])
    expect(daysOf(await waits('16113', '&asOf=2022-02-28'))).toEqual([])
    const now = await waits('16113', '&includeHistory=true')
    expect(daysOf(now)).toEqual([22])
    expect(await inForce('16113')).toEqual([22])
    expect(now.history?.map(({ value, state, replacedOn }) => [value, state, replacedOn])).toEqual([
      [20, 'replaced', '2022-02-10'],
      [null, 'withdrawn', null],
      [22, 'in-force', null],
    ])
    expect(now.notices.map(({ change, before, after }) => [change, before, after])).toEqual([
      ['withdrawal', 20, null],
      ['republication', null, 22],
    ])
    expect((await waits('16113')).history).toBeUndefined()
    expect(daysOf(await waits('16113', `&updatedAfter=${between}`))).toEqual([22])
    const later = await waits(
      '16113',
      `&updatedAfter=${new Date(Date.now() + 1000).toISOString()}&includeHistory=true`,
    )
    expect([later.series, later.notices, later.history]).toEqual([[], [], []])
  })

  test.each([
    'asOf=2022-02-30',
    'includeHistory=oui',
    'updatedAfter=hier',
    'updatedAfter=2022-01-01T25:00:00Z',
  ])('%s is refused', async query => {
    for (const path of ['delays', 'waits', 'delays.csv', 'waits.csv'])
      expect((await ask(app, `/api/${path}?place=16&${query}`)).status).toBe(400)
  })

  test('the history is also a table for a spreadsheet', async () => {
    const response = await ask(app, '/api/waits.csv?place=16113&includeHistory=true')
    const lines = (await response.text()).trim().split('\r\n')
    expect(lines[0]).toContain('motif;publié le')
    expect(lines.slice(1).map(line => line.split(';').slice(3, 7).join(' '))).toEqual([
      '2021-Q1 20 observed replaced',
      '2021-Q1  withdrawn withdrawn',
      '2021-Q1 22 observed in-force',
    ])
  })
})

describe('what waits for its publication', () => {
  const HOSPITAL = 'Brouillon du ministère'
  const national = (head: string) =>
    `# source : ${HOSPITAL}\n${head}\nmois;lieu;titre;titres\n2025-01;33;cni;4321\n2025-01;16;cni;1234\n`
  let people: Record<Role, Someone>
  let open: ReturnType<typeof appOver>
  beforeAll(async () => {
    people = await oneOfEach(database.db)
    open = appOver(database.db, { signIn: SIGN_IN, requestsPerMinute: 100_000 })
  })
  const as = (role: Role, path: string, init: RequestInit = {}) =>
    ask(open, path, {
      ...init,
      headers: { accept: 'application/json', ...people[role].headers, ...(init.headers as object) },
    })
  const bring = async (path: string, body: string) => {
    const answer = await as('administrator', path, {
      method: 'POST',
      body,
      headers: { 'content-type': 'text/csv' },
    })
    expect(answer.status < 300 ? '' : await answer.text()).toBe('')
    return answer
  }
  /** All that somebody may ask which could tell of it, with the name under which nothing should. */
  const told = async (role: Role) => {
    const addresses = [
      '/api/publications',
      '/api/imports',
      '/donnees?measure=titles-issued',
      '/donnees?measure=titles-issued&place=33',
      '/api/vintages?measure=titles-issued&place=33',
      '/secret',
      '/api/thresholds',
      '/publications',
    ]
    const texts: string[] = []
    for (const address of addresses) texts.push(await (await as(role, address)).text())
    return texts.join('\n')
  }
  const tagOf = async () => (await as('public', '/api/waits?place=16')).headers.get('etag')

  test.each([
    ['a draft', '/api/imports?kind=titles-issued&draft=true', '# document : attente 1'],
    ['an embargoed file', '/api/imports?kind=titles-issued', '# embargo : 2099-01-01T08:00'],
  ])('%s of several departments belongs to nobody of one of them', async (_, path, head) => {
    const before = { cert: await told('cert'), prefecture: await told('prefecture'), tag: await tagOf() }
    const { release } = await jsonOf<Stored>(await bring(path, national(head)))
    expect(await told('cert')).toBe(before.cert)
    expect(await told('prefecture')).toBe(before.prefecture)
    expect(await tagOf()).toBe(before.tag)
    expect(await told('administrator')).toContain(HOSPITAL)
    const unknown = await as('cert', '/api/publications', {
      method: 'POST',
      body: JSON.stringify({ releases: [999_999] }),
      headers: { 'content-type': 'application/json' },
    })
    const refused = await as('cert', '/api/publications', {
      method: 'POST',
      body: JSON.stringify({ releases: [release] }),
      headers: { 'content-type': 'application/json' },
    })
    expect(refused.status).toBe(404)
    expect((await refused.text()).replaceAll(String(release), '999999').replace(/urn:[^"]*/, '')).toBe(
      (await unknown.text()).replace(/urn:[^"]*/, ''),
    )
  })

  test('a long draft of several departments is hidden as well', async () => {
    const before = await told('cert')
    const answer = await bring(
      '/api/imports/long?kind=titles-issued&draft=true',
      national('# document : long'),
    )
    const { id } = await jsonOf<{ id: string }>(answer)
    await (await as('administrator', `/api/imports/${id}/events`)).text()
    expect(await told('administrator')).toContain('long')
    expect(await told('cert')).toBe(before)
    const { reach } = await database.db
      .selectFrom('release')
      .select('reach')
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirstOrThrow()
    expect(reach).toBe('FR')
  })

  test('a draft of one department belongs to those who answer for it', async () => {
    const body = `# source : CERT voisin\nmois;lieu;titre;titres\n2025-02;16;cni;1234\n`
    await bring('/api/imports?kind=titles-issued&draft=true', body)
    expect(await (await as('cert', '/api/publications')).text()).toContain('CERT voisin')
    expect(await (await as('town-hall', '/api/publications')).text()).not.toContain('CERT voisin')
  })
})
