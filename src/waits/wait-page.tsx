import { paths } from '../pure/access/paths.ts'
import type { Quarter } from '../pure/calendar/period.ts'
import { bounded, STATUS_WORDS } from '../pure/elements/key-figure.tsx'
import { Link } from '../pure/elements/links.tsx'
import { EmptyState, Fold } from '../pure/elements/message.tsx'
import { Table } from '../pure/elements/table.tsx'
import type { GrainedSeries } from '../pure/figures/grained-series.ts'
import { CLOCKS } from '../pure/figures/measure.ts'
import type { QuarterlySeries } from '../pure/figures/quarterly-series.ts'
import type { Notice } from '../pure/figures/vintage.ts'
import { frenchDay, frenchNumber, frenchPeriod, ofName } from '../pure/french/french.ts'
import { FilterForm, placeFilter, quarterFilters } from '../pure/pages/filter-form.tsx'
import { Page } from '../pure/pages/layout.tsx'
import { Notices } from '../pure/pages/notice.tsx'
import { WaitFigures } from './wait-figures.tsx'
import { WaitNowAnswer, WaitNowFigures } from './wait-now-figures.tsx'
import type { WaitNowView } from './wait-now-view.ts'

interface WaitsPageProps {
  place: { code: string; name: string }
  /** The place when it is not the usual one: the menu takes it along. */
  carried: string | undefined
  places: readonly { code: string; name: string }[]
  quarters: readonly Quarter[]
  from: Quarter
  to: Quarter
  /** Whether quarters of the past were asked for. */
  asked: boolean
  /** Whether nothing is published in the quarters asked for. */
  missed: boolean
  series: readonly QuarterlySeries[]
  /** Everything published of the place, of any length of period. */
  published: readonly GrainedSeries[]
  notices: readonly Notice[]
  csv: string
  /** `undefined` where nothing published speaks of the place or of the nation. */
  view: WaitNowView | undefined
}

/** How long before an appointment: today and in a year, then the curve, then folded what it rests on and what was published. */
export function WaitsPage(props: WaitsPageProps) {
  const { place, places, series, published, csv, view } = props
  const isHall = place.code.length === 5 && places.some(({ code }) => code === place.code)
  return (
    <Page
      title="Attente d’un rendez-vous"
      path={paths.waits()}
      place={props.carried}
      trail={[]}
      lead={
        view === undefined
          ? `Combien de jours avant un rendez-vous en mairie pour une carte d’identité ou un passeport, ${place.name}.`
          : `${view.sentence}.`
      }
    >
      <FilterForm
        action={paths.waits()}
        missed={props.missed}
        filters={[
          ...(places.length > 1 ? [placeFilter(place, places)] : []),
          ...quarterFilters(props.from, props.to, props.quarters),
        ]}
      />
      {view === undefined ? (
        <EmptyState
          title={`Aucune attente connue, ${place.name}`}
          reason="Rien n’est publié, ni pour ce lieu ni pour la France : importez un fichier d’attentes."
          action={{ label: 'Importer un fichier', href: paths.data() }}
        />
      ) : (
        <>
          <h2>L’attente, et ce qui vient</h2>
          <WaitNowAnswer view={view} />
          <WaitNowFigures view={view} />
        </>
      )}
      {isHall && (
        <p>
          <Link to={paths.townHall({ insee: place.code })}>
            La mairie {ofName(place.name)} : sa fiche et les demandes à venir
          </Link>
        </p>
      )}
      <p class="no-print">
        <Link to={paths.scenarios()}>Comparer des leviers : horaires, stations, mise en commun</Link>
      </p>
      <Notices notices={props.notices} placeName={() => place.name} />
      <Fold heading="Ce qui est publié" open={props.asked || view === undefined} printed>
        <Table
          id="attentes-publiees"
          caption={`Attentes publiées, ${place.name}, jours, mois, trimestres et années`}
          csv={csv}
          rows={published.flatMap(one => one.points).sort((a, b) => a.period.localeCompare(b.period))}
          empty={`Aucune attente publiée, ${place.name}.`}
          columns={[
            { label: 'Période', cell: point => frenchPeriod(point.period) },
            {
              label: 'Jours',
              numeric: true,
              file: [
                { label: 'Jours', value: point => point.days, type: 'number', decimals: 1 },
                { label: 'Statut', value: point => STATUS_WORDS[point.status] },
              ],
              cell: ({ status, days }) => bounded(status, frenchNumber(days, Number.isInteger(days) ? 0 : 1)),
            },
            {
              label: 'Autres valeurs publiées',
              cell: point =>
                [...new Set(point.conflicts.map(({ days }) => frenchNumber(days, 0)))].join(', ') || '–',
            },
            { label: 'Ce qui est mesuré', cell: point => CLOCKS[point.clock] },
            {
              label: 'Source',
              cell: ({ source }) => `${source.publisher}, publié le ${frenchDay(source.publishedOn)}`,
            },
          ]}
        />
        {series.map((one, i) => (
          <WaitFigures
            series={one}
            id={`attente-${i}`}
            placeName={place.name}
            csv={csv}
            drawnAbove={view !== undefined}
          />
        ))}
      </Fold>
    </Page>
  )
}
