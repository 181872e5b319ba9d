/** A variable of the environment, for the person who sets it. */
export interface Setting {
  name: string
  /** What holds when it is not set, as a person would write it. */
  otherwise: string
  meaning: string
}

/** Every setting, in the order of `src/config.ts`; a test holds the two together. */
export const SETTINGS: readonly Setting[] = [
  { name: 'HOST', otherwise: '127.0.0.1', meaning: 'Adresse d’écoute : cette machine seulement' },
  { name: 'PORT', otherwise: '3000', meaning: 'Port du service' },
  {
    name: 'DATABASE_URL',
    otherwise: 'serveur intégré',
    meaning: 'PostgreSQL 15 ou plus, postgresql://utilisateur@hôte:port/base',
  },
  { name: 'DATA_DIR', otherwise: '.data', meaning: 'Dossier du serveur PostgreSQL intégré' },
  { name: 'DEPARTMENT', otherwise: '16', meaning: 'Code du département montré d’abord' },
  {
    name: 'STATE_IDENTITY',
    otherwise: 'aucune',
    meaning: 'Lignes de la marque de l’État, « Préfet|de la Charente » : réservé à un service de l’État',
  },
  {
    name: 'DSFR_DIST',
    otherwise: 'celui du programme',
    meaning: 'Autre copie du système de design de l’État',
  },
  {
    name: 'LOG_LEVEL',
    otherwise: 'warn',
    meaning: 'Journal en JSON sur la sortie d’erreur ; info ajoute une ligne par réponse',
  },
  {
    name: 'ADMIN_PORT',
    otherwise: 'aucun',
    meaning: 'Port de /livez, /readyz et /metrics, que seule cette machine atteint',
  },
  {
    name: 'DRAIN_SECONDS',
    otherwise: '0',
    meaning: 'À l’arrêt, durée pendant laquelle /readyz répond 503 avant que le port ne se ferme',
  },
]
