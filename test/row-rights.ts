import { type Kysely, sql, type Transaction } from 'kysely'
import { databaseRole } from '../src/io/database/acting.ts'
import type { Database } from '../src/io/database/schema.ts'
import { ROLES, type Role } from '../src/pure/access/identity.ts'
import { groupBy } from '../src/pure/figures/group-by.ts'

/** Somebody of a role who answers for a place. */
interface Someone {
  role: Role
  place: string
}

const PEOPLE: readonly Someone[] = [
  { role: 'public', place: '' },
  // A place changes nothing to a role that answers for none.
  { role: 'public', place: '16102' },
  { role: 'town-hall', place: '' },
  { role: 'town-hall', place: '16102' },
  { role: 'town-hall', place: '16015' },
  { role: 'town-hall', place: '16' },
  { role: 'cert', place: '16' },
  { role: 'cert', place: '17' },
  { role: 'prefecture', place: '16' },
  { role: 'prefecture', place: '17' },
  { role: 'administrator', place: '' },
]
const PLACES = ['16102', '16015', '16', '17300']
/** Kinds of files, written out: a list drawn from the program would be wrong with it. */
export const FILE_KINDS = [
  'applications',
  'appointment-waits',
  'town-halls',
  'opening-hours',
  'closures',
  'issuance-delays',
  'titles-issued',
  'indicators',
  'certs',
  'cert-capacity',
  'events',
  'committee-register',
  'contours',
]

/** What is there before anybody asks: files of several states, a secret count, plans, scenarios, decisions. */
const FURNITURE = [
  `insert into source (publisher) values ('a name that nobody was granted')`,
  ...speaking('(select min(id) from source)'),
  `insert into stored_file (sha256, content) values (repeat('b', 64), 'x')`,
  ...['published', 'embargo-past', 'embargo-to-come', 'draft'].flatMap((state, i) => [
    release(`kind ${i}`, '16102', 'ana', 1_000 + i, state),
    ...(state === 'draft'
      ? []
      : [
          `insert into publication (release_id, published_by, embargo_until) values (${1_000 + i}, 'ana',
             ${state === 'published' ? 'null' : state === 'embargo-past' ? `now() - interval '1 day'` : `now() + interval '1 day'`})`,
        ]),
  ]),
  ...['withdrawn-draft', 'withdrawn'].flatMap((state, i) => [
    release(`kind withdrawn ${i}`, '16102', 'ana', 1_800 + i, state),
    `insert into withdrawal (release_id, withdrawn_by, reason) values (${1_800 + i}, 'ana', 'x')`,
  ]),
  `insert into publication (release_id, published_by) values (1801, 'ana')`,
  release('kind of all', '16102', 'ana', 1_900, 'draft-of-the-nation', 'FR'),
  ...PLACES.map(
    (
      place,
      i,
    ) => `insert into series (id, measure, place, statistic, unit, clock, granularity) overriding system value
      values (${1_000 + i}, 'applications', '${place}', 'sum', 'droits', 'essai', 'month')`,
  ),
  ...[1_000, 1_001].flatMap(series => [
    ...['2022-01', '2022-02'].flatMap(period =>
      [1_000, 1_003].map(
        id => `insert into observation (series_id, period, release_id, value, status)
                 values (${series}, '${period}', ${id}, 4, 'observed')`,
      ),
    ),
    `insert into secret_figure (series_id, period) values (${series}, '2022-01')`,
  ]),
  scenario('16102', 'ana'),
  campaign('16', 'ana'),
  plan('16', 'ana', 'plan'),
  `insert into public_threshold (source_id, threshold, reason, decided_by) values ((select min(id) from source), 5, 'x', 'ana')`,
  `insert into given_away_figure (series_id, period) values (1000, '2022-01')`,
  `insert into subscription (place, rule, channel, target, leave_key, created_by)
     values ('16102', 'target-missed', 'mail', 'ana@exemple.fr', 'clef', 'ana')`,
  `insert into alert_state (subscription_id, subject, words) values ((select max(id) from subscription), 'x', 'x')`,
  `insert into collector (id, name, kind, address, department, created_by) overriding system value
     values (1000, 'x', 'folder', 'x', '16', 'ana')`,
  `insert into collector_reading (id, collector_id, day, asked_by) overriding system value
     values (1000, 1000, '2026-01-01', 'ana')`,
  `insert into collector_point (id, collector_id, editor_id, name, address, zip_code, city, lat, lon, first_seen, last_seen)
     overriding system value values (1000, 1000, '1', 'x', 'x', '16000', 'x', 45, 0, '2026-01-01', '2026-01-01')`,
  `insert into collector_slot_count (reading_id, point_id, reason, state) values (1000, 1000, 'CNI', 'no-slot-within-horizon')`,
  `insert into collector_figure (collector_id, hall, day, days, status, release_id)
     values (1000, '16102', '2026-01-01', 3, 'observed', 1000)`,
]

