import { type HindcastRow, hindcast } from '../../../src/demand/engine/hindcast.ts'
import { type CardsRow, cardsHindcast } from './france-cards.ts'
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
