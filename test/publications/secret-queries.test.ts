import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Role } from '../../src/pure/access/identity.ts'
import { appOver, ask, jsonOf } from '../app.ts'
import { freshDatabase } from '../database.ts'
import { oneOfEach, SIGN_IN, type Someone, someone } from '../people.ts'

let database: Awaited<ReturnType<typeof freshDatabase>>
let app: ReturnType<typeof appOver>
let people: Record<Role, Someone>
beforeAll(async () => {
  database = await freshDatabase()
  app = appOver(database.db, { signIn: SIGN_IN, requestsPerMinute: 100_000 })
  people = await oneOfEach(database.db)
})
afterAll(() => database.close())

const bring = (who: Someone, lines: readonly string[], query = '', source = 'Essai') =>
  ask(app, `/api/imports?kind=applications&source=${source}${query}`, {
    method: 'POST',
    headers: { ...who.headers, 'content-type': 'text/csv' },
    body: ['mois;commune;titre;demandes', ...lines].join('\n'),
  })
const read = async (who: Someone, period: string) => {
  const address = `/api/vintages?measure=applications&period=${period}`
  const { vintages } = await jsonOf<{
    vintages: { place: string; value: number | null; suppressed: boolean; state: string }[]
  }>(await ask(app, address, { headers: who.headers }))
  return vintages.map(({ place, value, suppressed }) => [place, value, suppressed])
}

const THREE = (cni: number, passport: number) => [
  `2019-05;16102;cni;${cni}`,
  `2019-05;16102;passport;${passport}`,
  `2019-05;16102;cni-passport;${cni + passport}`,
  '2019-05;16015;cni;500',
]

test('a small volume and what would give it away are read by the prefecture, and by the public as secret', async () => {
  expect((await bring(people.prefecture, THREE(4, 30))).status).toBe(201)
  expect(await read(people.prefecture, '2019-05')).toEqual([
    ['16015', 500, false],
    ['16102', 4, true],
    ['16102', 34, false],
    ['16102', 30, true],
  ])
  const neighbour = await someone(database.db, 'town-hall', { place: '16015' })
  for (const who of [people.public, neighbour])
    expect(await read(who, '2019-05')).toEqual([
      ['16015', 500, false],
      ['16102', null, true],
      ['16102', 34, false],
      ['16102', null, true],
    ])
  // Its own counts, which it made.
  expect(await read(people['town-hall'], '2019-05')).toContainEqual(['16102', 4, true])
})

test('stays secret when a later release brings it over the threshold', async () => {
  const sent = await ask(app, '/api/imports?kind=applications&source=Essai', {
    method: 'POST',
    headers: { ...people.prefecture.headers, 'content-type': 'text/csv' },
    body: [
      '# nature : révision',
      '# motif : comptage repris',
      'mois;commune;titre;demandes',
      ...THREE(40, 30),
    ].join('\n'),
  })
  expect(sent.status).toBe(201)
  const values = await read(people.public, '2019-05')
  expect(values.filter(([, value]) => value === 40 || value === 30)).toEqual([])
  expect(values.filter(([, , secret]) => secret)).toHaveLength(4)
  expect(await read(people.prefecture, '2019-05')).toContainEqual(['16102', 40, true])
})

test('a town hall that brings a small count hides it without being allowed to read what hides it', async () => {
  expect((await bring(people['town-hall'], ['2019-06;16102;cni;3'], '', 'Mairie')).status).toBe(201)
  expect(await read(people.public, '2019-06')).toEqual([['16102', null, true]])
})

test('where no sum can hold, what is small is all that is secret, beside departments whose sums hold', async () => {
  const lines = [
    // Dordogne: months, communes and titles apart.
    ...['24322', '24037'].flatMap((place, i) =>
      ['cni', 'passport'].map((title, j) => `2017-05;${place};${title};${[3, 10, 11, 0][2 * i + j]}`),
    ),
    '2017-06;24322;cni;10',
    // Gironde: what is left of a whole and its parts would tell the small one.
    '2017-05;33063;cni;4',
    '2017-05;33063;passport;30',
    '2017-05;33063;cni-passport;34',
  ]
  expect((await bring(people.administrator, lines)).status).toBe(201)
  const { rows } = await sql<{ figure: string }>`
    select f.period || ' ' || s.place || ' ' || s.title as figure
      from secret_figure f join series s on s.id = f.series_id
     where f.period like '2017%' order by 1`.execute(database.db)
  expect(rows.map(row => row.figure)).toEqual([
    '2017-05 24322 cni',
    '2017-05 24322 passport',
    '2017-05 33063 cni',
    '2017-05 33063 passport',
    '2017-06 24322 cni',
  ])
})

