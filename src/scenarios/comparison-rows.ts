import type { CsvCell } from '../pure/figures/csv.ts'
import { costOf, type Side } from './comparison.ts'
import { LEVERS } from './lever.ts'

/**
 * Scenarios side by side for a spreadsheet: one row for each scenario, figure and quarter, with what the scenario
 * decides and what is known of its cost (euros). Delays in days; the chances of passing the limit in percent.
 */
export function comparisonRows(sides: readonly Side[]): {
  header: readonly string[]
  rows: readonly (readonly CsvCell[])[]
} {
  return {
    header: [
      'scenario',
      'leviers',
      'cout_une_fois_euros',
      'cout_par_an_euros',
      'leviers_sans_cout_connu',
      'mesure',
      'trimestre',
      'mediane_jours',
      'p05_jours',
      'p95_jours',
      'chances_de_depasser_pourcent',
      'nature',
    ],
    rows: sides.flatMap(side => {
      const cost = side.scenario && costOf(side.scenario)
      const levers = side.scenario?.levers.map(
        ({ code, startsOn }) => `${LEVERS[code].name}, décidé le ${startsOn}`,
      )
      const decided = [side.name, levers?.join(' ; '), cost?.once, cost?.perYear, cost?.unknown]
      const figures = [
        { name: 'attente d’un rendez-vous', outcome: side.waits },
        { name: 'délai de délivrance', outcome: side.delays },
      ]
      return figures.flatMap(({ name, outcome }) =>
        (outcome?.quarters ?? []).map(({ quarter, band }) => [
          ...decided,
          name,
          quarter,
          rounded(band.median),
          rounded(band.low90),
          rounded(band.high90),
          rounded(100 * band.probabilityOver),
          'estimé',
        ]),
      )
    }),
  }
}

function rounded(value: number | undefined): number | undefined {
  return value === undefined ? undefined : Number(value.toFixed(1))
}
