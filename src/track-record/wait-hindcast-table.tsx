import { SaidCameChart } from '../pure/charts/said-came.tsx'
import { Details } from '../pure/elements/message.tsx'
import { Table } from '../pure/elements/table.tsx'
import { groupBy } from '../pure/figures/group-by.ts'
import { NINE_IN_TEN } from '../pure/french/chances.ts'
import {
  frenchDay,
  frenchDays,
  frenchNumber,
  frenchPercent,
  frenchPeriod,
  frenchRange,
} from '../pure/french/french.ts'
import { type LeadScore, leadScores, PAIR_RULE, type WaitPair } from '../waits/wait-hindcast.ts'

/** The lead at which a reader plans: of each month, the forecast made the nearest to it is drawn. */
const DRAWN_LEAD = 12
const MOST_DRAWN = 12
const MOST_ROWS = 60

interface WaitHindcastProps {
  /** The wait of the nation put back on past days. */
  replayed: readonly WaitPair[]
  /** What kept runs said, of any place. */
  kept: readonly WaitPair[]
  names: ReadonlyMap<string, string>
}

/** What was or would have been said of waits, beside what came and what anybody could say, with a verdict each. */
export function WaitHindcast({ replayed, kept, names }: WaitHindcastProps) {
  const nameOf = ({ place }: WaitPair) => (place === 'FR' ? 'France' : (names.get(place) ?? place))
  return (
    <>
      <h2 id="attentes-jugees">Les attentes annoncées ici</h2>
      {kept.length === 0 ? (
        <p>
          Chaque attente projetée est gardée le jour où elle est montrée, avec sa version et son tirage.
          Aucune n’a encore rencontré les faits : elle est jugée dès qu’une attente d’un mois plus récent est
          importée.
        </p>
      ) : (
        <WaitScores
          id="attentes-jugees"
          pairs={kept}
          nameOf={nameOf}
          note="Une attente annoncée est jugée sur les mois publiés après elle, d’après la première annonce gardée de chaque trimestre ; l’avance compte depuis le dernier mois connu alors."
        />
      )}
      {replayed.length > 0 && (
        <>
          <h2 id="attentes-rejouees">L’attente d’un rendez-vous, rejouée</h2>
          <WaitScores id="attentes-rejouees" pairs={replayed} nameOf={nameOf} note={PAIR_RULE} replayed />
        </>
      )}
    </>
  )
}

interface WaitScoresProps {
  id: string
  pairs: readonly WaitPair[]
  nameOf: (pair: WaitPair) => string
  note: string
  replayed?: boolean
}

