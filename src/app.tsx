import { getConnInfo } from '@hono/node-server/conninfo'
import { OpenAPIHono } from '@hono/zod-openapi'
import type { Context, MiddlewareHandler } from 'hono'
import { compress } from 'hono/compress'
import { requestId } from 'hono/request-id'
import { secureHeaders } from 'hono/secure-headers'
import { accountRoutes } from './access/accounts/account-routes.tsx'
import { admission, boundOf, costOf, isOpen, opensTo } from './access/admission-routes.ts'
import { openProvider } from './access/doors/openid-work.ts'
import { knownNames, sameSiteWrites } from './access/doors/same-site-routes.ts'
import { signInRoutes } from './access/doors/sign-in-routes.tsx'
import { journalRoutes } from './access/journal/journal-routes.tsx'
import { remarkRoutes } from './access/journal/remark-routes.tsx'
import { mayUse, ruleOf } from './access/policy.ts'
import { tokenRoutes } from './access/tokens/token-routes.tsx'
import { alertRoutes } from './alerts/alert-routes.tsx'
import { queueRoutes } from './calculators/queue-routes.tsx'
import { workforceRoutes } from './calculators/workforce-routes.tsx'
import { campaignRoutes } from './campaigns/campaign-routes.tsx'
import { collectors } from './collectors/collector-queries.ts'
import { collectorRoutes } from './collectors/collector-routes.tsx'
import type { CollectorsGround } from './collectors/collector-work.ts'
import { collectorPageRoutes } from './collectors/form-routes.tsx'
import { readingRoutes } from './collectors/reading-routes.tsx'
import { dailyReading } from './collectors/words.ts'
import { reportRoutes } from './committee/committee-routes.tsx'
import type { SignInSettings } from './config.ts'
import { certPageRoutes } from './delays/cert-page-routes.tsx'
import { certRoutes } from './delays/cert-routes.tsx'
import { delayPageRoutes } from './delays/delay-page-routes.tsx'
import { delayRoutes } from './delays/delay-routes.tsx'
import { reconstructionRoutes } from './delays/reconstruction-routes.tsx'
import { demandRoutes } from './demand/demand-routes.tsx'
import { jobRoutes } from './demand/job-routes.tsx'
import { docsRoutes } from './docs/docs-routes.tsx'
import { piloteRoutes } from './exports/pilote-routes.tsx'
import { embedRoutes } from './home/embed-routes.tsx'
import { homeRoutes } from './home/home-routes.tsx'
import { meetingRoutes } from './home/meeting-routes.tsx'
import { searchRoutes } from './home/search-routes.tsx'
import { siteOf } from './home/site.ts'
import { dataRoutes } from './imports/data-routes.tsx'
import { expectedRoutes } from './imports/expected-routes.ts'
import { importRoutes } from './imports/import-routes.ts'
import { longImportRoutes } from './imports/long-import-routes.ts'
import { releaseRoutes } from './imports/release-routes.tsx'
import { vintageRoutes } from './imports/vintage-routes.ts'
import { clockInParis } from './io/clock.ts'
import { actAsOwner, forRequests, readFromReplica } from './io/database/acting.ts'
import type { Replica } from './io/database/replica.ts'
import type { Db } from './io/database/schema.ts'
import { unready } from './io/database/unavailable.ts'
import { answerError, type Report } from './io/http/answer-error.ts'
import { assetRoutes, assetVersion } from './io/http/assets.ts'
import { boundedBodies } from './io/http/bounded-bodies.ts'
import { withCommonAnswers } from './io/http/common-answers.ts'
import { framable } from './io/http/framable.ts'
import { idempotencyKeys } from './io/http/idempotency.ts'
import { identityOf } from './io/http/identity.ts'
import { keptAnswers } from './io/http/kept-answers.ts'
import { standsIn } from './io/http/origin.ts'
import { answerOtherwise, readFromElsewhere } from './io/http/other-methods.ts'
import {
  corsicanCapitals,
  documentedOperations,
  knownParameters,
  orderedDates,
} from './io/http/parameters.ts'
import { rateLimits } from './io/http/rate-limits.ts'
import { securityText } from './io/http/security-text.ts'
import { turns } from './io/http/turns.ts'
import { readAhead } from './io/made-ahead.ts'
import { kitRoutes } from './kit/kit-routes.tsx'
import { methodRoutes } from './method/method-routes.tsx'
import { keptPlace } from './places/kept-place-routes.ts'
import { publicationRoutes } from './publications/publication-routes.tsx'
import { speakerRoutes } from './publications/speaker-routes.tsx'
import { thresholdRoutes } from './publications/threshold-routes.tsx'
import { networkOf } from './pure/access/cost.ts'
import type { Identity } from './pure/access/identity.ts'
import { API, ROUTES } from './pure/access/paths.ts'
import type { Day } from './pure/calendar/day.ts'
import type { PiloteIndicator } from './pure/figures/pilote-indicator.ts'
import { allocationRoutes } from './scenarios/allocation-routes.tsx'
import { scenarioPageRoutes } from './scenarios/scenario-page-routes.tsx'
import { scenarioRoutes } from './scenarios/scenario-routes.tsx'
import { staffingRoutes } from './staffing/staffing-routes.tsx'
import { briefRoutes } from './towns/brief-routes.tsx'
import { catchmentRoutes } from './towns/catchment-routes.tsx'
import { townHallRoutes } from './towns/department-routes.tsx'
import { grantRoutes } from './towns/grant-routes.tsx'
import { hallChangeRoutes } from './towns/hall-change-routes.tsx'
import { projectionMoves } from './towns/projection-move-queries.ts'
import { townRoutes } from './towns/town-routes.tsx'
import { trackRecordRoutes } from './track-record/track-record-routes.tsx'
import { userRoutes } from './users/users-routes.tsx'
import { waitNowRoutes } from './waits/wait-now-routes.tsx'
import { waitRoutes } from './waits/wait-routes.tsx'

