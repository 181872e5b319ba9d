import { CERT_CHANGES, type CertParameters } from '../delays/cert-lever.ts'
import { addDays, type Day, isDay } from '../pure/calendar/day.ts'
import { firstDay, monthOf } from '../pure/calendar/period.ts'
import type { Decision, Lever, RangeEnd } from '../pure/figures/lever.ts'
import { HALL_LEVERS, type HallLeverCode, hallLever, sharing, type WaitParameters } from '../waits/lever.ts'
import { LEVERS, MOST_LEVERS } from './lever.ts'
import type { PlannedLever, Scenario } from './scenario-answer.ts'

/** Scenarios compared at once, at most. */
export const MOST_COMPARED = 6

/** A fault of a scenario, where it stands in the form or in the body. */
export interface ScenarioFault {
  /** `name`, or `levers.0.amount`. */
  field: string
  code: string
  message: string
}

/** What a scenario may refer to. */
export interface Surroundings {
  /** `undefined` when no department has the code given. */
  department: string | undefined
  halls: readonly { insee: string; name: string }[]
  /** No list of the halls was imported: those are assumed, and what is told of them says so. */
  hallsAssumed?: boolean
  /** Whether agents, and their output, were imported for the title of the scenario. */
  teamKnown: boolean
  outputKnown: boolean
}

/** Every fault of a scenario, so that they can all be put right at once. */
export function scenarioFaults(scenario: Scenario, around: Surroundings): ScenarioFault[] {
  const faults: ScenarioFault[] = []
  const add = (field: string, code: string, message: string) => faults.push({ field, code, message })
  const name = scenario.name.trim()
  if (name === '' || name.length > 120)
    add('name', 'name-needed', 'Donnez un nom, de 120 caractères au plus.')
  const known = new Set(around.halls.map(hall => hall.insee))
  if (scenario.place !== around.department && !known.has(scenario.place))
    add('place', 'unknown-place', 'Choisissez le département ou une de ses mairies équipées.')
  if (scenario.levers.length === 0) add('levers', 'lever-needed', 'Choisissez au moins un levier.')
  if (scenario.levers.length > MOST_LEVERS)
    add('levers', 'too-many-levers', `${MOST_LEVERS} leviers au plus dans un scénario.`)
  for (const [i, lever] of scenario.levers.entries())
    leverFaults(lever, scenario, around, (field, code, message) => add(`levers.${i}.${field}`, code, message))
  return faults
}

function leverFaults(
  lever: PlannedLever,
  scenario: Scenario,
  around: Surroundings,
  add: (field: string, code: string, message: string) => void,
): void {
  const { acts, hall: place, most } = LEVERS[lever.code]
  const { low, central, high } = lever.amount
  if (!(low > 0 && low <= central && central <= high && high <= most))
    add(
      'amount',
      'invalid-amount',
      `Une quantité entre 0 et ${String(most).replace('.', ',')}, du plus bas au plus haut.`,
    )
  if (!isDay(lever.startsOn)) add('startsOn', 'invalid-day', 'Un jour s’écrit 2022-09-01.')
  if (lever.until !== undefined && (!isDay(lever.until) || lever.until < lever.startsOn))
    add('until', 'invalid-day', 'La fin vient après le début.')
  if (!(lever.leadWeeks >= 0 && lever.leadWeeks <= 260))
    add('leadWeeks', 'invalid-lead', 'De 0 à 260 semaines avant le premier effet.')
  if (lever.cost && !(lever.cost.once >= 0 && lever.cost.perYear >= 0))
    add('cost', 'invalid-cost', 'Un coût en euros, positif ou nul.')
  if (lever.cost && lever.cost.origin.trim() === '')
    add('cost', 'cost-without-origin', 'Dites d’où vient ce coût, ou laissez-le inconnu.')
  if (lever.trigger && !(lever.trigger.aboveDays > 0 && lever.trigger.aboveDays <= 1_000))
    add('trigger', 'invalid-threshold', 'Un seuil en jours, de 1 à 1 000.')
  if (lever.trigger && !(lever.trigger.probability > 0 && lever.trigger.probability < 1))
    add('trigger', 'invalid-threshold', 'Une probabilité entre 0 et 1.')
  if (lever.code === 'campaign' && lever.campaign === undefined)
    add(
      'campaign',
      'campaign-needed',
      'Choisissez une campagne enregistrée : elles se composent à /campagnes.',
    )
  if (lever.campaign !== undefined && lever.campaign.place !== around.department)
    add('campaign', 'unknown-place', 'Choisissez une campagne de ce département.')
  if (acts === 'waits') {
    const hall = hallsOf(lever, scenario, around)
    if (place === 'needed' && lever.hall === undefined && scenario.place === around.department)
      add('hall', 'hall-needed', 'Dites dans quelle mairie.')
    if (lever.hall !== undefined && !around.halls.some(one => one.insee === lever.hall))
      add('hall', 'unknown-hall', 'Cette mairie équipée est inconnue.')
    else if (hall.length === 0)
      add(
        'hall',
        'unknown-hall',
        'Aucune mairie équipée n’est connue ici : la préfecture peut en donner la liste (page Données).',
      )
    if (
      lever.code === 'pre-applications' &&
      !(lever.minutesSaved !== undefined && lever.minutesSaved > 0 && lever.minutesSaved < 15)
    )
      add(
        'minutesSaved',
        'minutes-saved-needed',
        'Dites combien de minutes une pré-demande fait gagner (moins de 15) : aucune source ne le donne.',
      )
    return
  }
  if (scenario.title === undefined) add('code', 'title-needed', 'Choisissez le titre instruit au CERT.')
  if (lever.code === 'more-agents' && !around.teamKnown && !positive(scenario.agents))
    add('amount', 'agents-needed', 'Effectif du CERT inconnu : importez-le, ou supposez un nombre d’ETPO.')
  if (lever.code === 'higher-productivity' && !around.outputKnown && !positive(scenario.filesPerAgentDay))
    add(
      'amount',
      'output-needed',
      'Productivité du CERT inconnue : importez-la, ou supposez un nombre de dossiers par agent et par jour (95 en 2021 pour les cartes et passeports).',
    )
}

