import { paths } from '../../pure/access/paths.ts'
import type { Column } from '../../pure/elements/column.ts'
import { Details, Fold } from '../../pure/elements/message.tsx'
import { Table } from '../../pure/elements/table.tsx'
import { frenchCount, frenchInstant } from '../../pure/french/french.ts'
import { Page } from '../../pure/pages/layout.tsx'
import type { Deed, SecurityEventName, SecurityLine } from './journal-queries.ts'
import { REMARK_KINDS } from './remark-page.tsx'
import type { Remark } from './remark-queries.ts'

const DEEDS: Record<Deed['deed'], string> = {
  imported: 'a importé',
  published: 'a publié',
  planned: 'a demandé le plan',
  'scenario-saved': 'a enregistré le scénario',
  invited: 'a invité',
  warned: 'a été prévenu',
}
const EVENTS: Record<SecurityEventName, string> = {
  'signed-in': 'connexion',
  'sign-in-refused': 'connexion refusée',
  'signed-out': 'déconnexion',
  refused: 'accès refusé',
  invited: 'invitation',
  'account-closed': 'compte fermé',
  'token-created': 'jeton créé',
  'token-revoked': 'jeton révoqué',
}
const isEvent = (text: string): text is SecurityEventName => text in EVENTS

const AT_ONCE = 20

const deedColumns = (placeName: (code: string) => string): Column<Deed>[] => [
  { label: 'Quand', cell: deed => frenchInstant(deed.at), whole: true },
  { label: 'Qui', cell: deed => deed.by, whole: true },
  { label: 'Acte', cell: deed => DEEDS[deed.deed], whole: true },
  { label: 'Objet', cell: deed => deed.what },
  { label: 'Lieu', cell: deed => placeName(deed.place) },
]

interface JournalPageProps {
  deeds: readonly Deed[]
  lines: readonly SecurityLine[]
  remarks: readonly (Remark & { at: string })[]
  placeName: (code: string) => string
}

/** Who imported, published and planned what; and the security log, under pseudonyms. */
export function JournalPage({ deeds, lines, remarks, placeName }: JournalPageProps) {
  return (
    <Page
      title="Journal"
      path={paths.journal()}
      trail={[]}
      lead="Qui a importé, publié et planifié quoi, pour toujours ; et le journal de sécurité, sous pseudonymes, gardé douze mois."
    >
      <h2>Ce qui a été fait aux chiffres</h2>
      <Table
        id="actes"
        caption="Imports, publications, plans, scénarios, invitations, alertes : les derniers"
        rows={deeds.slice(0, AT_ONCE)}
        empty="Rien encore."
        columns={deedColumns(placeName)}
      />
      {deeds.length > AT_ONCE && (
        <Details summary={`${frenchCount(deeds.length - AT_ONCE, 'acte')} avant ceux-là`}>
          <Table
            id="actes-anciens"
            caption="Les mêmes actes, plus anciens"
            rows={deeds.slice(AT_ONCE)}
            columns={deedColumns(placeName)}
          />
        </Details>
      )}
      <h2>Ce que signalent les lecteurs</h2>
      <Table
        id="signalements"
        caption="Chiffres dits faux, réponses introuvables : du plus récent au plus ancien"
        rows={remarks}
        empty="Rien n’est signalé."
        columns={[
          { label: 'Quand', cell: one => frenchInstant(one.at), whole: true },
          { label: 'Quoi', cell: one => REMARK_KINDS[one.kind], whole: true },
          {
            label: 'Page',
            cell: one => <a href={one.page}>{one.page}</a>,
            file: [{ value: one => one.page }],
          },
          { label: 'Mots du lecteur', cell: one => one.words },
        ]}
      />
      <Fold heading="Journal de sécurité" id="journal-de-securite">
        <p>
          Un même auteur garde un même pseudonyme pendant un mois civil ; la clé qui les relie aux comptes est
          détruite avec les lignes, au bout de douze mois.
        </p>
        <Table
          id="securite"
          caption="Connexions et refus, du plus récent au plus ancien"
          rows={lines}
          empty="Rien encore."
          columns={[
            { label: 'Quand', cell: line => frenchInstant(line.at), whole: true },
            { label: 'Événement', cell: line => (isEvent(line.event) ? EVENTS[line.event] : line.event) },
            { label: 'Compte', cell: line => line.actor || 'personne' },
            { label: 'Adresse réseau', cell: line => line.address },
            { label: 'Détail', cell: line => line.detail },
          ]}
        />
      </Fold>
    </Page>
  )
}
