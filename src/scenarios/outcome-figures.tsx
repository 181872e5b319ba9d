import {
  bandColumn,
  bandDays,
  chanceColumn,
  chances,
  fanQuarter,
  medianColumn,
} from '../figures/projection-figures.tsx'
import { paths } from '../pure/access/paths.ts'
import type { Quarter } from '../pure/calendar/period.ts'
import { SmallMultiples } from '../pure/charts/small-multiples.tsx'
import { rangeFile } from '../pure/elements/column.ts'
import { StatusTag } from '../pure/elements/key-figure.tsx'
import { Table } from '../pure/elements/table.tsx'
import { frenchCount, frenchDays, frenchNumber, longQuarter, shortQuarter } from '../pure/french/french.ts'
import type { PathBand } from '../pure/numerics/series/path-band.ts'
import { bandAt, costOf, costPer, daysSaved, gainAt, type Outcome, type Side } from './comparison.ts'

interface OutcomeProps {
  id: string
  heading: string
  what: string
  sides: readonly Side[]
  of: (side: Side) => Outcome | undefined
  /** How many different sets of halls the scenarios change: unlike ones are not ranked. */
  extents: number
  limitDays: number
  /** The last known figures, that every scenario starts from. */
  observed: readonly { quarter: Quarter; days: number }[]
  source: string
}

function told({ sides, of }: OutcomeProps) {
  const shown = sides.filter(side => (of(side)?.quarters.length ?? 0) > 0)
  const baseline = shown[0] && of(shown[0])
  return { shown, baseline, quarters: baseline?.quarters.map(one => one.quarter) ?? [] }
}

/** What scenarios make of one figure: a finding, and small fans on one scale. */
export function OutcomePicture(props: OutcomeProps & { csv?: string }) {
  const { id, heading, what, of, extents, limitDays, observed, source, csv } = props
  const { shown, baseline, quarters } = told(props)
  if (baseline === undefined) return <div hidden />
  const { at } = baseline
  return (
    <>
      <h2>
        {heading} <StatusTag status="estimated" />
      </h2>
      <p>{findingWords(shown, of, at)}</p>
      <SmallMultiples
        id={id}
        title={bestWords(shown, of, at, extents)}
        subtitle={`${what}, scénario par scénario, en jours, à la même échelle, depuis le présent trimestre${bandAt(baseline) === undefined ? '' : ` ; en gras, la médiane au ${longQuarter(at)} (estimée)`}. Plus bas, c’est mieux.`}
        quantity="day"
        fans={shown.map((side, i) => ({
          key: side.id ?? `${i}`,
          name: side.name,
          figure: figureOf(side, of, baseline),
          observed: observed.map(({ quarter, days }) => ({ quarter, value: days })),
          projected: (of(side)?.quarters ?? []).flatMap(one => fanQuarter(one) ?? []),
          ...(side.id === undefined ? {} : { href: paths.scenario({ id: side.id }) }),
        }))}
        target={quarters[0] === undefined ? [] : [{ from: quarters[0], value: limitDays }]}
        source={source}
        {...(csv === undefined ? {} : { csv })}
      />
    </>
  )
}

