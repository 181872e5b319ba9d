import { expect, test } from 'vitest'
import { holdings, type Known, type Rule, type Watch } from '../../src/alerts/rule.ts'

const watch = (rule: Rule, changes: Partial<Watch> = {}): Watch => ({
  rule,
  days: null,
  quarters: null,
  probability: null,
  ...changes,
})
const known: Known = {
  delays: [
    { title: 'passport', name: 'Passeport', quarter: '2026-Q3', days: 21, targetDays: 15 },
    { title: 'cni', name: 'Carte', quarter: '2026-Q3', days: 15, targetDays: 15 },
  ],
  wait: { days: 61, until: '2026-11-29', atLeast: true },
  projected: [
    { quarter: '2027-Q1', probabilityOver: 0.3 },
    { quarter: '2027-Q2', probabilityOver: 0.6 },
    { quarter: '2027-Q3', probabilityOver: 0.9 },
  ],
  collectors: [
    { id: 1, name: 'A', wasRead: true, silentDays: 2 },
    { id: 2, name: 'B', wasRead: true, silentDays: 3 },
    { id: 3, name: 'C', wasRead: false, silentDays: 3 },
    { id: 4, name: 'D', wasRead: false, silentDays: 0 },
  ],
  contested: [{ key: 'k', words: 'deux valeurs' }],
  run: { id: 'r1', asOf: '2026-11-29' },
}
const subjects = (one: Watch, about: Known = known) => holdings(one, about).map(({ subject }) => subject)

test('each rule holds from its bound on', () => {
  expect(subjects(watch('target-missed'))).toEqual(['target:passport'])
  // A delay printed whole is told whole.
  const [{ words } = { words: '' }] = holdings(watch('target-missed'), known)
  expect(words).toMatch(/^Passeport : 21\sjours au 3e\strimestre\s2026, pour un objectif de 15\sjours\.$/)
  expect(subjects(watch('wait-above', { days: 60 }))).toEqual(['wait'])
  expect(subjects(watch('wait-above', { days: 61 }))).toEqual([])
  expect(subjects(watch('projected-above', { days: 30, quarters: 1, probability: 0.5 }))).toEqual([])
  expect(subjects(watch('projected-above', { days: 30, quarters: 2, probability: 0.5 }))).toEqual([
    'projected',
  ])
  expect(subjects(watch('projected-above', { days: 30, quarters: 3, probability: 0.95 }))).toEqual([])
  expect(subjects(watch('collector-silent', { days: 3 }))).toEqual(['collector:2', 'collector:3'])
  expect(subjects(watch('figure-contradicted'))).toEqual(['figure:k'])
  expect(subjects(watch('new-projection'))).toEqual(['run:r1'])
})

test('what is not known warns of nothing', () => {
  const nothing: Known = {
    delays: [],
    wait: undefined,
    projected: [],
    collectors: [],
    contested: [],
    run: undefined,
  }
  const rules: Rule[] = [
    'target-missed',
    'wait-above',
    'projected-above',
    'collector-silent',
    'figure-contradicted',
    'new-projection',
  ]
  expect(
    rules.flatMap(rule => holdings(watch(rule, { days: 0, quarters: 4, probability: 0 }), nothing)),
  ).toEqual([])
})

test('a bound is told as one', () => {
  expect(holdings(watch('wait-above', { days: 60 }), known)[0]?.words).toMatch(/au moins 61/)
})