/** What the whole service stands on. `report` receives every bug: an error that is nobody's refusal. */
export interface Ground {
  db: Db
  /** A standby server that serves requests that only read. */
  replica?: Replica | undefined
  today: () => Day
  department: string
  departmentName: string
  /** Futures drawn for a plan of agents; as many as it takes unless said. */
  futures?: number | undefined
  stateIdentity: string | undefined
  dsfrDist: string | undefined
  version: string
  report: Report
  /** What watches every request: journal, metrics. */
  watchers?: readonly MiddlewareHandler[]
  /** How people sign in; without it everybody is the administrator of this machine, which alone is answered. */
  signIn?: SignInSettings | undefined
  securityContact?: string | undefined
  requestsPerMinute?: number
  clientAddressHeader?: string | undefined
  /** What is read without anybody typing: keys, hosts, folders, as the settings say. */
  collecting?:
    | Pick<CollectorsGround, 'outside' | 'secretKey' | 'importDir' | 'clock' | 'callsAMinute'>
    | undefined
  /** Indicators of PILOTE that figures are exported as. */
  piloteIndicators?: readonly PiloteIndicator[] | undefined
  /** Where alerts go out by mail; nowhere when undefined. */
  mail?: { smtpUrl: string; from: string } | undefined
  /** Whether the service is about to stop: it then says that it is not ready. */
  draining?: () => boolean
}

