import type { Brings } from '../pure/access/body-bound.ts'
import type { Cost } from '../pure/access/cost.ts'
import { type Identity, ROLES, type Role, SCOPES, type Scope } from '../pure/access/identity.ts'

/** A line of the policy: what it lets do, for whom, for which places, and on which routes. */
export interface Rule {
  /** What it lets do, as the documentation says it. */
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

const tableOf = (path: string) =>
  ['', '.csv', '.open.csv', '.ods', '.schema.json', '.xlsx'].map(form => `GET ${path}${form}`)

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
      'GET /',
      'GET /certs',
      'GET /comite',
      'GET /comite/:year',
      'GET /delais',
      'GET /delais/:titre',
      'GET /delais/reconstitution',
      'GET /demande',
      'GET /donnees',
      'GET /fiabilite',
      'GET /flux.atom',
      'GET /mairies',
      'GET /mairies/:insee',
      'GET /mairies/ouverture',
      'GET /mairies/:insee/fiche',
      'GET /mairies/:insee/kit',
      'GET /api/kits/:insee/:file{(lettre|avis-web|affiche|reseaux|bulletin|pas-a-pas|pas-a-pas-falc)\\.(odt|pdf)}',
      'GET /methode',
      'GET /recherche',
      'GET /recherche/communes',
      'GET /rendez-vous',
      'GET /usagers',
      'GET /api/briefs/:file{[^/]+\\.(json|html|pdf|csv|xlsx|ods)}',
      ...tableOf('/api/delays'),
      'GET /api/delays/projection',
      'GET /api/delays/projection.csv',
      'GET /api/delays/reconstruction',
      ...tableOf('/api/demand'),
      'GET /api/demand/:insee',
      'GET /api/exports/pilote.csv',
      'GET /api/grants/:insee',
      'GET /api/hall-changes',
      ...tableOf('/api/imports'),
      'GET /api/imports/templates/:file',
      'GET /api/publications.ics',
      'GET /api/reports/committee/:file{[^/]+\\.(json|html|pdf|ods|xlsx)}',
      'GET /api/certs',
      'GET /api/certs/:id/flow',
      ...tableOf('/api/town-halls'),
      'GET /api/town-halls/:insee/catchment',
      'GET /api/town-halls/:insee/grants',
      'GET /api/track-record',
      'GET /api/vintages',
      ...tableOf('/api/waits'),
      'GET /api/waits/:place/today',
      'GET /api/waits/:place/projection',
      'GET /api/waits/:place/projection.csv',
    ],
  },
  {
    says: 'Faire le dossier d’une réunion',
    may: EVERYBODY,
    reach: 'published',
    scope: 'read',
    costs: 'pack',
    routes: ['GET /api/briefs.zip'],
  },
  {
    says: 'Demander ce dossier, prendre place dans la file et l’emporter',
    may: EVERYBODY,
    reach: 'published',
    scope: 'read',
    routes: [
      'POST /api/briefs',
      'POST /api/kits',
      'GET /api/briefs/jobs/:id',
      'GET /api/briefs/jobs/:id/archive',
      'GET /comite/dossier',
      'POST /comite/dossier',
      'GET /comite/dossier/:id{[0-9a-f-]{36}}',
    ],
  },
  {
    says: 'Lire la documentation de l’API',
    may: EVERYBODY,
    reach: 'all',
    scope: 'read',
    costs: 'figures',
    routes: ['GET /docs'],
  },
  {
    says: 'Lire les guides, montrer ailleurs un graphique public, charger l’habillage, se connecter',
    may: EVERYBODY,
    reach: 'all',
    scope: 'read',
    routes: [
      'GET /embed/*',
      'GET /reunion/:place',
      'GET /docs/accuracy',
      'GET /docs/contribuer',
      'GET /docs/decisions',
      'GET /docs/decisions/:decision',
      'GET /docs/droits',
      'GET /docs/errors',
      'GET /docs/exploiter',
      'GET /docs/explorer',
      'GET /docs/glossary',
      'GET /docs/performance',
      'GET /docs/premier-jour',
      'GET /docs/securite',
      'GET /openapi.json',
      'GET /.well-known/security.txt',
      'GET /assets/:file{(progress|explorer)\\.js}',
      'GET /assets/swagger/:file{swagger-ui(-bundle)?\\.(css|js)}',
      'GET /assets/vigie.css',
      'GET /assets/vigie.js',
      'GET /dsfr/*',
      'GET /livez',
      'GET /readyz',
      'GET /connexion',
      'GET /connexion/depart',
      'GET /connexion/retour',
      'GET /deconnexion/retour',
    ],
  },
  {
    says: 'Signaler un chiffre faux ou une réponse introuvable',
    may: EVERYBODY,
    reach: 'all',
    scope: 'read',
    routes: ['GET /signaler', 'POST /signaler'],
  },
  {
    says: 'Quitter sa session',
    may: EVERYBODY,
    reach: 'all',
    scope: 'everything',
    routes: ['POST /deconnexion'],
  },
  {
    says: 'Voir les scénarios, leurs déclencheurs et les campagnes, essayer des règles de capacité',
    may: SIGNED_IN,
    reach: 'all',
    scope: 'read',
    costs: 'figures',
    routes: [
      'GET /campagnes',
      'GET /campagnes/:id',
      'GET /api/campaigns',
      'GET /api/campaigns/:id',
      'GET /api/campaigns/compare',
      'GET /scenarios',
      'GET /scenarios/:id',
      'GET /scenarios/comparer',
      'GET /scenarios/stations-mobiles',
      'GET /api/scenarios',
      'GET /api/scenarios/:id',
      'GET /api/scenarios/compare',
      'GET /api/scenarios/compare.csv',
      'GET /api/triggers',
      'GET /api/staffing/town-halls',
      'POST /api/allocations',
      'POST /api/staffing/desk',
      'POST /api/staffing/queues',
      'POST /api/staffing/steady-state',
    ],
  },
  {
    says: 'Enregistrer un scénario ou une campagne',
    may: SIGNED_IN,
    reach: 'own',
    scope: 'everything',
    routes: ['POST /scenarios', 'POST /api/scenarios', 'POST /campagnes', 'POST /api/campaigns'],
  },
  {
    says: 'Voir les plans d’effectifs et vérifier leur promesse',
    may: PLANNERS,
    reach: 'all',
    scope: 'read',
    costs: 'program',
    routes: [
      'GET /effectifs',
      'GET /effectifs/comparer',
      'GET /effectifs/:id',
      'GET /api/staffing/plans',
      'GET /api/staffing/plans/:id',
      'GET /api/staffing/plans/:id/months.csv',
      'POST /api/staffing/plans/:id/checks',
      'POST /api/staffing/networks',
      'POST /api/staffing/workforce',
    ],
  },
  {
    says: 'Demander un plan d’effectifs',
    may: PLANNERS,
    reach: 'own',
    scope: 'everything',
    costs: 'program',
    routes: ['POST /effectifs', 'POST /api/staffing/plans'],
  },
  {
    says: 'Importer un fichier',
    may: SIGNED_IN,
    reach: 'own',
    scope: 'imports',
    brings: 'file',
    routes: ['POST /donnees', 'POST /api/imports', 'POST /api/imports/preview'],
  },
  {
    says: 'Importer un long fichier de toute la France, suivre et arrêter cet import, voir les projections en cours',
    may: ['administrator'],
    reach: 'all',
    scope: 'imports',
    brings: 'long-file',
    routes: [
      'POST /api/imports/long',
      'GET /api/imports/:id/events',
      'DELETE /api/imports/:id',
      'GET /api/jobs',
      'GET /projections',
    ],
  },
  {
    says: 'Voir les alertes de son lieu',
    may: SIGNED_IN,
    reach: 'own',
    scope: 'read',
    routes: ['GET /alertes', 'GET /api/subscriptions'],
  },
  {
    says: 'Demander les alertes de son lieu, y mettre fin',
    may: SIGNED_IN,
    reach: 'own',
    scope: 'everything',
    routes: [
      'POST /alertes',
      'POST /alertes/:id{[0-9]{1,9}}/fin',
      'POST /api/subscriptions',
      'DELETE /api/subscriptions/:id',
    ],
  },
  {
    says: 'Suivre le lien d’un message pour ne plus le recevoir',
    may: EVERYBODY,
    reach: 'all',
    scope: 'read',
    routes: ['GET /alertes/fin/:key', 'POST /alertes/fin/:key'],
  },
  {
    says: 'Voir les relevés automatiques de son département',
    may: DEPARTMENTS,
    reach: 'own',
    scope: 'read',
    routes: [
      'GET /collecteurs',
      'GET /collecteurs/:id{[0-9]{1,9}}',
      'GET /api/collectors',
      'GET /api/collectors/:id/points',
      'GET /api/collectors/:id/readings',
      'GET /api/collectors/:id/readings/:reading',
    ],
  },
  {
    says: 'Tenir les relevés automatiques de son département et les lancer',
    may: DEPARTMENTS,
    reach: 'own',
    scope: 'everything',
    routes: [
      'POST /collecteurs',
      'POST /collecteurs/:id{[0-9]{1,9}}',
      'POST /api/collectors',
      'PATCH /api/collectors/:id',
      'DELETE /api/collectors/:id',
      'POST /api/collectors/:id/readings',
    ],
  },
  {
    says: 'Voir ce qui attend sa publication, et ce qu’un fichier change',
    may: SIGNED_IN,
    reach: 'published',
    scope: 'read',
    routes: [
      'GET /publications',
      'GET /api/publications',
      'GET /donnees/imports/:release{[0-9]{1,9}}',
      'GET /api/releases/:release/effect',
    ],
  },
  {
    says: 'Publier un brouillon, retirer un fichier',
    may: SIGNED_IN,
    reach: 'own',
    scope: 'everything',
    recent: true,
    routes: [
      'POST /publications',
      'POST /api/publications',
      'POST /donnees/imports/:release{[0-9]{1,9}}/retrait',
      'POST /api/releases/:release/withdrawal',
    ],
  },
  {
    says: 'Voir sous quel nombre le public ne lit pas les volumes d’une source',
    may: SIGNED_IN,
    reach: 'all',
    scope: 'read',
    routes: ['GET /secret', 'GET /api/thresholds'],
  },
  {
    says: 'Voir qui parle au nom de chaque source',
    may: SIGNED_IN,
    reach: 'all',
    scope: 'read',
    routes: ['GET /emetteurs', 'GET /api/speakers'],
  },
  {
    says: 'Accorder de parler au nom d’une source',
    may: ['administrator'],
    reach: 'all',
    scope: 'everything',
    routes: ['POST /emetteurs', 'POST /api/speakers'],
  },
  {
    says: 'Choisir ce nombre',
    may: ['administrator'],
    reach: 'all',
    scope: 'everything',
    routes: ['POST /secret', 'POST /api/thresholds'],
  },
  {
    says: 'Créer et révoquer ses jetons',
    may: SIGNED_IN,
    reach: 'own',
    scope: 'everything',
    routes: ['GET /jetons', 'POST /jetons', 'POST /jetons/:id{[0-9]{1,9}}/revocation'],
  },
  {
    says: 'Inviter des personnes, fermer leurs comptes, lire les journaux',
    may: ['administrator'],
    reach: 'all',
    scope: 'everything',
    routes: ['GET /comptes', 'POST /comptes', 'POST /comptes/:id{[0-9]{1,9}}/fermeture', 'GET /journal'],
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
