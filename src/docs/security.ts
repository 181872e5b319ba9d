/** A control of the security file: what is asked, how far it is met, where it is shown. */
export interface Control {
  /** Section of OWASP ASVS 5.0, levels 1 and 2. */
  section: string
  subject: string
  state: 'fait' | 'en partie' | 'pas fait' | 'sans objet'
  words: string
  /** Files of the project that show it. */
  evidence: readonly string[]
}

const done = (section: string, subject: string, words: string, ...evidence: string[]): Control => ({
  section,
  subject,
  state: 'fait',
  words,
  evidence,
})
const partly = (section: string, subject: string, words: string, ...evidence: string[]): Control => ({
  ...done(section, subject, words, ...evidence),
  state: 'en partie',
})
const without = (section: string, subject: string, words: string): Control => ({
  ...done(section, subject, words),
  state: 'sans objet',
})

/** The controls, in the order of the standard. Said as they stand: what is not done is written so. */
export const CONTROLS: readonly Control[] = [
  done(
    'V1.1',
    'Décodage unique et ordonné',
    'Un fichier est décodé une fois, en mode strict',
    'src/imports/encoding.ts',
    'test/imports/read-file.test.ts',
  ),
  done(
    'V1.2',
    'Injections',
    'Requêtes paramétrées ; cellules neutralisées à l’export',
    'src/pure/figures/csv.ts',
    'test/pure/figures/csv.test.ts',
  ),
  done(
    'V1.3',
    'Assainissement',
    'Aucun HTML saisi n’est rendu ; le gabarit échappe tout',
    'test/pure/pages/layout.test.tsx',
  ),
  done(
    'V1.4',
    'Mémoire',
    'Tailles, lignes et colonnes bornées à la lecture',
    'src/imports/limits.ts',
    'src/io/http/bounded-bodies.ts',
    'test/io/http/bounded-bodies.test.ts',
    'test/imports/read-file.test.ts',
  ),
  done(
    'V1.5',
    'Désérialisation',
    'JSON lu contre un schéma ; pas de XML ; pas d’archive ouverte',
    'test/scripts/lab/fuzz/campaign.test.ts',
  ),
  done(
    'V2.1',
    'Règles écrites',
    'Chaque colonne et chaque paramètre dit ce qu’il accepte',
    'src/imports/cells/column.ts',
    'test/imports/template.test.ts',
  ),
  done(
    'V2.2',
    'Validation',
    'Liste blanche, côté serveur, tous les défauts à la fois',
    'test/imports/read-file.test.ts',
    'test/scripts/lab/fuzz/campaign.test.ts',
  ),
  done(
    'V2.3',
    'Cohérence des opérations',
    'Tout ou rien, dans l’ordre d’un verrou ; clé d’idempotence',
    'src/imports/import-queries.ts',
    'test/io/http/idempotency.test.ts',
    'test/scripts/lab/chaos/suite.test.ts',
  ),
  done(
    'V2.4',
    'Contre l’automatisation',
    'Corps et durées bornés ; débit borné par compte et par adresse, processus par processus',
    'src/io/http/rate-limits.ts',
    'test/access/admission-routes.test.ts',
  ),
  done(
    'V3.2',
    'Interprétation des contenus',
    'Types déclarés, nosniff, fichiers en pièce jointe',
    'test/app.test.ts',
  ),
  done(
    'V3.3',
    'Témoins de connexion',
    '__Host-, Secure, HttpOnly, SameSite=Lax ; une clé de 256 bits, dont la base garde l’empreinte',
    'src/access/doors/sign-in-routes.tsx',
    'test/access/doors/sign-in-routes.test.ts',
  ),
  done(
    'V3.4',
    'En-têtes du navigateur',
    'CSP sans script ni style en ligne ; HSTS dès que PUBLIC_URL est en https',
    'test/app.test.ts',
    '.deploy/nginx.conf',
  ),
  done(
    'V3.5',
    'Séparation des origines',
    'Écriture venue d’un autre site refusée, nom étranger refusé',
    'src/access/doors/same-site-routes.ts',
    'test/app.test.ts',
  ),
  without('V3.7', 'Autres', 'Une redirection ne mène qu’à une page de ce site ; aucun module externe'),
  done(
    'V4.1',
    'Services web',
    'Types exacts, méthodes déclarées, statuts éprouvés',
    'test/scripts/lab/fuzz/campaign.test.ts',
  ),
  done(
    'V4.2',
    'Structure des messages',
    'Demandes ambiguës refusées',
    'scripts/lab/chaos/client-faults.ts',
    'test/scripts/lab/chaos/suite.test.ts',
  ),
  without('V4.3', 'GraphQL', 'Aucun'),
  without('V4.4', 'WebSocket', 'Aucun'),
  done(
    'V5.1',
    'Règles des fichiers',
    'Types, tailles et colonnes écrits',
    'src/imports/limits.ts',
    'test/imports/template.test.ts',
  ),
  done(
    'V5.2',
    'Contenu des fichiers',
    'Signature lue, archive et classeur refusés, bornes',
    'src/imports/file-signature.ts',
    'test/imports/read-file.test.ts',
  ),
  done(
    'V5.3',
    'Conservation',
    'Dans la base, sous leur empreinte ; jamais exécutés ni servis',
    'sql/migrations/0001_places_releases_observations.sql',
    'test/imports/import-queries.test.ts',
  ),
  done(
    'V5.4',
    'Téléchargement',
    'Noms fixés par le service',
    'src/io/http/file-answer.ts',
    'test/delays/delay-routes.test.ts',
  ),
  partly(
    'V6',
    'Authentification',
    'Confiée au fournisseur d’identité : aucun mot de passe ici ; niveau (acr) demandé et vérifié quand il est réglé',
    'src/access/doors/openid-work.ts',
    'test/access/doors/sign-in-routes.test.ts',
  ),
  done(
    'V7',
    'Sessions',
    'Gardées par le serveur ; 30 minutes d’inactivité, 12 heures ; fermées à la déconnexion et avec le compte',
    'src/access/doors/session-queries.ts',
    'test/access/doors/sign-in-routes.test.ts',
  ),
  done(
    'V8',
    'Autorisation',
    'Une table, fermée par défaut ; les mêmes règles en base, ligne par ligne ; matrice route × rôle × lieu',
    'src/access/policy.ts',
    'test/access/policy.test.ts',
    'test/access/admission-routes.test.ts',
    'test/io/database/acting.test.ts',
  ),
  done(
    'V9',
    'Jetons autonomes',
    'Celui du fournisseur d’identité seul : signature, émetteur, destinataire, durée et nonce vérifiés. Un jeton d’API n’en est pas un : c’est une clé dont la base garde l’empreinte',
    'src/access/doors/openid-work.ts',
    'test/access/doors/sign-in-routes.test.ts',
    'test/access/tokens/token-routes.test.ts',
  ),
  done(
    'V10',
    'OAuth et OIDC',
    'Code, state et nonce de 43 caractères, PKCE au choix, signatures vérifiées, éprouvé contre un fournisseur réel',
    'src/access/doors/openid-work.ts',
    'test/access/doors/sign-in-routes.test.ts',
  ),
  done(
    'V11.1',
    'Inventaire',
    'SHA-256 pour les empreintes, HMAC-SHA-256 pour les pseudonymes du journal ; aucun chiffrement fait ici',
    'src/io/key.ts',
    'src/access/journal/journal-queries.ts',
    'test/access/journal/journal-queries.test.ts',
    'test/scripts/restore/read.test.ts',
  ),
  done(
    'V11.4',
    'Empreintes',
    'SHA-256 de clés de 256 bits tirées au hasard ; aucun mot de passe à ralentir',
    'src/io/key.ts',
    'test/access/tokens/token-routes.test.ts',
  ),
  done(
    'V11.5',
    'Hasard',
    'Clés, mots de passe et nonces tirés de node:crypto ; le hasard des modèles n’y sert pas',
    'src/io/key.ts',
    'src/io/postgres/cluster.ts',
    'test/architecture.test.ts',
  ),
  partly('V12.1', 'TLS', 'Par le mandataire : TLS 1.2 et 1.3', '.deploy/nginx.conf'),
  partly(
    'V12.2',
    'HTTPS',
    'Tout passe par le mandataire ; le certificat est à l’exploitant, et HSTS suit PUBLIC_URL',
    '.deploy/nginx.conf',
    'test/app.test.ts',
  ),
  partly(
    'V12.3',
    'Entre services',
    'Base par socket Unix, ou selon DATABASE_URL (sslmode) ; fournisseur d’identité en https seulement',
    'src/io/database/open.ts',
    'test/config.test.ts',
  ),
  done(
    'V13.1',
    'Configuration écrite',
    'Une table des réglages, tenue par un test',
    'src/docs/setting.ts',
    'test/docs/setting.test.ts',
  ),
  done(
    'V13.2',
    'Liaisons',
    'Délais, bornes et reprises sur chaque connexion à la base',
    'src/io/database/open.ts',
    'test/io/database/open.test.ts',
  ),
  done(
    'V13.3',
    'Secrets',
    'Par l’environnement ; jamais écrits dans le journal',
    'test/io/database/open.test.ts',
  ),
  done(
    'V13.4',
    'Fuites',
    'Une erreur interne ne dit rien d’elle ; port d’administration séparé',
    'test/app.test.ts',
    'test/io/http/admin.test.ts',
  ),
  done(
    'V14.1',
    'Données',
    'Chiffres par mois, titre et lieu : aucune donnée nominative d’usager',
    'src/imports/kinds.ts',
    'test/imports/template.test.ts',
  ),
  done(
    'V14.2',
    'Protection',
    'Rien dans l’adresse ni le journal ; effectifs de 1 à 10, et ceux qui les trahiraient, gardés du public et des mairies par la base elle-même ; réponses gardées par droits, jamais partagées',
    'src/pure/disclosure/suppress.ts',
    'test/pure/disclosure/suppress.test.ts',
    'test/publications/secret-queries.test.ts',
    'test/io/http/kept-answers.test.ts',
    'test/io/log.test.ts',
  ),
  done(
    'V14.3',
    'Côté navigateur',
    'Rien n’y est gardé que le témoin de connexion',
    'src/io/assets/enhance.js',
    'test/access/doors/sign-in-routes.test.ts',
  ),
  done(
    'V15.1',
    'Composants écrits',
    'Versions exactes, nomenclature CycloneDX',
    'package-lock.json',
    'test/docs/guide.test.ts',
  ),
  partly(
    'V15.2',
    'Composants à jour',
    'Verrouillés ; la veille des failles revient à l’exploitant',
    'package-lock.json',
  ),
  done(
    'V15.3',
    'Code défensif',
    'Schémas aux bords, types stricts, refus codés',
    'tsconfig.json',
    'src/errors.ts',
  ),
  done(
    'V15.4',
    'Concurrence',
    'Imports sous verrou, contraintes en base, pannes provoquées',
    'test/scripts/lab/chaos/suite.test.ts',
  ),
  done(
    'V16.1',
    'Journal écrit',
    'Ce que porte chaque ligne est fixé',
    'src/io/log.ts',
    'test/io/log.test.ts',
  ),
  done(
    'V16.2',
    'Journal',
    'JSON, horodaté en UTC, numéro de demande ; l’auteur de chaque import et publication est gardé pour toujours',
    'test/io/log.test.ts',
    'test/access/journal/journal-queries.test.ts',
  ),
  done(
    'V16.3',
    'Événements',
    'Connexions, refus, comptes et jetons dans un journal de sécurité sous pseudonymes, douze mois',
    'src/access/journal/journal-queries.ts',
    'test/access/journal/journal-queries.test.ts',
  ),
  partly(
    'V16.4',
    'Protection du journal',
    'Sortie d’erreur, gardée par systemd ou le conteneur',
    '.deploy/vigie-titres.service',
    'test/docs/operating.test.ts',
  ),
  done(
    'V16.5',
    'Erreurs',
    'Panne de la base : 503, rien de perdu ; une demande ratée n’arrête rien',
    'test/scripts/lab/chaos/suite.test.ts',
    'test/app.test.ts',
  ),
  without('V17', 'WebRTC', 'Aucun'),
]

