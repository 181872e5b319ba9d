import { type RawBuilder, sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  actAs,
  actAsOwner,
  databaseRole,
  forRequests,
  readAsOwner,
  readFromReplica,
} from '../../../src/io/database/acting.ts'
import { errorCode } from '../../../src/io/database/unavailable.ts'
import {
  ANYBODY,
  type Identity,
  LOCAL_ADMINISTRATOR,
  ROLES,
  type Role,
} from '../../../src/pure/access/identity.ts'
import { KINDS_BROUGHT } from '../../../src/pure/access/kinds-brought.ts'
import { freshDatabase } from '../../database.ts'
import {
  brokenRules,
  differs,
  FILE_KINDS,
  furnishRights,
  HELD_TWICE,
  rightsOf,
  rightsText,
  speaking,
} from '../../row-rights.ts'

const PLACES: Record<Role, string> = {
  public: '',
  'town-hall': '16102',
  cert: '16',
  prefecture: '16',
  administrator: '',
}
const of = (role: Role): Identity => ({ ...ANYBODY, role, place: PLACES[role], account: `test-${role}` })

let database: Awaited<ReturnType<typeof freshDatabase>>
beforeAll(async () => {
  database = await freshDatabase()
  await sql`insert into stored_file (sha256, content) values (${'a'.repeat(64)}, 'x')`.execute(database.db)
  for (const grant of speaking('(select min(id) from source)')) await sql.raw(grant).execute(database.db)
})
afterAll(() => database.close())

const run = (statement: RawBuilder<unknown>) => statement.execute(database.db)

/** Tries a statement in a transaction that is then undone: `ok`, or the code of PostgreSQL. */
async function attempt(role: Role, ...statements: RawBuilder<unknown>[]): Promise<string> {
  const undone = new Error('undone')
  try {
    await actAs({ identity: of(role), access: 'read write' }, () =>
      database.db.transaction().execute(async trx => {
        for (const statement of statements) await statement.execute(trx)
        throw undone
      }),
    )
  } catch (error) {
    if (error === undone) return 'ok'
    return errorCode(error) ?? String(error)
  }
  throw new Error('not undone')
}

const release = (role: Role, place: string, kind: string, by = `test-${role}`) => sql`
  insert into release (source_id, import_kind, kind, document, file_name, sha256, default_place, reach, published_on, recorded_by, row_count)
  values ((select min(id) from source), ${kind}, 'initial', 'd', 'f', ${'a'.repeat(64)}, ${place}, ${place}, '2022-01-01', ${by}, 1)`
const own = sql`(select max(id) from release)`
const KIND: Record<Role, string> = {
  public: 'applications',
  'town-hall': 'applications',
  cert: 'events',
  prefecture: 'events',
  administrator: 'events',
}

/** What each role writes in each table, for a place of its own and for another's, as PostgreSQL answers. */
const WRITES: Record<string, (role: Role, place: string) => RawBuilder<unknown>[]> = {
  release: (role, place) => [release(role, place, KIND[role])],
  publication: (role, place) => [
    release(role, place, KIND[role]),
    sql`insert into publication (release_id, published_by) values (${own}, ${`test-${role}`})`,
  ],
  series: (_, place) => [
    sql`insert into series (measure, place, statistic, unit, clock, granularity)
        values ('applications', ${place}, 'sum', 'essai', 'essai', 'month')`,
  ],
  town_hall_version: (role, place) => [
    release(role, PLACES[role] || '16', KIND[role]),
    sql`insert into town_hall_version (insee, release_id, status) values (${place}, ${own}, 'confirmed')`,
  ],
  opening_hours: (role, place) => [
    release(role, PLACES[role] || '16', KIND[role]),
    sql`insert into opening_hours_version (insee, weekday, opens, closes, release_id)
        values (${place}, 1, '09:00', '10:00', ${own})`,
  ],
  closure: (role, place) => [
    release(role, PLACES[role] || '16', KIND[role]),
    sql`insert into closure (insee, first_day, last_day, release_id)
        values (${place}, '2027-01-01', '2027-01-02', ${own})`,
  ],
  event: (role, place) => [
    release(role, PLACES[role] || '16', KIND[role]),
    sql`insert into event (place, first_day, last_day, nature, label, release_id)
        values (${place}, '2027-01-01', '2027-01-02', 'outage', 'x', ${own})`,
  ],
  commune_contour: (role, place) => [
    release(role, PLACES[role] || '16', KIND[role]),
    sql`insert into commune_contour (insee, release_id, rings) values (${place}, ${own}, '[]')`,
  ],
  scenario: (_, place) => [
    sql`insert into scenario (id, name, place, department, title, content)
        values ('0123456789abcdef', 'x', ${place}, '16', '', '{}')`,
  ],
}

