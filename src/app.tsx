import { OpenAPIHono } from '@hono/zod-openapi'
import type { Context, MiddlewareHandler } from 'hono'
import { compress } from 'hono/compress'
import { HTTPException } from 'hono/http-exception'
import { requestId } from 'hono/request-id'
import { secureHeaders } from 'hono/secure-headers'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { Kysely } from 'kysely'
import { briefRoutes } from './briefs/routes.tsx'
import { delayRoutes } from './delays/routes.tsx'
import { demandRoutes } from './demand/routes.tsx'
import { docsRoutes } from './docs/routes.tsx'
import { REFUSALS, Refusal } from './errors.ts'
import { homeRoutes } from './home/routes.tsx'
import { importRoutes } from './imports/routes.tsx'
import { unready } from './io/database/readiness.ts'
import type { Database } from './io/database/schema.ts'
import { isAway, isUnstorable } from './io/database/unavailable.ts'
import { assetRoutes, assetVersion } from './io/http/assets.ts'
import { boundedBodies } from './io/http/bounded-bodies.ts'
import { withCommonAnswers } from './io/http/common-answers.ts'
import { idempotencyKeys } from './io/http/idempotency.ts'
import { html } from './io/http/page.ts'
import { type Problem, wantsPage } from './io/http/problem.ts'
import { loopbackNames, sameSiteWrites } from './io/http/same-site.ts'
import { methodRoutes } from './method/routes.tsx'
import { publicationRoutes } from './publications/routes.tsx'
import type { Day } from './pure/calendar/day.ts'
import type { Site } from './pure/pages/layout.tsx'
import { ProblemPage } from './pure/pages/message.tsx'
import { reportRoutes } from './reports/routes.tsx'
import { scenarioRoutes } from './scenarios/routes.tsx'
import { siteOf } from './site.ts'
import { staffingRoutes } from './staffing/routes.tsx'
import { townHallRoutes } from './town-halls/routes.tsx'
import { trackRecordRoutes } from './track-record/routes.tsx'
import { userRoutes } from './users/routes.tsx'
import { waitRoutes } from './waits/routes.tsx'

/** What the whole service stands on. `report` receives every bug: an error that is nobody's refusal. */
export interface Ground {
  db: Kysely<Database>
  today: () => Day
  department: string
  departmentName: string
  stateIdentity: string | undefined
  dsfrDist: string | undefined
  version: string
  report: (error: unknown, request: { id: string; method: string; path: string }) => void
  /** What watches every request: journal, metrics. */
  watchers?: readonly MiddlewareHandler[]
  /** Whether the service is about to stop: it then says that it is not ready. */
  draining?: () => boolean
}

/** The whole service over a database: mounts the slices, answers every error once. */
export function createApp(ground: Ground): OpenAPIHono {
  const app = new OpenAPIHono()
  app.use(requestId())
  for (const watch of ground.watchers ?? []) app.use(watch)
  app.use(compress())
  app.use(
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
      referrerPolicy: 'same-origin',
      strictTransportSecurity: false,
    }),
  )
  app.use(loopbackNames(), sameSiteWrites(), boundedBodies())
  app.use('/api/*', idempotencyKeys(ground.db))

  app.get('/livez', c => c.text('ok'))
  app.get('/readyz', async c => {
    const reason = ground.draining?.() ? 'stopping' : await unready(ground.db)
    return c.text(reason ?? 'ok', reason === undefined ? 200 : 503)
  })

  const site = siteOf({ ...ground, assetVersion: assetVersion(ground.dsfrDist) })
  const service = { ...ground, site }
  app.route('/', assetRoutes(ground.dsfrDist, ground.stateIdentity !== undefined))
  app.route('/', homeRoutes(service))
  app.route('/', delayRoutes(service))
  app.route('/', waitRoutes(service))
  app.route('/', demandRoutes(service))
  app.route('/', townHallRoutes(service))
  app.route('/', briefRoutes(service))
  app.route('/', reportRoutes(service))
  app.route('/', scenarioRoutes(service))
  app.route('/', staffingRoutes(service))
  app.route('/', importRoutes(service))
  app.route('/', publicationRoutes(service))
  app.route('/', trackRecordRoutes(service))
  app.route('/', userRoutes(service))
  app.route('/', methodRoutes(service))
  const description = () =>
    withCommonAnswers(
      app.getOpenAPI31Document({
        openapi: '3.1.0',
        info: {
          title: 'Vigie Titres',
          version: ground.version,
          description:
            'Délais des titres d’identité, attente des rendez-vous et demande à venir, avec leurs sources.',
        },
      }),
    )
  app.route('/', docsRoutes(service, description))

  app.notFound(c => {
    throw new Refusal('not-found', `Rien ne se trouve à l’adresse ${c.req.path}.`)
  })
  app.onError((error, c) => answerError(error, c, service))
  return app
}

function answerError(
  error: Error,
  c: Context,
  ground: Ground & { site: Site },
): Response | Promise<Response> {
  const problem = problemOf(error, c)
  if (problem.status === 500 || problem.code === 'database-unavailable') {
    ground.report(error, { id: c.get('requestId'), method: c.req.method, path: c.req.path })
  }
  if (wantsPage(c)) {
    const path = c.req.path
    return html(c, ProblemPage({ site: ground.site, path, problem }), problem.status as 400)
  }
  return c.body(JSON.stringify(problem), problem.status as ContentfulStatusCode, {
    'content-type': 'application/problem+json',
    ...(problem.status === 503 ? { 'retry-after': '2' } : {}),
  })
}

function problemOf(error: Error, c: Context): Problem {
  const instance = `urn:request:${c.get('requestId')}`
  if (error instanceof Refusal) {
    const { status, title } = REFUSALS[error.code]
    return {
      type: `/docs/errors#${error.code}`,
      title,
      status,
      detail: error.message,
      code: error.code,
      instance,
      ...error.extensions,
    }
  }
  if (isAway(error)) {
    return problemOf(
      new Refusal('database-unavailable', 'La base ne répond pas : redemandez dans quelques secondes.'),
      c,
    )
  }
  if (isUnstorable(error)) {
    return problemOf(new Refusal('invalid-parameter', 'Un texte contient un caractère nul : retirez-le.'), c)
  }
  if (error instanceof HTTPException && error.status < 500) {
    return {
      type: '/docs/errors#invalid-body',
      title: REFUSALS['invalid-body'].title,
      status: error.status,
      detail: 'La requête n’a pas pu être lue : vérifiez son format et son type de contenu.',
      code: 'invalid-body',
      instance,
    }
  }
  return {
    type: '/docs/errors#internal-error',
    title: 'Erreur interne',
    status: 500,
    detail:
      'Le service a rencontré un défaut. Rien n’a été perdu ; réessayez, puis signalez le numéro de la demande.',
    code: 'internal-error',
    instance,
  }
}
