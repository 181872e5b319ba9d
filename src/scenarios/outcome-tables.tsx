import { bandColumn, bandDays, chanceColumn, chances, medianColumn } from '../figures/projection-figures.tsx'
import type { Quarter } from '../pure/calendar/period.ts'
import { type Column, type FileColumn, numberFile, rangeFile } from '../pure/elements/column.ts'
import { Table } from '../pure/elements/table.tsx'
import { NINE_IN_TEN } from '../pure/french/chances.ts'
import { frenchCount, frenchDays, frenchNumber, longQuarter, shortQuarter } from '../pure/french/french.ts'
import type { PathBand } from '../pure/numerics/series/path-band.ts'
import { bandAt, type CostSum, costOf, costPer, daysSaved, gainAt, type Side } from './comparison.ts'
import { OutcomePicture, type OutcomeProps, type OutcomeSide } from './outcome-picture.tsx'

/** The picture with what each scenario gains and costs, quarter by quarter. */
export function OutcomeSection(props: OutcomeProps) {
  const { id, sides, limitDays } = props
  const baseline = sides[0]?.outcome
  if (baseline === undefined) return <div hidden />
  const gained = sides.filter(({ outcome }) => outcome.gains !== undefined)
  return (
    <>
      <OutcomePicture {...props} csv={`?tableau=${id}-bilan&format=csv`} />
      <Table
        id={`${id}-bilan`}
        caption={`Au ${longQuarter(baseline.at)}`}
        note={
          gained.length === 0
            ? undefined
            : 'Gain : sur les mêmes trajectoires, avec et sans le scénario, la réponse des autres créneaux comprise. Semaines : attente évitée par tous ceux qui demandent, sur toute la période. Un coût par jour ou par semaine n’est dit que si tous les coûts sont connus.'
        }
        rows={sides}
        columns={[
          { label: 'Scénario', cell: side => side.name },
          ...(bandAt(baseline) === undefined ? [] : levelColumns(limitDays)),
          {
            label: 'Gain',
            numeric: true,
            file: [
              numberFile(
                ({ scenario, outcome }: OutcomeSide) => scenario && daysSaved(baseline, outcome),
                IN_DAYS,
              ),
            ],
            cell: ({ scenario, outcome }) => {
              if (scenario === undefined) return '–'
              const saved = daysSaved(baseline, outcome)
              const band = gainAt(outcome)
              return saved === undefined
                ? 'non calculable'
                : `${frenchDays(saved, saved < 10 ? 1 : 0)}${band ? ` (${gainRange(band)})` : ''}`
            },
          },
          ...(gained.length === 0
            ? []
            : [
                weeksColumn(),
                costColumn('Coût d’une semaine évitée', worth => worth.personWeeks),
                costColumn('Coût d’un jour gagné', worth => worth.days),
              ]),
          ...(sides.every(({ outcome }) => outcome.range === undefined) ? [] : [amountsColumn()]),
          {
            label: 'Coût connu',
            numeric: true,
            cell: side => sumWords(side),
            file: [
              costFile('Coût connu, une fois', cost => cost.once, '€'),
              costFile('Coût connu, par an', cost => cost.perYear, '€'),
              costFile('Leviers sans coût connu', cost => cost.unknown),
            ],
          },
        ]}
      />
      <Table
        id={`${id}-trimestres`}
        caption={`Médiane par trimestre, et chances de dépasser ${frenchDays(limitDays, 0)}`}
        rows={baseline.quarters.map(one => one.quarter)}
        columns={[
          { label: 'Trimestre', cell: quarter => shortQuarter(quarter) },
          ...sides.map(({ name, outcome }) => ({
            label: name,
            numeric: true,
            file: [
              numberFile((quarter: Quarter) => bandAt(outcome, quarter)?.median, {
                label: `${name}, médiane`,
                unit: 'jours',
                decimals: 0,
              }),
              numberFile((quarter: Quarter) => percentOver(bandAt(outcome, quarter)), {
                label: `${name}, chances de dépasser`,
                unit: '%',
                decimals: 0,
              }),
            ],
            cell: (quarter: Quarter) => {
              const band = bandAt(outcome, quarter)
              return band === undefined
                ? 'non projetée'
                : `${bandDays(band.median)} (${chances(band.probabilityOver)})`
            },
          })),
        ]}
      />
      {gained.length > 0 && <GainTable id={id} sides={gained} />}
    </>
  )
}

