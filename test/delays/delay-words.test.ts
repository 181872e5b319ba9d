import { expect, test } from 'vitest'
import { verdict } from '../../src/delays/delay-words.ts'
import { printedSeries } from '../quarterly-series.ts'

test('a delay older than the quarter of the verdict says its own', () => {
  const told = verdict(
    [printedSeries({ '2021-Q4': 48 }, 14), printedSeries({ '2026-Q3': 20 }, 14, 'cni-passport')],
    'Charente',
  )
  expect(told).toMatch(/Charente, au 3e\strimestre 2026/)
  expect(told).toMatch(/permis de conduire \(48\sjours pour 14, au 4e\strimestre 2021\)/)
  expect(told).toMatch(/passeports \(20\sjours pour 14\)/)
})
