import { frenchNumber } from '../pure/pages/french.ts'
import { Page, type Site } from '../pure/pages/layout.tsx'
import { Alert, EmptyState } from '../pure/pages/message.tsx'
import { Table } from '../pure/pages/table.tsx'
import type { Network } from './town-hall.ts'

/** The equipped town halls of a department, each with a way to its sheet. */
export function TownHallsPage({
  site,
  network,
  placeName,
}: {
  site: Site
  network: Network
  placeName: string
}) {
  const { townHalls, expected } = network
  const missing = expected === undefined ? 0 : expected - townHalls.length
  return (
    <Page
      site={site}
      title="Mairies équipées"
      path="/mairies"
      trail={[{ label: 'Accueil', href: '/' }]}
      lead={`Les mairies de ${placeName} où l’on dépose une demande de carte d’identité ou de passeport. On peut choisir n’importe laquelle, quel que soit son lieu de résidence.`}
    >
      {missing > 0 && (
        <Alert kind="info" title={`${townHalls.length} mairies nommées sur ${expected}`}>
          <p>
            La préfecture annonce {expected} mairies équipées ; aucune source lue ne nomme les {missing}{' '}
            autres. Les demandes du département sont réparties entre les mairies connues : leur part est donc
            un peu surestimée. Importez un fichier « mairies » pour compléter.
          </p>
        </Alert>
      )}
      {townHalls.length === 0 ? (
        <EmptyState
          title="Aucune mairie équipée connue"
          reason="Importez la liste des mairies équipées et de leurs stations."
          action={{ label: 'Importer un fichier', href: '/donnees' }}
        />
      ) : (
        <Table
          id="mairies"
          caption={`Mairies équipées connues, ${placeName}`}
          rows={townHalls}
          columns={[
            {
              label: 'Mairie',
              cell: hall => (
                <a class="fr-link" href={`/mairies/${hall.insee}`}>
                  {hall.name}
                </a>
              ),
            },
            { label: 'Code INSEE', cell: hall => hall.insee },
            {
              label: 'Habitants',
              numeric: true,
              cell: hall => (hall.population === undefined ? 'n. d.' : frenchNumber(hall.population)),
            },
            { label: 'Stations', numeric: true, cell: hall => hall.stations ?? 'inconnu' },
            {
              label: 'Rendez-vous',
              cell: hall => (hall.withoutAppointment ? 'sans rendez-vous' : 'sur rendez-vous'),
            },
            { label: 'État', cell: hall => (hall.status === 'confirmed' ? 'confirmée' : 'à confirmer') },
            { label: 'Source', cell: hall => hall.source.publisher },
          ]}
        />
      )}
    </Page>
  )
}
