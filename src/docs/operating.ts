import type { Guide } from './guide.ts'
import { SETTINGS } from './setting.ts'

/** Running the service for others. */
export const OPERATING: Guide = {
  slug: 'exploiter',
  title: 'Exploiter le service',
  lead: 'Réglages, surveillance, sauvegarde, restauration, mise à jour, arrêt : ce qu’il faut à qui en répond.',
  sections: [
    {
      heading: 'Réglages',
      parts: [
        {
          text: 'Tout se règle par l’environnement, lu une fois au démarrage : une valeur fausse arrête le service, qui dit laquelle et ce qu’elle doit contenir.',
        },
        {
          caption: 'Variables d’environnement',
          head: ['Variable', 'Sens (valeur sans elle)'],
          rows: SETTINGS.map(({ name, meaning, otherwise }) => [name, `${meaning} (${otherwise})`] as const),
        },
      ],
    },
    {
      heading: 'Installer sur un serveur',
      parts: [
        {
          text: 'Le dossier .deploy porte une unité systemd durcie (exposition 1,1 selon systemd-analyze), un Containerfile, un fichier compose et un mandataire nginx. Le service n’écoute que sa machine, dont il fait de chacun l’administrateur, tant que la connexion des personnes n’est pas réglée. Pour l’ouvrir : inscrivez-le chez votre fournisseur d’identité (ProConnect, ou tout fournisseur OpenID Connect) avec l’adresse de retour PUBLIC_URL/connexion/retour, donnez PUBLIC_URL, OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET et ADMINISTRATOR_EMAIL ; cette personne invite les autres à /comptes. Le mandataire chiffre. Un rôle superutilisateur de la base est alors refusé au démarrage ; .deploy/database.sh crée celui qu’il faut. L’unité ne laisse joindre que la machine : ajoutez-y l’adresse du fournisseur d’identité.',
        },
        {
          commands: `sudo cp .deploy/vigie-titres.service /etc/systemd/system/
sudo systemctl enable --now vigie-titres`,
          elsewhere: 'demande une machine à soi',
        },
        {
          commands:
            'podman build -f .deploy/Containerfile --build-arg BASE=docker.io/library/node:22-bookworm-slim@sha256:… -t vigie-titres .',
          elsewhere: 'demande podman et un registre',
        },
      ],
    },
    {
      heading: 'Projeter toute une nation',
      parts: [
        {
          text: 'Un département se projette dans le service. Pour une nation, des processus à part prennent les tâches d’une file tenue par PostgreSQL ; lancez-en autant que de cœurs, sur toute machine qui joint la base. La tâche d’un processus mort passe à un autre en quelques secondes.',
        },
        { commands: 'npm run worker' },
        { commands: 'npm run project -- --departments 16' },
      ],
    },
    {
      heading: 'Surveiller',
      parts: [
        { commands: 'ADMIN_PORT=3001 DRAIN_SECONDS=1 npm start' },
        {
          commands: `curl -sf http://localhost:3001/livez
curl -sf http://localhost:3001/readyz
curl -sf http://localhost:3001/metrics | grep vigie_`,
        },
        {
          caption: 'Ce qu’il faut surveiller',
          head: ['Mesure', 'Alerter quand'],
          rows: [
            ['vigie_database_up', 'elle vaut 0 plus d’une minute'],
            ['vigie_database_connections{state="waiting"}', 'elle dépasse 0 plus d’une minute'],
            ['vigie_http_request_seconds', 'le statut 500 apparaît, ou le 95e centile dépasse 2 s'],
            ['nodejs_eventloop_lag_p99_seconds', 'elle dépasse 0,5 s'],
            [
              'vigie_newest_release_timestamp_seconds',
              'time() moins elle dépasse l’intervalle de vos relevés',
            ],
            ['vigie_import_faults_total', 'un code monte : le modèle de fichier de quelqu’un a changé'],
            ['vigie_row_security_refusals_total', 'elle dépasse 0'],
          ],
        },
        {
          text: 'Le journal est du JSON, une ligne par événement, avec le numéro de la demande (id) que portent aussi les réponses d’erreur (instance) ; aucune valeur saisie n’y figure.',
        },
      ],
    },
    {
      heading: 'Sauvegarder, restaurer',
      parts: [
        {
          text: 'La sauvegarde se fait service ouvert. Elle prend un instant de toute la base, porte l’empreinte de son contenu, et ne prend son nom qu’entière et écrite sur le disque.',
        },
        { commands: 'npm run backup -- --out .data/vigie.backup' },
        {
          text: 'La restauration demande une base vide. Elle relit tout, refait l’empreinte du contenu restauré et ne garde rien si elle diffère. Répétez l’exercice chaque mois, dans un autre dossier :',
        },
        { commands: 'DATA_DIR=.data/exercice npm run restore -- --from .data/vigie.backup' },
      ],
    },
    {
      heading: 'Mettre à jour',
      parts: [
        {
          text: 'Sauvegardez, arrêtez, remplacez le programme, démarrez : les migrations manquantes s’appliquent, chacune entière ou pas du tout. Un programme plus ancien que la base refuse de démarrer ; une migration modifiée après coup aussi. Pour revenir en arrière, restaurez la sauvegarde avec l’ancien programme dans une base vide.',
        },
      ],
    },
    {
      heading: 'Arrêter, redémarrer',
      parts: [
        {
          text: 'À SIGTERM, /readyz répond 503 pendant DRAIN_SECONDS, puis le port se ferme, les demandes en cours finissent (10 s au plus), la base est quittée. Derrière un mandataire qui suit /readyz, aucune demande n’est coupée. Une écriture qui porte une clé Idempotency-Key se redemande sans risque.',
        },
      ],
    },
    {
      heading: 'Nomenclature des composants',
      parts: [{ commands: 'npm run --silent sbom > .data/vigie-titres.cdx.json' }],
    },
  ],
}
