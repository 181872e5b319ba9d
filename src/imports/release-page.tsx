import { paths } from '../pure/access/paths.ts'
import type { Column } from '../pure/elements/column.ts'
import { Alert } from '../pure/elements/message.tsx'
import { Table } from '../pure/elements/table.tsx'
import { MEASURES } from '../pure/figures/measure.ts'
import { frenchCount, frenchDay, frenchInstant, frenchQuantity } from '../pure/french/french.ts'
import { figureName } from '../pure/pages/figure-history.tsx'
import { Page } from '../pure/pages/layout.tsx'
import { type Effect, effectWords, type FactRow, type FigureChange } from './effect.ts'
import type { PastImport } from './import-answer.ts'
import { standingWords, WithdrawalForm } from './import-history.tsx'
import { ProjectionsLink, ProjectionTable } from './projection-table.tsx'

interface ReleasePageProps {
  file: PastImport
  kindName: string
  effect: Effect
  mayWithdraw: boolean
  placeName: (code: string) => string
  /** Columns of facts in French. */
  factNames: Readonly<Record<string, string>>
}

/** One imported file: where it stands, what it changes, and the button that takes it back. */
export function ReleasePage({ file, kindName, effect, mayWithdraw, ...words }: ReleasePageProps) {
  return (
    <Page
      title={`Import n° ${file.release}`}
      path={paths.data()}
      trail={[{ label: 'Données', href: paths.data() }]}
      lead={`${kindName}, ${file.document} (${file.publisher}), document du ${frenchDay(file.publishedOn)}, enregistré le ${frenchInstant(file.recordedAt)}.`}
    >
      {file.standing === 'withdrawn' ? (
        <Alert kind="info" title={`Import ${standingWords(file)}`}>
          <p>
            Motif : {file.withdrawalReason}. Ce qu’il avait changé est défait ; l’historique le raconte
            toujours. Pour le remettre en vigueur, envoyez de nouveau son fichier.
          </p>
        </Alert>
      ) : (
        <>
          <h2>Ce que ce fichier change</h2>
          <EffectTables effect={effect} {...words} />
          {effect.pending && <ProjectionsLink release={file.release} />}
          {mayWithdraw && (
            <>
              <h2 id="retrait">Retirer ce fichier</h2>
              <p>Ce qu’il change est défait, et ce qu’il remplaçait est de nouveau en vigueur.</p>
              <WithdrawalForm release={file.release} />
            </>
          )}
        </>
      )}
    </Page>
  )
}

const CHANGES: Record<FigureChange['change'], string> = {
  added: 'ajouté',
  revised: 'révisé',
  contradicted: 'contredit : la première valeur publiée reste en vigueur',
  'taken-back': 'repris',
}

/** What a file changes, figure by figure and fact by fact. */
function EffectTables({
  effect,
  placeName,
  factNames,
}: Pick<ReleasePageProps, 'effect' | 'placeName' | 'factNames'>) {
  const { figures, facts, projections } = effect
  const value = (change: FigureChange, known: number | null) =>
    known === null
      ? change.suppressed
        ? 'secret statistique'
        : '–'
      : frenchQuantity(known, MEASURES[change.measure].unit)
  const side = (label: string, which: 'before' | 'told' | 'after'): Column<FigureChange> => ({
    label,
    cell: change => value(change, change[which]),
    numeric: true,
    file: [{ value: change => change[which] ?? undefined, type: 'number' }],
  })
  return (
    <>
      <p>
        {effectWords(effect)}
        {figures.partial ? ', comparaison limitée aux premiers chiffres' : ''}.
      </p>
      {figures.changes.length > 0 && (
        <Table
          id="chiffres-changes"
          caption={frenchCount(figures.changes.length, 'changement montré', 'changements montrés')}
          rows={figures.changes}
          columns={[
            {
              label: 'Chiffre',
              file: [{ value: change => figureName(change, placeName) }],
              cell: change => (
                <a
                  class="fr-link"
                  href={`${paths.data({ measure: change.measure, title: change.title, place: change.place, period: change.period })}#versions`}
                >
                  {figureName(change, placeName)}
                </a>
              ),
            },
            { label: 'Changement', cell: change => CHANGES[change.change] },
            side('Sans ce fichier', 'before'),
            side('Dit par le fichier', 'told'),
            side('Avec ce fichier', 'after'),
          ]}
        />
      )}
      <ProjectionTable moves={projections} placeName={placeName} />
      {facts.changes.length > 0 && (
        <Table
          id="faits-changes"
          caption={frenchCount(facts.changes.length, 'fait changé', 'faits changés')}
          rows={facts.changes}
          columns={[
            { label: 'Sujet', cell: change => subjectWords(change.subject, placeName) },
            { label: 'Sans ce fichier', cell: change => factWords(change.before, change.subject, factNames) },
            { label: 'Avec ce fichier', cell: change => factWords(change.after, change.subject, factNames) },
          ]}
        />
      )}
    </>
  )
}

function subjectWords(subject: FactRow, placeName: (code: string) => string): string {
  return Object.entries(subject)
    .filter(([, value]) => value !== null && value !== '')
    .map(([column, value]) =>
      column === 'insee' || column === 'place' ? placeName(String(value)) : cellWords(value),
    )
    .join(', ')
}

function factWords(rows: readonly FactRow[], subject: FactRow, names: ReleasePageProps['factNames']): string {
  if (rows.length === 0) return 'rien'
  return rows
    .map(row =>
      Object.entries(row)
        .filter(([column, value]) => column in names && !(column in subject) && value !== null)
        .map(([column, value]) => `${names[column]} : ${column === 'rings' ? 'dessiné' : cellWords(value)}`)
        .join(', '),
    )
    .join(' ; ')
}

function cellWords(value: unknown): string {
  if (value === true) return 'oui'
  if (value === false) return 'non'
  const text = String(value)
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return frenchDay(text)
  return /^\d{2}:\d{2}:\d{2}$/.test(text) ? text.slice(0, 5) : text.replace('.', ',')
}
