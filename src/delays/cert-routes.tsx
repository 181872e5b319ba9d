import { z } from '@hono/zod-openapi'
import { Refusal } from '../errors.ts'
import { chapter, described, refused } from '../io/http/description.ts'
import { dayParameter, estimateDay, quarterParameter } from '../io/http/parameters.ts'
import { createRouter, type Ground } from '../io/http/router.ts'
import { placeOf } from '../places/place-queries.ts'
import { ROUTES, templateOf } from '../pure/access/paths.ts'
import { addDays, type Day, weekday } from '../pure/calendar/day.ts'
import { firstDay, isMonth, lastDay, monthOf, monthsBetween, quarterOf } from '../pure/calendar/period.ts'
import { titleChoice } from '../pure/law/title.ts'
import type { Cert } from './cert.ts'
import { certAnswer, certToTell, flowAnswer } from './cert-answer.ts'
import type { FlowPeriod } from './cert-flow.ts'
import { certFlow, FLOW_TITLES, type FlowTitle, flowPoints } from './cert-flow-queries.ts'
import { certsKnown, examining, foundOrRefuse } from './cert-queries.ts'

const { get } = chapter('Délais')

const month = z.string().refine(isMonth, { message: 'un mois s’écrit 2027-01' })
const asOf = dayParameter.optional().openapi({ description: 'Ce que l’on savait ce jour-là' })

const listRoute = get(ROUTES.apiCerts, {
  summary: 'Centres d’expertise : titres et départements',
  description: 'Importés, ou supposés département par département : assumed le dit.',
  request: { query: z.object({ asOf }) },
  responses: {
    200: described('Centres', z.object({ certs: z.array(certAnswer) })),
  },
})

const flowRoute = get(templateOf('apiCertFlow'), {
  summary: 'Ce qui arrive à un centre, ce qu’il décide, ce qui attend',
  description:
    'Cartes et passeports arrivent quand les mairies de ses départements les déposent : leurs créneaux et leur file freinent le centre ; les permis se demandent en ligne et arrivent aussitôt. Un centre qu’aucun fichier ne nomme est celui d’un département (cert-17). « stations » ouvre des stations dans les mairies, « agents » renforce le centre. Chaque grandeur porte sa moyenne et ses quantiles sur les trajectoires de demande.',
  request: {
    params: z.object({ id: z.string().toLowerCase().openapi({ example: 'cert-16' }) }),
    query: z.object({
      title: z.enum(FLOW_TITLES).optional().openapi({ description: 'Le premier titre du centre sans lui' }),
      from: quarterParameter,
      to: quarterParameter,
      grain: z.enum(['week', 'month']).default('month'),
      asOf,
      stations: z.coerce.number().min(0).max(10_000).optional(),
      stationsFrom: month.optional(),
      agents: z.coerce.number().min(0).max(10_000).optional(),
      agentsFrom: month.optional(),
    }),
  },
  responses: {
    404: refused('Aucun centre ne porte ce code'),
    409: refused('Pas encore de projection des demandes aussi loin'),
    200: described('Flux', flowAnswer),
  },
})

/** Longest flow, in years: queues are run day by day on every path. */
const MOST_MONTHS = 60

/** Centres, and what flows through them. */
export function certRoutes({ db, today, department }: Ground) {
  const router = createRouter()
  router.openapi(listRoute, async c => {
    const certs = await certsKnown(db, [department], estimateDay(c.req.valid('query').asOf, today()))
    return c.json({ certs: certs.map(certToTell) }, 200)
  })
  router.openapi(flowRoute, async c => {
    const { id } = c.req.valid('param')
    const { from, to, grain, asOf: asked, ...levers } = c.req.valid('query')
    const day = estimateDay(asked, today())
    const around = (await placeOf(db, id))?.parent ?? department
    const known = await certsKnown(db, [department, around], day)
    const cert = foundOrRefuse(
      known.find(one => one.id === id),
      id,
    )
    const title = flowTitle(cert, levers.title)
    if (title === 'driving-licence' && levers.stations !== undefined) {
      throw new Refusal(
        'invalid-parameter',
        'stations : un permis se demande en ligne, des stations en mairie n’y changent rien.',
        { parameter: 'stations' },
      )
    }
    const last = lastDay(to)
    if (
      to < from ||
      from < quarterOf(monthOf(day)) ||
      monthsBetween(monthOf(day), monthOf(last)).length > MOST_MONTHS
    ) {
      throw new Refusal(
        'invalid-parameter',
        `from et to : des trimestres à partir de ${quarterOf(monthOf(day))}, dans l’ordre, cinq ans au plus.`,
        { parameter: 'from' },
      )
    }
    const { flow, origins } = await certFlow(db, {
      ...levers,
      cert: await examining(db, cert, title, day),
      title,
      to: last,
      today: day,
    })
    const first = firstDay(from) < flow.from ? flow.from : firstDay(from)
    const points = await flowPoints(flow, periodsOf(grain, first, last))
    return c.json(
      {
        cert: certToTell(cert),
        title,
        asOf: day,
        targetDays: flow.targetDays,
        status: 'estimated' as const,
        assumptions: origins,
        points,
      },
      200,
    )
  })
  return router
}

/** The title asked for, or the first of the centre whose flow is told. */
function flowTitle({ id, name, titles }: Cert, asked: FlowTitle | undefined): FlowTitle {
  const told = FLOW_TITLES.filter(title => titles.includes(title))
  const title = asked ?? told[0]
  if (title !== undefined && told.includes(title)) return title
  throw new Refusal(
    'invalid-parameter',
    told.length === 0
      ? `${name} n’examine aucun titre dont le flux est calculé (cartes et passeports, permis).`
      : `${name} (${id}) n’examine pas ce titre, mais ${titleChoice(told)}.`,
    { parameter: 'title' },
  )
}

/** Months, or weeks from their Monday, between two days; the first and the last may be cut. */
function periodsOf(grain: 'week' | 'month', first: Day, last: Day): FlowPeriod[] {
  if (grain === 'month') {
    return monthsBetween(monthOf(first), monthOf(last)).map(period => ({
      period,
      first: firstDay(period) < first ? first : firstDay(period),
      last: lastDay(period) > last ? last : lastDay(period),
    }))
  }
  const weeks: FlowPeriod[] = []
  for (let day = first; day <= last; ) {
    const monday = addDays(day, -((weekday(day) + 6) % 7))
    const sunday = addDays(monday, 6)
    weeks.push({ period: monday, first: day, last: sunday > last ? last : sunday })
    day = addDays(sunday, 1)
  }
  return weeks
}