/** The same with what each scenario gains and costs, quarter by quarter. */
export function OutcomeSection(props: OutcomeProps) {
  const { id, of, limitDays } = props
  const { shown, baseline, quarters } = told(props)
  if (baseline === undefined) return <div hidden />
  const { at } = baseline
  const endOf = (side: Side) => {
    const outcome = of(side)
    return outcome && bandAt(outcome)
  }
  const gained = shown.filter(side => of(side)?.gains !== undefined)
  return (
    <>
      <OutcomePicture {...props} csv={`?tableau=${id}-bilan&format=csv`} />
      <Table
        id={`${id}-bilan`}
        caption={`Au ${longQuarter(at)}`}
        note={
          gained.length === 0
            ? undefined
            : 'Gain : sur les mêmes trajectoires, avec et sans le scénario, la réponse des autres créneaux comprise. Semaines : attente évitée par tous ceux qui demandent, sur toute la période. Un coût par jour ou par semaine n’est dit que si tous les coûts sont connus.'
        }
        rows={shown}
        columns={[
          { label: 'Scénario', cell: side => side.name },
          ...(bandAt(baseline) === undefined
            ? []
            : [
                medianColumn('Médiane', endOf),
                bandColumn('9 chances sur 10', endOf),
                chanceColumn<Side>(
                  `Chances de dépasser ${frenchDays(limitDays, 0)}`,
                  side => endOf(side)?.probabilityOver,
                ),
              ]),
          {
            label: 'Gain',
            numeric: true,
            file: [
              {
                value: side => (side.scenario === undefined ? undefined : daysSaved(baseline, of(side))),
                unit: 'jours',
                type: 'number',
                decimals: 1,
              },
            ],
            cell: side => {
              if (side.scenario === undefined) return '–'
              const saved = daysSaved(baseline, of(side))
              const outcome = of(side)
              const band = outcome && gainAt(outcome)
              return saved === undefined
                ? 'non calculable'
                : `${frenchDays(saved, saved < 10 ? 1 : 0)}${band ? ` (${gainRange(band)})` : ''}`
            },
          },
          ...(gained.length === 0
            ? []
            : [
                {
                  label: 'Semaines évitées',
                  numeric: true,
                  file: rangeFile<Side>(
                    'Semaines évitées',
                    side => {
                      const worth = of(side)?.worth?.personWeeks
                      return worth && { low: worth.low90, high: worth.high90 }
                    },
                    { unit: 'semaines' },
                  ),
                  cell: (side: Side) => {
                    const worth = of(side)?.worth?.personWeeks
                    return worth?.median === undefined
                      ? '–'
                      : `${frenchNumber(worth.median, 0)} (${frenchNumber(worth.low90 ?? 0, 0)} à ${frenchNumber(worth.high90 ?? 0, 0)})`
                  },
                },
                costColumn('Coût d’une semaine évitée', of, worth => worth.personWeeks),
                costColumn('Coût d’un jour gagné', of, worth => worth.days),
              ]),
          ...(shown.every(side => of(side)?.range === undefined)
            ? []
            : [
                {
                  label: 'Médiane selon la fourchette des leviers',
                  numeric: true,
                  file: rangeFile<Side>(
                    'Médiane selon la fourchette des leviers',
                    side => {
                      const range = of(side)?.range
                      return range && { low: range.high, high: range.low }
                    },
                    { unit: 'jours' },
                  ),
                  cell: (side: Side) => {
                    const range = of(side)?.range
                    return range === undefined ? '–' : `${bandDays(range.high)} à ${bandDays(range.low)}`
                  },
                },
              ]),
          {
            label: 'Coût connu',
            numeric: true,
            cell: side => sumWords(side),
            file: [
              {
                label: 'Coût connu, une fois',
                value: side => side.scenario && costOf(side.scenario).once,
                unit: '€',
                type: 'number',
              },
              {
                label: 'Coût connu, par an',
                value: side => side.scenario && costOf(side.scenario).perYear,
                unit: '€',
                type: 'number',
              },
              {
                label: 'Leviers sans coût connu',
                value: side => side.scenario && costOf(side.scenario).unknown,
                type: 'number',
              },
            ],
          },
        ]}
      />
      <Table
        id={`${id}-trimestres`}
        caption={`Médiane par trimestre, et chances de dépasser ${frenchDays(limitDays, 0)}`}
        rows={quarters}
        columns={[
          { label: 'Trimestre', cell: quarter => shortQuarter(quarter) },
          ...shown.map(side => ({
            label: side.name,
            numeric: true,
            file: [
              {
                label: `${side.name}, médiane`,
                value: (quarter: Quarter) => bandIn(of(side), quarter)?.median,
                unit: 'jours',
                type: 'number' as const,
                decimals: 0,
              },
              {
                label: `${side.name}, chances de dépasser`,
                value: (quarter: Quarter) => {
                  const band = bandIn(of(side), quarter)
                  return band && 100 * band.probabilityOver
                },
                unit: '%',
                type: 'number' as const,
                decimals: 0,
              },
            ],
            cell: (quarter: Quarter) => {
              const band = bandIn(of(side), quarter)
              return band === undefined
                ? 'n. d.'
                : `${bandDays(band.median)} (${chances(band.probabilityOver)})`
            },
          })),
        ]}
      />
      {gained.length > 0 && <GainTable id={id} sides={gained} of={of} />}
    </>
  )
}

/** What each scenario gains in each quarter, to the end of what is projected. */
function GainTable({
  id,
  sides,
  of,
}: {
  id: string
  sides: readonly Side[]
  of: (side: Side) => Outcome | undefined
}) {
  const gain = (side: Side, quarter: Quarter) => {
    const outcome = of(side)
    return outcome && gainAt(outcome, quarter)
  }
  const all = (sides[0] && of(sides[0])?.gains?.map(one => one.quarter)) ?? []
  const quarters = all.filter(quarter => sides.some(side => (gain(side, quarter)?.high90 ?? 0) !== 0))
  return (
    <Table
      id={`${id}-gains`}
      empty="Rien n’est gagné dans la période projetée."
      caption="Jours gagnés par trimestre, médiane et 9 chances sur 10"
      rows={quarters}
      columns={[
        { label: 'Trimestre', cell: quarter => shortQuarter(quarter) },
        ...sides.map(side => ({
          label: side.name,
          numeric: true,
          file: [
            {
              label: side.name,
              value: (quarter: Quarter) => gain(side, quarter)?.median,
              unit: 'jours',
              type: 'number' as const,
              decimals: 1,
            },
          ],
          cell: (quarter: Quarter) => {
            const band = gain(side, quarter)
            return band?.median === undefined
              ? 'n. d.'
              : `${frenchNumber(band.median, 1)} (${gainRange(band)})`
          },
        })),
      ]}
    />
  )
}

