import { Table } from '../pure/elements/table.tsx'
import {
  frenchDay,
  frenchDays,
  frenchNumber,
  frenchPercent,
  frenchPeriod,
  frenchRange,
} from '../pure/french/french.ts'
import { type LeadScore, leadScores, PAIR_RULE, type WaitPair } from '../waits/wait-hindcast.ts'

/** What the model would have said of the wait of the nation, beside what came and the last value, with a verdict. */
export function WaitHindcastTable({ pairs }: { pairs: readonly WaitPair[] }) {
  if (pairs.length === 0) return null
  const scores = leadScores(pairs)
  return (
    <>
      <h2 id="attentes-rejouees">L’attente d’un rendez-vous, rejouée</h2>
      <p>{waitVerdict(scores)}</p>
      <Table
        id="attentes-rejouees-avances"
        caption="Attente nationale : erreur par avance, à côté de la dernière valeur"
        note={PAIR_RULE}
        rows={scores}
        columns={[
          { label: 'Avance (mois)', cell: row => row.lead },
          { label: 'Paires', figure: row => row.pairs },
          { label: 'Erreur du modèle (logarithme)', figure: row => row.logError, decimals: 2 },
          { label: 'Erreur de la dernière valeur', figure: row => row.lastValueLogError, decimals: 2 },
          { label: 'Dans la bande à 90 %', figure: row => 100 * row.coverage90, unit: '%', decimals: 0 },
        ]}
      />
      <Table
        id="attentes-rejouees-paires"
        caption="Chaque prévision rejouée : ce qui aurait été dit, ce qui est venu"
        rows={pairs}
        columns={[
          { label: 'Vu le', cell: pair => frenchDay(pair.asOf) },
          { label: 'Mois', cell: pair => frenchPeriod(pair.month) },
          { label: 'Avance (mois)', figure: pair => pair.leadMonths },
          {
            label: 'Dit, bande à 90 %',
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
        ]}
      />
    </>
  )
}

/**
 * The verdict of a hindcast of waits, short and long leads apart.
 *
 * Example: a log error of .40 is a factor e^.40 = 1.5 either way.
 */
export function waitVerdict(scores: readonly LeadScore[]): string {
  const factor = (log: number) => frenchNumber(Math.exp(log), 1)
  const told = scores.map(
    row =>
      `à ${row.lead.replace('-', '–')} mois d’un facteur ${factor(row.logError)} (dernière valeur : ${factor(row.lastValueLogError)})`,
  )
  const pairs = scores.reduce((sum, row) => sum + row.pairs, 0)
  const within = scores.reduce((sum, row) => sum + row.pairs * row.coverage90, 0)
  return `Connaissant seulement ce qui était publié, le modèle se trompe en moyenne ${told.join(', ')} ; ${frenchPercent((100 * within) / pairs, 0)} des valeurs venues sont dans la bande à 90 %. C’est peu : les paires se recouvrent, cinq ou six épisodes seulement, et des constantes ont été choisies après les avoir vues.`
}
