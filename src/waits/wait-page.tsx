import type { Quarter } from '../pure/calendar/period.ts'
import { EmptyState } from '../pure/elements/message.tsx'
import { Table } from '../pure/elements/table.tsx'
import { CLOCKS } from '../pure/figures/measure.ts'
import type { QuarterlySeries } from '../pure/figures/quarterly-series.ts'
import type { Notice } from '../pure/figures/vintage.ts'
import { ofTown, shortQuarter } from '../pure/french/french.ts'
import { FilterForm, placeFilter, quarterFilters } from '../pure/pages/filter-form.tsx'
import { Page, type Site } from '../pure/pages/layout.tsx'
import { Notices } from '../pure/pages/notice.tsx'
import { WaitFigures } from './wait-figures.tsx'
import { WaitOutlookFigures, type WaitOutlookView } from './wait-outlook-figures.tsx'

interface WaitsPageProps {
  site: Site
  place: { code: string; name: string }
  /** The place when it is not the usual one: the menu takes it along. */
  carried: string | undefined
  places: readonly { code: string; name: string }[]
  quarters: readonly Quarter[]
  from: Quarter
  to: Quarter
  series: readonly QuarterlySeries[]
  notices: readonly Notice[]
  nation: readonly QuarterlySeries[]
  csv: string
  outlook: WaitOutlookView | { reason: string } | undefined
}

/** How long before an appointment: the department's waits, then what is known of the nation. */
export function WaitsPage(props: WaitsPageProps) {
  const { site, place, places, series, nation, csv, outlook } = props
  const placeName = place.name
  const isHall = place.code.length === 5 && places.some(({ code }) => code === place.code)
  return (
    <Page
      site={site}
      title="Attente d’un rendez-vous"
      path="/rendez-vous"
      place={props.carried}
      trail={[{ label: 'Accueil', href: '/' }]}
      lead={`Combien de jours avant un rendez-vous en mairie pour une carte d’identité ou un passeport, ${placeName}. Plus bas, c’est mieux.`}
    >
      <FilterForm
        action="/rendez-vous"
        filters={[placeFilter(place, places), ...quarterFilters(props.from, props.to, props.quarters)]}
      />
      {series.length === 0 && (
        <EmptyState
          title={`Aucune attente publiée pour ${placeName}`}
          reason="Importez un fichier d’attentes : par département ou par mairie, avec l’horloge de la mesure."
          action={{ label: 'Importer un fichier', href: '/donnees' }}
        />
      )}
      {isHall && (
        <p>
          <a class="fr-link" href={`/mairies/${place.code}`}>
            La mairie {ofTown(placeName)} : l’attente projetée et les demandes à venir
          </a>
        </p>
      )}
      {series.map((one, i) => (
        <WaitFigures series={one} id={`attente-${i}`} placeName={placeName} csv={csv} />
      ))}
      <Notices notices={props.notices} placeName={() => placeName} />
      {outlook !== undefined && <WaitOutlookFigures outlook={outlook} observed={series} />}
      {nation.length > 0 && (
        <>
          <h2>En France</h2>
          <p>
            Les chiffres nationaux n’ont ni la même horloge ni la même unité d’une source à l’autre : ils ne
            se comparent qu’à horloge égale.
          </p>
          <Table
            id="attentes-france"
            caption="Attentes publiées pour la France, par mois ou trimestre complet"
            rows={nation.flatMap(one => one.points.map(point => ({ one, point })))}
            empty="Aucun trimestre complet : les chiffres nationaux sont des points isolés, visibles dans les fichiers importés."
            columns={[
              { label: 'Trimestre', cell: ({ point }) => shortQuarter(point.quarter) },
              { label: 'Jours', figure: ({ point }) => point.days, decimals: 1 },
              { label: 'Horloge', cell: ({ one }) => CLOCKS[one.clock] },
              { label: 'Source', cell: ({ point }) => point.source.publisher },
            ]}
          />
        </>
      )}
    </Page>
  )
}
