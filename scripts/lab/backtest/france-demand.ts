import { nationalModel } from '../../../src/demand/engine/cohort-path.ts'
import { type HindcastRow, hindcast } from '../../../src/demand/engine/hindcast.ts'
import { nationalFutures } from '../../../src/demand/engine/national-future.ts'
import { nationalVolumes, type VolumeFact } from '../../../src/demand/engine/national-volumes.ts'
import { monthIndex } from '../../../src/demand/engine/simulated-month.ts'
import type { Month } from '../../../src/pure/calendar/period.ts'
import { quantilesOf } from '../../../src/pure/numerics/quantiles.ts'
import { rounded, type Table } from './report.ts'
import { shippedFacts } from './shipped-facts.ts'

/** The demand part of `france.json`: what would have been said at the end of each year, beside what came. */
export interface FranceDemand {
  demand: HindcastRow[]
  /** The same knowing only what was printed by the day; an origin that knew nothing of the last eight years says nothing. */
  demandAsPublished: HindcastRow[]
  cards: CardsRow
}

/** Puts the engine back at the ends of past years, on the national facts shipped with the program. */
export function franceDemand(): { part: FranceDemand; tables: Table[] } {
  const { issued, notMade } = shippedFacts()
  const part = {
    demand: hindcast(issued, notMade),
    demandAsPublished: hindcast(issued, notMade, 'published'),
    cards: cardsHindcast(issued, notMade),
  }
  return {
    part,
    tables: [
      hindcastTable('Demande nationale, connaissant les années finies', part.demand, [
        'Les volumes imprimés plus tard et les hypothèses choisies après coup sont nommés dans france.json (hindsight).',
        'Les faits de 2023 et 2024 sont déduits et faibles : 13,3–16 et 11–14 millions.',
      ]),
      hindcastTable('La même, connaissant ce qui était publié ce jour-là', part.demandAsPublished, [
        'Un volume est souvent imprimé un an après : moins d’années sont connues, ou aucune.',
      ]),
      cardsTable(part.cards),
    ],
  }
}

function cardsTable(row: CardsRow): Table {
  const millions = (value: number) => Math.round(value / 10_000) / 100
  return {
    title: `Cartes délivrées de ${row.from} à ${row.to}, vues au ${row.asOf}`,
    notes: [
      'Fait déduit : environ 25 millions de cartes électroniques en octobre 2024, 13,5 à 17,5 millions depuis 2023.',
    ],
    rows: [
      {
        'dit (M)': millions(row.median),
        p05: millions(row.p05),
        p95: millions(row.p95),
        'venu (M)': millions(row.fact),
        'écart %': rounded(row.errorPct),
        'dans la bande': row.within ? 'oui' : 'non',
      },
    ],
  }
}

function hindcastTable(title: string, rows: readonly HindcastRow[], notes: string[]): Table {
  const millions = (value: number) => Math.round(value / 10_000) / 100
  const error = (value: number | undefined) => (value === undefined ? '' : rounded(value))
  return {
    title,
    notes: [...notes, summary(rows)],
    rows: rows.map(row => ({
      'vu au': row.asOf,
      année: row.year,
      titre: row.title,
      'dit (M)': millions(row.median),
      p05: millions(row.p05),
      p95: millions(row.p95),
      'venu (M)': millions(row.fact),
      'écart %': rounded(row.errorPct),
      'dans la bande': row.within ? 'oui' : 'non',
      'dernière valeur %': error(row.lastValueErrorPct),
      'dérive %': error(row.driftErrorPct),
    })),
  }
}

function summary(rows: readonly HindcastRow[]): string {
  const after = rows.filter(row => row.asOf >= '2021' && row.title === 'cni-passport')
  const mean = (of: (row: HindcastRow) => number | undefined) => {
    const values = after.flatMap(row => of(row) ?? [])
    return values.length === 0
      ? 'n. d.'
      : rounded(values.reduce((sum, value) => sum + Math.abs(value), 0) / values.length).toLocaleString(
          'fr-FR',
        )
  }
  return `Depuis 2021, les deux titres : erreur absolue moyenne ${mean(row => row.errorPct)} % (dernière valeur ${mean(row => row.lastValueErrorPct)} %, dérive ${mean(row => row.driftErrorPct)} %) sur ${after.length} couples ; ${after.filter(row => row.within).length} dans la bande à 90 %.`
}

const PATHS = 1000
const SEED = 20_220_405

/** Cards made from January 2023 to October 2024, foretold at the end of 2022, beside what the number in circulation says. */
interface CardsRow
  extends Pick<
    HindcastRow,
    | ('asOf' | 'median' | 'p05' | 'p95' | 'errorPct' | 'within')
    | ('fact' | 'factLow' | 'factHigh' | 'factKind')
  > {
  from: Month
  to: Month
}

/** About 25 million electronic cards in October 2024, less 2.9 million of 2021 and 6.6 of 2022. */
const CARDS = { from: '2023-01', to: '2024-10', made: 15_500_000, low: 13_500_000, high: 17_500_000 } as const

/** The cards made since the end of a year, foretold on that day; nothing where too little was known. */
function cardsHindcast(issued: readonly VolumeFact[], notMade: readonly VolumeFact[]): CardsRow {
  const asOf = '2022-12-31'
  const inputs = nationalVolumes(
    issued.filter(fact => fact.year <= 2022),
    notMade.filter(fact => fact.year <= 2022),
  )
  const { futures } = nationalFutures(nationalModel(inputs, '', '2024-12'), PATHS, SEED)
  const [first, last] = [monthIndex(CARDS.from), monthIndex(CARDS.to)]
  const sample = Float64Array.from(futures, ({ national }) =>
    national.cni.slice(first, last + 1).reduce((sum, cards) => sum + cards, 0),
  )
  const { p05, p50, p95 } = quantilesOf(sample)
  return {
    asOf,
    from: CARDS.from,
    to: CARDS.to,
    median: p50,
    p05,
    p95,
    fact: CARDS.made,
    factLow: CARDS.low,
    factHigh: CARDS.high,
    factKind: 'derived',
    errorPct: 100 * (p50 / CARDS.made - 1),
    within: p05 <= CARDS.made && CARDS.made <= p95,
  }
}
