import { Fold } from '../pure/elements/message.tsx'
import { Table } from '../pure/elements/table.tsx'
import { Page, type Site } from '../pure/pages/layout.tsx'
import { CONTROLS, FLOWS, RISKS } from './security.ts'

/** The security file, pre-filled for the homologation of a State service: architecture, flows, risks, controls. */
export function SecurityPage({ site }: { site: Site }) {
  const count = (state: (typeof CONTROLS)[number]['state']) =>
    CONTROLS.filter(control => control.state === state).length
  return (
    <Page
      site={site}
      title="Dossier de sécurité"
      path="/docs/securite"
      trail={[{ label: 'Documentation', href: '/docs' }]}
      lead="Pré-rempli pour l’homologation : à compléter par l’organisme qui exploite, et à signer par son autorité. Ce qui n’est pas fait est écrit comme tel."
    >
      <h2>Objet et architecture</h2>
      <p>
        Le service reçoit des chiffres agrégés (délais, attentes, demandes par mois, titre et lieu), les garde
        avec leur origine, projette et publie des pages, une API et des documents. Il ne traite aucune donnée
        nominative d’usager ; des agents qui se connectent, il garde l’adresse, le nom, le rôle et le lieu, et
        douze mois un journal de sécurité sous pseudonymes. Un programme Node.js sans état, une base
        PostgreSQL, un mandataire et, pour une nation, des processus de projection : c’est tout. Il n’appelle
        que le fournisseur d’identité.
      </p>
      <Table
        id="flux"
        caption="Flux"
        rows={FLOWS}
        columns={[
          { label: 'De', cell: row => row[0] },
          { label: 'Vers', cell: row => row[1] },
          { label: 'Quoi', cell: row => row[2] },
          { label: 'Protection', cell: row => row[3] },
        ]}
      />
      <h2>Besoins</h2>
      <p>
        Intégrité d’abord : un chiffre faux ou perdu se paie en décisions. Disponibilité moyenne : une journée
        d’arrêt se supporte, hors des semaines de comité. Confidentialité faible à moyenne : chiffres internes
        avant leur publication, petits effectifs toujours.
      </p>
      <h2>Risques</h2>
      <Table
        id="risques"
        caption="Événements redoutés, à la manière d’EBIOS Risk Manager"
        rows={RISKS}
        columns={[
          { label: 'Événement', cell: row => row.event },
          { label: 'Source', cell: row => row.source },
          { label: 'Gravité', cell: row => row.gravity },
          { label: 'Vraisemblance', cell: row => row.likelihood },
          { label: 'Mesures', cell: row => row.measures },
          { label: 'Ce qui reste', cell: row => row.remains },
        ]}
      />
      <Fold heading="Contrôles (OWASP ASVS 5.0, niveaux 1 et 2)" printed>
        <p>
          Par section, avec le fichier ou le test qui le montre : {count('fait')} faits, {count('en partie')}{' '}
          en partie, {count('pas fait')} pas faits, {count('sans objet')} sans objet.
        </p>
        <Table
          id="controles"
          caption="Contrôles et preuves"
          rows={CONTROLS}
          columns={[
            { label: 'Section', cell: row => row.section },
            { label: 'Sujet', cell: row => row.subject },
            { label: 'État', cell: row => row.state },
            { label: 'Comment', cell: row => row.words },
            { label: 'Preuve', cell: row => row.evidence.join(', ') },
          ]}
        />
      </Fold>
      <h2>Avant d’ouvrir</h2>
      <ul>
        <li>Nommer l’autorité d’homologation et la durée.</li>
        <li>Régler PUBLIC_URL et OIDC_*, inviter les personnes ; placer le mandataire qui chiffre.</li>
        <li>Chiffrer et déplacer les sauvegardes ; faire l’exercice de restauration.</li>
        <li>Suivre les failles des composants (nomenclature CycloneDX).</li>
        <li>Faire passer un test d’intrusion : aucun n’a eu lieu.</li>
      </ul>
    </Page>
  )
}
