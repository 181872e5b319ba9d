import { groupBy } from '../pure/figures/group-by.ts'
import { MEASURES } from '../pure/figures/measure.ts'
import { type PublishedRow, settle } from '../pure/figures/observation.ts'
import type { Quantity } from '../pure/french/french.ts'
import { TITLE_NAMES } from '../pure/law/title.ts'
import { inReport, type ReportTable } from './report-table.ts'

/** A published figure that something contradicts: another publication, or its own numerators. */
export interface Difference {
  figure: string
  period: string
  published: number
  /** The other value published, or the value computed from the published counts. */
  other: number
  kind: 'two-publications' | 'recomputed'
  unit: Quantity
  explanation: string
}

/** Gap in points of percentage from which a printed rate is said to differ from its own numerators. */
const RATE_GAP = 0.2

/** What does not agree in the tables of a year, and what they are made from. */
export function differencesIn(
  published: readonly PublishedRow[],
  tables: readonly ReportTable[],
  year: number,
): { differences: Difference[]; smallGaps: Difference[] } {
  const told = [
    ...contradictions(published, year),
    ...yearGaps(tables),
    ...rateGaps(tables, 'calls', 'Taux d’appels décrochés'),
    ...rateGaps(tables, 'site', 'Taux de connexions au site'),
    ...rateGaps(tables, 'networks', 'Taux d’engagement sur les réseaux sociaux'),
  ]
  return { differences: told.filter(one => !isSmall(one)), smallGaps: told.filter(isSmall) }
}

function isSmall({ kind, unit, published, other }: Difference): boolean {
  return kind === 'recomputed' && unit === 'percent' && Math.abs(published - other) < RATE_GAP
}

function contradictions(published: readonly PublishedRow[], year: number): Difference[] {
  const cells = groupBy(
    published.filter(row => inReport(row, year)),
    row => [row.measure, row.title, row.period, row.clock, row.unit, row.statistic, row.variant].join('|'),
  )
  return [...cells.values()].flatMap(rows => {
    const figure = settle(rows)
    const [row] = rows
    if (figure === undefined || row === undefined) return []
    return figure.conflicts.map((other): Difference => {
      const titled = row.title === '' ? '' : `, ${TITLE_NAMES[row.title].toLowerCase()}`
      return {
        figure: `${MEASURES[row.measure].name}${titled}`,
        period: row.period,
        published: figure.current.value ?? Number.NaN,
        other: other.value ?? Number.NaN,
        kind: 'two-publications',
        unit: MEASURES[row.measure].unit,
        explanation: `${figure.current.document} (${figure.current.locator}) ; ${other.document} (${other.locator})`,
      }
    })
  })
}

/** A printed value that is not what its own numbers give, once rounded as it is printed. */
function gapOf(
  published: number | null,
  other: number | null,
  about: Omit<Difference, 'published' | 'other' | 'kind'>,
  least = 0,
): Difference[] {
  if (published === null || other === null) return []
  const same = Math.abs(published - other) <= halfUnit(published, least) + 1e-9
  return same ? [] : [{ ...about, published, other, kind: 'recomputed' }]
}

/** Years printed that are not the mean of their quarters. */
function yearGaps(tables: readonly ReportTable[]): Difference[] {
  const lines = tables.find(table => table.code === 'delays')?.lines ?? []
  return lines.flatMap((one, i) =>
    one.kind !== 'published'
      ? []
      : gapOf(one.year, lines[i + 1]?.year ?? null, {
          figure: `Délai annuel, ${one.label.toLowerCase()}`,
          period: (one.values[0]?.period ?? '').slice(0, 4),
          unit: 'day',
          explanation: 'la moyenne simple des quatre trimestres imprimés',
        }),
  )
}

/** Printed rates that are not the quotient of the counts printed with them. */
function rateGaps(tables: readonly ReportTable[], code: string, figure: string): Difference[] {
  const lines = tables.find(table => table.code === code)?.lines ?? []
  const computed = lines.find(one => one.kind === 'computed')
  const printed = lines.find(one => one.kind === 'published' && one.unit === 'percent')
  return (printed?.values ?? []).flatMap(({ period, value }, i) =>
    gapOf(
      value,
      computed?.values[i]?.value ?? null,
      { figure, period, unit: 'percent', explanation: 'le quotient des nombres imprimés' },
      code === 'site' ? 2 : 1,
    ),
  )
}

/** Half of the last decimal printed. */
function halfUnit(value: number, least = 0): number {
  const printed = String(value).split('.')[1]?.length ?? 0
  return 0.5 * 10 ** -Math.max(printed, least)
}