const LETTERS: Record<string, string> = { ok: 'w', '42501': '-' }

describe('what each role may write, for its place and for another', () => {
  test.each(Object.keys(WRITES))('%s', async table => {
    const lines: string[] = []
    for (const role of ROLES) {
      const places = {
        own: PLACES[role] === '16' || PLACES[role] === '' ? '16102' : PLACES[role],
        neighbour: '16015',
        elsewhere: '17300',
      }
      const answers: string[] = []
      for (const [name, place] of Object.entries(places)) {
        const code = await attempt(role, ...(WRITES[table]?.(role, place) ?? []))
        answers.push(`${name} ${LETTERS[code] ?? code}`)
      }
      lines.push(`${role}: ${answers.join(', ')}`)
    }
    expect(lines).toMatchSnapshot()
  })
})

test('the kinds of files of each role are those of the program', async () => {
  for (const role of ROLES) {
    const brought: readonly string[] = KINDS_BROUGHT[role] ?? FILE_KINDS
    for (const kind of FILE_KINDS) {
      const code = await attempt(role, release(role, PLACES[role] || '16', kind))
      expect([role, kind, code]).toEqual([role, kind, brought.includes(kind) ? 'ok' : '42501'])
    }
  }
})

test('nobody signs with the name of another, nor adds a row to the file of another', async () => {
  expect(await attempt('prefecture', release('prefecture', '16', 'events', 'test-cert'))).toBe('42501')
  const hours = (id: RawBuilder<unknown>) =>
    sql`insert into opening_hours_version (insee, weekday, opens, closes, release_id) values ('16102', 7, '09:00', '10:00', ${id})`
  await run(release('prefecture', '16102', 'opening-hours'))
  expect(await attempt('town-hall', hours(own))).toBe('42501')
  expect(await attempt('prefecture', hours(own))).toBe('ok')
  expect(
    await attempt(
      'administrator',
      sql`insert into publication (release_id, published_by) values (${own}, 'test-cert')`,
    ),
  ).toBe('42501')
})

test.each(ROLES.flatMap(role => ['update', 'delete', 'truncate'].map(deed => [role, deed] as const)))(
  'no table lets the %s %s anything',
  async (role, deed) => {
    const { rows } = await sql<{ table: string; column: string }>`
      select c.relname as table, min(a.attname) as column
        from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum = 1
       where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' group by c.relname`.execute(
      database.db,
    )
    expect(rows.length).toBeGreaterThan(20)
    for (const { table, column } of rows) {
      const statement =
        deed === 'update'
          ? sql`update ${sql.id(table)} set ${sql.id(column)} = default`
          : deed === 'delete'
            ? sql`delete from ${sql.id(table)}`
            : sql`truncate ${sql.id(table)}`
      expect([table, await attempt(role, statement)]).toEqual([table, '42501'])
    }
  },
)

test.each(ROLES)('the %s reads no key, session, file or log', async role => {
  for (const table of [
    'account',
    'session',
    'sign_in',
    'api_token',
    'security_event',
    'remark',
    'security_key',
    'idempotency_key',
    'stored_file',
    'dated_value',
    'settled_value',
    'sole_release',
  ]) {
    expect([table, await attempt(role, sql`select from ${sql.id(table)}`)]).toEqual([table, '42501'])
  }
})

