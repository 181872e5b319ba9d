import type { Brings } from '../pure/access/body-bound.ts'
import type { Cost } from '../pure/access/cost.ts'
import { type Identity, ROLES, type Role, SCOPES, type Scope } from '../pure/access/identity.ts'
import { paths, ROUTES, type RouteName } from '../pure/access/paths.ts'

/** A line of the policy: what it lets do, for whom, for which places, and on which routes. */
export interface Rule {
  says: string
  may: readonly Role[]
  /** `own`: what is written must concern the place that the account answers for; `published`: drafts are seen by who answers for every place in them. */
  reach: 'all' | 'own' | 'published'
  /** The least that a token must be allowed. */
  scope: Scope
  /** What its routes receive besides questions. */
  brings?: Brings
  /** Whether a session must have been signed in to a short while ago: a window left open does not publish. */
  recent?: true
  /** What its answers cost, which are then made in turn. */
  costs?: Cost
  /** `GET /api/waits`: method and path as the application declares them. */
  routes: readonly string[]
}

const EVERYBODY = ROLES
const SIGNED_IN: readonly Role[] = ['town-hall', 'cert', 'prefecture', 'administrator']
const DEPARTMENTS: readonly Role[] = ['prefecture', 'administrator']
const PLANNERS: readonly Role[] = ['cert', 'prefecture', 'administrator']

const on =
  (method: string) =>
  (...names: RouteName[]) =>
    names.map(name => `${method} ${ROUTES[name]}`)
const [get, post, patch, remove] = [on('GET'), on('POST'), on('PATCH'), on('DELETE')]
const documents = (...slugs: string[]) => slugs.map(slug => `GET ${paths.document({ slug })}`)
const tableOf = (name: RouteName) =>
  ['', '.csv', '.open.csv', '.ods', '.schema.json', '.xlsx'].map(form => `GET ${ROUTES[name]}${form}`)

/**
 * Who may do what: the single table that requests, pages and the documentation obey. A route that is not here is closed
 * to all. The database keeps a second wall with the same rules (`sql/migrations`, policies of rows).
 */
