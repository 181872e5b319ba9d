import { demandSource } from '../demand/explanation.ts'
import { bandDays, bandRange, chances, ProjectionFigures } from '../pure/charts/projection-figures.tsx'
import type { QuarterlySeries } from '../pure/figures/quarterly-series.ts'
import { frenchCount, frenchDays, frenchNumber, longQuarter } from '../pure/pages/french.ts'
import { StatusTag } from '../pure/pages/key-figure.tsx'
import { Details, EmptyState } from '../pure/pages/message.tsx'
import { Table } from '../pure/pages/table.tsx'
import type { PlaceOutlook } from './place-outlook.ts'
import { hallSlotsPerWeek } from './wait-outlook.ts'

const STATUS = { observed: 'observé', derived: 'calculé', estimated: 'estimé', assumed: 'hypothèse' } as const

/** The projected wait of a place: why, from where, with which hypotheses, then the numbers. */
export function WaitOutlookSection({
  outlook,
  observed,
}: {
  outlook: PlaceOutlook | { reason: string }
  observed: readonly QuarterlySeries[]
}) {
  if ('reason' in outlook) {
    return (
      <>
        <h2 id="projection">Si rien ne change</h2>
        <EmptyState
          title="Pas d’attente projetée"
          reason={outlook.reason}
          action={{ label: 'Importer des données', href: '/donnees' }}
        />
      </>
    )
  }
  const { place, projection, hall, quarters, explanation, parameters } = outlook
  const last = quarters.at(-1)
  const seen = observed
    .flatMap(series => series.points)
    .filter(point => point.quarter <= outlook.outlook.start.quarter)
  return (
    <>
      <h2 id="projection">
        Si rien ne change <StatusTag status="estimated" />
      </h2>
      <dl class="fold-body">
        {explanation.map(line => (
          <>
            <dt>
              <strong>{line.title}</strong>
            </dt>
            <dd>{line.text}</dd>
          </>
        ))}
      </dl>
      {last !== undefined && (
        <ProjectionFigures
          id="attente-projetee"
          title={`À créneaux inchangés : ${bandDays(last.wait.median)} au ${longQuarter(last.quarter)} (médiane, estimée)`}
          subtitle={`Attente d’un rendez-vous projetée, ${place.name}, en jours${hall === undefined ? ', moyenne pondérée par les demandes' : ''}. Plus bas, c’est mieux.`}
          observed={seen.map(({ quarter, days, status }) => ({ quarter, days, status }))}
          projected={quarters.map(({ quarter, wait }) => ({ quarter, band: wait }))}
          beside={[
            {
              label: 'Si tous les créneaux étaient en commun (médiane)',
              bands: projection.pooled.map(({ quarter, wait }) => ({ quarter, band: wait })),
            },
          ]}
          limitDays={projection.limitDays}
          limitWords={frenchDays(projection.limitDays, 0)}
          source={demandSource(outlook.run)}
          csv={`/api/waits/${place.code}/projection.csv`}
          note="Deux bornes : chacun reste dans sa mairie, ou tous les créneaux du département en commun. La vérité est entre les deux. Des usagers qui renoncent devant une longue attente ne sont pas comptés."
        />
      )}
      {hall === undefined && (
        <Table
          id="attente-mairies"
          caption={`Attente projetée par mairie au ${longQuarter(last?.quarter ?? outlook.outlook.from)}, à créneaux inchangés`}
          rows={outlook.outlook.halls}
          columns={[
            {
              label: 'Mairie',
              cell: one => (
                <a class="fr-link" href={`/mairies/${one.insee}#projection`}>
                  {one.name}
                </a>
              ),
            },
            {
              label: 'Créneaux par semaine',
              numeric: true,
              cell: one => (
                <>
                  {frenchNumber(hallSlotsPerWeek(one))} (
                  {one.capacity === 'imported' ? 'stations et horaires importés' : 'hypothèse'})
                </>
              ),
            },
            { label: 'Médiane', numeric: true, cell: one => medianOf(outlook, one.insee) },
            { label: '9 chances sur 10', numeric: true, cell: one => rangeOf(outlook, one.insee) },
            {
              label: `Chances de dépasser ${frenchDays(projection.limitDays, 0)}`,
              numeric: true,
              cell: one => overOf(outlook, one.insee),
            },
          ]}
        />
      )}
      <Details
        summary={`Les ${frenchCount(parameters.length, 'paramètre')} de ce calcul, et leur origine`}
        printed
      >
        <Table
          id="attente-parametres"
          caption="Paramètres"
          rows={parameters}
          columns={[
            { label: 'Paramètre', cell: one => one.name },
            {
              label: 'Valeur',
              numeric: true,
              cell: one =>
                `${typeof one.value === 'number' ? frenchNumber(one.value, Number.isInteger(one.value) ? 0 : 1) : one.value} ${one.unit}`,
            },
            { label: 'Nature', cell: one => STATUS[one.status] },
            { label: 'Origine', cell: one => one.origin },
          ]}
        />
      </Details>
      <p class="no-print">
        <a class="fr-link" href="/scenarios">
          Comparer des leviers : horaires, stations, mise en commun
        </a>
      </p>
    </>
  )
}

function hallOf({ projection }: PlaceOutlook, insee: string) {
  const found = projection.halls.find(one => one.hall === insee)
  return found !== undefined && 'quarters' in found ? found.quarters.at(-1)?.wait : undefined
}

function medianOf(outlook: PlaceOutlook, insee: string): string {
  const wait = hallOf(outlook, insee)
  return wait === undefined ? 'sans objet' : bandDays(wait.median)
}

function rangeOf(outlook: PlaceOutlook, insee: string): string {
  const wait = hallOf(outlook, insee)
  return wait === undefined ? 'sans objet' : bandRange(wait)
}

function overOf(outlook: PlaceOutlook, insee: string): string {
  const wait = hallOf(outlook, insee)
  return wait === undefined ? 'sans objet' : chances(wait.probabilityOver)
}