test('a draft and its values are read by who answers for its place, and then by all', async () => {
  await run(release('town-hall', '16102', 'applications'))
  const { rows } = await sql<{ id: number }>`select max(id) as id from release`.execute(database.db)
  const id = rows[0]?.id
  await run(sql`
    with s as (insert into series (measure, place, statistic, unit, clock, granularity)
      values ('applications', '16102', 'sum', 'brouillon', 'essai', 'month') returning id)
    insert into observation (series_id, period, release_id, value, status) select id, '2022-01', ${id}, 7, 'observed' from s`)
  const seen = async (role: Role, place = PLACES[role]) =>
    actAs({ identity: { ...of(role), place }, access: 'read only' }, async () => {
      const { rows: found } = await sql<{ n: number }>`
        select (select count(*) from release where id = ${id})::integer * 10
             + (select count(*) from observation where release_id = ${id})::integer as n`.execute(database.db)
      return found[0]?.n
    })
  const each = async () =>
    Promise.all([
      seen('public'),
      seen('town-hall'),
      seen('town-hall', '16015'),
      seen('cert'),
      seen('prefecture'),
      seen('prefecture', '17'),
      seen('administrator'),
    ])
  expect(await each()).toEqual([0, 11, 0, 11, 11, 0, 11])
  await run(
    sql`insert into publication (release_id, published_by, embargo_until) values (${id}, 'x', now() + interval '1 hour')`,
  )
  expect(await each()).toEqual([0, 11, 0, 11, 11, 0, 11])
  await run(release('town-hall', '16102', 'appointment-waits'))
  await run(sql`insert into publication (release_id, published_by) values (${own}, 'x')`)
  const published = await actAs({ identity: ANYBODY, access: 'read only' }, () =>
    sql`select from release where id = ${own}`.execute(database.db),
  )
  expect(published.rows).toHaveLength(1)
})

describe('an identity', () => {
  const whoIsIt = async () => {
    const { rows } = await sql<{ role: string; place: string; account: string }>`
      select current_user::text as role, vigie_place() as place, vigie_account() as account`.execute(
      database.db,
    )
    return rows[0]
  }

  test('belongs to its statements alone, two hundred at once over a few connections', async () => {
    const found = await Promise.all(
      Array.from({ length: 200 }, (_, i) => {
        const role = ROLES[i % ROLES.length] ?? 'public'
        return actAs({ identity: { ...of(role), account: String(i) }, access: 'read write' }, async () => {
          const alone = await whoIsIt()
          const within = await database.db.transaction().execute(async trx => {
            const { rows } = await sql<{ account: string }>`select vigie_account() as account`.execute(trx)
            return rows[0]?.account
          })
          return [alone?.role, alone?.account, within]
        })
      }),
    )
    expect(found).toEqual(
      found.map((_, i) => [databaseRole(ROLES[i % ROLES.length] ?? 'public'), String(i), String(i)]),
    )
    expect(await whoIsIt()).toMatchObject({ place: null, account: null })
  })

  test('leaves its connection clean when its statement fails', async () => {
    for (let i = 0; i < 30; i++) {
      const refused = actAs({ identity: of('public'), access: 'read only' }, () =>
        run(sql`select from session`),
      )
      await expect(refused).rejects.toMatchObject({ code: '42501' })
    }
    expect((await whoIsIt())?.account).toBeNull()
  })

  test('that only reads cannot make its transaction write', async () => {
    const trick = actAs({ identity: of('administrator'), access: 'read only' }, () =>
      database.db.transaction().execute(async trx => {
        await sql`set transaction read write`.execute(trx)
        await sql`insert into source (publisher) values ('x')`.execute(trx)
      }),
    )
    await expect(trick).rejects.toMatchObject({ code: '25001' })
    const plain = actAs({ identity: of('administrator'), access: 'read only' }, () =>
      run(sql`insert into source (publisher) values ('x')`),
    )
    await expect(plain).rejects.toMatchObject({ code: '25006' })
  })

  test('with a quote in it is text, not SQL', async () => {
    const account = `'; reset role; select set_config('vigie.place', '16', true); --`
    const found = await actAs({ identity: { ...of('town-hall'), account }, access: 'read only' }, whoIsIt)
    expect(found).toEqual({ role: 'vigie_town_hall', place: '16102', account })
  })
})