function WaitScores({ id, pairs, nameOf, note, replayed = false }: WaitScoresProps) {
  const scores = leadScores(pairs)
  const drawn = aYearBefore(pairs).slice(-MOST_DRAWN)
  const within = drawn.filter(pair => pair.within).length
  const placed = (pair: WaitPair) =>
    `${nameOf(pair)}${pair.clock === 'firstSlot' ? ' (premier créneau libre)' : ''}`
  return (
    <>
      <p>{waitVerdict(scores, replayed)}</p>
      <SaidCameChart
        id={`${id}-dessin`}
        title={`Sur ${frenchNumber(drawn.length)} prévisions, ${frenchNumber(within)} avaient dans leur bande ce qui est venu`}
        subtitle="Attente d’un rendez-vous, en jours : de chaque mois, la prévision faite au plus près d’un an avant, et ce qui est venu ; un même rapport a partout la même longueur."
        rival="dernière valeur"
        words={days => frenchDays(days, 0)}
        rows={drawn.map(pair => ({
          label: `${replayed ? '' : `${nameOf(pair)}, `}${frenchPeriod(pair.month)}, à ${frenchNumber(pair.leadMonths)} mois`,
          said: pair.said,
          low: pair.low90,
          high: pair.high90,
          came: pair.came,
          rival: pair.lastValue,
        }))}
        source="valeurs publiées, et prévisions refaites à leur date (page Fiabilité)"
      />
      <Details summary="L’erreur par avance, et chaque prévision">
        <Table
          id={`${id}-avances`}
          caption="Erreur par avance, à côté de deux prévisions que chacun pouvait faire"
          note={note}
          rows={scores}
          columns={[
            { label: 'Avance (mois)', cell: row => row.lead },
            { label: 'Paires', figure: row => row.pairs },
            { label: 'Erreur du modèle (logarithme)', figure: row => row.logError, decimals: 2 },
            { label: 'Erreur de la dernière valeur', figure: row => row.lastValueLogError, decimals: 2 },
            { label: 'Erreur de la moyenne passée', figure: row => row.usualLogError, decimals: 2 },
            {
              label: `Dans la bande de ${NINE_IN_TEN}`,
              figure: row => 100 * row.coverage90,
              unit: '%',
              decimals: 0,
            },
          ]}
        />
        <Table
          id={`${id}-paires`}
          caption="Chaque prévision : ce qui était dit, ce qui est venu"
          rows={pairs.slice(-Math.max(MOST_ROWS, replayed ? pairs.length : 0))}
          columns={[
            { label: 'Vu le', cell: pair => frenchDay(pair.asOf) },
            { label: 'Lieu', cell: placed },
            { label: 'Mois', cell: pair => frenchPeriod(pair.month) },
            { label: 'Avance (mois)', figure: pair => pair.leadMonths },
            {
              label: `Dit, et bande de ${NINE_IN_TEN}`,
              numeric: true,
              file: [
                { label: 'Dit', value: pair => pair.said, unit: 'jours', type: 'number', decimals: 0 },
                { label: 'p05', value: pair => pair.low90, unit: 'jours', type: 'number', decimals: 0 },
                { label: 'p95', value: pair => pair.high90, unit: 'jours', type: 'number', decimals: 0 },
              ],
              cell: pair =>
                `${frenchDays(pair.said, 0)} (${frenchRange(Math.round(pair.low90), Math.round(pair.high90), 0)})`,
            },
            { label: 'Venu (publié)', figure: pair => pair.came, unit: 'jours' },
            { label: 'Dernière valeur', figure: pair => pair.lastValue, unit: 'jours' },
            { label: 'Dans la bande', cell: pair => (pair.within ? 'oui' : 'non') },
            ...(replayed ? [] : [{ label: 'Projection', cell: (pair: WaitPair) => pair.run ?? '' }]),
          ]}
        />
      </Details>
    </>
  )
}

/** Of each month of each place, the forecast made the nearest to a year before, in order of months. */
export function aYearBefore(pairs: readonly WaitPair[]): WaitPair[] {
  const far = ({ leadMonths }: WaitPair) => Math.abs(leadMonths - DRAWN_LEAD)
  return [...groupBy(pairs, pair => `${pair.place} ${pair.clock} ${pair.month}`).values()]
    .map(same => same.reduce((best, pair) => (far(pair) < far(best) ? pair : best)))
    .sort((a, b) => a.month.localeCompare(b.month))
}

/**
 * The verdict on forecasts of waits, short and long leads apart.
 *
 * Example: a log error of .40 is a factor e^.40 = 1.5 either way.
 */
export function waitVerdict(scores: readonly LeadScore[], replayed: boolean): string {
  const factor = (log: number) => frenchNumber(Math.exp(log), 1)
  const told = scores.map(
    row =>
      `à ${row.lead.replace('-', '–')} mois d’un facteur ${factor(row.logError)} (dernière valeur : ${factor(row.lastValueLogError)})`,
  )
  const pairs = scores.reduce((sum, row) => sum + row.pairs, 0)
  const within = scores.reduce((sum, row) => sum + row.pairs * row.coverage90, 0)
  const known = replayed ? 'Connaissant seulement ce qui était publié, le' : 'Le'
  const few = replayed
    ? 'C’est peu : les paires se recouvrent, cinq ou six épisodes seulement, et des constantes ont été choisies après les avoir vues.'
    : pairs < 20
      ? 'C’est trop peu pour conclure.'
      : 'Les paires d’un même lieu se recouvrent.'
  return `${known} modèle se trompe en moyenne ${told.join(', ')} ; ${frenchPercent((100 * within) / pairs, 0)} des valeurs venues sont dans la bande, qui devait en contenir 9 sur 10. ${few}`
}
