import type { Context } from 'hono'
import { stream } from 'hono/streaming'
import { requireOwn } from '../access/own-place-queries.ts'
import { REFUSALS, Refusal } from '../errors.ts'
import { chapter, described, jsonBody } from '../io/http/description.ts'
import { createRouter } from '../io/http/router.ts'
import { ROUTES } from '../pure/access/paths.ts'
import { answerOf, type KeptPlan, planAnswer } from './plan-answer.ts'
import { changesOf } from './plan-queries.ts'
import { infeasible } from './plan-routes.tsx'
import { type PlanGround, planned, plannedPlace } from './plan-work.ts'
import type { PlanStep } from './progress.ts'
import { planRequest } from './request-answer.ts'

const { post } = chapter('Effectifs')

const makePlan = post(ROUTES.apiPlans, {
  summary: 'Planifier les effectifs d’un titre',
  description:
    'Recrutements, heures supplémentaires et prêts les moins chers, mois par mois, pour tenir un délai avec la probabilité demandée. Le risque est mesuré sur des trajectoires de demande que le calcul n’a pas vues. Avec « Accept: application/x-ndjson », l’avancement arrive ligne à ligne, puis le plan ; fermer la connexion annule le calcul.',
  request: { body: jsonBody(planRequest) },
  responses: { 201: described('Plan', planAnswer), 422: infeasible },
})
/** Plans of one team: made, and followed while they are made. */
export function planningRoutes(ground: PlanGround) {
  const { db } = ground
  const router = createRouter()
  router.openapi(makePlan, async c => {
    const body = c.req.valid('json')
    await requireOwn(c, db, await plannedPlace(ground, body.place))
    if ((c.req.header('accept') ?? '').includes('application/x-ndjson')) {
      return streamed(c, {
        plan: (signal, step) => planned(ground, body, signal, step),
        step: step => step,
        end: async kept => ({ plan: answerOf(kept, await changesOf(db, kept)) }),
        refused: problemLine,
      })
    }
    const kept = await planned(ground, body, c.req.raw.signal)
    return c.json(answerOf(kept, await changesOf(db, kept)), 201)
  })
  return router
}

function problemLine({ code, message, extensions }: Refusal) {
  const { status, title: name } = REFUSALS[code]
  return { problem: { code, status, title: name, detail: message, ...extensions } }
}

/** One line of JSON for each step, then how it ended, or the refusal. Closing the connection calls the plan off. */
export function streamed(
  c: Context,
  lines: {
    plan: (signal: AbortSignal, step: (step: PlanStep) => void) => Promise<KeptPlan>
    step: (step: PlanStep) => object
    end: (kept: KeptPlan) => Promise<object>
    refused: (refusal: Refusal) => object | Promise<object>
  },
) {
  c.header('content-type', 'application/x-ndjson; charset=utf-8')
  // Compressed, lines would wait for one another.
  c.header('cache-control', 'no-store, no-transform')
  const stop = new AbortController()
  return stream(c, async out => {
    out.onAbort(() => stop.abort(new Error('called off')))
    const write = (value: object) => out.write(`${JSON.stringify(value)}\n`)
    try {
      const kept = await lines.plan(stop.signal, step => void write(lines.step(step)))
      await write(await lines.end(kept))
    } catch (error) {
      if (stop.signal.aborted) return
      if (!(error instanceof Refusal)) throw error
      await write(await lines.refused(error))
    }
  }) as never
}
