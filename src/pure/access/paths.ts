/** Every address of the service, as its routes are declared: a page that moves is one change. */
export const ROUTES = {
  home: '/',
  delays: '/delais',
  titleDelays: '/delais/:titre',
  reconstruction: '/delais/reconstitution',
  certs: '/certs',
  waits: '/rendez-vous',
  demand: '/demande',
  projections: '/projections',
  townHalls: '/mairies',
  townHall: '/mairies/:insee',
  townHallSheet: '/mairies/:insee/fiche',
  kit: '/mairies/:insee/kit',
  hallChange: '/mairies/ouverture',
  committee: '/comite',
  committeeYear: '/comite/:year',
  pack: '/comite/dossier',
  packJob: '/comite/dossier/:id{[0-9a-f-]{36}}',
  feed: '/flux.atom',
  meeting: '/reunion/:place',
  embedded: '/embed/*',
  scenarios: '/scenarios',
  scenario: '/scenarios/:id',
  scenarioComparison: '/scenarios/comparer',
  allocation: '/scenarios/stations-mobiles',
  campaigns: '/campagnes',
  campaign: '/campagnes/:id',
  staffing: '/effectifs',
  plan: '/effectifs/:id',
  planComparison: '/effectifs/comparer',
  data: '/donnees',
  release: '/donnees/imports/:release{[0-9]{1,9}}',
  releaseWithdrawal: '/donnees/imports/:release{[0-9]{1,9}}/retrait',
  publications: '/publications',
  thresholds: '/secret',
  speakers: '/emetteurs',
  collectors: '/collecteurs',
  collector: '/collecteurs/:id{[0-9]{1,9}}',
  alerts: '/alertes',
  alertEnd: '/alertes/:id{[0-9]{1,9}}/fin',
  alertLeave: '/alertes/fin/:key',
  trackRecord: '/fiabilite',
  method: '/methode',
  users: '/usagers',
  search: '/recherche',
  searchTowns: '/recherche/communes',
  remarks: '/signaler',
  signIn: '/connexion',
  signInDeparture: '/connexion/depart',
  signInReturn: '/connexion/retour',
  signOut: '/deconnexion',
  signOutReturn: '/deconnexion/retour',
  tokens: '/jetons',
  tokenRevocation: '/jetons/:id{[0-9]{1,9}}/revocation',
  accounts: '/comptes',
  accountClosure: '/comptes/:id{[0-9]{1,9}}/fermeture',
  journal: '/journal',
  docs: '/docs',
  document: '/docs/:slug',
  decisions: '/docs/decisions',
  decision: '/docs/decisions/:decision',
  openapi: '/openapi.json',
  livez: '/livez',
  readyz: '/readyz',
  securityText: '/.well-known/security.txt',
  styles: '/assets/vigie.css',
  script: '/assets/vigie.js',
  pageScript: '/assets/:file{(progress|explorer)\\.js}',
  swagger: '/assets/swagger/:file{swagger-ui(-bundle)?\\.(css|js)}',
  dsfr: '/dsfr/*',
  apiDelays: '/api/delays',
  apiDelaysCsv: '/api/delays.csv',
  apiDelayProjection: '/api/delays/projection',
  apiDelayProjectionCsv: '/api/delays/projection.csv',
  apiReconstruction: '/api/delays/reconstruction',
  apiCerts: '/api/certs',
  apiCertFlow: '/api/certs/:id/flow',
  apiWaits: '/api/waits',
  apiWaitsCsv: '/api/waits.csv',
  apiWaitToday: '/api/waits/:place/today',
  apiWaitProjection: '/api/waits/:place/projection',
  apiWaitProjectionCsv: '/api/waits/:place/projection.csv',
  apiDemand: '/api/demand',
  apiDemandCsv: '/api/demand.csv',
  apiTownDemand: '/api/demand/:insee',
  apiJobs: '/api/jobs',
  apiTownHalls: '/api/town-halls',
  apiCatchment: '/api/town-halls/:insee/catchment',
  apiTownHallGrants: '/api/town-halls/:insee/grants',
  apiGrants: '/api/grants/:insee',
  apiHallChanges: '/api/hall-changes',
  apiBrief: '/api/briefs/:file{[^/]+\\.(json|html|pdf|csv|xlsx|ods)}',
  apiBriefs: '/api/briefs',
  apiPack: '/api/briefs.zip',
  apiPackJob: '/api/briefs/jobs/:id',
  apiPackArchive: '/api/briefs/jobs/:id/archive',
  apiKits: '/api/kits',
  apiKit:
    '/api/kits/:insee/:file{(lettre|avis-web|affiche|reseaux|bulletin|pas-a-pas|pas-a-pas-falc)\\.(odt|pdf)}',
  apiReport: '/api/reports/committee/:file{[^/]+\\.(json|html|pdf|ods|xlsx)}',
  apiPilote: '/api/exports/pilote.csv',
  apiScenarios: '/api/scenarios',
  apiScenario: '/api/scenarios/:id',
  apiScenarioComparison: '/api/scenarios/compare',
  apiScenarioComparisonCsv: '/api/scenarios/compare.csv',
  apiTriggers: '/api/triggers',
  apiAllocations: '/api/allocations',
  apiCampaigns: '/api/campaigns',
  apiCampaign: '/api/campaigns/:id',
  apiCampaignComparison: '/api/campaigns/compare',
  apiPlans: '/api/staffing/plans',
  apiPlan: '/api/staffing/plans/:id',
  apiPlanMonths: '/api/staffing/plans/:id/months.csv',
  apiPlanChecks: '/api/staffing/plans/:id/checks',
  apiNetworks: '/api/staffing/networks',
  apiStaffedHalls: '/api/staffing/town-halls',
  apiWorkforce: '/api/staffing/workforce',
  apiSteadyState: '/api/staffing/steady-state',
  apiDesk: '/api/staffing/desk',
  apiQueues: '/api/staffing/queues',
  apiImports: '/api/imports',
  apiImportPreview: '/api/imports/preview',
  apiTemplate: '/api/imports/templates/:file',
  apiLongImport: '/api/imports/long',
  apiImport: '/api/imports/:id',
  apiImportEvents: '/api/imports/:id/events',
  apiVintages: '/api/vintages',
  apiExpected: '/api/publications.ics',
  apiPublications: '/api/publications',
  apiReleaseEffect: '/api/releases/:release/effect',
  apiWithdrawal: '/api/releases/:release/withdrawal',
  apiThresholds: '/api/thresholds',
  apiSpeakers: '/api/speakers',
  apiSubscriptions: '/api/subscriptions',
  apiSubscription: '/api/subscriptions/:id',
  apiCollectors: '/api/collectors',
  apiCollector: '/api/collectors/:id',
  apiCollectorPoints: '/api/collectors/:id/points',
  apiReadings: '/api/collectors/:id/readings',
  apiReading: '/api/collectors/:id/readings/:reading',
  apiTrackRecord: '/api/track-record',
} as const

