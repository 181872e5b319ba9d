/** A variable of the environment, for the person who sets it. */
export interface Setting {
  name: string
  /** What holds when it is not set, as a person would write it. */
  otherwise: string
  meaning: string
}

/** Every setting, in the order of `src/config.ts`; a test holds the two together. */
export const SETTINGS: readonly Setting[] = [
  {
    name: 'HOST',
    otherwise: '127.0.0.1',
    meaning: 'Adresse d’écoute ; une autre que cette machine demande PUBLIC_URL et OIDC_*',
  },
  { name: 'PORT', otherwise: '3000', meaning: 'Port du service' },
  {
    name: 'DATABASE_URL',
    otherwise: 'serveur intégré',
    meaning: 'PostgreSQL 15 ou plus, postgresql://utilisateur@hôte:port/base',
  },
  {
    name: 'DATABASE_REPLICA_URL',
    otherwise: 'aucune',
    meaning: 'Réplique en lecture de DATABASE_URL, qui sert les consultations tant qu’elle est à jour',
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
  {
    name: 'PUBLIC_URL',
    otherwise: 'aucune',
    meaning: 'Adresse https:// sous laquelle les gens joignent le service, sans chemin',
  },
  {
    name: 'OIDC_ISSUER',
    otherwise: 'aucun',
    meaning: 'Fournisseur d’identité OpenID Connect, ProConnect par exemple : https://…/api/v2',
  },
  { name: 'OIDC_CLIENT_ID', otherwise: 'aucun', meaning: 'Identifiant du service chez lui' },
  {
    name: 'OIDC_CLIENT_SECRET',
    otherwise: 'aucun',
    meaning:
      'Secret du service chez lui (comme tout secret, et les adresses de la base, il peut tenir dans un fichier : OIDC_CLIENT_SECRET_FILE)',
  },
  {
    name: 'OIDC_PKCE',
    otherwise: 'false',
    meaning: 'true ajoute PKCE ; ProConnect refuse les paramètres qu’il ne documente pas',
  },
  {
    name: 'OIDC_ACR',
    otherwise: 'aucun',
    meaning:
      'Niveaux d’authentification, dont un est demandé et vérifié : eidas0-mfa eidas1-mfa eidas2 eidas3',
  },
  { name: 'OIDC_SIGNATURE', otherwise: 'RS256', meaning: 'Signature du jeton d’identité' },
  {
    name: 'OIDC_USERINFO_SIGNATURE',
    otherwise: 'JSON sans signature',
    meaning: 'Signature de la réponse sur la personne, telle qu’enregistrée chez le fournisseur',
  },
  {
    name: 'ADMINISTRATOR_EMAIL',
    otherwise: 'aucune',
    meaning: 'Adresse de la personne qui invitera les autres',
  },
  {
    name: 'SECURITY_CONTACT',
    otherwise: 'aucun',
    meaning: 'Qui prévenir d’une faille, dans /.well-known/security.txt : mailto:… ou https://…',
  },
  {
    name: 'REQUESTS_PER_MINUTE',
    otherwise: '600',
    meaning: 'Demandes par minute d’un compte ou d’une adresse réseau, quand des personnes se connectent',
  },
  {
    name: 'CLIENT_ADDRESS_HEADER',
    otherwise: 'adresse de la connexion',
    meaning: 'En-tête où le mandataire écrit l’adresse de l’appelant, x-real-ip par exemple',
  },
  {
    name: 'SECRET_KEY',
    otherwise: 'aucune',
    meaning:
      'Clé de 32 octets en base64 (« openssl rand -base64 32 ») qui chiffre les jetons des relevés automatiques ; sans elle, aucun jeton ne se garde',
  },
  {
    name: 'COLLECTOR_HOSTS',
    otherwise: 'aucun',
    meaning:
      'Hôtes dont les relevés automatiques prennent des fichiers, séparés par des virgules ; cette machine (127.0.0.1) ne se lit que nommée ici',
  },
  {
    name: 'IMPORT_DIR',
    otherwise: 'aucun',
    meaning: 'Dossier du serveur dont les fichiers déposés sont importés par un relevé automatique',
  },
  {
    name: 'SMTP_URL',
    otherwise: 'aucune',
    meaning:
      'Serveur de courrier des alertes, smtp://utilisateur:mot-de-passe@hôte:port ; sans lui, aucun courrier ne part',
  },
  {
    name: 'MAIL_FROM',
    otherwise: 'vigie-titres@ l’hôte de SMTP_URL',
    meaning: 'Adresse au nom de laquelle le courrier des alertes part',
  },
  {
    name: 'PILOTE_INDICATORS',
    otherwise: 'aucun',
    meaning:
      'Indicateurs PILOTE de /api/exports/pilote.csv : IND-123=appointment-wait,IND-124=issuance-delay:passport',
  },
]
