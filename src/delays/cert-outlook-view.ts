import { demandSource } from '../demand/explanation.ts'
import { paths } from '../pure/access/paths.ts'
import { TITLE_NAMES } from '../pure/law/title.ts'
import { projectCertOutlook } from './cert-outlook.ts'
import type { CertOutlookView } from './cert-outlook-figures.tsx'
import type { ProjectedCert } from './delay-queries.ts'
import { certParametersStated, explainCertOutlook } from './explain-outlook.ts'

/** A projected queue as its pictures and tables are drawn from; the reason where there is none. `pause` lets others be answered. */
export async function certOutlookView(
  found: ProjectedCert | { reason: string },
  pause: () => Promise<unknown>,
): Promise<CertOutlookView | { reason: string }> {
  if ('reason' in found) return found
  const { run, place, title, outlook, observed } = found
  const projected = projectCertOutlook(outlook)
  await pause()
  const constant =
    outlook.demandFrom === 'flat' ? [] : projectCertOutlook(outlook, { inflow: 'constant' }).quarters
  const backward = (quarters: typeof projected.quarters) =>
    quarters.flatMap(({ quarter, backward: band }) => (band ? [{ quarter, band }] : []))
  return {
    name: TITLE_NAMES[title],
    observed,
    backward: backward(projected.quarters),
    forward: projected.quarters.map(({ quarter, forward: band }) => ({ quarter, band })),
    constant: backward(constant),
    targetDays: projected.targetDays,
    explanation: explainCertOutlook(outlook, projected),
    parameters: certParametersStated(outlook),
    retold: outlook.calibration.injections.length > 0 ? paths.reconstruction({ place, title }) : undefined,
    source: run ? demandSource(run) : 'Vigie Titres, calcul ajusté aux délais publiés, demande constante',
    csv: paths.apiDelayProjectionCsv({ place, title }),
  }
}