/** Statements that let everybody of a place speak for a publisher. */
export function speaking(source: string): string[] {
  return PEOPLE.filter(({ role, place }) => role !== 'public' && place !== '').map(
    ({ role, place }) =>
      `insert into speaker_decision (source_id, role, place, speaks, decided_by)
         values (${source}, '${role}', '${place}', true, 'ana')`,
  )
}

function release(
  kind: string,
  place: string,
  by: string,
  id?: number,
  document = 'x',
  reach = place,
): string {
  return `insert into release (${id === undefined ? '' : 'id, '}source_id, import_kind, kind, document, file_name, sha256, default_place, reach, published_on, recorded_by, row_count)
    ${id === undefined ? '' : 'overriding system value'}
    values (${id === undefined ? '' : `${id}, `}(select min(id) from source), '${kind}', 'initial', '${document}', 'f', repeat('b', 64), '${place}', '${reach}', '2022-01-01', '${by}', 1)`
}

function scenario(place: string, by: string): string {
  return `insert into scenario (id, name, place, department, title, content, created_by)
    values (left(md5(random()::text), 16), 'x', '${place}', '16', '', '{}', '${by}')`
}

function campaign(place: string, by: string): string {
  return `insert into campaign (id, name, department, content, created_by)
    values (left(md5(random()::text), 16), 'x', '${place}', '{}', '${by}')`
}

function plan(place: string, by: string, id: string): string {
  return `insert into staffing_plan (id, place, title, first_month, months, version, question, origins, cost, joint_late_probability, outcome, explanation, created_by)
    values ('${id}', '${place}', 'cni', '2027-01', 1, 'x', '{}', '{}', 0, 0, '{}', '{}', '${by}')`
}