test('a draft hides nothing before its publication, and is secret from its publication on', async () => {
  const sent = await bring(people.prefecture, ['2019-07;16102;cni;5'], '&draft=true')
  const { release } = await jsonOf<{ release: number }>(sent)
  const hidden = async () => {
    const { rows } = await sql<{ n: number }>`
      select count(*)::integer as n from secret_figure where period = '2019-07'`.execute(database.db)
    return rows[0]?.n
  }
  expect(await hidden()).toBe(0)
  await ask(app, '/api/publications', {
    method: 'POST',
    headers: { ...people.prefecture.headers, 'content-type': 'application/json' },
    body: JSON.stringify({ releases: [release] }),
  })
  expect(await hidden()).toBe(1)
  expect(await read(people.public, '2019-07')).toEqual([['16102', null, true]])
})

test('a source may have its own threshold', async () => {
  await sql`
    with s as (insert into source (publisher) values ('Ouvert') returning id)
    insert into public_threshold (source_id, threshold, reason, decided_by) select id, 1, 'essai', 'test' from s`.execute(
    database.db,
  )
  const sent = await ask(app, '/api/imports?kind=applications&source=Ouvert', {
    method: 'POST',
    headers: { ...people.administrator.headers, 'content-type': 'text/csv' },
    body: 'mois;commune;titre;demandes\n2018-05;16102;cni;2',
  })
  expect(sent.status).toBe(201)
  expect(await read(people.public, '2018-05')).toEqual([['16102', 2, false]])
})

test('no page, file nor table of the public holds a secret value', async () => {
  const lines = ['cni;7', 'passport;3333', 'cni-passport;3340'].map(line => `2019-09;16102;${line}`)
  expect((await bring(people.prefecture, lines)).status).toBe(201)
  expect(await read(people.public, '2019-09')).toContainEqual(['16102', null, true])
  for (const address of [
    '/donnees?measure=applications',
    '/fiabilite',
    '/api/track-record',
    '/mairies/16102',
    '/demande?place=16102',
    '/comite/2019',
    '/',
  ]) {
    const response = await ask(app, address)
    expect(await response.text(), address).not.toMatch(/3[\s\u202f\u00a0]?333\b/)
  }
})

test('the roles of the public do not reach a secret value by SQL either, but for a town hall its own', async () => {
  const found = (role: string, place: string) =>
    database.db.transaction().execute(async trx => {
      await sql`select set_config('role', ${role}, true), set_config('vigie.place', ${place}, true)`.execute(
        trx,
      )
      const { rows } = await sql<Record<'observed' | 'current' | 'history' | 'asof', number>>`
        select (select count(*) from observation where value = 3333)::integer as observed,
               (select count(*) from current_observation where value = 3333)::integer as current,
               (select count(*) from observation_history where value = 3333)::integer as history,
               (select count(*) from values_as_of(of_period => '2019-09') where value = 3333)::integer as asof`.execute(
        trx,
      )
      return rows[0]
    })
  const all = (n: number) => ({ observed: n, current: n, history: n, asof: n })
  expect(await found('vigie_public', '')).toEqual(all(0))
  for (const place of ['', '16015']) expect(await found('vigie_town_hall', place)).toEqual(all(0))
  expect(await found('vigie_town_hall', '16102')).toEqual(all(1))
  expect(await found('vigie_administrator', '')).toEqual(all(1))
})

test.each(['values_over_time', 'values_in_force'])(
  '%s, which hides nothing, is for the owner alone',
  async rule => {
    await expect(
      database.db.transaction().execute(async trx => {
        await sql`set local role vigie_administrator`.execute(trx)
        await sql`select * from ${sql.id(rule)}()`.execute(trx)
      }),
    ).rejects.toMatchObject({ code: '42501' })
  },
)
