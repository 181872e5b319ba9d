import { mean } from 'simple-statistics'
import { BALANCED_BY_TEAM, FLOW_ASSUMPTIONS } from '../delays/cert-flow-assumption.ts'
import { Refusal } from '../errors.ts'
import type { Day } from '../pure/calendar/day.ts'
import { addMonths, monthOf } from '../pure/calendar/period.ts'
import { frenchDays, frenchNumber } from '../pure/french/french.ts'
import { TITLE_NAMES, type Title } from '../pure/law/title.ts'
import {
  ASSUMPTIONS,
  type AssumptionName,
  balancedAgents,
  LEVEL_SEASON,
  MEAN_CENTRE,
  SEASONS,
  type Sourced,
  SUPPOSED_TEAM,
  TRAINING,
} from './assumption.ts'
import { endingTerms, frozenArrivals, plannedAgents, updatedLevel } from './comparison.ts'
import { OFFERED, OFFERED_ORIGIN, offeredTerms } from './contract.ts'
import { LICENCE_COURSE_ORIGIN } from './licence-course.ts'
import type { StaffingPlan } from './plan-answer.ts'
import type { PlanRequest } from './request-answer.ts'
import type { StaffingQuestion } from './team.ts'

/** What a caller asks: the promise, and whatever it knows better than the defaults. */
export type StaffingRequest = Omit<PlanRequest, 'previous' | 'title'> & { title: Title }

/** What the database knows that bears on a plan. */
export interface LocalFacts {
  today: Day
  place: string
  /** Delay of the title on the day at the centre, as its page tells it. */
  delay?: Sourced | undefined
  /** Files counted at the centre in the last months. */
  stock?: Sourced | undefined
  /** Agents and productivity last imported for the title. */
  agents?: Sourced | undefined
  productivity?: Sourced | undefined
  /** What came to the centre in the twelve months before, a working day: the figure of its page. */
  receipts?: (Sourced & { assumed: boolean }) | undefined
  /** Licences issued in a year for one inhabitant, for the waves of that title. */
  licencesPerHead?: number | undefined
  /** The engine projects this title: its course and season come from there. */
  engine: boolean
  /** The plan that this one takes over, with its address. */
  last?: { id: string; plan: StaffingPlan } | undefined
}

const SEED = 20_220_405

/**
 * The whole question of a request: what it says, else what was imported, else what the last plan held, else the default of
 * the title. Every value that was not given keeps its origin, to be shown.
 *
 * @throws Refusal `staffing-inflow-unknown` when no volume is known or published for the title.
 */
