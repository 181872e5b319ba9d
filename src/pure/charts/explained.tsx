import { Details } from '../elements/message.tsx'
import { Table } from '../elements/table.tsx'
import type { ExplanationLine } from '../figures/explanation.ts'
import { PARAMETER_STATUS_WORDS, type StatedParameter } from '../figures/stated-parameter.ts'
import { frenchCount, frenchShortNumber } from '../french/french.ts'

/** Titled lines that walk a reader through a computation, under a heading of the page. */
export function Walkthrough({ lines }: { lines: readonly ExplanationLine[] }) {
  return (
    <>
      {lines.map(line => (
        <p>
          <strong>{line.title}.</strong> {line.text}
        </p>
      ))}
    </>
  )
}

interface ParametersProps {
  id: string
  /** What is computed, for a page that shows several computations. */
  of: string
  parameters: readonly StatedParameter[]
}

/** The numbers that a computation stands on, folded: value, nature, origin. */
export function Parameters(props: ParametersProps) {
  return (
    <Details
      summary={`Les ${frenchCount(props.parameters.length, 'paramètre')} de ce calcul, et leur origine`}
      printed
    >
      <ParameterTable {...props} />
    </Details>
  )
}

/** The same numbers, where something else unfolds them. */
export function ParameterTable({ id, of, parameters }: ParametersProps) {
  return (
    <Table
      id={id}
      caption={`Paramètres du calcul : ${of}`}
      rows={parameters}
      columns={[
        { label: 'Paramètre', cell: one => one.name },
        {
          label: 'Valeur',
          numeric: true,
          cell: valueWords,
          file: [{ value: one => one.value }, { label: 'Unité', value: one => one.unit }],
        },
        { label: 'Nature', cell: one => PARAMETER_STATUS_WORDS[one.status] },
        { label: 'Origine', cell: one => one.origin },
      ]}
    />
  )
}

function valueWords({ value, unit }: StatedParameter): string {
  // Three figures say all that is known of an assumption.
  const number =
    typeof value === 'number' ? frenchShortNumber(value, value >= 100 ? 0 : value >= 10 ? 1 : 2) : value
  return `${number} ${unit}`
}
