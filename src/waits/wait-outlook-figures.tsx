import {
  type BandedQuarter,
  bandColumn,
  bandDays,
  chanceColumn,
  medianColumn,
  ProjectionFigures,
} from '../figures/projection-figures.tsx'
import type { Quarter } from '../pure/calendar/period.ts'
import { Parameters, Walkthrough } from '../pure/charts/explained.tsx'
import { type PastStart, PastStartNotice, unchangedHeading } from '../pure/charts/past-start.tsx'
import { StatusTag } from '../pure/elements/key-figure.tsx'
import { EmptyState } from '../pure/elements/message.tsx'
import { Table } from '../pure/elements/table.tsx'
import type { ExplanationLine } from '../pure/figures/explanation.ts'
import type { QuarterlySeries } from '../pure/figures/quarterly-series.ts'
import type { StatedParameter } from '../pure/figures/stated-parameter.ts'
import { frenchDays, frenchNumber, longQuarter } from '../pure/french/french.ts'
import type { PathBand } from '../pure/numerics/series/path-band.ts'

/** A projected wait as a page shows it, of a hall or of a whole department. */
export interface WaitOutlookView {
  place: { code: string; name: string }
  limitDays: number
  /** Last quarter whose wait is known: what was observed later is not shown beside. */
  lastKnown: Quarter
  quarters: readonly BandedQuarter[]
  pooled: readonly BandedQuarter[]
  /** The halls of a department on the last quarter; none for a hall. */
  halls: readonly {
    insee: string
    name: string
    slotsPerWeek: number
    capacity: 'imported' | 'implied'
    band: PathBand | undefined
  }[]
  parameters: readonly StatedParameter[]
  explanation: readonly ExplanationLine[]
  /** When the last known wait is old. */
  pastStart: PastStart | undefined
  source: string
}

/** The projected wait of a place: why, from where, with which hypotheses, then the numbers. */
export function WaitOutlookFigures({
  outlook,
  observed,
}: {
  outlook: WaitOutlookView | { reason: string }
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
  const { place, quarters, halls, limitDays } = outlook
  const last = quarters.at(-1)
  const seen = observed.flatMap(series => series.points).filter(point => point.quarter <= outlook.lastKnown)
  const whole = halls.length > 0
  return (
    <>
      <h2 id="projection">
        {unchangedHeading(outlook.pastStart)} <StatusTag status="estimated" />
      </h2>
      {outlook.pastStart && (
        <PastStartNotice
          start={outlook.pastStart}
          remedy="Pour qu’il parte d’aujourd’hui, importez une attente récente."
        />
      )}
      <Walkthrough lines={outlook.explanation} />
      {last !== undefined && (
        <ProjectionFigures
          id="attente-projetee"
          title={`À créneaux inchangés : ${bandDays(last.band.median)} au ${longQuarter(last.quarter)} (médiane, estimée)`}
          subtitle={`Attente d’un rendez-vous projetée, ${place.name}, en jours${whole ? ', moyenne pondérée par les demandes' : ''}. Plus bas, c’est mieux.`}
          observed={seen.map(({ quarter, days, status }) => ({ quarter, days, status }))}
          projected={quarters}
          beside={[{ label: 'Si tous les créneaux étaient en commun (médiane)', bands: outlook.pooled }]}
          limitDays={limitDays}
          limitWords={frenchDays(limitDays, 0)}
          source={outlook.source}
          csv={`/api/waits/${place.code}/projection.csv`}
          note="Deux bornes : chacun reste dans sa mairie, ou tous les créneaux du département en commun. La vérité est entre les deux. Des usagers qui renoncent devant une longue attente ne sont pas comptés."
        />
      )}
      {last !== undefined && whole && (
        <Table
          id="attente-mairies"
          caption={`Attente projetée par mairie au ${longQuarter(last.quarter)}, à créneaux inchangés`}
          rows={halls}
          columns={[
            {
              label: 'Mairie',
              file: [{ value: hall => hall.name }],
              cell: hall => (
                <a class="fr-link" href={`/mairies/${hall.insee}#projection`}>
                  {hall.name}
                </a>
              ),
            },
            {
              label: 'Créneaux par semaine',
              numeric: true,
              file: [
                { value: hall => hall.slotsPerWeek, type: 'number', decimals: 0 },
                {
                  label: 'Origine des créneaux',
                  value: hall => (hall.capacity === 'imported' ? 'horaires importés' : 'hypothèse'),
                },
              ],
              cell: hall =>
                `${frenchNumber(hall.slotsPerWeek)} (${hall.capacity === 'imported' ? 'horaires importés' : 'hypothèse'})`,
            },
            medianColumn<(typeof halls)[number]>('Médiane', hall => hall.band),
            bandColumn<(typeof halls)[number]>('9 chances sur 10', hall => hall.band),
            chanceColumn<(typeof halls)[number]>(
              `Chances de dépasser ${frenchDays(limitDays, 0)}`,
              hall => hall.band?.probabilityOver,
            ),
          ]}
        />
      )}
      <Parameters id="attente-parametres" of="attente d’un rendez-vous" parameters={outlook.parameters} />
      <p class="no-print">
        <a class="fr-link" href="/scenarios">
          Comparer des leviers : horaires, stations, mise en commun
        </a>
      </p>
    </>
  )
}
