import { paths } from '../pure/access/paths.ts'
import { Field } from '../pure/elements/form-field.tsx'
import { Outcome } from '../pure/elements/message.tsx'
import { Table } from '../pure/elements/table.tsx'
import { frenchCount, frenchDay, frenchDays } from '../pure/french/french.ts'
import { Page } from '../pure/pages/layout.tsx'
import { CAUSES, COLLECTOR_KINDS, nextReading, REASONS, SLOT_STATES } from './collector.ts'
import type { Collector, Reading, ReadingPoint } from './collector-answer.ts'
import type { HallProposal } from './hall-match.ts'
import type { CollectorPoint } from './point-queries.ts'
import { WaitChart, type WaitChartData } from './wait-chart.tsx'
import { droppedWords, lastReadingWords, nextReadingWords, stateWords } from './words.ts'

interface CollectorPageProps {
  collector: Collector
  now: string
  points: readonly { point: CollectorPoint; proposed: HallProposal | undefined }[]
  /** Newest first; the first one has its points. */
  readings: readonly Reading[]
  charts: readonly WaitChartData[]
  placeName: (code: string) => string
  done?: string | undefined
  fault?: string | undefined
}

/** One collector: its readings, the halls of its points, the waits that they give. */
export function CollectorPage(props: CollectorPageProps) {
  const { collector, now, points, readings, charts, placeName, done, fault } = props
  const address = paths.collector({ id: collector.id })
  const toConfirm = points.filter(({ point }) => point.hall === undefined)
  return (
    <Page
      title={collector.name}
      path={address}
      trail={[{ label: 'Relevés automatiques', href: paths.collectors() }]}
      lead={`${COLLECTOR_KINDS[collector.kind]}. Dernier relevé : ${lastReadingWords(collector.lastReading)}. Prochain : ${nextReadingWords(nextReading(collector, now))}.`}
    >
      <Outcome done={done} refused="Rien n’a été enregistré" fault={fault} />
      <form method="post" action={address}>
        <ul class="fr-btns-group fr-btns-group--inline">
          <li>
            <button class="fr-btn" type="submit" name="geste" value="lire">
              Lire maintenant
            </button>
          </li>
          <li>
            <button
              class="fr-btn fr-btn--secondary"
              type="submit"
              name="geste"
              value={collector.paused ? 'reprendre' : 'suspendre'}
            >
              {collector.paused ? 'Reprendre les lectures du matin' : 'Suspendre les lectures du matin'}
            </button>
          </li>
          <li>
            <button class="fr-btn fr-btn--tertiary" type="submit" name="geste" value="abandonner">
              Abandonner ce relevé
            </button>
          </li>
        </ul>
      </form>
      {collector.kind === 'booking-editor' && (
        <Halls address={address} toConfirm={toConfirm} points={points} placeName={placeName} />
      )}
      {charts.length > 0 && <h2>Attente par jour</h2>}
      {charts.map(chart => (
        <WaitChart {...chart} />
      ))}
      {readings[0] !== undefined && readings[0].points.length > 0 && (
        <LastReading reading={readings[0]} placeName={placeName} />
      )}
      <h2>Relevés</h2>
      <Table
        id="historique"
        caption="Derniers relevés"
        rows={readings}
        empty="Aucun relevé."
        columns={[
          { label: 'Jour', cell: reading => frenchDay(reading.day), whole: true },
          { label: 'Ce qui s’est passé', cell: reading => stateWords(reading) },
          { label: 'Détail', cell: reading => outcomeWords(reading) },
          { label: 'Appels', figure: reading => reading.calls },
        ]}
      />
    </Page>
  )
}