/** Statements that write, each for a place, signed with a name. */
const WRITES: Record<string, (place: string, by: string, kind: string) => string[]> = {
  release: (place, by, kind) => [release(kind, place, by)],
  publication: (place, by, kind) => [
    release(kind, place, 'ana'),
    `insert into publication (release_id, published_by) values ((select max(id) from release where recorded_by = 'ana' and file_name = 'f'), '${by}')`,
  ],
  withdrawal: (place, by, kind) => [
    release(kind, place, 'ana'),
    `insert into withdrawal (release_id, withdrawn_by, reason) values ((select max(id) from release where import_kind = '${kind}' and recorded_by = 'ana' and file_name = 'f'), '${by}', 'x')`,
  ],
  series: place => [
    `insert into series (measure, place, statistic, unit, clock, granularity)
       values ('applications', '${place}', 'sum', 'autre', 'essai', 'month')`,
  ],
  scenario: (place, by) => [scenario(place, by)],
  campaign: (place, by) => [campaign(place, by)],
  staffing_plan: (place, by) => [plan(place, by, 'new')],
  speaker_decision: (place, by) => [
    `insert into speaker_decision (source_id, role, place, speaks, decided_by)
       values ((select max(id) from source), 'cert', '${place}', true, '${by}')`,
  ],
  // Who signs these is said by the base alone.
  collector: (place, by) => [
    `insert into collector (name, kind, address, department${by === 'ana' ? '' : ', created_by'})
       values ('x', 'folder', 'x', '${place}'${by === 'ana' ? '' : `, '${by}'`})`,
  ],
  subscription: (place, by) => [
    `insert into subscription (place, rule, channel, target, leave_key${by === 'ana' ? '' : ', created_by'})
       values ('${place}', 'target-missed', 'mail', 'ana@exemple.fr', 'autre clef'${by === 'ana' ? '' : `, '${by}'`})`,
  ],
  public_threshold: (_, by) => [
    `insert into public_threshold (source_id, threshold, reason, decided_by) values ((select min(id) from source), 6, 'x', '${by}')`,
  ],
}
/** Statements that add a row to a file, for a place: that of a file one's own, or another's. */
const ROWS: Record<string, (place: string, release: number) => string> = {
  observation: (place, id) =>
    `insert into observation (series_id, period, release_id, value, status)
       values (${1_000 + PLACES.indexOf(place)}, '2022-05', ${id}, 1, 'observed')`,
  town_hall_version: (place, id) =>
    `insert into town_hall_version (insee, release_id, status) values ('${place}', ${id}, 'confirmed')`,
  opening_hours_version: (place, id) =>
    `insert into opening_hours_version (insee, weekday, opens, closes, release_id) values ('${place}', 1, '09:00', '10:00', ${id})`,
  closure_version: (place, id) =>
    `insert into closure_version (insee, first_day, last_day, release_id) values ('${place}', '2027-01-01', '2027-01-02', ${id})`,
  event_version: (place, id) =>
    `insert into event_version (place, first_day, last_day, nature, label, release_id)
       values ('${place}', '2027-01-01', '2027-01-02', 'outage', 'x', ${id})`,
  commune_contour_version: (place, id) =>
    `insert into commune_contour_version (insee, release_id, rings) values ('${place}', ${id}, '[]')`,
  committee_entry_version: (place, id) =>
    `insert into committee_entry_version (place, held_on, code, kind, subject, said_by, speaks_for, said, release_id)
       values ('${place}', '2027-01-01', 'x', 'promise', 'x', 'x', 'x', 'x', ${id})`,
  cert_capacity_version: (place, id) =>
    `insert into cert_capacity_version (cert, code, title, since, etpo, release_id) values ('x', '${place}', 'cni', '2027-01-01', 1, ${id})`,
  cert_perimeter_version: (place, id) =>
    `insert into cert_perimeter_version (cert, name, title, department, since, release_id)
       values ('x', 'X', 'cni', '${place}', '2027-01-01', ${id})`,
}
/** What is read of some tables, as one text. */
const READS: Record<string, string> = {
  release: `select string_agg(document, ' ' order by id) from release where id between 1000 and 2000`,
  publication: `select string_agg(r.document, ' ' order by r.id) from publication p join release r on r.id = p.release_id where r.id between 1000 and 2000`,
  'publication alone': `select string_agg(release_id::text, ' ' order by release_id) from publication where release_id between 1000 and 2000`,
  withdrawal: `select string_agg(release_id::text, ' ' order by release_id) from withdrawal where release_id between 1000 and 2000`,
  observation_history: `select string_agg(concat_ws(' ', place, period, coalesce(value::text, 'hidden')), ', ' order by place, period, release_id)
    from observation_history where unit = 'droits'`,
  observation: `select string_agg(concat_ws(' ', place, period, document), ', ' order by place, period, release_id)
    from observation join series s on s.id = series_id join release r on r.id = release_id where unit = 'droits'`,
}
/** Tables of which somebody reads every row or none. */
const WHOLE = [
  'series',
  'event_version',
  'town_hall_version',
  'opening_hours_version',
  'closure_version',
  'cert_capacity_version',
  'cert_perimeter_version',
  'commune_contour_version',
  'committee_entry_version',
  'campaign',
  'scenario',
  'staffing_plan',
  'public_threshold',
  'speaker_decision',
  'given_away_figure',
  'subscription',
  'alert_state',
  'collector',
  'collector_reading',
  'collector_point',
  'collector_slot_count',
  'collector_figure',
]

/** Changes of every row that one may change, each with what is then so: what one may not see is changed without a word. */
const CHANGES: Record<string, { statement: string; question: string }> = {
  'collector paused': {
    statement: `update collector set paused = true`,
    question: `select paused::text from collector where id = 1000`,
  },
  ...Object.fromEntries(
    ["'16102', 'ana'", "'16015', 'ana'", "'17300', 'ana'", "'16102', 'bob'", 'null, null'].map(recognised => [
      `point recognised as ${recognised}`,
      {
        statement: `update collector_point set (hall, hall_confirmed_by, hall_confirmed_at)
          = (${recognised}, ${recognised.startsWith('null') ? 'null' : 'now()'})`,
        question: `select coalesce(hall, 'none') from collector_point where id = 1000`,
      },
    ]),
  ),
  'subscription ended': {
    statement: `update subscription set closed_at = now()`,
    question: `select (closed_at is not null)::text from subscription where leave_key = 'clef'`,
  },
}

interface Attempt {
  /** Who, and what of. */
  line: string
  /** For which place, of which kind, or signed by whom. */
  label: string
  role: string
  place: string
  statements: string[]
  question: string | null
}

