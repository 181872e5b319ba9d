import { type BandedQuarter, bandDays, ProjectionFigures } from '../figures/projection-figures.tsx'
import type { Quarter } from '../pure/calendar/period.ts'
import { Parameters, Walkthrough } from '../pure/charts/explained.tsx'
import { Details, Fold } from '../pure/elements/message.tsx'
import { Table } from '../pure/elements/table.tsx'
import type { ExplanationLine } from '../pure/figures/explanation.ts'
import type { StatedParameter } from '../pure/figures/stated-parameter.ts'
import { frenchDays, frenchGap, frenchNumber, longQuarter, shortQuarter } from '../pure/french/french.ts'
import { BacklogFigure } from './backlog-figure.tsx'

/** A past retold with supposed volumes, one column of a table. */
export interface ToldPast {
  label: string
  href: string
  quarters: readonly { quarter: Quarter; days: number | undefined; gapDays: number | undefined }[]
  stock: { day: string; files: number }
}

/** A projected delay as a page shows it. */
export interface CertOutlookView {
  name: string
  observed: readonly { quarter: Quarter; days: number }[]
  backward: readonly BandedQuarter[]
  forward: readonly BandedQuarter[]
  /** Stock on the last day of each quarter, in days that the team would take to clear it. */
  backlog: readonly BandedQuarter[]
  constant: readonly BandedQuarter[]
  targetDays: number
  explanation: readonly ExplanationLine[]
  parameters: readonly StatedParameter[]
  past: readonly ToldPast[]
  source: string
  csv: string
}

/** The projected delay of a title: why, what cannot be known, then the numbers. */
export function CertOutlookFigures({ id, outlook }: { id: string; outlook: CertOutlookView }) {
  const { name, backward, targetDays, past } = outlook
  const last = backward.at(-1)
  return (
    <Fold heading="Si l’équipe ne change pas (estimé)" printed>
      {last !== undefined && (
        <ProjectionFigures
          id={id}
          title={`À équipe inchangée : ${bandDays(last.band.median)} au ${longQuarter(last.quarter)} (médiane, estimée)`}
          subtitle={`${name} : délai publié projeté, en jours. Plus bas, c’est mieux.`}
          observed={outlook.observed.map(one => ({ ...one, status: 'observed' as const }))}
          projected={backward}
          beside={[
            { label: 'Attente à venir (médiane)', bands: outlook.forward },
            ...(outlook.constant.length === 0
              ? []
              : [{ label: 'Délai publié, dossiers reçus constants (médiane)', bands: outlook.constant }]),
          ]}
          limitDays={targetDays}
          limitWords={frenchDays(targetDays, 0)}
          source={outlook.source}
          csv={outlook.csv}
        />
      )}
      {last !== undefined && (
        <BacklogFigure
          id={`${id}-stock`}
          name={name}
          observed={outlook.observed}
          delay={backward}
          backlog={outlook.backlog}
          targetDays={targetDays}
          source={outlook.source}
        />
      )}
      <Details summary="Comment ce calcul est fait, et ce que ces délais ne permettent pas de savoir" printed>
        <Walkthrough lines={outlook.explanation} />
      </Details>
      {past.length > 0 && (
        <Details summary="Des histoires différentes donnent presque les mêmes délais" printed>
          <PastTable id={`${id}-passe`} past={past} observed={outlook.observed} />
        </Details>
      )}
      <Parameters id={`${id}-parametres`} of={name} parameters={outlook.parameters} />
    </Fold>
  )
}

/** Several stories of one past beside what was published: when all fit, none is proved. */
export function PastTable({
  id,
  past,
  observed,
}: {
  id: string
  past: readonly ToldPast[]
  observed: readonly { quarter: Quarter; days: number }[]
}) {
  const quarters = past[0]?.quarters ?? []
  const stock = past[0]?.stock
  return (
    <Table
      id={id}
      caption="Le même passé, raconté de plusieurs façons : les chiffres publiés ne disent pas laquelle est vraie"
      rows={[
        { label: 'Publié', href: undefined, quarters: undefined, stock: undefined },
        ...past.map(one => ({ ...one, href: one.href as string | undefined })),
      ]}
      columns={[
        {
          label: 'Hypothèse',
          file: [{ value: row => row.label }],
          cell: row => (row.href === undefined ? row.label : <a href={row.href}>{row.label}</a>),
        },
        ...quarters.map(({ quarter }) => ({
          label: shortQuarter(quarter),
          numeric: true,
          file: [
            {
              value: (row: { quarters: ToldPast['quarters'] | undefined }) =>
                (row.quarters === undefined
                  ? observed.find(one => one.quarter === quarter)
                  : row.quarters.find(one => one.quarter === quarter)
                )?.days,
              unit: 'jours',
              type: 'number' as const,
            },
          ],
          cell: (row: { quarters: ToldPast['quarters'] | undefined }) => {
            if (row.quarters === undefined) {
              const seen = observed.find(one => one.quarter === quarter)
              return seen === undefined
                ? 'n. d.'
                : frenchNumber(seen.days, Number.isInteger(seen.days) ? 0 : 1)
            }
            const told = row.quarters.find(one => one.quarter === quarter)
            if (told?.days === undefined) return 'n. d.'
            return `${frenchNumber(told.days, 1)}${told.gapDays === undefined ? '' : ` (${frenchGap(told.gapDays)})`}`
          },
        })),
        ...(stock === undefined
          ? []
          : [
              {
                label: `Stock au ${stock.day.slice(8)}/${stock.day.slice(5, 7)}/${stock.day.slice(0, 4)}`,
                figure: (row: { stock: ToldPast['stock'] | undefined }) => row.stock?.files,
                missing: '–',
              },
            ]),
      ]}
      note="Entre parenthèses, l’écart avec le délai publié. La part d’une éventuelle voie rapide et la date exacte de l’afflux ne peuvent pas être déduites de quatre nombres : aucune n’est publiée ici comme un fait."
    />
  )
}