export const POLICY: readonly Rule[] = [
  {
    says: 'Lire ce qui est publié, ses projections et leurs méthodes',
    may: EVERYBODY,
    reach: 'published',
    scope: 'read',
    costs: 'figures',
    routes: [
      ...get('home', 'certs', 'committee', 'committeeYear', 'delays', 'titleDelays', 'reconstruction'),
      ...get('demand', 'data', 'trackRecord', 'feed', 'townHalls', 'townHall', 'hallChange', 'townHallSheet'),
      ...get('kit', 'apiKit', 'method', 'search', 'searchTowns', 'waits', 'users', 'apiBrief'),
      ...tableOf('apiDelays'),
      ...get('apiDelayProjection', 'apiDelayProjectionCsv', 'apiReconstruction'),
      ...tableOf('apiDemand'),
      ...get('apiTownDemand', 'apiPilote', 'apiGrants', 'apiHallChanges'),
      ...tableOf('apiImports'),
      ...get('apiTemplate', 'apiExpected', 'apiReport', 'apiCerts', 'apiCertFlow'),
      ...tableOf('apiTownHalls'),
      ...get('apiCatchment', 'apiTownHallGrants', 'apiTrackRecord', 'apiVintages'),
      ...tableOf('apiWaits'),
      ...get('apiWaitToday', 'apiWaitProjection', 'apiWaitProjectionCsv'),
    ],
  },
  {
    says: 'Faire le dossier d’une réunion',
    may: EVERYBODY,
    reach: 'published',
    scope: 'read',
    costs: 'pack',
    routes: get('apiPack'),
  },
  {
    says: 'Demander ce dossier, prendre place dans la file et l’emporter',
    may: EVERYBODY,
    reach: 'published',
    scope: 'read',
    routes: [
      ...post('apiBriefs', 'apiKits'),
      ...get('apiPackJob', 'apiPackArchive', 'pack'),
      ...post('pack'),
      ...get('packJob'),
    ],
  },
  {
    says: 'Lire la documentation de l’API',
    may: EVERYBODY,
    reach: 'all',
    scope: 'read',
    costs: 'figures',
    routes: get('docs'),
  },
  {
    says: 'Lire les guides, montrer ailleurs un graphique public, charger l’habillage, se connecter',
    may: EVERYBODY,
    reach: 'all',
    scope: 'read',
    routes: [
      ...get('embedded', 'meeting'),
      ...get('decisions', 'decision'),
      ...documents('accuracy', 'contribuer', 'droits', 'errors', 'exploiter', 'explorer', 'glossary'),
      ...documents('performance', 'premier-jour', 'securite'),
      ...get('openapi', 'securityText', 'pageScript', 'swagger', 'styles', 'script', 'dsfr', 'livez'),
      ...get('readyz', 'signIn', 'signInDeparture', 'signInReturn', 'signOutReturn'),
    ],
  },
  {
    says: 'Signaler un chiffre faux ou une réponse introuvable',
    may: EVERYBODY,
    reach: 'all',
    scope: 'read',
    routes: [...get('remarks'), ...post('remarks')],
  },
  {
    says: 'Quitter sa session',
    may: EVERYBODY,
    reach: 'all',
    scope: 'everything',
    routes: post('signOut'),
  },
  {
    says: 'Voir les scénarios, leurs déclencheurs et les campagnes, essayer des règles de capacité',
    may: SIGNED_IN,
    reach: 'all',
    scope: 'read',
    costs: 'figures',
    routes: [
      ...get('campaigns', 'campaign', 'apiCampaigns', 'apiCampaign', 'apiCampaignComparison', 'scenarios'),
      ...get('scenario', 'scenarioComparison', 'allocation', 'apiScenarios', 'apiScenario'),
      ...get('apiScenarioComparison', 'apiScenarioComparisonCsv', 'apiTriggers', 'apiStaffedHalls'),
      ...post('apiAllocations', 'apiDesk', 'apiQueues', 'apiSteadyState'),
    ],
  },
  {
    says: 'Enregistrer un scénario ou une campagne',
    may: SIGNED_IN,
    reach: 'own',
    scope: 'everything',
    routes: post('scenarios', 'apiScenarios', 'campaigns', 'apiCampaigns'),
  },
  {
    says: 'Voir les plans d’effectifs et vérifier leur promesse',
    may: PLANNERS,
    reach: 'all',
    scope: 'read',
    costs: 'program',
    routes: [
      ...get('staffing', 'planComparison', 'plan', 'apiPlans', 'apiPlan', 'apiPlanMonths'),
      ...post('apiPlanChecks', 'apiNetworks', 'apiWorkforce'),
    ],
  },
  {
    says: 'Demander un plan d’effectifs',
    may: PLANNERS,
    reach: 'own',
    scope: 'everything',
    costs: 'program',
    routes: post('staffing', 'apiPlans'),
  },
  {
    says: 'Importer un fichier',
    may: SIGNED_IN,
    reach: 'own',
    scope: 'imports',
    brings: 'file',
    routes: post('data', 'apiImports', 'apiImportPreview'),
  },
  {
    says: 'Importer un long fichier de toute la France, suivre et arrêter cet import, voir les projections en cours',
    may: ['administrator'],
    reach: 'all',
    scope: 'imports',
    brings: 'long-file',
    routes: [
      ...post('apiLongImport'),
      ...get('apiImportEvents'),
      ...remove('apiImport'),
      ...get('apiJobs', 'projections'),
    ],
  },
  {
    says: 'Voir les alertes de son lieu',
    may: SIGNED_IN,
    reach: 'own',
    scope: 'read',
    routes: get('alerts', 'apiSubscriptions'),
  },
  {
    says: 'Demander les alertes de son lieu, y mettre fin',
    may: SIGNED_IN,
    reach: 'own',
    scope: 'everything',
    routes: [...post('alerts', 'alertEnd', 'apiSubscriptions'), ...remove('apiSubscription')],
  },
  {
    says: 'Suivre le lien d’un message pour ne plus le recevoir',
    may: EVERYBODY,
    reach: 'all',
    scope: 'read',
    routes: [...get('alertLeave'), ...post('alertLeave')],
  },
  {
    says: 'Voir les relevés automatiques de son département',
    may: DEPARTMENTS,
    reach: 'own',
    scope: 'read',
    routes: get(
      'collectors',
      'collector',
      'apiCollectors',
      'apiCollectorPoints',
      'apiReadings',
      'apiReading',
    ),
  },
  {
    says: 'Tenir les relevés automatiques de son département et les lancer',
    may: DEPARTMENTS,
    reach: 'own',
    scope: 'everything',
    routes: [
      ...post('collectors', 'collector', 'apiCollectors'),
      ...patch('apiCollector'),
      ...remove('apiCollector'),
      ...post('apiReadings'),
    ],
  },
  {
    says: 'Voir ce qui attend sa publication, et ce qu’un fichier change',
    may: SIGNED_IN,
    reach: 'published',
    scope: 'read',
    routes: get('publications', 'apiPublications', 'release', 'apiReleaseEffect'),
  },
  {
    says: 'Publier un brouillon, retirer un fichier',
    may: SIGNED_IN,
    reach: 'own',
    scope: 'everything',
    recent: true,
    routes: post('publications', 'apiPublications', 'releaseWithdrawal', 'apiWithdrawal'),
  },
  {
    says: 'Voir sous quel nombre le public ne lit pas les volumes d’une source',
    may: SIGNED_IN,
    reach: 'all',
    scope: 'read',
    routes: get('thresholds', 'apiThresholds'),
  },
  {
    says: 'Voir qui parle au nom de chaque source',
    may: SIGNED_IN,
    reach: 'all',
    scope: 'read',
    routes: get('speakers', 'apiSpeakers'),
  },
  {
    says: 'Accorder de parler au nom d’une source',
    may: ['administrator'],
    reach: 'all',
    scope: 'everything',
    routes: post('speakers', 'apiSpeakers'),
  },
  {
    says: 'Choisir ce nombre',
    may: ['administrator'],
    reach: 'all',
    scope: 'everything',
    routes: post('thresholds', 'apiThresholds'),
  },
  {
    says: 'Créer et révoquer ses jetons',
    may: SIGNED_IN,
    reach: 'own',
    scope: 'everything',
    routes: [...get('tokens'), ...post('tokens', 'tokenRevocation')],
  },
  {
    says: 'Inviter des personnes, fermer leurs comptes, lire les journaux',
    may: ['administrator'],
    reach: 'all',
    scope: 'everything',
    routes: [...get('accounts'), ...post('accounts', 'accountClosure'), ...get('journal')],
  },
]

/** The line that speaks of a route; `undefined` closes it to all. */
export function ruleOf(route: string, policy: readonly Rule[] = POLICY): Rule | undefined {
  return policy.find(rule => rule.routes.includes(route))
}

/** Whether somebody may use a route at all; what they may do there still depends on the reach of its rule. */
export function mayUse({ role, scope }: Identity, rule: Rule | undefined): boolean {
  if (rule === undefined) return false
  return rule.may.includes(role) && SCOPES.indexOf(scope) >= SCOPES.indexOf(rule.scope)
}
