/** Every refusal the service can give: stable code → status and French title. A code is never reused. */
export const REFUSALS = {
  'not-found': { status: 404, title: 'Cette adresse n’existe pas' },
  'pack-not-found': { status: 404, title: 'Dossier inconnu, ou pas encore prêt' },
  'town-hall-not-found': { status: 404, title: 'Mairie équipée inconnue' },
  'place-not-found': { status: 404, title: 'Lieu inconnu' },
  'invalid-quarter': { status: 400, title: 'Trimestre illisible' },
  'invalid-title': { status: 400, title: 'Titre inconnu' },
  'invalid-day': { status: 400, title: 'Jour illisible' },
  'invalid-parameter': { status: 400, title: 'Paramètre illisible' },
  'invalid-body': { status: 400, title: 'Corps de requête illisible' },
  'invalid-import-kind': { status: 400, title: 'Type de fichier inconnu' },
  'too-many-figures': { status: 422, title: 'Trop de chiffres à la fois' },
  'import-refused': { status: 422, title: 'Fichier refusé : rien n’a été enregistré' },
  'release-not-found': { status: 404, title: 'Import inconnu' },
  'already-withdrawn': { status: 409, title: 'Import déjà retiré' },
  'already-published': { status: 409, title: 'Import déjà publié' },
  'import-not-found': { status: 404, title: 'Import inconnu' },
  'body-too-large': { status: 413, title: 'Fichier trop volumineux' },
  'method-not-allowed': { status: 405, title: 'Méthode non acceptée à cette adresse' },
  'length-required': { status: 411, title: 'Longueur du corps à annoncer' },
  'unsupported-media-type': { status: 415, title: 'Format de fichier non accepté' },
  'cross-site-request': { status: 403, title: 'Requête venue d’un autre site refusée' },
  'no-projection': { status: 409, title: 'Pas encore de projection' },
  'cert-not-found': { status: 404, title: 'Centre d’expertise inconnu' },
  'staffing-plan-not-found': { status: 404, title: 'Plan d’effectifs inconnu' },
  'staffing-infeasible': { status: 422, title: 'Aucun plan ne tient cette promesse' },
  'staffing-without-agents': { status: 422, title: 'Équipe sans agent' },
  'staffing-inflow-unknown': { status: 422, title: 'Nombre de dossiers inconnu' },
  'solver-too-slow': { status: 503, title: 'Calcul trop long' },
  'campaign-not-found': { status: 404, title: 'Campagne inconnue' },
  'invalid-campaign': { status: 422, title: 'Campagne à corriger : rien n’a été enregistré' },
  'scenario-not-found': { status: 404, title: 'Scénario inconnu' },
  'invalid-scenario': { status: 422, title: 'Scénario à corriger : rien n’a été enregistré' },
  'scenarios-not-comparable': { status: 422, title: 'Ces scénarios ne se comparent pas' },
  'invalid-idempotency-key': { status: 400, title: 'Clé d’idempotence illisible' },
  'idempotency-key-reused': { status: 422, title: 'Clé d’idempotence déjà employée pour une autre demande' },
  'idempotency-key-in-use': { status: 409, title: 'Une demande de même clé est en cours' },
  'sign-in-required': { status: 401, title: 'Connexion nécessaire' },
  'sign-in-again': { status: 401, title: 'Connexion trop ancienne' },
  forbidden: { status: 403, title: 'Votre compte ne le permet pas' },
  'sign-in-unavailable': { status: 503, title: 'Connexion momentanément impossible' },
  'sign-in-failed': { status: 403, title: 'Connexion refusée' },
  'service-busy': { status: 503, title: 'Service très demandé' },
  'too-many-requests': { status: 429, title: 'Trop de demandes' },
  'invalid-account': { status: 422, title: 'Compte à corriger' },
  'account-exists': { status: 409, title: 'Cette adresse a déjà un compte' },
  'last-administrator': { status: 409, title: 'Dernier administrateur' },
  'account-not-found': { status: 404, title: 'Compte inconnu' },
  'source-not-found': { status: 404, title: 'Source inconnue' },
  'token-not-found': { status: 404, title: 'Jeton inconnu' },
  'collector-not-found': { status: 404, title: 'Relevé automatique inconnu' },
  'invalid-collector': { status: 422, title: 'Relevé automatique à corriger : rien n’a été enregistré' },
  'token-not-storable': { status: 409, title: 'Aucun jeton ne peut être gardé' },
  'subscription-not-found': { status: 404, title: 'Abonnement inconnu' },
  'invalid-subscription': { status: 422, title: 'Abonnement à corriger : rien n’a été enregistré' },
  'alerts-not-configured': { status: 409, title: 'Ce service n’envoie pas encore d’alertes ainsi' },
  'pilote-not-configured': { status: 409, title: 'Aucun indicateur PILOTE n’est réglé' },
  'database-unavailable': { status: 503, title: 'Base de données momentanément injoignable' },
} as const satisfies Record<string, { status: number; title: string }>

/** Stable code of a refusal, for programs. */
export type RefusalCode = keyof typeof REFUSALS

/** Something the caller can do otherwise. Answered once, in `app.tsx`, as RFC 9457 JSON or as a page. */
export class Refusal extends Error {
  readonly code: RefusalCode
  readonly extensions: Record<string, unknown>

  /** @param detail what to do, in French. @param extensions further members of the problem document. */
  constructor(code: RefusalCode, detail: string, extensions: Record<string, unknown> = {}) {
    super(detail)
    this.name = 'Refusal'
    this.code = code
    this.extensions = extensions
  }
}

/** The reason of a refusal `no-projection`; anything else is thrown on. */
export function unprojected(error: unknown): { reason: string } {
  if (error instanceof Refusal && error.code === 'no-projection') return { reason: error.message }
  throw error
}

/** What was found. @throws Refusal `no-projection` with the reason, where there is one instead. */
export function projectedOrRefuse<Found extends object>(found: Found): Exclude<Found, { reason: string }> {
  if ('reason' in found) throw new Refusal('no-projection', String(found.reason))
  return found as Exclude<Found, { reason: string }>
}
