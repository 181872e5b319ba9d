import { type CsvTable, csvTable } from '../pure/figures/csv.ts'
import { costOf, type Side } from './comparison.ts'
import { LEVERS } from './lever.ts'

/**
 * Scenarios side by side for a spreadsheet: one row for each scenario, figure and quarter, with what the scenario
 * decides and what is known of its cost (euros). Delays in days; the chances of passing the limit in percent.
 */
export function comparisonRows(sides: readonly Side[]): CsvTable {
  const points = sides.flatMap(({ name, scenario, waits, delays }) => {
    const cost = scenario && costOf(scenario)
    const levers = scenario?.levers
      .map(({ code, startsOn }) => `${LEVERS[code].name}, décidé le ${startsOn}`)
      .join(' ; ')
    const quartersOf = (measure: string, outcome: Side['waits']) =>
      (outcome?.quarters ?? []).map(({ quarter, band }) => ({ name, levers, cost, measure, quarter, band }))
    return [...quartersOf('attente d’un rendez-vous', waits), ...quartersOf('délai de délivrance', delays)]
  })
  return csvTable(points, {
    scenario: ({ name }) => name,
    leviers: ({ levers }) => levers,
    cout_une_fois_euros: ({ cost }) => cost?.once,
    cout_par_an_euros: ({ cost }) => cost?.perYear,
    leviers_sans_cout_connu: ({ cost }) => cost?.unknown,
    mesure: ({ measure }) => measure,
    trimestre: ({ quarter }) => quarter,
    mediane_jours: ({ band }) => rounded(band.median),
    p05_jours: ({ band }) => rounded(band.low90),
    p95_jours: ({ band }) => rounded(band.high90),
    chances_de_depasser_pourcent: ({ band }) => rounded(100 * band.probabilityOver),
    nature: () => 'estimé',
  })
}

function rounded(value: number | undefined): number | undefined {
  return value === undefined ? undefined : Number(value.toFixed(1))
}