const ATTEMPTS: readonly Attempt[] = PEOPLE.flatMap(({ role, place }) => {
  const ask = (
    subject: string,
    label: string,
    statements: string[],
    question: string | null = null,
  ): Attempt => ({
    line: `${role} of ${place || 'nothing'}, ${subject}:`,
    label,
    role: databaseRole(role),
    place,
    statements,
    question,
  })
  const kind = role === 'cert' ? 'events' : 'applications'
  return [
    ...Object.entries(WRITES).flatMap(([table, write]) => [
      ...PLACES.map(target => ask(table, target, write(target, 'ana', kind))),
      ask(table, 'signed by another', write('16102', 'bob', kind)),
    ]),
    ask('release in the name of another', '', [
      release(kind, place || 'FR', 'ana').replace('min(id) from source', 'max(id) from source'),
    ]),
    ask('release reaching beyond its place', '', [release(kind, place || 'FR', 'ana', undefined, 'x', 'FR')]),
    ask('publication of a file that reaches beyond its place', '', [
      `insert into publication (release_id, published_by) values (1900, 'ana')`,
    ]),
    ...FILE_KINDS.map(one => ask('kinds', one, [release(one, place || 'FR', 'ana')])),
    ...Object.entries(ROWS).flatMap(([table, row]) => [
      ...PLACES.map(target => ask(table, target, [row(target, 1_000)])),
      ask(table, 'in the file of another', [row('16102', 2_000)]),
    ]),
    ...Object.entries(READS).map(([table, question]) => ask(`reads of ${table}`, '', [], question)),
    ...Object.entries(CHANGES).map(([change, { statement, question }]) =>
      ask('changes', change, [statement, 'set local role none'], question),
    ),
    ...WHOLE.map(table =>
      ask('reads', table, [], `select case when exists (select from ${table}) then 'r' else 'nothing' end`),
    ),
  ]
})

/** Makes what the attempts meet, and the function that tries them all in one go, each then undone. */
export async function furnishRights(db: Kysely<Database>): Promise<void> {
  for (const statement of FURNITURE) await sql.raw(statement).execute(db)
  await sql.raw(release('kind of bob', '16102', 'bob', 2_000, 'of-another')).execute(db)
  await sql.raw(plan('16', 'bob', 'other')).execute(db)
  // An attempt that is undone keeps the number that it took: those to come never meet the ones written here.
  for (const table of [
    'release',
    'series',
    'collector',
    'subscription',
    'speaker_decision',
    'public_threshold',
  ])
    await sql.raw(`select setval(pg_get_serial_sequence('${table}', 'id'), 1000000)`).execute(db)
  for (const table of [
    'closure_version',
    'opening_hours_version',
    'cert_capacity_version',
    'cert_perimeter_version',
    'commune_contour_version',
  ])
    await sql.raw(ROWS[table]!('16113', 1_000).replace("'x', ", "'y', ")).execute(db)
  await sql`
    create function try_all(attempts jsonb, agreed text[]) returns text[] language plpgsql as $$
    declare attempt jsonb; statement text; answer text; told text[] := '{}';
    begin
      for attempt in select * from jsonb_array_elements(attempts) loop
        begin
          perform set_config('vigie.place', attempt->>'place', true), set_config('vigie.account', 'ana', true),
                  set_config('role', attempt->>'role', true);
          for statement in select * from jsonb_array_elements_text(attempt->'statements') loop
            execute statement;
          end loop;
          answer := 'w';
          if attempt->>'question' is not null then execute attempt->>'question' into answer; end if;
          raise exception using errcode = 'UNDO0', message = coalesce(answer, 'nothing');
        exception when others then
          answer := case sqlstate when 'UNDO0' then sqlerrm else sqlstate end;
        end;
        told := told || answer;
        if agreed is not null and answer <> agreed[cardinality(told)] then exit; end if;
      end loop;
      return told;
    end $$`.execute(db)
}

/** What everybody may do, attempt by attempt: `w` or what was read, else the code of PostgreSQL. */
export function rightsOf(trx: Transaction<Database>): Promise<string[]> {
  return tried(trx, ATTEMPTS, null)
}

/** Whether one of the attempts on some tables, on any when none is named, is no longer answered as agreed. */
export async function differs(
  trx: Transaction<Database>,
  agreed: readonly string[],
  tables?: readonly string[],
): Promise<boolean> {
  const named = tables === undefined ? undefined : new RegExp(`\\b(${tables.join('|')})\\b`)
  const met = ATTEMPTS.map((attempt, i) => ({ attempt, answer: agreed[i]! })).filter(
    ({ attempt: { statements, question } }) => named?.test([...statements, question].join(' ')) ?? true,
  )
  const answers = met.map(one => one.answer)
  const told = await tried(
    trx,
    met.map(one => one.attempt),
    answers,
  )
  return told.join() !== answers.join()
}