/** The whole service over a database: mounts the slices, answers every error once. */
export function createApp(ground: Ground): OpenAPIHono {
  const { signIn } = ground
  const publicUrl = signIn?.publicUrl
  const db = forRequests(ground.db)
  const addressOf = (c: Context) => networkOf(clientAddress(c, ground.clientAddressHeader))
  const perMinute = signIn === undefined ? undefined : (ground.requestsPerMinute ?? 600)
  const limits = rateLimits({ perMinute, addressOf })
  const app = new OpenAPIHono()
  const { find, here } = keptPlace(db, { code: ground.department, name: ground.departmentName })
  app.use(requestId(), standsIn(siteOf({ ...ground, here, assetVersion: assetVersion(ground.dsfrDist) })))
  for (const watch of ground.watchers ?? []) app.use(watch)
  app.use(compress(), readFromElsewhere(isOpen))
  app.use(ROUTES.embedded, framable)
  app.use(
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        // Signing out goes on to the provider's own page.
        formAction: ["'self'", ...(signIn === undefined ? [] : [new URL(signIn.provider.issuer).origin])],
        frameAncestors: ["'none'"],
      },
      referrerPolicy: 'same-origin',
      strictTransportSecurity: publicUrl?.startsWith('https:') ? 'max-age=31536000' : false,
    }),
  )
  app.use(knownNames(publicUrl), sameSiteWrites(publicUrl), limits.byAddress)
  app.use(admission({ db, signsIn: signIn !== undefined, addressOf }), limits.byIdentity)
  // What a person reads stays in no cache that others may open; what all read is asked for again.
  app.use(async (c, next) => {
    await next()
    if (!c.res.headers.has('cache-control'))
      c.header('cache-control', identityOf(c).role === 'public' ? 'no-cache' : 'private, no-store')
  })
  // After admission: no byte of a body is read for somebody whom the policy refuses.
  app.use(boundedBodies(boundOf), orderedDates, corsicanCapitals)
  app.use(
    `${API}*`,
    knownParameters(() => operations),
    idempotencyKeys(db, {
      callerOf: c => identityOf(c).account || undefined,
      streams: c => boundOf(c).streams,
      secretKey: ground.collecting?.secretKey,
    }),
  )

  app.get(ROUTES.livez, c => c.text('ok'))
  app.get(ROUTES.readyz, async c => {
    const reason = ground.draining?.() ? 'stopping' : await actAsOwner(() => unready(db))
    return c.text(reason ?? 'ok', reason === undefined ? 200 : 503)
  })

  app.get(ROUTES.securityText, c => securityText(c, ground))
  app.route('/', assetRoutes(ground.dsfrDist, ground.stateIdentity !== undefined))

  app.use(keptAnswers({ ...ground, db, kept: KEPT, known: () => known, identity: keptFor }))
  app.use(
    turns({
      costOf,
      callerOf: c => identityOf(c).account || addressOf(c),
      secondsPerMinute: perMinute === undefined ? undefined : perMinute * SECONDS_A_REQUEST,
    }),
  )
  // After what tells how new an answer must be, so that the replica is at least as far.
  app.use(async (c, next) => {
    if (c.req.method === 'GET' && (await ground.replica?.serves(identityOf(c)))) readFromReplica()
    return next()
  })
  app.use(find)
  const provider = signIn && openProvider(signIn.provider)
  const service = { ...ground, db, here, provider, addressOf }
  const mount = (...slices: ((ground: typeof service) => OpenAPIHono)[]) => {
    for (const routes of slices) app.route('/', routes(service))
  }
  mount(homeRoutes, searchRoutes)
  const ask: Parameters<typeof embedRoutes>[0] = (request, c) => app.fetch(request, c.env)
  app.route('/', embedRoutes(ask))
  app.route('/', meetingRoutes({ ...service, ask }))
  mount(delayRoutes, reconstructionRoutes, delayPageRoutes, certRoutes, certPageRoutes, waitRoutes)
  mount(waitNowRoutes, demandRoutes, jobRoutes, townHallRoutes, catchmentRoutes, hallChangeRoutes)
  mount(grantRoutes, briefRoutes, kitRoutes, townRoutes, reportRoutes, scenarioRoutes, allocationRoutes)
  mount(scenarioPageRoutes, campaignRoutes, staffingRoutes, workforceRoutes, queueRoutes)
  const projections = projectionMoves(service)
  app.route('/', releaseRoutes({ ...service, projections }))
  app.route('/', publicationRoutes(service))
  const collecting = { ...service, ...NOTHING_COLLECTED, ...ground.collecting }
  const dailyReadings = async (reader: Identity) =>
    mayUse(reader, ruleOf(`GET ${ROUTES.collectors}`))
      ? (await collectors(db)).map(one => dailyReading(one, collecting.clock()))
      : []
  const importing = { ...service, dailyReadings, projections }
  app.route('/', importRoutes(importing))
  app.route('/', longImportRoutes(importing))
  app.route('/', vintageRoutes(service))
  app.route('/', dataRoutes(importing))
  app.route('/', expectedRoutes(service))
  app.route('/', collectorRoutes(collecting))
  app.route('/', readingRoutes(collecting))
  app.route('/', collectorPageRoutes(collecting))
  app.route('/', alertRoutes({ ...collecting, mail: ground.mail, origin: publicUrl ?? 'http://localhost' }))
  mount(piloteRoutes, trackRecordRoutes, userRoutes)
  app.route('/', methodRoutes(service))
  mount(signInRoutes, accountRoutes, thresholdRoutes, speakerRoutes)
  mount(tokenRoutes, journalRoutes, remarkRoutes)
  const operations = documentedOperations(app)
  const known = new Set([...operations.flatMap(({ parameters }) => parameters), ...OF_PAGES])
  const description = async () => {
    const made = (await readAhead<ReturnType<typeof describe>>('openapi', '')) ?? describe(app)
    const servers = [{ url: publicUrl ?? '/', description: 'Ce service' }]
    return { ...made, info: { ...made.info, version: ground.version }, servers }
  }
  app.route('/', docsRoutes(description))

  app.notFound(c => answerOtherwise(app, c))
  app.onError((error, c) => answerError(error, c, service))
  return app
}