/** The halls that a lever changes. */
export function hallsOf(lever: PlannedLever, scenario: Scenario, around: Surroundings): string[] {
  const one = lever.hall ?? (scenario.place === around.department ? undefined : scenario.place)
  return one === undefined ? around.halls.map(hall => hall.insee) : [one]
}

/** First day on which a lever acts: a campaign, from its first message after it is decided. */
export function actsFrom(lever: PlannedLever): Day {
  const ready = addDays(lever.startsOn, Math.ceil(lever.leadWeeks * 7))
  const [sent = ready] = messagesSent(lever)
    .map(({ sentIn }) => firstDay(sentIn))
    .sort()
  return sent > ready ? sent : ready
}

/** First day on which a lever is felt where scenarios are read: a campaign relieves the months in which titles end. */
export function feltFrom(lever: PlannedLever): Day {
  const [end] = messagesSent(lever)
    .map(({ endsFrom }) => endsFrom)
    .sort()
  return end === undefined ? actsFrom(lever) : firstDay(end)
}

/** The messages of a lever's campaign that leave once it is decided, each to the share of people that the amount leaves. */
export function messagesSent(
  { campaign, startsOn, leadWeeks, amount }: PlannedLever,
  end: RangeEnd = 'central',
) {
  const ready = monthOf(addDays(startsOn, Math.ceil(leadWeeks * 7)))
  return (campaign?.messages ?? [])
    .filter(({ sentIn }) => sentIn >= ready)
    .map(message => ({ ...message, share: message.share * amount[end] }))
}

/** Decisions on appointments, ready for the model of waits. */
export function waitDecisions(scenario: Scenario, around: Surroundings): Decision<WaitParameters>[] {
  return scenario.levers.flatMap(lever => {
    const { code } = lever
    if (code === 'sharing') return [decided(sharing(lever), lever)]
    return code in HALL_LEVERS
      ? hallsOf(lever, scenario, around).map(hall =>
          decided(hallLever(code as HallLeverCode, hall, lever), lever),
        )
      : []
  })
}

/** Decisions on the CERT, ready for the model of delays. */
export function certDecisions(scenario: Scenario): Decision<CertParameters>[] {
  return scenario.levers.flatMap(lever => {
    const { code, amount, leadWeeks } = lever
    return code in CERT_CHANGES
      ? [decided({ amount, leadWeeks, change: CERT_CHANGES[code as keyof typeof CERT_CHANGES] }, lever)]
      : []
  })
}

function decided<Parameters>(
  lever: Lever<Parameters>,
  { startsOn, until }: PlannedLever,
): Decision<Parameters> {
  return { lever, decidedOn: startsOn, ...(until === undefined ? {} : { until }) }
}

function positive(value: number | undefined): boolean {
  return value !== undefined && value > 0
}

/** Names of the halls that a scenario's lever changes. */
export function hallNames(lever: PlannedLever, scenario: Scenario, around: Surroundings): string[] {
  if (LEVERS[lever.code].hall === 'none') return []
  const codes = hallsOf(lever, scenario, around)
  return codes.length === around.halls.length && codes.length > 1
    ? []
    : codes.map(code => around.halls.find(hall => hall.insee === code)?.name ?? code)
}
