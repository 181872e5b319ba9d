import { quarterOf, yearOf } from '../calendar/period.ts'
import { groupBy } from '../figures/group-by.ts'
import type { Measure } from '../figures/measure.ts'
import { inPublicationOrder, type PublishedRow } from '../figures/observation.ts'
import { figureKey } from '../figures/vintage.ts'
import { recoverable } from './recoverable.ts'
import { suppress } from './suppress.ts'
import type { Sum, Vintage } from './volume-table.ts'

/** Measures that count people's requests or titles. Delays, calls and visits are not under the secret. */
export const SECRET_MEASURES: readonly Measure[] = [
  'applications',
  'titles-issued',
  'decisions',
  'stock',
  'requests-not-made',
]

/** What the secret depends on beside the values. */
export interface SecretTerms {
  /** Threshold of a source, by the name of its publisher. */
  thresholdOf: (source: string) => number
  /** Department of a commune, nation of a department. */
  parentOf: (place: string) => string | undefined
}

/** Figures under the secret, as keys of `figureKey`. */
export interface SecretFigures {
  /** What the public does not read. */
  hidden: ReadonlySet<string>
  /** Of these, what it computes all the same from what was published before they were known to be small. */
  givenAway: ReadonlySet<string>
}

/**
 * The figures that the public does not read. The releases are replayed in the order in which the
 * world knew them, each with what is hidden from then on, so that the answer grows with each release and never shrinks.
 *
 * @param published every published row of the volumes that add up: one measure, all places
 */
export function secretFigures(published: readonly PublishedRow[], terms: SecretTerms): SecretFigures {
  const counted = published.filter(row => SECRET_MEASURES.includes(row.measure))
  const told = new Map<string, PublishedRow>()
  const past: Vintage[] = []
  for (const release of groupBy(inPublicationOrder(counted), row => row.release).values()) {
    for (const row of release) {
      if (row.value === undefined) told.delete(figureKey(row))
      else told.set(figureKey(row), row)
    }
    const rows = [...told.values()]
    const volumes = rows.map(row => ({
      key: figureKey(row),
      value: row.value!,
      threshold: terms.thresholdOf(row.source),
    }))
    const table = { volumes, sums: sumsBetween(rows, terms.parentOf) }
    past.push({ table, hidden: new Set(suppress(table, past).hidden.keys()) })
  }
  return {
    hidden: new Set(past.flatMap(({ hidden }) => [...hidden])),
    givenAway: new Set(recoverable(past).map(({ key }) => key)),
  }
}

/**
 * Every sum that holds between published volumes: months of a quarter, quarters and months of a year, town halls of a
 * department, departments of the nation, identity cards and passports of both, variants of the whole. A sum that does
 * not hold to the unit, for want of a hall or of a month, lets nobody compute, and is left out. Each row has a value.
 */
export function sumsBetween(
  rows: readonly PublishedRow[],
  parentOf: (place: string) => string | undefined,
): Sum[] {
  const values = new Map(rows.map(row => [figureKey(row), row.value!]))
  const found = new Map<string, { total: string; parts: string[] }>()
  const add = (row: PublishedRow, way: string, whole: Partial<PublishedRow>) => {
    const total = figureKey({ ...row, ...whole })
    if (!values.has(total)) return
    const name = `${way} ${total}`
    const sum = found.get(name) ?? { total, parts: [] }
    sum.parts.push(figureKey(row))
    found.set(name, sum)
  }
  for (const row of rows) {
    if (row.granularity === 'month') {
      add(row, 'months', { granularity: 'quarter', period: quarterOf(row.period) })
      add(row, 'months', { granularity: 'year', period: String(yearOf(row.period)) })
    }
    if (row.granularity === 'quarter')
      add(row, 'quarters', { granularity: 'year', period: row.period.slice(0, 4) })
    const parent = parentOf(row.place)
    if (parent !== undefined) add(row, 'places', { place: parent })
    if (row.title === 'cni' || row.title === 'passport') add(row, 'titles', { title: 'cni-passport' })
    const marks = row.variant === '' ? [] : row.variant.split(';')
    if (marks.length > 0) add(row, `variants ${shapeOf(marks)}`, { variant: '' })
    if (marks.length > 1) {
      for (const mark of marks) add(row, `variants ${shapeOf(marks)}`, { variant: mark })
    }
  }
  const worth = (keys: readonly string[]) => keys.reduce((all, key) => all + values.get(key)!, 0)
  return [...found.values()].filter(({ total, parts }) => worth(parts) === values.get(total))
}

/** Which splits a variant speaks of, without their values: `validity=10;adults` is `validity;age`. */
function shapeOf(marks: readonly string[]): string {
  return marks.map(mark => (mark.includes('=') ? mark.split('=')[0] : 'age')).join(';')
}
