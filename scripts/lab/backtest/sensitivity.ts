import type { CohortSettings } from '../../../src/demand/engine/demand-record.ts'
import { type DemandSettings, HOUSE_DEMAND } from '../../../src/demand/engine/parts.ts'
import type { GateSettings } from '../../../src/pure/numerics/series/exposure-gate.ts'
import {
  type LagShape,
  monthlyKernel,
  PRIOR_LAG_SHAPE,
} from '../../../src/pure/numerics/series/lag-kernel.ts'
import { type Case, projectCases } from './demand-backtest.ts'
import { coarserKernel } from './observed-returns.ts'
import { rounded, type Table } from './report.ts'
import { type Score, type Scored, scores } from './score.ts'

/** Errors at fixed return rates, never learned: how much the answer hangs on the one number nobody publishes. */
export function returnRateTable(cases: readonly Case[], regimes: readonly string[]): Table {
  const rates: (number | undefined)[] = [0.4, 0.5, 0.6, 0.7, 0.8, 0.9, undefined]
  return {
    title: 'Sensibilité au taux de retour ρ (fixé, jamais appris ; dernière ligne : le réglage de la maison)',
    notes: [],
    rows: rates.map(rate => {
      const projections = projectCases(cases, rate === undefined ? HOUSE_DEMAND : withRate(rate))
      return {
        ρ: rate === undefined ? 'appris' : rate.toFixed(1).replace('.', ','),
        ...columns(projections, regimes),
      }
    }),
  }
}

/** A constant changed: other settings, or another prior kernel. */
interface Variant {
  name: string
  settings?: DemandSettings
  shape?: Partial<LagShape>
}

/** Errors with other constants, one changed at a time. */
export function sensitivityTable(cases: readonly Case[], regimes: readonly string[]): Table {
  return {
    title: 'Sensibilité aux autres constantes, une à la fois',
    notes: ['Le noyau a priori ne change que là où les retards ne sont pas observés.'],
    rows: variants().map(({ name, settings = HOUSE_DEMAND, shape }) => ({
      réglage: name,
      ...columns(projectCases(shape ? cases.map(each => withShape(each, shape)) : cases, settings), regimes, [
        'vigie',
      ]),
    })),
  }
}

function variants(): Variant[] {
  const { gate, cohort } = HOUSE_DEMAND
  const gates = (name: string, change: Partial<GateSettings>): Variant => ({
    name,
    settings: { ...HOUSE_DEMAND, gate: { ...gate, ...change } },
  })
  const cohorts = (name: string, change: Partial<CohortSettings>): Variant => ({
    name,
    settings: { ...HOUSE_DEMAND, cohort: { ...cohort, ...change } },
  })
  const others = (name: string, change: Partial<DemandSettings>): Variant => ({
    name,
    settings: { ...HOUSE_DEMAND, ...change },
  })
  return [
    { name: 'maison' },
    ...[1.5, 2, 3, 4].map(threshold => gates(`seuil ${threshold} bruits`, { threshold })),
    ...[0, 1].map(softness => gates(`passage ± ${softness}`, { softness })),
    ...[0.04, 0.15].map(priorVariability =>
      gates(`variabilité a priori ${priorVariability}`, { priorVariability }),
    ),
    ...[3, 8].map(breakNoises => cohorts(`changement de régime ${breakNoises} bruits`, { breakNoises })),
    ...[0.05, 0.2].map(standardDeviation =>
      cohorts(`écart type a priori de ρ ${standardDeviation}`, {
        prior: { ...cohort.prior, standardDeviation },
      }),
    ),
    ...[0.5, 2, 4].map(halfLifeYears =>
      cohorts(`mémoire des retours ${halfLifeYears} an`, { halfLifeYears }),
    ),
    ...[1, 4].map(errorHalfLifeYears =>
      others(`mémoire des erreurs ${errorHalfLifeYears} an`, { errorHalfLifeYears }),
    ),
    ...[3, 10].map(pastOrigins => others(`origines passées ${pastOrigins}`, { pastOrigins })),
    ...[0.2, 0.6].map(earlyShare => ({ name: `part en avance ${earlyShare}`, shape: { earlyShare } })),
    ...[2, 12].map(meanDelay => ({ name: `retard moyen ${meanDelay} mois`, shape: { meanDelay } })),
  ]
}

function withShape(each: Case, shape: Partial<LagShape>): Case {
  if (each.cohortsWith === undefined) return each
  const monthly = monthlyKernel({ ...PRIOR_LAG_SHAPE, ...shape })
  const kernel = coarserKernel(monthly, 12 / each.record.stepsAYear)
  return { ...each, record: { ...each.record, cohorts: each.cohortsWith(kernel) } }
}

function withRate(rate: number): DemandSettings {
  const prior = { mean: rate, standardDeviation: 1e-4 }
  return { ...HOUSE_DEMAND, cohort: { ...HOUSE_DEMAND.cohort, prior } }
}

function columns(
  projections: readonly Scored[],
  regimes: readonly string[],
  models = ['vigie', 'cohortes'],
): Record<string, number> {
  const entries: [string, number][] = []
  for (const regime of regimes.length > 0 ? regimes : [undefined])
    for (const model of models) {
      const score: Score | undefined = scores(projections, regime).find(each => each.model === model)
      if (!score || score.points === 0) continue
      const suffix = regime === undefined ? '' : `, ${regime}`
      entries.push(
        [`${model} MAPE${suffix}`, rounded(score.mape)],
        [`${model} WAPE${suffix}`, rounded(score.wape)],
      )
    }
  return Object.fromEntries(entries)
}
