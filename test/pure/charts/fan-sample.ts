import { addQuarters, quartersBetween } from '../../../src/pure/calendar/period.ts'
import type { FanData } from '../../../src/pure/charts/fan.ts'

const VALUES = [22.4, 31.2, 48.7, 52.3, 61.8, undefined, 44.1, 38.6, 33, 29.5, 27.2, 30.1]

/** Four quarters projected from 30,1 days, that widen. */
export const PROJECTED = [1, 2, 3, 4].map(ahead => {
  const at = (z: number) => Math.round((30.1 + ahead * 1.2 + z * 2.4 * Math.sqrt(ahead)) * 10) / 10
  return {
    quarter: addQuarters('2024-Q4', ahead),
    p05: at(-1.645),
    p10: at(-1.282),
    p25: at(-0.674),
    p50: at(0),
    p75: at(0.674),
    p90: at(1.282),
    p95: at(1.645),
  }
})

/** Three years with a hole, a conflict, an estimate, two targets and three events, one of them beyond. */
export const FAN: FanData = {
  id: 'delai',
  title: 'Le délai repasse au-dessus de la cible',
  subtitle: 'Délai moyen de délivrance, en jours. Plus bas, c’est mieux.',
  quantity: 'day',
  observed: quartersBetween('2022-Q1', '2024-Q4').map((quarter, i) => ({
    quarter,
    value: VALUES[i],
    ...(i === 8 ? { conflicts: [{ value: 40.2, source: 'rapport 2024' }] } : {}),
    ...(i === 9 ? { status: 'estimated' as const } : {}),
  })),
  projected: PROJECTED,
  target: [
    { from: '2022-Q1', value: 20 },
    { from: '2023-Q1', value: 30 },
  ],
  events: [
    { day: '2022-05-02', label: 'Plan d’urgence' },
    { day: '2022-07-01', label: 'Renfort de quatre agents' },
    { day: '2031-01-01', label: 'Bien après' },
  ],
}
