import { paths } from '../pure/access/paths.ts'
import type { Column } from '../pure/elements/column.ts'
import { Link } from '../pure/elements/links.tsx'
import { Table } from '../pure/elements/table.tsx'
import { frenchCount, frenchShortNumber } from '../pure/french/french.ts'
import type { ProjectionMove } from './effect.ts'

const PROJECTED: Record<ProjectionMove['what'], string> = {
  'requests-next-year': 'demandes de l’an prochain',
  'wait-now': 'attente médiane aujourd’hui, en jours',
  'wait-in-a-year': 'attente médiane dans quatre trimestres, en jours',
}

/** The projections that a file moves, before and after, and why. */
export function ProjectionTable({
  moves,
  placeName,
}: {
  moves: readonly ProjectionMove[] | null | undefined
  placeName: (code: string) => string
}) {
  if (moves == null) return null
  if (moves.length === 0)
    return <p id="projections-deplacees">Aucune projection ne bouge, arrondie comme les pages la disent.</p>
  const side = (label: string, which: 'before' | 'after'): Column<ProjectionMove> => ({
    label,
    cell: ({ [which]: known }) => (known === null ? '–' : frenchShortNumber(known, 1)),
    numeric: true,
    file: [{ value: move => move[which] ?? undefined, type: 'number' }],
  })
  return (
    <Table
      id="projections-deplacees"
      caption={frenchCount(moves.length, 'projection déplacée', 'projections déplacées')}
      rows={moves}
      columns={[
        {
          label: 'Lieu',
          file: [{ value: move => placeName(move.place) }],
          cell: move => <Link to={move.href}>{placeName(move.place)}</Link>,
        },
        { label: 'Projection', cell: move => PROJECTED[move.what] },
        side('Sans ce fichier', 'before'),
        side('Avec ce fichier', 'after'),
        { label: 'Pourquoi', cell: move => move.reasons.map(({ text }) => text).join(' ; ') },
      ]}
    />
  )
}

/** Where the projections that a file moves are told, when they take a while to compute. */
export function ProjectionsLink({ release }: { release: number }) {
  return (
    <p>
      <Link to={`${paths.release({ release, projections: 'oui' })}#projections-deplacees`}>
        Ce que cela change aux projections
      </Link>
    </p>
  )
}
