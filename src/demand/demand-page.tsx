import type { Knowledge } from '../figures/published-queries.ts'
import { paths } from '../pure/access/paths.ts'
import type { Day } from '../pure/calendar/day.ts'
import type { Quarter } from '../pure/calendar/period.ts'
import { FanChart } from '../pure/charts/fan-chart.tsx'
import { Details, EmptyState } from '../pure/elements/message.tsx'
import { Table } from '../pure/elements/table.tsx'
import { frenchList, frenchNumber, twoFigures } from '../pure/french/french.ts'
import { FilterForm, placeFilter, quarterFilters } from '../pure/pages/filter-form.tsx'
import { Page } from '../pure/pages/layout.tsx'
import { DemandFigures } from './demand-figures.tsx'
import type { ProjectedPoint } from './engine/projection.ts'
import { demandEvents, demandSource } from './explanation.ts'
import type { PlaceDemand } from './place-demand-queries.ts'
import { returningYears } from './returning.ts'
import { demandVerdict } from './verdict.ts'

interface DemandPageProps {
  places: readonly { code: string; name: string }[]
  place: { code: string; name: string }
  /** The place when it is not the usual one: the menu takes it along. */
  carried: string | undefined
  from: Quarter
  to: Quarter
  missed: boolean
  known: Knowledge
  today: Day
  demand: PlaceDemand | { reason: string }
  csv: string
}

/** How many requests are coming, for the department, one of its town halls or the nation: the answer, the chart, then what is folded. */
export function DemandPage(props: DemandPageProps) {
  const { places, place, carried, from, to, known, demand, csv } = props
  const day = known.asOf ?? props.today
  const within = ({ quarter }: { quarter: Quarter }) => quarter >= from && quarter <= to
  const [both, observed] = 'reason' in demand ? [[], []] : [demand.both, demand.observed]
  const shown = both.filter(within)
  const seen = observed.filter(within)
  return (
    <Page
      title="Demande à venir"
      path={paths.demand()}
      place={carried}
      trail={[]}
      lead={
        'reason' in demand
          ? `Combien de cartes d’identité et de passeports seront demandés, ${place.name}.`
          : demandVerdict(place.name, both, day)
      }
    >
      <FilterForm
        action={paths.demand()}
        missed={props.missed}
        filters={[
          placeFilter(place, places),
          ...quarterFilters(
            from,
            to,
            [...observed, ...both].map(point => point.quarter),
          ),
        ]}
        kept={Object.fromEntries(
          Object.entries(known).flatMap(([name, one]) => (one === undefined ? [] : [[name, one]])),
        )}
      />
      {'reason' in demand ? (
        <EmptyState
          title="Pas encore de projection"
          reason={demand.reason}
          action={{ label: 'Importer des données', href: paths.data() }}
        />
      ) : (
        <>
          <h2>Trimestre par trimestre</h2>
          <DemandFigures
            placeName={place.name}
            quarters={shown}
            observed={seen}
            explanation={demand.explanation}
            warned={
              known.asOf !== undefined ||
              known.recordedBy !== undefined ||
              demand.run.inputs.unknownSince !== undefined ||
              demand.run.inputs.hallsAssumed === true
            }
            events={[
              ...demandEvents(),
              { day, label: known.asOf === undefined ? 'Aujourd’hui' : 'Jour demandé' },
            ]}
            source={demandSource(demand.run)}
            csv={csv}
            run={demand.run}
          >
            <Returning both={shown} />
            {demand.permits.length > 0 && <Permits demand={demand} placeName={place.name} />}
          </DemandFigures>
        </>
      )}
    </Page>
  )
}

/** Which titles come back in each year, by what they are and when they were issued. */
function Returning({ both }: { both: readonly ProjectedPoint[] }) {
  return (
    <Details summary="Les titres qui reviennent" printed>
      <Table
        id="cohortes"
        caption="Renouvellements attendus par an, et les délivrances dont ils viennent (estimés)"
        rows={returningYears(both)}
        columns={[
          { label: 'Année', cell: row => row.year, file: [{ value: row => row.year, type: 'number' }] },
          { label: 'Renouvellements', figure: row => row.total },
          {
            label: 'Principales délivrances',
            cell: row =>
              frenchList(
                row.cohorts.map(
                  cohort => `${cohort.name} (environ ${frenchNumber(twoFigures(cohort.mean))})`,
                ),
              ),
          },
        ]}
      />
    </Details>
  )
}

function Permits({ demand, placeName }: { demand: PlaceDemand; placeName: string }) {
  return (
    <Details summary="Titres de séjour à renouveler" printed>
      <p>
        Les titres de cinq ans délivrés aux Britanniques en 2021 s’échangent en 2026, ceux de dix ans se
        renouvellent en 2031, l’année où les anciennes cartes d’identité cessent de servir en Europe. Les
        premières délivrances de 2021 ne distinguent pas les nationalités : le chiffre est un majorant.
      </p>
      <FanChart
        id="titres-de-sejour"
        title="Deux vagues annoncées : 2026 et 2031"
        subtitle={`Renouvellements de titres de séjour par trimestre, ${placeName}, estimés`}
        quantity="count"
        observed={[]}
        projected={demand.permits.map(({ quarter, quantiles }) => ({ quarter, ...quantiles }))}
        source={demandSource(demand.run)}
        csv={paths.apiDemandCsv({ place: demand.run.place, title: 'residence-renewal' })}
      />
    </Details>
  )
}
