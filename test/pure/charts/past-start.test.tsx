import { expect, test } from 'vitest'
import { PastStartNotice, pastStart, unchangedHeading } from '../../../src/pure/charts/past-start.tsx'

const quarters = ['2022-Q2', '2022-Q3', '2022-Q4']
const plan = { day: '2022-05-04', label: 'Plan d’urgence', source: 'Gazette' }

test('a projection of the current quarter does not start in the past, one of the quarter before does', () => {
  expect(pastStart(quarters, '2022-06-30', [])).toBeUndefined()
  expect(pastStart(quarters, '2022-07-01', [])).toEqual({
    from: '2022-04-01',
    to: '2022-12-31',
    over: false,
    since: [],
  })
  expect(pastStart([], '2022-07-01', [])).toBeUndefined()
})

test('it is over the day after its last day, and knows no fact from before nor after today', () => {
  const before = { ...plan, day: '2022-03-31' }
  const future = { ...plan, day: '2031-08-03' }
  const start = pastStart(quarters, '2023-01-01', [before, plan, future])
  expect(start).toMatchObject({ over: true, since: [plan] })
  expect(pastStart(quarters, '2022-12-31', [])?.over).toBe(false)
  expect(unchangedHeading(start)).toBe('Si rien n’avait changé')
  expect(unchangedHeading(undefined)).toBe('Si rien ne change')
})

test('the notice says the span, the remedy and what came since', () => {
  const start = pastStart(quarters, '2023-01-01', [plan])!
  const shown = String(PastStartNotice({ start, remedy: 'Importez une attente récente.' }))
  for (const words of ['1er avril 2022', '31 décembre 2022', 'Importez', '4 mai 2022', 'Gazette'])
    expect(shown.replaceAll('\u00a0', ' ')).toContain(words)
})
