import type { HindcastRow } from '../demand/engine/hindcast.ts'
import { paths } from '../pure/access/paths.ts'
import { Details, EmptyState } from '../pure/elements/message.tsx'
import { Table } from '../pure/elements/table.tsx'
import { NINE_IN_TEN } from '../pure/french/chances.ts'
import { frenchCount, frenchNumber, frenchPercent, shortQuarter } from '../pure/french/french.ts'
import { isTitle, TITLE_NAMES } from '../pure/law/title.ts'
import { Page } from '../pure/pages/layout.tsx'
import type { WaitPair } from '../waits/wait-hindcast.ts'
import { HindcastTable } from './hindcast-table.tsx'
import type { ErrorSummary, Score, TrackRecord } from './track-record.ts'
import { WaitHindcast } from './wait-hindcast-table.tsx'

interface TrackRecordPageProps {
  records: readonly TrackRecord[]
  scores: readonly Score[]
  names: ReadonlyMap<string, string>
  /** Absent while it is being computed. */
  hindcast: readonly HindcastRow[] | undefined
  waits: readonly WaitPair[] | undefined
  keptWaits: readonly WaitPair[]
}

/** What projections said, what came, and what anybody could have said. */
export function TrackRecordPage({
  records,
  scores,
  names,
  hindcast,
  waits,
  keptWaits,
}: TrackRecordPageProps) {
  return (
    <Page
      title="Fiabilité des projections"
      path={paths.trackRecord()}
      trail={[]}
      lead="Chaque projection est gardée telle qu’elle a été faite. Quand le fait arrive, l’erreur est montrée ici, à côté de deux prévisions que chacun pouvait faire."
    >
      {(hindcast && waits) === undefined && (
        <p>
          Le modèle est en train d’être rejoué aux jours passés :{' '}
          <a href={paths.trackRecord()}>rechargez la page</a> dans quelques secondes.
        </p>
      )}
      <HindcastTable rows={hindcast ?? []} />
      <WaitHindcast replayed={waits ?? []} kept={keptWaits} names={names} />
      <h2>Les demandes annoncées ici</h2>
      {records.length === 0 ? (
        <EmptyState
          title="Aucune projection n’a encore rencontré les faits"
          reason="Une projection est jugée quand un trimestre entier de demandes, inconnu d’elle, a été importé."
          action={{ label: 'Importer les demandes reçues', href: paths.data() }}
        />
      ) : (
        <>
          <Table
            id="fiabilite"
            caption={`Erreur par titre et par horizon, ${frenchCount(scores.length, 'prévision jugée', 'prévisions jugées')}`}
            note="Erreur : somme des écarts absolus rapportée à ce qui est venu. Biais : positif quand trop était annoncé. Couverture : part des faits dans chaque bande ; elle doit valoir 50, 80 et 90 sur 100."
            rows={records}
            columns={[
              { label: 'Titre', cell: row => nameOf(row.title) },
              {
                label: 'Horizon',
                cell: row => (row.horizon === 0 ? 'sans comptage' : frenchCount(row.horizon, 'trimestre')),
                file: [{ value: row => row.horizon, unit: 'trimestres', type: 'number' }],
                numeric: true,
              },
              errorColumn('Erreur', row => row.model),
              { label: 'Biais', figure: row => row.model.biasPct, as: 'gap', unit: '%' },
              errorColumn('Comme le dernier trimestre', row => row.lastQuarter),
              errorColumn('Comme un an plus tôt', row => row.sameQuarterLastYear),
              {
                label: 'Couverture 50 / 80 / 90',
                file: (['p50', 'p80', 'p90'] as const).map(level => ({
                  label: `Couverture de la bande à ${level.slice(1)} %`,
                  value: ({ coveragePct }: TrackRecord) => coveragePct[level],
                  unit: '%',
                  type: 'number' as const,
                  decimals: 0,
                })),
                cell: ({ coveragePct: c }) =>
                  `${frenchNumber(c.p50)} / ${frenchNumber(c.p80)} / ${frenchPercent(c.p90, 0)}`,
                numeric: true,
              },
            ]}
          />
          <Details summary="Dernières prévisions jugées">
            <Table
              id="jugees"
              caption="Ce qui était annoncé, ce qui est venu"
              rows={[...scores].sort((a, b) => (a.quarter < b.quarter ? 1 : -1)).slice(0, 60)}
              columns={[
                { label: 'Lieu', cell: score => names.get(score.place) ?? score.place },
                { label: 'Titre', cell: score => nameOf(score.title) },
                { label: 'Trimestre', cell: score => shortQuarter(score.quarter) },
                { label: 'Annoncé (estimé)', figure: score => score.said },
                { label: 'Venu (observé)', figure: score => score.came },
                {
                  label: 'Écart',
                  figure: score => (100 * (score.said - score.came)) / Math.max(1, score.came),
                  as: 'gap',
                  unit: '%',
                },
                {
                  label: `Dans la bande de ${NINE_IN_TEN}`,
                  cell: score => (score.within90 ? 'oui' : 'non'),
                },
                { label: 'Projection', cell: score => score.run },
              ]}
            />
          </Details>
        </>
      )}
    </Page>
  )
}

function nameOf(title: string): string {
  return isTitle(title) ? TITLE_NAMES[title] : title
}

function errorColumn(label: string, of: (row: TrackRecord) => ErrorSummary) {
  return { label: label, figure: (row: TrackRecord) => of(row).wapePct, unit: '%', decimals: 1 }
}
