import { requireOwn } from '../access/own-place-queries.ts'
import { Refusal } from '../errors.ts'
import { formFields } from '../io/http/form.ts'
import { siteAsked } from '../io/http/origin.ts'
import { html } from '../io/http/page.ts'
import { createRouter } from '../io/http/router.ts'
import { placeOf } from '../places/place-queries.ts'
import { paths, ROUTES } from '../pure/access/paths.ts'
import { isTitle, type Title } from '../pure/law/title.ts'
import { documentText } from '../pure/pages/layout.tsx'
import { localFacts } from './fact-queries.ts'
import {
  askedAgain,
  askedAnew,
  type FormFault,
  type FormFields,
  faultsOf,
  faultsOfRefusal,
  filledForm,
  PROMISE_FIELDS,
} from './form.ts'
import type { KeptPlan } from './plan-answer.ts'
import { PlanComparisonPage } from './plan-comparison-page.tsx'
import { PlanPage } from './plan-page.tsx'
import { changesOf, keptOrRefuse, lastPlans } from './plan-queries.ts'
import { type PlanGround, planned, unplanned } from './plan-work.ts'
import { streamed } from './planning-routes.tsx'
import { type PlanStep, stepWords } from './progress.ts'
import { resolveQuestion, type StaffingRequest } from './question.ts'
import { type PlanRequest, planRequest } from './request-answer.ts'
import { type ShownForm, StaffingPage } from './staffing-page.tsx'

/** Refusals of a plan that a reader mends in the form. */
const MENDABLE = new Set([
  'invalid-parameter',
  'staffing-infeasible',
  'staffing-without-agents',
  'staffing-inflow-unknown',
  'solver-too-slow',
])

function mendable(error: unknown): Refusal {
  if (error instanceof Refusal && MENDABLE.has(error.code)) return error
  throw error
}

/** The pages of plans: the form, a plan, two plans side by side. */
export function staffingPageRoutes(given: PlanGround) {
  const { db, here } = given
  const groundHere = () => ({ ...given, department: here().code })
  const router = createRouter()
  const formPage = async (filled: Filled, fields: FormFields, faults: readonly FormFault[] = []) => {
    const { title: assumed, origins, from } = filled
    const asked = faults.length > 0 ? undefined : requestOf(filled, fields)
    const tried =
      asked === undefined || 'faults' in asked
        ? asked?.faults
        : await unplanned(groundHere(), asked.request).catch(error => faultsOfRefusal(mendable(error)))
    const form = { assumed, fields, origins, from, faults, tried }
    return StaffingPage({ form, plans: await lastPlans(db, here().code, 10) })
  }

  router.get(ROUTES.staffing, async c => {
    const { remplace, modifie, titre, reprendre, ...typed } = c.req.query()
    const title = typed['title'] ?? titre ?? ''
    const assumed = reprendre === undefined ? (typed['assumed'] ?? title) : title
    const filled = await filledFor(groundHere(), isTitle(assumed) ? assumed : 'cni-passport', {
      previous: remplace ?? typed['previous'],
      modified: modifie ?? typed['modified'],
    })
    const promise: readonly string[] = PROMISE_FIELDS
    const asked = Object.entries(typed).filter(([name]) => reprendre === undefined || promise.includes(name))
    return html(c, await formPage(filled, { ...filled.fields, ...Object.fromEntries(asked) }))
  })

  router.post(ROUTES.staffing, async c => {
    const fields = await formFields(c)
    const ground = groundHere()
    await requireOwn(c, db, ground.department)
    const { assumed = '', title = '', previous, modified } = fields
    const filled = await filledFor(
      ground,
      isTitle(assumed) ? assumed : isTitle(title) ? title : 'cni-passport',
      { previous, modified },
    )
    const refused = (faults: readonly FormFault[]) => formPage(filled, fields, faults)
    const told = (c.req.header('accept') ?? '').includes('application/x-ndjson')
    const asked = requestOf(filled, fields)
    if ('faults' in asked) return html(c, await refused(asked.faults), 400)
    const plan = (signal: AbortSignal, step?: (step: PlanStep) => void) =>
      planned(ground, asked.request, signal, step, asked.origins)
    const before = filled.from?.why === 'modified' ? filled.from.id : undefined
    const address = ({ id }: KeptPlan) => paths.plan({ id, modifie: id === before ? undefined : before })
    if (told) {
      return streamed(c, {
        plan,
        step: stepWords,
        end: async kept => ({ location: address(kept) }),
        refused: async refusal => ({
          page: await documentText(await refused(faultsOfRefusal(refusal)), siteAsked(c)),
        }),
      })
    }
    try {
      return c.redirect(address(await plan(c.req.raw.signal)), 303)
    } catch (error) {
      return html(c, await refused(faultsOfRefusal(mendable(error))), 422)
    }
  })

  router.get(ROUTES.planComparison, async c => {
    const [first, second, ...more] = c.req.queries('ids') ?? []
    if (first === undefined || second === undefined || more.length > 0)
      throw new Refusal('invalid-parameter', 'Cochez deux plans à comparer.', { parameter: 'ids' })
    const plans = [await keptOrRefuse(db, first), await keptOrRefuse(db, second)] as const
    return html(c, PlanComparisonPage({ plans }))
  })

  router.get(ROUTES.plan, async c => {
    const kept = await keptOrRefuse(db, c.req.param('id'))
    const placeName = (await placeOf(db, kept.place))?.name ?? kept.place
    const told = { kept, placeName, difference: await changesOf(db, kept) }
    return html(c, PlanPage({ ...told, modified: c.req.query('modifie') }))
  })
  return router
}