/** The description of the API, but for its version and its address: the build makes it, which takes a tenth of a second. */
export function describe(app: OpenAPIHono) {
  return withCommonAnswers(
    app.getOpenAPI31Document({
      openapi: '3.1.0',
      info: {
        title: 'Vigie Titres',
        version: '',
        description:
          'Délais des titres d’identité, attente des rendez-vous et demande à venir, avec leurs sources.',
        license: { name: 'MIT', url: 'https://spdx.org/licenses/MIT.html' },
      },
      servers: [],
    }),
    opensTo,
  )
}

/** What a request may take on average: whoever asks all that a minute allows is answered without a pause. */
const SECONDS_A_REQUEST = 0.1

/** A service whose settings allow no key, no host and no folder. */
const NOTHING_COLLECTED = {
  outside: { hosts: [], userAgent: 'VigieTitres' },
  secretKey: undefined,
  importDir: undefined,
  clock: clockInParis,
}

/** Answers that rest on publications and the day alone: they are made once for each reader until one changes. */
const KEPT = new RegExp(
  `^/(?:${[
    'api/(?:delays|waits|demand|town-halls|briefs)(?:[/.](?!jobs|zip).*)?',
    'api/reports/committee/.*',
    'api/publications\\.ics',
    'api/exports/pilote\\.csv',
    'delais(?:/[a-z-]+)?',
    'rendez-vous|demande|usagers|openapi\\.json',
    'mairies(?:/\\w{5})?',
    'comite/\\d{4}',
  ].join('|')})$`,
)

/** Parameters that pages know besides those of the API: tables, drawings, choices of their own. */
const OF_PAGES = ['tableau', 'dessin', 'format', 'map', 'year', 'ville']

/** What a kept answer is given to again: the same rights, and the same name on its pages. */
function keptFor(c: Context): string {
  const { role, place, account, scope } = identityOf(c)
  return JSON.stringify([role, place, account, scope])
}

/** The address of the caller, as the proxy in front tells it, or else that of the connection. */
function clientAddress(c: Context, header: string | undefined): string {
  const told = header === undefined ? undefined : c.req.header(header)?.split(',').at(-1)?.trim()
  if (told !== undefined && told !== '') return told
  // A request of a test has no connection.
  return c.env?.incoming === undefined ? '' : (getConnInfo(c).remote.address ?? '')
}