function costColumn(
  label: string,
  of: (side: Side) => Outcome | undefined,
  brought: (worth: NonNullable<Outcome['worth']>) => PathBand,
) {
  const cost = (side: Side) => {
    const worth = of(side)?.worth
    return worth && side.scenario && costPer(costOf(side.scenario), worth.years, brought(worth))
  }
  const euros = (value: number | undefined) =>
    value === undefined ? 'sans borne' : frenchNumber(value, value < 10 ? 2 : 0)
  return {
    label,
    numeric: true,
    file: rangeFile<Side>(label, side => cost(side), { unit: '€' }),
    cell: (side: Side) => {
      if (side.scenario === undefined) return '–'
      const found = cost(side)
      return found === undefined
        ? 'coût inconnu'
        : `${euros(found.median)} € (${euros(found.low)} à ${euros(found.high)})`
    },
  }
}

/** The number of a small fan: the median where scenarios are read, or else what is gained there. */
function figureOf(side: Side, of: (side: Side) => Outcome | undefined, baseline: Outcome): string {
  const outcome = of(side)
  const band = outcome && bandAt(outcome)
  if (band !== undefined) return bandDays(band.median)
  const saved = daysSaved(baseline, outcome)
  return side.scenario === undefined || saved === undefined ? 'référence' : `${frenchDays(saved, 0)} de moins`
}

function gainRange({ low90, high90 }: PathBand): string {
  return `${frenchNumber(low90 ?? 0, 1)} à ${frenchNumber(high90 ?? 0, 1)}`
}

function bandIn(outcome: Outcome | undefined, quarter: Quarter) {
  return outcome && bandAt(outcome, quarter)
}

function findingWords(shown: readonly Side[], of: (side: Side) => Outcome | undefined, at: Quarter): string {
  const [base, ...others] = shown
  const baseline = base && of(base)
  const told = others.map(side => {
    const saved = daysSaved(baseline, of(side))
    if (saved === undefined) return `« ${side.name} » : effet non calculable, au-delà du calendrier du modèle`
    if (Math.abs(saved) < 0.5) return `« ${side.name} » ne changerait presque rien`
    return `« ${side.name} » ${saved > 0 ? 'ferait gagner' : 'ferait perdre'} environ ${frenchDays(Math.abs(saved), 0)}`
  })
  const before = baseline && bandAt(baseline)?.median
  return `Au ${longQuarter(at)}, par rapport à « rien de décidé »${before === undefined ? '' : ` (${bandDays(before)})`} : ${told.join(' ; ')}.`
}

/** The finding of the small fans: the scenario that gains most, where scenarios change the same halls. */
function bestWords(
  shown: readonly Side[],
  of: (side: Side) => Outcome | undefined,
  at: Quarter,
  extents: number,
): string {
  const [base, ...others] = shown
  const gains = others.flatMap(side => {
    const saved = daysSaved(base && of(base), of(side))
    return saved === undefined ? [] : [{ side, saved }]
  })
  if (gains.length === 0) return `Au-delà du calendrier du modèle au ${longQuarter(at)}`
  const [best] = gains.toSorted((a, b) => b.saved - a.saved)
  if (best!.saved < 0.5) return `Presque rien n’y change au ${longQuarter(at)}`
  if (others.length > 1 && extents > 1)
    return 'Ces scénarios ne changent pas les mêmes mairies : leurs gains ne se classent pas'
  return `« ${best!.side.name} »${others.length > 1 ? ' gagne le plus' : ''} : environ ${frenchDays(best!.saved, 0)} de moins au ${longQuarter(at)}`
}

function sumWords({ scenario }: Side): string {
  if (scenario === undefined) return '–'
  const { once, perYear, unknown } = costOf(scenario)
  if (unknown === scenario.levers.length) return 'inconnu'
  const known = `${frenchNumber(once)} € + ${frenchNumber(perYear)} € par an`
  return unknown === 0 ? known : `${known}, et ${frenchCount(unknown, 'levier')} sans coût connu`
}
