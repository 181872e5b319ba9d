import { type BandedQuarter, bandDays, ProjectionFigures } from '../figures/projection-figures.tsx'
import { paths } from '../pure/access/paths.ts'
import type { Quarter } from '../pure/calendar/period.ts'
import { Parameters, Walkthrough } from '../pure/charts/explained.tsx'
import { Link } from '../pure/elements/links.tsx'
import { Details, Fold } from '../pure/elements/message.tsx'
import type { ExplanationLine } from '../pure/figures/explanation.ts'
import type { StatedParameter } from '../pure/figures/stated-parameter.ts'
import { frenchDays, longQuarter } from '../pure/french/french.ts'

/** A projected delay as a page shows it. */
export interface CertOutlookView {
  name: string
  observed: readonly { quarter: Quarter; days: number }[]
  backward: readonly BandedQuarter[]
  forward: readonly BandedQuarter[]
  constant: readonly BandedQuarter[]
  targetDays: number
  explanation: readonly ExplanationLine[]
  parameters: readonly StatedParameter[]
  /** Where the past is told with supposed volumes, when files entered at once. */
  retold: string | undefined
  source: string
  csv: string
}

/** The projected delay of a title: why, what cannot be known, then the numbers. */
export function CertOutlookFigures({ id, outlook }: { id: string; outlook: CertOutlookView }) {
  const { name, backward, targetDays, retold } = outlook
  const last = backward.at(-1)
  return (
    <Fold heading="Si l’équipe ne change pas (estimé)" printed="on-two-sheets">
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
      <p class="no-print">
        <Link to={paths.certs()}>Le stock du centre par âge, ce qu’il reçoit et décide</Link>
      </p>
      <Details
        summary="Comment ce calcul est fait, et ce que ces délais ne permettent pas de savoir"
        printed="on-two-sheets"
      >
        <Walkthrough lines={outlook.explanation} />
      </Details>
      {retold !== undefined && (
        <p>
          <Link to={retold}>Des histoires différentes donnent presque les mêmes délais</Link>
        </p>
      )}
      <Parameters id={`${id}-parametres`} of={name} parameters={outlook.parameters} />
    </Fold>
  )
}