export function resolveQuestion(request: StaffingRequest, facts: LocalFacts) {
  const { title } = request
  const origins: Record<string, string> = {}
  const last = facts.last?.plan.question
  const lastOrigin = facts.last === undefined ? '' : `Repris du plan ${facts.last.id}`
  const pick = <T>(
    name: string,
    given: T | undefined,
    ...others: ({ value: T; origin: string } | undefined)[]
  ): T => {
    if (given !== undefined) return given
    const found = others.find(other => other !== undefined)
    if (found === undefined) throw new RangeError(`no value for ${name}`)
    origins[name] = found.origin
    return found.value
  }
  const fromLast = <T>(value: T | undefined) =>
    value === undefined ? undefined : { value, origin: lastOrigin }
  const number = (name: AssumptionName, ...before: (Sourced | undefined)[]) =>
    pick(name, request[name], ...before, fromLast(last?.[name]), ASSUMPTIONS[name])

  const firstMonth = request.firstMonth ?? addMonths(monthOf(facts.today), 1)
  const presence = pick('presence', request.presence, fromLast(last?.presence), {
    value: FLOW_ASSUMPTIONS.presence.values,
    origin: FLOW_ASSUMPTIONS.presence.origin,
  })
  const filesPerAgentDay = number('filesPerAgentDay', facts.productivity, fromLast(last?.filesPerAgentDay), {
    value: ASSUMPTIONS.filesPerAgentDay.value,
    origin: `${ASSUMPTIONS.filesPerAgentDay.origin}${isCard(title) ? '' : ' ; pour les cartes et passeports, à remplacer par celle de ce titre'}`,
  })
  const inflow = inflowOf(title, facts, agents => agents * filesPerAgentDay * mean([...presence]))
  if (request.filesPerWorkingDay === undefined && last === undefined && inflow === undefined) {
    throw new Refusal(
      'staffing-inflow-unknown',
      `Aucun volume n’est publié pour « ${TITLE_NAMES[title]} » : indiquez les dossiers reçus par jour ouvré.`,
      { parameter: 'filesPerWorkingDay' },
    )
  }
  const shape = SEASONS[title] ?? LEVEL_SEASON
  // A season that is given replaces the course of the title.
  const licencesPerHead = request.season === undefined ? facts.licencesPerHead : undefined
  const season = pick(
    'season',
    request.season,
    facts.engine
      ? { value: shape.values, origin: 'cours et saison : projection nationale des demandes' }
      : undefined,
    fromLast(last?.season),
    licencesPerHead === undefined ? undefined : { value: shape.values, origin: LICENCE_COURSE_ORIGIN },
    { value: shape.values, origin: shape.origin },
  )
  const level = levelOf(
    request,
    facts,
    number('filesPerWorkingDay', fromLast(last?.filesPerWorkingDay), inflow),
  )
  if (level.origin !== undefined) origins['filesPerWorkingDay'] = level.origin
  const planned = facts.last && plannedAgents(facts.last.plan, firstMonth)
  const before: Partial<Record<AssumptionName, readonly (Sourced | undefined)[]>> = {
    startDelayDays: [
      facts.delay,
      {
        value: request.targetDays / 2,
        origin: `aucun délai publié : la moitié d’un objectif de ${frenchDays(request.targetDays, 0)}`,
      },
    ],
    agents: [
      facts.agents,
      planned === undefined ? undefined : { value: planned, origin: `${lastOrigin}, effectif prévu` },
      fromLast(last?.agents),
      {
        value: balancedAgents({ filesPerWorkingDay: level.filesPerWorkingDay, filesPerAgentDay, presence }),
        origin: SUPPOSED_TEAM,
      },
    ],
    filesPerAgentDayLater: [
      request.filesPerAgentDay === undefined
        ? facts.productivity
        : { value: request.filesPerAgentDay, origin: 'productivité donnée, supposée stable' },
    ],
  }
  const numbers: Record<AssumptionName, number> = {
    ...(Object.fromEntries(
      (Object.keys(ASSUMPTIONS) as AssumptionName[])
        .filter(name => name !== 'filesPerWorkingDay' && name !== 'filesPerAgentDay')
        .map(name => [name, number(name, before[name]?.find(Boolean))]),
    ) as Record<AssumptionName, number>),
    filesPerWorkingDay: level.filesPerWorkingDay,
    filesPerAgentDay,
  }
  numbers.recruitingLeadMonths = Math.round(numbers.recruitingLeadMonths)
  numbers.levelError *= level.errorLeft
  const contractMonths = request.contractMonths ?? last?.contractMonths
  const { recruitingLeadMonths: leadMonths, hiringCost, wagePerMonth } = numbers
  const common = { leadMonths, hiringCost, wagePerMonth }
  const contracts =
    request.contracts?.map(terms => ({ ...offeredTerms(terms, common), ...defined(terms) })) ??
    (contractMonths === undefined
      ? pick('contracts', undefined, fromLast(last?.contracts), {
          value: OFFERED.map(terms => offeredTerms(terms, common)),
          origin: OFFERED_ORIGIN,
        })
      : undefined)
  const question: StaffingQuestion = {
    ...numbers,
    title,
    firstMonth,
    months: request.months,
    targetDays: request.targetDays,
    probability: request.probability,
    promise: request.promise ?? last?.promise ?? 'joint',
    unpromisedMonths: request.unpromisedMonths,
    // A delay that is given says more of the start than an older count.
    startStock:
      'startStock' in request || request.startDelayDays !== undefined || facts.stock === undefined
        ? request.startStock
        : pick('startStock', undefined, facts.stock),
    presence,
    contractEnds:
      request.contractEnds ??
      (last === undefined
        ? []
        : [
            ...last.contractEnds.filter(end => end.month >= firstMonth),
            ...endingTerms(facts.last!.plan, firstMonth),
          ]),
    training: pick('training', request.training, fromLast(last?.training), {
      value: TRAINING.values,
      origin: TRAINING.origin,
    }),
    contractMonths,
    contracts,
    budget: 'budget' in request ? request.budget : last?.budget,
    decided: request.decided ?? (facts.last ? frozenArrivals(facts.last.plan, firstMonth) : []),
    season,
    ...(licencesPerHead === undefined ? {} : { licencesPerHead }),
    seed: request.seed ?? SEED,
  }
  return { question, origins }
}

/** Titles whose productivity the committee told. */
function isCard(title: Title): boolean {
  return title === 'cni-passport' || title === 'cni' || title === 'passport'
}

/** What is said, without what is left open. */
export function defined<T extends object>(of: T): { [Name in keyof T]?: Exclude<T[Name], undefined> } {
  return Object.fromEntries(Object.entries(of).filter(([, value]) => value !== undefined)) as {
    [Name in keyof T]?: Exclude<T[Name], undefined>
  }
}

/**
 * Files received where nobody says: what came from the departments of the centre in a year, the figure of its page. An
 * imported team whose perimeter is only supposed just treats what comes to it, told beside; without a projection, a mean
 * of all centres.
 */
function inflowOf(
  title: Title,
  { agents, receipts }: LocalFacts,
  balanced: (agents: number) => number,
): Sourced | undefined {
  if (agents === undefined) return receipts ?? MEAN_CENTRE[title]
  if (receipts !== undefined && !receipts.assumed) return receipts
  const beside = receipts && ` ; ${receipts.origin} : ${frenchNumber(receipts.value)}`
  return {
    value: Math.round(balanced(agents.value)),
    origin: `${BALANCED_BY_TEAM} ; à remplacer par les vôtres${beside ?? ''}`,
  }
}

/** The level of the demand, corrected by what was received since the last plan. */
function levelOf(
  { received }: StaffingRequest,
  { last }: LocalFacts,
  filesPerWorkingDay: number,
): { filesPerWorkingDay: number; errorLeft: number; origin: string | undefined } {
  const unchanged = { filesPerWorkingDay, errorLeft: 1, origin: undefined }
  if (received === undefined || received.length === 0) return unchanged
  if (last === undefined) {
    throw new Refusal(
      'invalid-parameter',
      'received : les dossiers reçus corrigent un plan ; indiquez celui qui est remplacé (previous).',
      { parameter: 'received' },
    )
  }
  const updated = updatedLevel(last.plan, received)
  return updated === undefined
    ? unchanged
    : {
        filesPerWorkingDay: filesPerWorkingDay * updated.factor,
        errorLeft: updated.errorLeft,
        origin: `Corrigé par ${received.length} mois reçus depuis le plan ${last.id}`,
      }
}
