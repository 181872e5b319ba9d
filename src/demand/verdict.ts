import type { Day } from '../pure/calendar/day.ts'
import { quarterOf, yearOf } from '../pure/calendar/period.ts'
import { nineInTen } from '../pure/french/chances.ts'
import { frenchNumber, longQuarter, twoFigures } from '../pure/french/french.ts'
import type { DemandPoint } from './observed.ts'

type Told = Pick<DemandPoint, 'quarter' | 'mean' | 'status'> & {
  quantiles: Pick<DemandPoint['quantiles'], 'p05' | 'p95'>
}

/** The demand of a place in one sentence: the quarter of a day, or the first one told after it, and the whole year that follows. */
export function demandVerdict(placeName: string, points: readonly Told[], day: Day): string {
  const present = quarterOf(day)
  const point = points.find(({ quarter }) => quarter >= present)
  if (point === undefined) return `${placeName} : aucune demande n’est projetée au-delà du jour demandé.`
  const next = yearOf(point.quarter) + 1
  const year = points.filter(({ quarter }) => yearOf(quarter) === next)
  const mean = year.reduce((sum, one) => sum + one.mean, 0)
  return `${placeName} : ${quarterWords(point)}${year.length === 4 ? ` ; environ ${frenchNumber(twoFigures(mean))} pour toute l’année ${next}` : ''}.`
}

function quarterWords({ quarter, mean, status, quantiles }: Told): string {
  if (status === 'observed')
    return `${frenchNumber(mean)} demandes de cartes d’identité et de passeports comptées au ${longQuarter(quarter)}`
  return `environ ${frenchNumber(twoFigures(mean))} demandes de cartes d’identité et de passeports attendues au ${longQuarter(quarter)} (estimé, ${nineInTen(twoFigures(quantiles.p05), twoFigures(quantiles.p95))})`
}
