import { Refusal } from '../errors.ts'
import type { Ground } from '../io/http/router.ts'
import { solverUntil } from '../io/solver/solve-program.ts'
import { knownPlaceOrRefuse } from '../places/known-place-queries.ts'
import { addMonths, monthOf } from '../pure/calendar/period.ts'
import { demandCourse } from './course-queries.ts'
import { explainPlan } from './explain.ts'
import { localFacts } from './fact-queries.ts'
import { drawsOf, planStaffing, withoutPlan } from './plan.ts'
import type { KeptPlan } from './plan-answer.ts'
import { keepPlan, keptOrRefuse, keptPlan, planId } from './plan-queries.ts'
import type { PlanStep } from './progress.ts'
import { resolveQuestion, type StaffingRequest } from './question.ts'
import type { PlanRequest } from './request-answer.ts'

/** What a plan is made from. */
export interface PlanGround extends Ground {
  /** Futures of the engine drawn for a plan; fewer are drawn sooner, and say less. */
  futures?: number | undefined
}

/**
 * The department whose files are planned: the one named, or that of the hall or centre (CERT) named; the service's own when
 * none is. @throws Refusal `place-not-found`, `invalid-parameter`
 */
export async function plannedPlace(
  { db, department }: Pick<PlanGround, 'db' | 'department'>,
  code: string | undefined,
): Promise<string> {
  if (code === undefined) return department
  const { kind, parent } = await knownPlaceOrRefuse(db, code)
  const found = kind === 'department' ? code : parent
  if (found !== undefined) return found
  throw new Refusal(
    'invalid-parameter',
    'place : un plan est celui d’un département ou d’un centre (CERT).',
    {
      parameter: 'place',
    },
  )
}

/** What comes without a plan, and the question as it was made whole, on the assumptions' own course of demand. */
export async function unplanned(
  { db, today, department }: PlanGround,
  { previous: _, place: __, ...asked }: PlanRequest,
) {
  const request = asked as StaffingRequest
  const facts = await localFacts(db, department, request.title, today())
  const { question } = resolveQuestion(request, { ...facts, engine: false, last: undefined })
  return { question, outlook: withoutPlan(question) }
}

/** The plan of a request, made and kept; the one kept already when the same was asked before. Origins known win. */
export async function planned(
  ground: PlanGround,
  { previous, place, ...asked }: PlanRequest,
  signal: AbortSignal,
  progress: (step: PlanStep) => void = () => undefined,
  kept: KeptPlan['origins'] = {},
): Promise<KeptPlan> {
  const { db, today, futures } = ground
  const department = await plannedPlace(ground, place)
  const request = asked as StaffingRequest
  const last = previous === undefined ? undefined : await keptOrRefuse(db, previous)
  const firstMonth = request.firstMonth ?? addMonths(monthOf(today()), 1)
  const [facts, course] = await Promise.all([
    localFacts(db, department, request.title, today()),
    demandCourse(db, department, request.title, addMonths(firstMonth, request.months - 1), today(), futures),
  ])
  // A season that is given replaces the course of the engine, which carries its own.
  const followed = request.season === undefined ? course : undefined
  const resolved = resolveQuestion(request, {
    ...facts,
    engine: followed !== undefined,
    last: last && { id: last.id, plan: last.plan },
  })
  const { question } = resolved
  const origins = { ...resolved.origins, ...kept }
  const context = { place: department, demandRun: followed?.run, previous: last?.id }
  const id = planId(question, context)
  const known = await keptPlan(db, id)
  if (known !== undefined) return known
  const pathsOf = await followed?.pathsOf(question, drawsOf(question), signal, (drawn, of) =>
    progress({ step: 'futures', drawn, of }),
  )
  let solved = 0
  const plan = await planStaffing(question, {
    solve: solverUntil(signal),
    pathsOf,
    progress: step => {
      solved++
      progress({ solved, step })
    },
  })
  await keepPlan(db, { id, ...context, plan, origins, explanation: explainPlan(plan, origins) })
  return keptOrRefuse(db, id)
}