function Halls(
  props: Pick<CollectorPageProps, 'points' | 'placeName'> & {
    address: string
    toConfirm: CollectorPageProps['points']
  },
) {
  const { address, toConfirm, points, placeName } = props
  return (
    <>
      <h2>Mairies des points lus</h2>
      <p>
        Un point est lu dès le premier jour ; ses attentes deviennent des chiffres quand vous avez dit de
        quelle mairie il s’agit. Vous le dites une fois.
      </p>
      {toConfirm.length > 0 && (
        <form method="post" action={address}>
          {toConfirm.map(({ point, proposed }) => (
            <Field
              id={`point-${point.point}`}
              label={`${point.name}, ${point.zipCode} ${point.city}`}
              hint={
                proposed === undefined
                  ? 'Aucune mairie équipée ne lui ressemble : donnez le code INSEE de la commune, ou laissez vide.'
                  : `Proposé : ${proposed.name} (${proposed.because}). Corrigez le code INSEE, ou videz-le pour plus tard.`
              }
              name={`hall-${point.editorId}`}
              value={proposed?.insee}
              limits={{ maxlength: 5 }}
            />
          ))}
          <p>
            <button class="fr-btn" type="submit" name="geste" value="confirmer">
              Confirmer ces mairies
            </button>
          </p>
        </form>
      )}
      <Table
        id="points"
        caption="Points et mairies"
        rows={points}
        empty="Aucun point n’a encore été lu."
        columns={[
          { label: 'Point', cell: ({ point }) => point.name },
          { label: 'Ville', cell: ({ point }) => `${point.zipCode} ${point.city}` },
          {
            label: 'Mairie',
            cell: ({ point }) => (point.hall === undefined ? 'à confirmer' : placeName(point.hall)),
          },
          { label: 'Vu le', cell: ({ point }) => frenchDay(point.lastSeen), whole: true },
        ]}
      />
    </>
  )
}

function LastReading({ reading, placeName }: { reading: Reading } & Pick<CollectorPageProps, 'placeName'>) {
  return (
    <>
      <h2>Dernier relevé, point par point</h2>
      <Table
        id="dernier"
        caption={`Relevé du ${frenchDay(reading.day)}, pour une personne${reading.horizon === null ? '' : `, créneaux cherchés jusqu’au ${frenchDay(reading.horizon)}`}`}
        rows={reading.points}
        note="Les créneaux ouverts sont un minimum de ce qui reste, pas une capacité. « Aucun créneau » veut dire que l’attente dépasse l’horizon ; « non lu » et « réponse refusée » ne disent rien de l’attente."
        columns={[
          { label: 'Point', cell: point => point.name },
          {
            label: 'Mairie',
            cell: point => (point.hall === null ? 'à confirmer' : placeName(point.hall)),
          },
          { label: 'Titre', cell: point => REASONS[point.reason] },
          { label: 'Premier créneau', cell: firstSlotWords },
          { label: 'Sous 7 jours', figure: point => point.slots.within7 ?? undefined, missing: 'pas lu' },
          { label: 'Sous 30 jours', figure: point => point.slots.within30 ?? undefined, missing: 'pas lu' },
          { label: 'Sous 90 jours', figure: point => point.slots.within90 ?? undefined, missing: 'pas lu' },
        ]}
      />
    </>
  )
}

function firstSlotWords({ state, cause, firstSlotDays }: ReadingPoint): string {
  if (firstSlotDays !== null)
    return firstSlotDays === 0 ? 'le jour même' : `dans ${frenchDays(firstSlotDays, 0)}`
  return cause === null ? SLOT_STATES[state] : `${SLOT_STATES[state]} : ${CAUSES[cause].words}`
}

function outcomeWords({ points, invalidPoints, outcome }: Reading): string {
  const dropped = invalidPoints > 0 ? droppedWords(invalidPoints) : undefined
  const read = new Set(points.map(point => point.editorId)).size
  return (
    [read > 0 ? frenchCount(read, 'point') : undefined, dropped, fileWords(outcome)]
      .filter(words => words !== undefined)
      .join(' ; ') || '–'
  )
}

function fileWords(outcome: unknown): string | undefined {
  if (typeof outcome !== 'object' || outcome === null) return undefined
  const { unchanged, release, total, faults, files } = outcome as Record<string, unknown>
  if (unchanged === true) return 'fichier inchangé'
  if (typeof release === 'number') return `import n° ${release}`
  if (typeof total === 'number' && Array.isArray(faults))
    return `${frenchCount(total, 'défaut')} : ${faults[0]?.message} ${faults[0]?.remedy}`
  if (!Array.isArray(files)) return undefined
  if (files.length === 0) return 'aucun fichier'
  const refused = files.flatMap(({ name, outcome: one }) =>
    Array.isArray(one.faults) ? `${name} : ${one.faults[0]?.message} ${one.faults[0]?.remedy}` : [],
  )
  return [frenchCount(files.length, 'fichier'), ...refused].join(' ; ')
}
