import { demandSource } from '../demand/explanation.ts'
import { paths } from '../pure/access/paths.ts'
import { type FileColumn, numberFile } from '../pure/elements/column.ts'
import { Field } from '../pure/elements/form-field.tsx'
import { EmptyState } from '../pure/elements/message.tsx'
import { Table } from '../pure/elements/table.tsx'
import { frenchCount, frenchNumber, longQuarter } from '../pure/french/french.ts'
import { largest, smallest } from '../pure/numerics/extremes.ts'
import { Page } from '../pure/pages/layout.tsx'
import type { AllocatedHall, MobileAnswer } from './allocation-answer.ts'

/** Where mobile stations should go, under both objectives side by side. */
export function AllocationPage({
  placeName,
  asked,
  found,
}: {
  placeName: string
  asked: { stations: number; weeks: number }
  found: (MobileAnswer & { run: { id: string; asOf: string; version: string } }) | { reason: string }
}) {
  return (
    <Page
      title="Répartir des stations mobiles"
      path={paths.allocation()}
      trail={[{ label: 'Scénarios', href: paths.scenarios() }]}
      lead={`Où envoyer ${frenchCount(asked.stations, 'station mobile', 'stations mobiles')} pendant ${frenchCount(asked.weeks, 'semaine')}, ${placeName}. Deux objectifs, deux réponses : le choix est politique.`}
    >
      <MobileStationsForm {...asked} />
      {'reason' in found ? (
        <EmptyState
          title="Pas de répartition"
          reason={found.reason}
          action={{ label: 'Importer des données', href: paths.data() }}
        />
      ) : (
        <>
          <p>
            Une station reçoit environ {frenchNumber(found.requestsPerStationWeek)} demandes par semaine (30
            heures, 15 minutes et 5 d’intervalle : hypothèse tirée de l’instruction d’avril 2022 et du plan de
            mai 2022). Calcul sur la moyenne des trajectoires, à partir du {longQuarter(found.from)}, la
            réponse des autres créneaux comprise.
          </p>
          <AllocationTable allocations={found.allocations} />
          {sameWaits(found.allocations['longest-wait']) && (
            <p>
              Les plus longues attentes se ressemblent partout, faute d’attente connue mairie par mairie :
              importez les vôtres pour que ce second objectif départage vraiment.
            </p>
          )}
          <p>Source : {demandSource(found.run)}. Tout est estimé.</p>
        </>
      )}
    </Page>
  )
}

/** How many mobile stations, for how long. */
export function MobileStationsForm({ stations, weeks }: { stations: number; weeks: number }) {
  return (
    <form class="filters no-print" method="get" action={paths.allocation()}>
      <Field label="Stations" name="stations" value={String(stations)} kind="number" />
      <Field label="Pendant (semaines)" name="weeks" value={String(weeks)} kind="number" />
      <button class="fr-btn" type="submit">
        Répartir
      </button>
    </form>
  )
}

function sameWaits(halls: readonly AllocatedHall[]): boolean {
  const waits = halls.map(hall => hall.longestWaitBefore)
  return waits.length > 1 && largest(waits) - smallest(waits) < 7
}

/** Both objectives in one table: the towns that either would choose. */
function AllocationTable({ allocations }: Pick<MobileAnswer, 'allocations'>) {
  const aims = [
    { aim: 'Le plus d’attente épargnée, personne par personne', halls: allocations['person-weeks'] },
    { aim: 'La plus longue attente soulagée', halls: allocations['longest-wait'] },
  ]
  const totals = aims.map(({ halls }) =>
    frenchNumber(halls.reduce((sum, hall) => sum + hall.personWeeksSaved, 0)),
  )
  return (
    <Table
      id="repartition"
      caption="Où aller selon l’objectif : le premier favorise les grandes villes, le second les petites"
      rows={aims.flatMap(({ aim, halls }) =>
        halls.filter(hall => hall.stations > 0).map(hall => ({ ...hall, aim })),
      )}
      empty="Aucune mairie n’y gagnerait."
      columns={[
        { label: 'Objectif', cell: hall => hall.aim },
        {
          label: 'Mairie',
          cell: hall => <a href={paths.townHall({ insee: hall.insee })}>{hall.name}</a>,
          file: [{ value: hall => hall.name }],
        },
        { label: 'Stations', figure: hall => hall.stations },
        { label: 'Semaines épargnées', figure: hall => hall.personWeeksSaved },
        {
          label: 'Plus longue attente (jours)',
          numeric: true,
          file: [
            waitFile('Plus longue attente sans la station', hall => hall.longestWaitBefore),
            waitFile('Plus longue attente avec elle', hall => hall.longestWaitAfter),
          ],
          cell: ({ longestWaitBefore: before, longestWaitAfter: after }) =>
            `${frenchNumber(before)} → ${frenchNumber(after)}`,
        },
      ]}
      note={`Semaines d’attente épargnées, toutes personnes : ${totals[0]} en tout avec le premier objectif, ${totals[1]} avec le second. Plus longue attente : sans la station, puis avec elle (estimée). Les autres mairies ne reçoivent rien.`}
    />
  )
}

function waitFile(label: string, days: (hall: AllocatedHall) => number): FileColumn<AllocatedHall> {
  return numberFile(days, { label, unit: 'jours', decimals: 0 })
}
