import { paths } from '../pure/access/paths.ts'
import { Field } from '../pure/elements/form-field.tsx'
import { Link } from '../pure/elements/links.tsx'
import { Table } from '../pure/elements/table.tsx'
import type { ReleaseKind } from '../pure/figures/observation.ts'
import { frenchDay, frenchInstant } from '../pure/french/french.ts'
import type { PastImport } from './import-answer.ts'

const NATURES: Record<ReleaseKind, string> = {
  initial: 'première publication',
  revision: 'révision',
  correction: 'correction',
  methodology: 'changement de méthode',
}

/** Where a past import stands, in words. */
export function standingWords({
  standing,
  withdrawnAt,
}: Pick<PastImport, 'standing' | 'withdrawnAt'>): string {
  switch (standing) {
    case 'public':
      return 'par tous'
    case 'draft':
      return 'brouillon'
    case 'embargo':
      return 'sous embargo'
    case 'withdrawn':
      return withdrawnAt === null ? 'retiré' : `retiré le ${frenchInstant(withdrawnAt)}`
  }
}

interface ImportTableProps {
  id: string
  caption: string
  rows: readonly PastImport[]
  /** Whether the reader may take a file back. */
  mayWithdraw: (row: PastImport) => boolean
}

/** Past imports, each with what it changes and the button that takes it back. */
export function ImportTable({ id, caption, rows, mayWithdraw }: ImportTableProps) {
  return (
    <Table
      id={id}
      caption={caption}
      rows={rows}
      empty="Aucun fichier importé pour l’instant."
      columns={[
        { label: 'N°', figure: row => row.release },
        { label: 'Document', cell: row => row.document, names: true },
        { label: 'Source', cell: row => row.publisher },
        { label: 'Nature', cell: row => NATURES[row.releaseKind] },
        { label: 'Publié le', cell: row => frenchDay(row.publishedOn) },
        { label: 'Enregistré le', cell: row => frenchInstant(row.recordedAt) },
        { label: 'Lignes', figure: row => row.rows },
        { label: 'Lisible', cell: standingWords },
        ...(rows.some(mayWithdraw)
          ? [
              {
                label: 'Retrait',
                file: [],
                cell: (row: PastImport) => mayWithdraw(row) && <WithdrawalForm release={row.release} />,
              },
            ]
          : []),
      ]}
    />
  )
}

/** Takes a file back, once a reason is given. */
export function WithdrawalForm({ release }: { release: number }) {
  return (
    <details class="no-print">
      <summary>Retirer…</summary>
      <form method="post" action={paths.releaseWithdrawal({ release })}>
        <Field
          id={`motif-${release}`}
          label={`Motif du retrait de l’import n° ${release}`}
          hint="Le fichier reste dans l’historique ; ce qu’il avait changé est défait."
          name="reason"
          required
          limits={{ maxlength: 500 }}
        />
        <button class="fr-btn fr-btn--sm fr-btn--secondary" type="submit">
          Retirer l’import n° {release}
        </button>
        <Link to={paths.release({ release })}>Voir d’abord ce qu’il change</Link>
      </form>
    </details>
  )
}