/** What the addresses that programs call begin with. */
export const API = '/api/'

/** A route by its name. */
export type RouteName = keyof typeof ROUTES

type ParameterOf<Segment extends string> = Segment extends `:${infer Name}{${string}`
  ? Name
  : Segment extends `:${infer Name}`
    ? Name
    : never
type ParametersOf<Pattern extends string> = Pattern extends `${infer First}/${infer Rest}`
  ? ParameterOf<First> | ParametersOf<Rest>
  : ParameterOf<Pattern>

type Value = string | number | null | undefined
type Asked = Readonly<Record<string, Value | readonly Value[]>>
type Filled<Name extends string> = Readonly<Record<Name, string | number>>
/** What an address is made with: what its route names, and whatever else is asked of it. */
type PathOf<Pattern extends string> = [ParametersOf<Pattern>] extends [never]
  ? (asked?: Asked) => string
  : (given: Filled<ParametersOf<Pattern>> & Asked) => string

const PARAMETER = /:(\w+)(?:\{.*\})?(?=\/|$)/g

/**
 * Addresses to link to, by the name of their route. What the route does not name is asked in the query; what is
 * undefined or null is not asked. `paths.townHall({ insee: '16102', title: 'cni' })` is `/mairies/16102?title=cni`.
 */
export const paths = Object.fromEntries(
  Object.entries(ROUTES).map(([name, pattern]) => [name, (given: Asked = {}) => filled(pattern, given)]),
) as unknown as { readonly [Name in RouteName]: PathOf<(typeof ROUTES)[Name]> }

const PLACE = /:(?:insee|place)(?=\/|$)/
const OF_A_PLACE = Object.values(ROUTES)
  .filter(pattern => PLACE.test(pattern) && !pattern.startsWith(API))
  .map(pattern => new RegExp(`^${pattern.replace(PLACE, '([0-9A-Z]{2,5})')}$`, 'i'))

/** The code of the place that the address of a page names in its path: `/mairies/16102/kit` names 16102. */
export function placeInPath(path: string): string | undefined {
  return OF_A_PLACE.flatMap(pattern => pattern.exec(path)?.[1] ?? [])[0]
}

function filled(pattern: string, given: Asked): string {
  const inPath = new Set<string>()
  const path = pattern.replace(PARAMETER, (_, name: string) => {
    inPath.add(name)
    return encodeURIComponent(String(given[name]))
  })
  const query = new URLSearchParams()
  for (const [name, values] of Object.entries(given))
    for (const value of inPath.has(name) ? [] : [values].flat())
      if (value !== undefined && value !== null) query.append(name, String(value))
  return query.size === 0 ? path : `${path}?${query}`
}

/** A route as OpenAPI writes it: `/api/demand/{insee}`. */
export function templateOf(name: RouteName): string {
  return ROUTES[name].replace(PARAMETER, '{$1}')
}
