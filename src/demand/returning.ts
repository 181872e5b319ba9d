import { groupBy } from '../pure/figures/group-by.ts'
import { wholeYears } from '../pure/figures/whole-year.ts'
import { largest } from '../pure/numerics/extremes.ts'
import type { ProjectedPoint } from './engine/projection.ts'
import type { TitleClass } from './engine/title-class.ts'

const CLASS_NAMES: Record<TitleClass, string> = {
  'cni-adult': 'cartes de majeurs',
  'cni-minor': 'cartes de mineurs',
  'passport-adult': 'passeports de majeurs',
  'passport-minor': 'passeports de mineurs',
}
const SHOWN = 3

/**
 * Which titles come back in each whole year: cohorts of one class whose years of issue touch are told together, such as
 * « cartes de majeurs de 2016–2017 », the largest groups first.
 */
export function returningYears(points: readonly ProjectedPoint[]) {
  return wholeYears(points).map(({ year, points: quarters }) => {
    const cohorts = quarters.flatMap(point => point.parts.cohorts)
    const groups = [...groupBy(cohorts, cohort => cohort.titleClass)].flatMap(([titleClass, some]) => {
      const byYear = [...groupBy(some, cohort => cohort.issuedIn)]
        .map(([issuedIn, same]) => ({ issuedIn, mean: same.reduce((sum, cohort) => sum + cohort.mean, 0) }))
        .sort((a, b) => a.issuedIn - b.issuedIn)
      const highest = largest(byYear.map(cohort => cohort.mean))
      return runs(byYear.filter(cohort => cohort.mean > highest / 4)).map(run => ({
        name: `${CLASS_NAMES[titleClass]} de ${run.first === run.last ? run.first : `${run.first}–${run.last}`}`,
        mean: run.mean,
      }))
    })
    return {
      year,
      total: quarters.reduce((sum, point) => sum + point.parts.renewals, 0),
      cohorts: groups.sort((a, b) => b.mean - a.mean).slice(0, SHOWN),
    }
  })
}

function runs(cohorts: readonly { issuedIn: number; mean: number }[]) {
  const found: { first: number; last: number; mean: number }[] = []
  for (const { issuedIn, mean } of cohorts) {
    const open = found.at(-1)
    if (open && open.last + 1 === issuedIn) {
      open.last = issuedIn
      open.mean += mean
    } else found.push({ first: issuedIn, last: issuedIn, mean })
  }
  return found
}