/** What each scenario gains in each quarter, to the end of what is projected. */
function GainTable({ id, sides }: Pick<OutcomeProps, 'id' | 'sides'>) {
  const all = sides[0]?.outcome.gains?.map(one => one.quarter) ?? []
  return (
    <Table
      id={`${id}-gains`}
      empty="Rien n’est gagné dans la période projetée."
      caption={`Jours gagnés par trimestre, médiane et ${NINE_IN_TEN}`}
      rows={all.filter(quarter => sides.some(({ outcome }) => (gainAt(outcome, quarter)?.high90 ?? 0) !== 0))}
      columns={[
        { label: 'Trimestre', cell: quarter => shortQuarter(quarter) },
        ...sides.map(({ name, outcome }) => ({
          label: name,
          numeric: true,
          file: [numberFile((quarter: Quarter) => gainAt(outcome, quarter)?.median, IN_DAYS)],
          cell: (quarter: Quarter) => {
            const band = gainAt(outcome, quarter)
            return band?.median === undefined
              ? 'non calculé'
              : `${frenchNumber(band.median, 1)} (${gainRange(band)})`
          },
        })),
      ]}
    />
  )
}

const IN_DAYS = { unit: 'jours', decimals: 1 } as const

function costFile(label: string, of: (cost: CostSum) => number, unit?: string): FileColumn<OutcomeSide> {
  return numberFile(({ scenario }) => scenario && of(costOf(scenario)), { label, unit })
}

function percentOver(band: PathBand | undefined): number | undefined {
  return band && 100 * band.probabilityOver
}

function levelColumns(limitDays: number): Column<OutcomeSide>[] {
  const band = ({ outcome }: OutcomeSide) => bandAt(outcome)
  return [
    medianColumn('Médiane', band),
    bandColumn(NINE_IN_TEN, band),
    chanceColumn(`Chances de dépasser ${frenchDays(limitDays, 0)}`, side => band(side)?.probabilityOver),
  ]
}

function weeksColumn(): Column<OutcomeSide> {
  const label = 'Semaines évitées'
  return {
    label,
    numeric: true,
    file: rangeFile(
      label,
      ({ outcome: { worth } }) => worth && { low: worth.personWeeks.low90, high: worth.personWeeks.high90 },
      { unit: 'semaines' },
    ),
    cell: ({ outcome: { worth } }) =>
      worth?.personWeeks.median === undefined
        ? '–'
        : `${frenchNumber(worth.personWeeks.median, 0)} (${frenchNumber(worth.personWeeks.low90 ?? 0, 0)} à ${frenchNumber(worth.personWeeks.high90 ?? 0, 0)})`,
  }
}

function amountsColumn(): Column<OutcomeSide> {
  const label = 'Médiane selon la fourchette des leviers'
  return {
    label,
    numeric: true,
    file: rangeFile(label, ({ outcome: { range } }) => range && { low: range.high, high: range.low }, {
      unit: 'jours',
    }),
    cell: ({ outcome: { range } }) =>
      range === undefined ? '–' : `${bandDays(range.high)} à ${bandDays(range.low)}`,
  }
}

function costColumn(
  label: string,
  brought: (worth: NonNullable<OutcomeSide['outcome']['worth']>) => PathBand,
): Column<OutcomeSide> {
  const cost = ({ scenario, outcome: { worth } }: OutcomeSide) =>
    worth && scenario && costPer(costOf(scenario), worth.years, brought(worth))
  const euros = (value: number | undefined) =>
    value === undefined ? 'sans borne' : frenchNumber(value, value < 10 ? 2 : 0)
  return {
    label,
    numeric: true,
    file: rangeFile(label, side => cost(side), { unit: '€' }),
    cell: side => {
      if (side.scenario === undefined) return '–'
      const found = cost(side)
      return found === undefined
        ? 'coût inconnu'
        : `${euros(found.median)} € (${euros(found.low)} à ${euros(found.high)})`
    },
  }
}

function gainRange({ low90, high90 }: PathBand): string {
  return `${frenchNumber(low90 ?? 0, 1)} à ${frenchNumber(high90 ?? 0, 1)}`
}

function sumWords({ scenario }: Pick<Side, 'scenario'>): string {
  if (scenario === undefined) return '–'
  const { once, perYear, unknown } = costOf(scenario)
  if (unknown === scenario.levers.length) return 'inconnu'
  const known = `${frenchNumber(once)} € + ${frenchNumber(perYear)} € par an`
  return unknown === 0 ? known : `${known}, et ${frenchCount(unknown, 'levier')} sans coût connu`
}