/** What the form was filled in with, and from what. */
interface Filled {
  title: Title
  fields: Record<string, string>
  origins: KeptPlan['origins']
  from: ShownForm['from']
  plan: KeptPlan | undefined
}

async function filledFor(
  { db, today, department }: PlanGround,
  title: Title,
  { previous, modified }: { previous: string | undefined; modified: string | undefined },
): Promise<Filled> {
  if (modified !== undefined) {
    const plan = await keptOrRefuse(db, modified)
    const { question } = plan.plan
    const from = { id: plan.id, why: 'modified' } as const
    return { title: question.title, fields: filledForm(question), origins: plan.origins, from, plan }
  }
  const plan = previous === undefined ? undefined : await keptOrRefuse(db, previous)
  const last = plan && { id: plan.id, plan: plan.plan }
  const shownTitle = plan?.plan.question.title ?? title
  const facts = { ...(await localFacts(db, department, shownTitle, today())), engine: false, last }
  const { question } = plan?.plan ?? { question: undefined }
  const request = {
    title: shownTitle,
    months: question?.months ?? 18,
    targetDays: question?.targetDays ?? 14,
    probability: question?.probability ?? 0.9,
  }
  const { fields, origins } = filledFrom(request, facts)
  return {
    title: shownTitle,
    fields,
    origins,
    from: plan && { id: plan.id, why: 'replaced' },
    plan: undefined,
  }
}

/** The defaults of a title; where no volume is known, it and the agents that would treat it are left to be typed. */
function filledFrom(request: StaffingRequest, facts: Parameters<typeof resolveQuestion>[1]) {
  try {
    const { question, origins } = resolveQuestion(request, facts)
    return { fields: filledForm(question), origins }
  } catch (error) {
    if (!(error instanceof Refusal && error.code === 'staffing-inflow-unknown')) throw error
    const { question, origins } = resolveQuestion({ ...request, filesPerWorkingDay: 0 }, facts)
    return { fields: { ...filledForm(question), filesPerWorkingDay: '', agents: '' }, origins }
  }
}

function requestOf(
  { plan, fields: filled, from, origins }: Filled,
  fields: FormFields,
): { request: PlanRequest; origins: KeptPlan['origins'] } | { faults: FormFault[] } {
  const again = plan && askedAgain({ question: plan.plan.question, demandRun: plan.demandRun }, fields)
  const previous = from?.why === 'replaced' ? { previous: from.id } : {}
  // A plan that was kept says more than what may be asked.
  const result = planRequest
    .strip()
    .safeParse(again?.request ?? { ...askedAnew(fields, filled), ...previous })
  if (!result.success) return { faults: faultsOf(result.error.issues) }
  const kept = again
    ? Object.fromEntries(Object.entries(origins).filter(([name]) => !again.changed.includes(name)))
    : {}
  return { request: result.data, origins: kept }
}