test.each([ANYBODY, LOCAL_ADMINISTRATOR])(
  'what the $role reads goes through connections that are theirs alone, and only reads',
  async reader => {
    const acting = { identity: reader, access: 'read only' } as const
    const found = await Promise.all(
      Array.from({ length: 30 }, () =>
        actAs(acting, async () => {
          const { rows } = await sql<{ role: string; session: string; account: string | null }>`
          select current_user::text as role, pg_backend_pid()::text as session, vigie_account() as account`.execute(
            database.db,
          )
          return rows[0]
        }),
      ),
    )
    expect(new Set(found.map(one => one?.role))).toEqual(new Set([databaseRole(reader.role)]))
    expect(new Set(found.map(one => one?.account))).toEqual(new Set([reader.account || null]))
    const { rows: owners } = await sql<{ session: string }>`select pg_backend_pid()::text as session`.execute(
      database.db,
    )
    expect(found.map(one => one?.session)).not.toContain(owners[0]?.session)
    await expect(
      actAs(acting, () => run(sql`insert into source (publisher) values ('x')`)),
    ).rejects.toMatchObject({
      code: '25006',
    })
    // Giving up the role gives back nothing but what the public may.
    const escaped = await actAs(acting, () =>
      database.db.connection().execute(async connection => {
        await sql`reset role`.execute(connection)
        const { rows } = await sql<{ role: string }>`select current_user::text as role`.execute(connection)
        return rows[0]?.role
      }),
    )
    expect(escaped).toBe(databaseRole('public'))
  },
)

test('as requests reach it, the database runs nothing in nobody’s name', async () => {
  const db = forRequests(database.db)
  const count = () => db.selectFrom('place').select('code').limit(1).execute()
  await expect(count()).rejects.toThrow('nobody')
  await expect(sql`select 1`.execute(db)).rejects.toThrow('nobody')
  expect(await actAsOwner(count)).toHaveLength(1)
  expect(await actAs({ identity: ANYBODY, access: 'read only' }, count)).toHaveLength(1)
})

test('rows are not streamed, by a request nor by the service', async () => {
  const stream = async () => {
    for await (const _ of database.db.selectFrom('place').select('code').stream()) throw new Error('a row')
  }
  await expect(actAs({ identity: of('prefecture'), access: 'read only' }, stream)).rejects.toThrow(
    'not streamed',
  )
  await expect(stream()).rejects.toThrow('not streamed')
})

test('a connection of people changes hands whole, and only reads', async () => {
  const people = [of('cert'), of('town-hall'), of('administrator'), LOCAL_ADMINISTRATOR]
  const seen = await Promise.all(
    Array.from({ length: 60 }, (_, n) =>
      actAs({ identity: people[n % people.length]!, access: 'read only' }, async () => {
        const { rows } = await sql<{ role: string; place: string; account: string; session: string }>`
          select current_user::text as role, current_setting('vigie.place', true) as place,
                 current_setting('vigie.account', true) as account, pg_backend_pid()::text as session`.execute(
          database.db,
        )
        return rows[0]!
      }),
    ),
  )
  for (const [n, { role, place, account }] of seen.entries()) {
    const who = people[n % people.length]!
    expect({ role, place, account }).toEqual({
      role: databaseRole(who.role),
      place: who.place,
      account: who.account,
    })
  }
  const sessions = new Map(seen.map(({ session, role }) => [`${session} ${role}`, session]))
  expect(new Set(sessions.values()).size).toBeLessThan(sessions.size)
  const written = () => run(sql`insert into source (publisher) values ('x')`)
  await expect(actAs({ identity: of('administrator'), access: 'read only' }, written)).rejects.toMatchObject({
    code: '25006',
  })
  const publicSession = () =>
    actAs({ identity: ANYBODY, access: 'read only' }, async () => {
      const { rows } = await sql<{ session: string }>`select pg_backend_pid()::text as session`.execute(
        database.db,
      )
      return rows[0]!.session
    })
  expect([...sessions.values()]).not.toContain(await publicSession())
})

