import { expect, it } from 'vitest'
import { monthsBetween } from '../../src/pure/calendar/period.ts'
import { lognormalPaths, meanPath } from '../../src/staffing/demand-path.ts'
import { coursePaths } from '../../src/staffing/licence-course.ts'
import { question } from './synthetic.ts'

it('brings the waves of licences on top of what comes without them, and nothing before the first', () => {
  const model = question({ licencesPerHead: 0.035 })
  const months = monthsBetween('2027-01', '2033-12')
  const plain = meanPath(lognormalPaths(model)(months, 300, 5))
  const waves = meanPath(coursePaths(model)(months, 300, 5))
  const first = months.indexOf('2028-06')
  expect([...waves.slice(0, first)]).toEqual([...plain.slice(0, first)])
  const ratio = (month: string) => waves[months.indexOf(month)]! / plain[months.indexOf(month)]!
  // 80 to 95 % light cards, of which 60 to 90 % come back: 48 to 86 % more once lags are filled.
  expect(ratio('2030-10')).toBeGreaterThan(1.48)
  expect(ratio('2030-10')).toBeLessThan(1.86)
  expect(ratio('2033-01')).toBeGreaterThan(2 * ratio('2030-10'))
  expect(coursePaths(question())(months, 2, 5)).toEqual(lognormalPaths(question())(months, 2, 5))
})
