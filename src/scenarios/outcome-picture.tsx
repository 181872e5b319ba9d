import { bandDays, fanQuarter } from '../figures/projection-figures.tsx'
import { paths } from '../pure/access/paths.ts'
import type { Quarter } from '../pure/calendar/period.ts'
import { SmallMultiples } from '../pure/charts/small-multiples.tsx'
import { StatusTag } from '../pure/elements/key-figure.tsx'
import { frenchDays, longQuarter } from '../pure/french/french.ts'
import { bandAt, daysSaved, type Outcome, type Side } from './comparison.ts'

/** A scenario with what it makes of one figure. */
export interface OutcomeSide extends Pick<Side, 'id' | 'name' | 'scenario'> {
  outcome: Outcome
}

/** One figure under scenarios side by side, the baseline first. */
export interface OutcomeProps {
  id: string
  heading: string
  what: string
  sides: readonly OutcomeSide[]
  /** How many different sets of halls the scenarios change: unlike ones are not ranked. */
  extents: number
  limitDays: number
  /** The last known figures, that every scenario starts from. */
  observed: readonly { quarter: Quarter; days: number }[]
  source: string
}

/** What scenarios make of one figure: a finding, and small fans on one scale. */
export function OutcomePicture(props: OutcomeProps & { csv?: string }) {
  const { id, heading, what, sides, extents, limitDays, observed, source, csv } = props
  const baseline = sides[0]?.outcome
  if (baseline === undefined) return <div hidden />
  const { at, quarters } = baseline
  const drawn = quarters.findLast(one => fanQuarter(one) !== undefined)
  const told =
    bandAt(baseline) !== undefined
      ? ` ; en gras, la médiane au ${longQuarter(at)} (estimée)`
      : drawn &&
        ` ; tracée jusqu’au ${longQuarter(drawn.quarter)}, au-delà seul l’écart entre scénarios se dit`
  const others = sides.slice(1).map(side => ({ ...side, saved: daysSaved(baseline, side.outcome) }))
  return (
    <>
      <h2>
        {heading} <StatusTag status="estimated" />
      </h2>
      <p>{findingWords(baseline, others)}</p>
      <SmallMultiples
        id={id}
        title={bestWords(others, at, extents)}
        subtitle={`${what}, scénario par scénario, en jours, à la même échelle, depuis le présent trimestre${told ?? ''}. Plus bas, c’est mieux.`}
        quantity="day"
        fans={sides.map((side, i) => ({
          key: side.id ?? `${i}`,
          name: side.name,
          figure: figureOf(side, baseline),
          observed: observed.map(({ quarter, days }) => ({ quarter, value: days })),
          projected: side.outcome.quarters.flatMap(one => fanQuarter(one) ?? []),
          href: side.id && paths.scenario({ id: side.id }),
        }))}
        target={quarters[0] === undefined ? [] : [{ from: quarters[0].quarter, value: limitDays }]}
        source={source}
        csv={csv}
      />
    </>
  )
}

/** The number of a small fan: the median where scenarios are read, or else what is gained there. */
function figureOf({ scenario, outcome }: OutcomeSide, baseline: Outcome): string {
  const band = bandAt(outcome)
  if (band !== undefined) return bandDays(band.median)
  const saved = daysSaved(baseline, outcome)
  return scenario === undefined || saved === undefined ? 'référence' : `${frenchDays(saved, 0)} de moins`
}

type SavedDays = Pick<Side, 'name'> & { saved: number | undefined }

function findingWords(baseline: Outcome, others: readonly SavedDays[]): string {
  const told = others.map(({ name, saved }) => {
    if (saved === undefined) return `« ${name} » : effet non calculable, au-delà du calendrier du modèle`
    if (Math.abs(saved) < 0.5) return `« ${name} » ne changerait presque rien`
    return `« ${name} » ${saved > 0 ? 'ferait gagner' : 'ferait perdre'} environ ${frenchDays(Math.abs(saved), 0)}`
  })
  const before = bandAt(baseline)?.median
  return `Au ${longQuarter(baseline.at)}, par rapport à « rien de décidé »${before === undefined ? '' : ` (${bandDays(before)})`} : ${told.join(' ; ')}.`
}

/** The finding of the small fans: the scenario that gains most, where scenarios change the same halls. */
function bestWords(others: readonly SavedDays[], at: Quarter, extents: number): string {
  const gains = others.flatMap(({ name, saved }) => (saved === undefined ? [] : [{ name, saved }]))
  if (gains.length === 0) return `Au-delà du calendrier du modèle au ${longQuarter(at)}`
  const [best] = gains.toSorted((a, b) => b.saved - a.saved)
  if (best!.saved < 0.5) return `Presque rien n’y change au ${longQuarter(at)}`
  if (others.length > 1 && extents > 1)
    return 'Ces scénarios ne changent pas les mêmes mairies : leurs gains ne se classent pas'
  return `« ${best!.name} »${others.length > 1 ? ' gagne le plus' : ''} : environ ${frenchDays(best!.saved, 0)} de moins au ${longQuarter(at)}`
}
