import { Table } from '../pure/elements/table.tsx'
import { frenchMonth } from '../pure/french/french.ts'
import type { PlanDifference } from './plan-answer.ts'

/** What one plan has more than another, month by month. */
export function DifferenceTable({
  id,
  caption,
  months,
}: {
  id: string
  caption: string
  months: PlanDifference['months']
}) {
  return (
    <Table
      id={id}
      caption={caption}
      rows={months}
      empty="Aucun mois commun."
      columns={[
        { label: 'Mois', names: true, cell: row => frenchMonth(row.month) },
        { label: 'Agents', figure: row => row.agents, as: 'gap' },
        { label: 'Arrivées', figure: row => row.hires, as: 'gap' },
        { label: 'Heures sup.', figure: row => row.overtime, as: 'gap', decimals: 0 },
        { label: 'Coût', figure: row => row.cost, as: 'gap', decimals: 0, unit: '€' },
      ]}
    />
  )
}