/** A risk to the mission, in the manner of EBIOS Risk Manager. */
export interface Risk {
  event: string
  source: string
  gravity: 'limitée' | 'importante' | 'grave'
  likelihood: 'faible' | 'possible' | 'probable'
  measures: string
  remains: string
}

/** The risks, gravest first. */
export const RISKS: readonly Risk[] = [
  {
    event: 'Un chiffre faux est publié et une décision en sort',
    source: 'Agent pressé, fichier abîmé, classeur retouché',
    gravity: 'grave',
    likelihood: 'probable',
    measures:
      'Import tout ou rien, défauts par ligne, valeurs concurrentes montrées, rien n’est effacé, origine à côté de chaque chiffre',
    remains: 'Un chiffre plausible et faux passe : il se corrige par une révision déclarée',
  },
  {
    event: 'Quelqu’un lit ou écrit sans y avoir droit',
    source: 'Curieux du réseau interne, poste laissé ouvert',
    gravity: 'importante',
    likelihood: 'possible',
    measures:
      'Sans connexion réglée, écoute sur la machine seule ; sinon comptes invités, rôles bornés à leur lieu, à l’entrée et dans la base ; écritures d’un autre site refusées',
    remains: 'Une session ouverte sur un poste sans surveillance, pendant 30 minutes',
  },
  {
    event: 'Des imports acquittés disparaissent',
    source: 'Panne de courant, disque, arrêt brutal, faute d’exploitation',
    gravity: 'importante',
    likelihood: 'possible',
    measures:
      'Transactions durables, pannes provoquées par une suite à graine, sauvegarde avec empreinte, restauration éprouvée',
    remains: 'Ce qui suit la dernière sauvegarde si le disque est perdu',
  },
  {
    event: 'Le service ne répond plus le jour d’un comité',
    source: 'Fichier énorme, appels en rafale, base saturée',
    gravity: 'limitée',
    likelihood: 'possible',
    measures: 'Corps, lignes, durées et connexions bornés ; reprise sans intervention ; unité qui redémarre',
    remains: 'Le débit est compté par processus : à plusieurs, bornez-le aussi au mandataire',
  },
  {
    event: 'Un effectif très petit désigne une personne',
    source: 'Lecteur d’une table détaillée par commune et par titre',
    gravity: 'importante',
    likelihood: 'faible',
    measures:
      'Effectifs de 1 à 10 gardés du public et des mairies, avec ceux dont ils se déduiraient, dès la publication et pour toujours, par la base elle-même ; seuil réglable par source',
    remains:
      'Des encadrements étroits, la différence entre deux versions d’un chiffre caché, les sommes de plusieurs départements ou années, ce que les projections ont appris',
  },
  {
    event: 'Un composant tiers est piégé',
    source: 'Chaîne d’approvisionnement',
    gravity: 'grave',
    likelihood: 'faible',
    measures:
      'Versions exactes et empreintes, scripts d’installation bloqués, nomenclature, unité sans droit et sans réseau sortant',
    remains: 'Une faille entre sa publication et votre mise à jour',
  },
]

/** What flows between whom, with what protects it. */
export const FLOWS: readonly (readonly [from: string, to: string, what: string, protection: string])[] = [
  ['Agent (navigateur)', 'Mandataire', 'Pages, fichiers déposés', 'TLS, session ou jeton'],
  ['Mandataire', 'Service', 'HTTP', 'Même machine, 127.0.0.1'],
  ['Agent (navigateur)', 'Fournisseur d’identité', 'Connexion', 'TLS, chez le fournisseur'],
  ['Service', 'Fournisseur d’identité', 'Code, jetons, identité', 'TLS, réponses signées'],
  ['Service', 'PostgreSQL', 'SQL', 'Socket Unix ou TLS ; rôle sans droit d’administration'],
  ['Processus de projection', 'PostgreSQL', 'File de tâches, chiffres, projections', 'Comme le service'],
  [
    'Supervision',
    'Port d’administration',
    '/livez, /readyz, /metrics',
    'Même machine ; aucune valeur saisie',
  ],
  [
    'Exploitant',
    'Sauvegarde',
    'Copie logique',
    'Fichier en 0600, empreinte du contenu ; à chiffrer par l’exploitant',
  ],
  ['Service', 'Internet', 'Rien d’autre', 'Aucun autre appel sortant'],
]
