import { type Kysely, sql, type Transaction } from 'kysely'
import { withinAsOwner } from '../io/database/acting.ts'
import type { Database } from '../io/database/schema.ts'
import { hideSecrets } from '../publications/secret-queries.ts'
import type { ObservationRow } from './kinds/observation-row.ts'

/** A series of a file; its number is 0 until the database gives it. */
export interface Subject {
  id: number
  row: ObservationRow
}

/** Which series the rows of a file are of, and which of those the database has still to number. */
export class Subjects {
  readonly #known = new Map<string, Subject>()
  #unknown: Subject[] = []
  #last: Subject | undefined

  of(row: ObservationRow): Subject {
    if (this.#last !== undefined && isAbout(this.#last, row)) return this.#last
    const key = `${row.place}|${row.title ?? ''}|${row.measure}|${row.variant}|${row.statistic}|${row.unit}|${row.clock}|${row.granularity}`
    let subject = this.#known.get(key)
    if (subject === undefined) {
      subject = { id: 0, row }
      this.#known.set(key, subject)
      this.#unknown.push(subject)
    }
    this.#last = subject
    return subject
  }

  /** Those that were met since this was last asked. */
  takeUnknown(): readonly Subject[] {
    const unknown = this.#unknown
    this.#unknown = []
    return unknown
  }
}

// Written out: a loop over the columns takes nine times as long, for each row of a long file.
function isAbout({ row: known }: Subject, row: ObservationRow): boolean {
  return (
    known.place === row.place &&
    known.title === row.title &&
    known.measure === row.measure &&
    known.variant === row.variant &&
    known.statistic === row.statistic &&
    known.unit === row.unit &&
    known.clock === row.clock &&
    known.granularity === row.granularity
  )
}

/** What a series is, column by column. */
const SERIES = ['measure', 'title', 'place', 'variant', 'statistic', 'unit', 'clock', 'granularity'] as const

/** The series of a file, found or made, and which of them are new. */
export class StoredSeries {
  readonly #made: number[] = []
  readonly #old: number[] = []
  /** Every place of which a row speaks. */
  readonly places = new Set<string>()

  /** Gives their numbers to some series, made where there was none. */
  async learn(trx: Transaction<Database>, unknown: readonly Subject[]): Promise<void> {
    if (unknown.length === 0) return
    for (const { row } of unknown) this.places.add(row.place)
    const texts = SERIES.map(column => sql`${unknown.map(({ row }) => row[column] ?? '')}::text[]`)
    const columns = sql`${unknown.map((_, i) => i)}::integer[], ${sql.join(texts)}`
    const names = sql.join(SERIES.map(name => sql.ref(name)))
    const { rows: found } = await sql<{ i: number; id: number; made: boolean }>`
      with wanted as (
        select * from unnest(${columns})
          as t(i, ${names})
      ), made as (
        insert into series (${names})
        select ${names} from wanted
        on conflict do nothing
        returning *
      )
      select w.i, coalesce(m.id, s.id) as id, m.id is not null as made
        from wanted w
        left join made m using (${names})
        left join series s using (${names})`.execute(trx)
    for (const { i, id, made } of found) {
      unknown[i]!.id = id
      if (made) this.#made.push(id)
      else this.#old.push(id)
    }
  }

  get all(): number[] {
    return [...this.#made, ...this.#old]
  }

  /** Hides what is small in the release, unless it is a draft, then puts its values in force if it is published. */
  async putInForce(
    db: Kysely<Database>,
    trx: Transaction<Database>,
    release: number,
    draft: boolean,
  ): Promise<void> {
    if (!draft) await hideSecrets(db, trx, [release], this.all)
    await sql`
      select put_in_force(${release}::integer, ${this.#old}::integer[], ${this.#made}::integer[])`.execute(
      trx,
    )
  }
}

const CHUNK = 5_000
/** A table that grew by so many rows is planned anew: what follows would otherwise read it whole. */
const ROWS_TO_ANALYSE = 10_000

/** Stores the figures of a file that fits in memory, in the name of who brings it. @returns its series. */
export async function storeFigures(
  trx: Transaction<Database>,
  release: number,
  rows: readonly ObservationRow[],
): Promise<StoredSeries> {
  const subjects = new Subjects()
  const series = new StoredSeries()
  for (let i = 0; i < rows.length; i += CHUNK) {
    const chunk = rows.slice(i, i + CHUNK)
    const about = chunk.map(row => subjects.of(row))
    await series.learn(trx, subjects.takeUnknown())
    const column = <T>(of: (row: ObservationRow) => T) => chunk.map(of)
    await sql`
      insert into observation (series_id, period, release_id, value, status, target, locator)
      select series_id, period, ${release}::integer, value, status, target, locator
        from unnest(
          ${about.map(({ id }) => id)}::integer[], ${column(row => row.period)}::text[],
          ${column(row => row.value ?? null)}::double precision[], ${column(row => row.status)}::text[],
          ${column(row => row.targetDays ?? null)}::double precision[], ${column(row => row.locator)}::text[])
        as t(series_id, period, value, status, target, locator)`.execute(trx)
  }
  if (rows.length >= ROWS_TO_ANALYSE) {
    await withinAsOwner(trx, async () => {
      await sql`analyze observation, series, release`.execute(trx)
    })
  }
  return series
}