/** The answers of attempts; up to the first that is not the one agreed, when there are such. */
async function tried(
  trx: Transaction<Database>,
  attempts: readonly Attempt[],
  agreed: readonly string[] | null,
): Promise<string[]> {
  const { rows } = await sql<{ told: string[] }>`
    select try_all(${JSON.stringify(attempts)}::jsonb, ${agreed}::text[]) as told`.execute(trx)
  return rows[0]?.told ?? []
}

/** Rights as a reader would check them: a line for who and what of, `-` for what PostgreSQL refuses. */
export function rightsText(rights: readonly string[]): string {
  const lines = groupBy(
    ATTEMPTS.map(({ line, label }, i) => ({
      line,
      text: `${label} ${rights[i] === '42501' ? '-' : rights[i]}`.trim(),
    })),
    one => one.line,
  )
  return [...lines].map(([line, told]) => `${line} ${told.map(({ text }) => text).join(', ')}\n`).join('')
}

/** A policy of rows, or a function that policies ask, with one word wrong: how, and the statement that makes it so. */
export interface BrokenRule {
  name: string
  how: string
  statement: string
  /** Tables whose attempts may tell; any when it is a function. */
  tables?: readonly string[]
}

/** Every policy of rows and every function that they ask, in all the ways in which one word of it may be wrong. */
export async function brokenRules(db: Kysely<Database>): Promise<BrokenRule[]> {
  const { rows: policies } = await sql<{ name: string; table: string; clause: string; text: string }>`
    select policyname as name, tablename as table, clause, text
      from pg_policies, lateral (values ('using', qual), ('with check', with_check)) as of (clause, text)
     where text is not null order by policyname, clause`.execute(db)
  const { rows: functions } = await sql<{ name: string; text: string; body: string }>`
    select proname as name, pg_get_functiondef(oid) as text, prosrc as body from pg_proc
     where proname in ('vigie_place', 'vigie_account', 'vigie_answers_for', 'vigie_release_place', 'vigie_own_release',
                       'vigie_reads_as_public', 'vigie_reads_secret_of')
     order by proname`.execute(db)
  return [
    ...policies.flatMap(({ name, table, clause, text }) =>
      [...brokenTexts(text), { how: 'open', text: 'true' }, { how: 'closed', text: 'false' }]
        .filter(one => one.text !== text)
        .map(one => ({
          name: `${name} ${clause}`,
          how: one.how,
          statement: `alter policy ${name} on ${table} ${clause} (${one.text})`,
          tables: [table],
        })),
    ),
    ...functions.flatMap(({ name, text, body }) =>
      brokenTexts(body).map(one => ({ name, how: one.how, statement: text.replace(body, () => one.text) })),
    ),
  ]
}

/** Wrong words that change nothing, each with what holds the same besides. */
export const HELD_TWICE: Readonly<Record<string, string>> = {
  'collector_is_changed with check: open': 'no grant to change its department',
  'subscription_is_ended with check: open': 'no grant to change its place',
  'given_away_figure_is_read using: open': 'granted to administrators alone',
  'public_threshold_is_read using: open': 'not granted to the public',
  'speaker_decision_is_read using: open': 'not granted to the public',
  "vigie_account: rent_setting('vigie.account', ⟦true → false⟧": 'every request says who acts first',
  "vigie_place: urrent_setting('vigie.place', ⟦true → false⟧": 'every request says where first',
}

const WRONG_WORDS: readonly [RegExp, (found: string) => string][] = [
  [/\bAND\b/gi, () => 'or'],
  [/\bOR\b/gi, () => 'and'],
  [/\bNOT\b/gi, () => ''],
  [/ = /g, () => ' <> '],
  [/ <> /g, () => ' = '],
  [/<=/g, () => '>'],
  [/\btrue\b/g, () => 'false'],
  [/\bfalse\b/g, () => 'true'],
  [
    /'(vigie_(public|cert|prefecture|administrator|town_hall))'/g,
    found => `'${nextRole(found.slice(1, -1))}'`,
  ],
  [/'[a-z]+(-[a-z]+)*'/g, () => `'nothing'`],
  [/\bexists\b/gi, () => 'not exists'],
]

function nextRole(role: string): string {
  const roles = ROLES.map(databaseRole)
  return roles[(roles.indexOf(role) + 1) % roles.length]!
}

function brokenTexts(text: string): { how: string; text: string }[] {
  return WRONG_WORDS.flatMap(([wrong, other]) =>
    [...text.matchAll(wrong)].map(({ 0: found, index }) => ({
      how: `${text.slice(Math.max(0, index - 30), index)}⟦${found} → ${other(found)}⟧`.replace(/\s+/g, ' '),
      text: text.slice(0, index) + other(found) + text.slice(index + found.length),
    })),
  )
}