test('a connection of the readers serves nobody else, even lent within the work of one of them', async () => {
  const lent = actAs({ identity: ANYBODY, access: 'read only' }, () =>
    database.db
      .connection()
      .execute(connection =>
        actAs({ identity: of('administrator'), access: 'read only' }, () =>
          sql`select 1`.execute(connection),
        ),
      ),
  )
  await expect(lent).rejects.toThrow('a connection of somebody else')
})

test('a transaction that cannot say who acts is undone before any statement of it', async () => {
  const nobody = { ...of('cert'), role: 'nobody' as Role }
  let begun = false
  const refused = actAs({ identity: nobody, access: 'read write' }, () =>
    database.db.transaction().execute(async () => {
      begun = true
    }),
  )
  await expect(refused).rejects.toMatchObject({ code: '22023' })
  expect(begun).toBe(false)
  expect(
    await actAsOwner(() =>
      database.db.transaction().execute(async trx => {
        const { rows } = await sql<{ role: string }>`select current_setting('role') as role`.execute(trx)
        return rows
      }),
    ),
  ).toEqual([{ role: 'none' }])
})

test('without a replica, nor outside of a request, asking for one changes nothing', async () => {
  const role = async () => {
    const { rows } = await sql<{ role: string }>`select current_user::text as role`.execute(database.db)
    return rows[0]?.role
  }
  const owner = await role()
  readFromReplica()
  expect(await role()).toBe(owner)
  expect(await readAsOwner(role)).toBe(owner)
  const asked = (access: 'read only' | 'read write') =>
    actAs({ identity: of('cert'), access }, async () => {
      readFromReplica()
      return [await role(), await readAsOwner(role), await role()]
    })
  expect(await asked('read only')).toEqual(['vigie_cert', owner, 'vigie_cert'])
  expect(await asked('read write')).toEqual(['vigie_cert', owner, 'vigie_cert'])
})

describe('the rules on rows', () => {
  const undone = new Error('undone')
  let rights: string[]
  beforeAll(async () => {
    await furnishRights(database.db)
    rights = await database.db.transaction().execute(trx => rightsOf(trx))
  })

  test('let each role write and read what was agreed, place by place', async () => {
    await expect(rightsText(rights)).toMatchFileSnapshot('row-rights.txt')
  })

  test('with one word wrong, let somebody do more or less', async () => {
    const rules = await brokenRules(database.db)
    expect(rules.length).toBeGreaterThan(140)
    // Unbroken, they say the same again: a difference is that of the rule.
    expect(await database.db.transaction().execute(trx => differs(trx, rights))).toBe(false)
    const missed: string[] = []
    for (const { name, how, statement, tables } of rules) {
      const breaking = database.db.transaction().execute(async trx => {
        await sql.raw(statement).execute(trx)
        if (!(await differs(trx, rights, tables))) missed.push(`${name}: ${how}`)
        throw undone
      })
      await breaking.catch(error => {
        if (error !== undone) throw error
      })
    }
    expect(missed.toSorted()).toEqual(Object.keys(HELD_TWICE).toSorted())
  }, 300_000)
})

const WAIT = 400
let alone: Awaited<ReturnType<typeof freshDatabase>>
beforeAll(async () => {
  alone = await freshDatabase({ empty: true, connections: 1 })
  alone.pool.options.connectionTimeoutMillis = WAIT
})
afterAll(() => alone.close())

const asked = () => sql<{ one: number }>`select 1 as one`.execute(alone.db)

test('a connection that this process was too busy to see is waited for again', async () => {
  const held = await alone.pool.connect()
  const answer = asked()
  setTimeout(() => {
    // Given back in time; nothing is seen of it until the computation is over.
    setImmediate(() => held.release())
    const until = Date.now() + 2 * WAIT
    while (Date.now() < until);
  }, WAIT / 4)
  expect((await answer).rows).toEqual([{ one: 1 }])
})

test('a connection that does not come is refused', async () => {
  const held = await alone.pool.connect()
  await expect(asked()).rejects.toThrow('timeout exceeded when trying to connect')
  held.release()
})
