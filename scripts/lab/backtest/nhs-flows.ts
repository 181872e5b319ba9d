import { frenchCount } from '../../../src/pure/french/french.ts'
import { type CsvFile, cellNumber, requireColumn } from './csv-file.ts'
import { flowWaitScores } from './nhs-waits.ts'
import { rounded, type Table } from './report.ts'
import type { Scored } from './score.ts'

/** One month of one region: who joined the list, who was treated, who waited at its end. */
export interface FlowMonth {
  month: string
  arrivals: number
  completions: number
  backlog: number
}

/** Errors of the list of next month foretold from this one's, in percent of what was seen. */
export interface FlowErrors {
  regions: number
  points: number
  /** |error| ÷ list seen, without and with people who leave the list for other reasons: median and mean of the points. */
  withoutExit: { medianPct: number; meanPct: number }
  withExit: { medianPct: number; meanPct: number }
  /** Share of the list that leaves in a month for other reasons, median over regions, as learnt at the end. */
  exitSharePct: number
}

/** Months of a region that the share of exits is learnt from before the first forecast. */
const LEARNING_MONTHS = 12

const FLOW_COLUMNS = [
  'month',
  'region_code',
  'arrivals_new_periods',
  'completions',
  'backlog_incomplete_month_end',
]

/** Whether a file holds the flows of waiting lists: month, region, who came, who was treated, who waits at its end. */
export function isFlowFile(columns: readonly string[]): boolean {
  return FLOW_COLUMNS.every(column => columns.includes(column))
}

/** The list of the next month foretold from that of the month, with and without an exit term, as a table. */
export function flowFileBacktest(file: CsvFile): { tables: Table[]; projections: Scored[] } {
  const regions = flowsByRegion(file)
  const errors = flowErrors(regions)
  const row = (model: string, { medianPct, meanPct }: FlowErrors['withExit']) => ({
    modèle: model,
    'erreur médiane %': medianPct,
    'erreur moyenne %': meanPct,
  })
  return {
    projections: [],
    tables: [
      {
        title: `Liste du mois suivant, d’après celle du mois : ${frenchCount(errors.regions, 'région')}, ${frenchCount(errors.points, 'prévision')} à un mois`,
        notes: [
          `Sorties inexpliquées : ${rounded(errors.exitSharePct).toLocaleString('fr-FR')} % de la liste par mois (médiane des régions), apprises sur les mois d’avant.`,
          'Quelques listes recomptées ou déplacées d’une région à l’autre font la moyenne ; la médiane dit tous les autres mois.',
        ],
        rows: [
          row('entrées − traités', errors.withoutExit),
          row('entrées − traités − sorties', errors.withExit),
        ],
      },
      {
        title: 'Attente (liste ÷ traités du trimestre), une file dont la capacité répond',
        notes: [
          'Erreur absolue moyenne du logarithme ; les quatre premiers trimestres de chaque région ne servent qu’à apprendre.',
        ],
        rows: flowWaitScores(regions).map(score => ({
          'trimestres à l’avance': score.quartersAhead,
          paires: score.pairs,
          'erreur (log)': Math.round(1_000 * score.logError) / 1_000,
          'dernière valeur (log)': Math.round(1_000 * score.lastValueLogError) / 1_000,
        })),
      },
    ],
  }
}

/** Regions of a file of flows, each in order of time. @throws when a column is missing. */
export function flowsByRegion(file: CsvFile): Map<string, FlowMonth[]> {
  const column = (name: string) => requireColumn(file, name, 'FICHIER', file.columns)
  const [month, region] = [column('month'), column('region_code')]
  const flows = [
    column('arrivals_new_periods'),
    column('completions'),
    column('backlog_incomplete_month_end'),
  ]
  const regions = new Map<string, FlowMonth[]>()
  for (const row of file.rows) {
    const counts = flows.map(name => cellNumber(file, row, name))
    const [came, left, waiting] = counts
    if (came === undefined || left === undefined || waiting === undefined) continue
    const code = row[region] ?? ''
    const known = regions.get(code) ?? []
    known.push({ month: row[month] ?? '', arrivals: came, completions: left, backlog: waiting })
    regions.set(code, known)
  }
  for (const months of regions.values()) months.sort((a, b) => (a.month < b.month ? -1 : 1))
  return regions
}

/**
 * One-step error of the balance of a list, `B(t+1) = B(t) + arrivals − completions`, and of the same with an exit term
 * `− e × B(t)`: e is the median share that left unexplained in the months before, learnt month after month, never from
 * the month that is judged. A list recounted or moved between regions jumps: the mean error tells of those few months,
 * the median of all the others.
 *
 * Example: 100 waiting, 10 come, 5 are treated, 95 wait: without exits 105, 10.5 % too many; with a tenth known to leave, 95.
 *
 * @throws when no region has more months than are learnt from.
 */
export function flowErrors(regions: ReadonlyMap<string, readonly FlowMonth[]>): FlowErrors {
  const plain: number[] = []
  const exiting: number[] = []
  const shares: number[] = []
  for (const months of regions.values()) {
    const seen: number[] = []
    for (let t = 1; t < months.length; t++) {
      const [before, now] = [months[t - 1]!, months[t]!]
      if (!follows(before.month, now.month) || before.backlog <= 0 || now.backlog <= 0) continue
      const balance = before.backlog + now.arrivals - now.completions
      if (seen.length >= LEARNING_MONTHS) {
        const share = median(seen)
        plain.push(Math.abs(balance - now.backlog) / now.backlog)
        exiting.push(Math.abs(balance - share * before.backlog - now.backlog) / now.backlog)
      }
      seen.push((balance - now.backlog) / before.backlog)
    }
    if (seen.length > LEARNING_MONTHS) shares.push(median(seen))
  }
  if (plain.length === 0)
    throw new Error(`Pas assez de mois : il en faut plus de ${LEARNING_MONTHS + 1} par région.`)
  return {
    regions: shares.length,
    points: plain.length,
    withoutExit: { medianPct: 100 * median(plain), meanPct: 100 * mean(plain) },
    withExit: { medianPct: 100 * median(exiting), meanPct: 100 * mean(exiting) },
    exitSharePct: 100 * median(shares),
  }
}

function follows(before: string, now: string): boolean {
  const number = (month: string) => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7))
  return number(now) - number(before) === 1
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? 0
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
