import { expect, test } from 'vitest'
import { POLICY } from '../../src/access/policy.ts'
import { MINUTES } from '../../src/committee/minutes.ts'
import {
  linesByState,
  type Minutes,
  type RegisterEntry,
  registerOn,
  stateOn,
} from '../../src/committee/register.ts'
import { isDay } from '../../src/pure/calendar/day.ts'
import { unbroken } from '../../src/pure/french/french.ts'
import { typographicFaults } from '../typography.ts'

const ENTRIES = MINUTES.flatMap(minutes => minutes.entries)
const LINES = MINUTES.flatMap(({ place }) => registerOn(MINUTES, { place, day: '2026-11-29' }))

test('every entry has words, a reply or its absence, a follow-up, a state and a source', () => {
  expect(LINES).toHaveLength(ENTRIES.length)
  for (const line of LINES) {
    for (const words of [line.subject, line.said, line.reply, line.followUp, line.source])
      expect(words.length, line.code).toBeGreaterThan(8)
    expect(line.source).toMatch(/\d{4}.*, (annexe|diapositive|lettre)/)
  }
  expect(new Set(ENTRIES.map(({ code }) => code)).size).toBe(ENTRIES.length)
})

/** What the minutes of 5 April 2022 ask and promise, as a reader of them lists it. */
test.each([
  ['suggestion', /Projection/],
  ['suggestion', /Durée de validité/],
  ['suggestion', /pas à pas/],
  ['suggestion', /pourquoi/],
  ['request', /entre midi et deux/],
  ['difficulty', /procuration/],
  ['question', /France Services/],
  ['promise', /France Services/],
  ['promise', /ANEF/],
  ['promise', /Qual-e-Pref/],
  ['promise', /maires/],
  ['promise', /Je donne mon avis/],
  ['promise', /Enquête/],
] as const)('%s: %s', (kind, subject) => {
  expect(ENTRIES.filter(one => one.kind === kind && subject.test(one.subject)).length).toBeGreaterThan(0)
})

test('nobody is named, days are days, and the words are set as French is', () => {
  for (const { reply, due, followUp, settledOn, ...entry } of ENTRIES) {
    const words = [entry.subject, entry.said, entry.where, reply?.text, due?.words, followUp?.text].join(' ')
    expect(words).not.toMatch(/\b(M\.|Mme|Monsieur|Madame)\s/)
    expect(typographicFaults(unbroken(words))).toEqual([])
    for (const day of [due?.by, followUp?.on, settledOn]) if (day !== undefined) expect(isDay(day)).toBe(true)
  }
})

test('each measure leads to a page that the policy knows', () => {
  const routes = POLICY.flatMap(rule => rule.routes)
  for (const { measure } of ENTRIES) {
    if (measure === undefined) continue
    const [path = ''] = measure.href.split('#')
    expect(routes).toContain(`GET ${path.replace(/\d{4}$/, ':year')}`)
  }
})

const ENTRY: RegisterEntry = {
  code: 'audit',
  kind: 'promise',
  subject: 'Audit',
  by: 'prefecture',
  said: 'Un audit sera fait.',
  where: 'annexe',
}
const DUE = { by: '2022-05-05', words: '4 et 5 mai 2022' }

test.each([
  ['a promise without a day', ENTRY, '2026-01-01', 'promised'],
  ['on its last day', { ...ENTRY, due: DUE }, '2022-05-05', 'promised'],
  ['the day after', { ...ENTRY, due: DUE }, '2022-05-06', 'unknown'],
  ['settled since', { ...ENTRY, due: DUE, settledOn: '2022-06-01' }, '2022-06-01', 'done'],
  ['not settled yet', { ...ENTRY, due: DUE, settledOn: '2022-06-01' }, '2022-05-31', 'unknown'],
  ['a question', { ...ENTRY, kind: 'question' as const }, '2022-05-31', 'open'],
] as const)('%s stands as it is known', (_, entry, day, state) => {
  expect(stateOn(entry, day)).toBe(state)
})

test('a register tells its place, the day that it is read and the committees held by then', () => {
  const minutes: Minutes = {
    place: '86',
    heldOn: '2022-04-05',
    document: 'Compte rendu',
    entries: [{ ...ENTRY, due: DUE, followUp: { on: '2022-06-01', text: 'audit fait', source: 'journal' } }],
  }
  const later = { ...minutes, heldOn: '2023-04-05' }
  const all = [minutes, later]
  expect(registerOn(all, { place: '87', day: '2026-01-01' })).toEqual([])
  expect(registerOn(all, { place: '86', day: '2022-04-04' })).toEqual([])
  expect(registerOn(all, { place: '86', day: '2026-01-01' })).toHaveLength(2)
  expect(registerOn(all, { place: '86', day: '2026-01-01', heldUntil: '2022-12-31' })).toHaveLength(1)
  const [before] = registerOn(all, { place: '86', day: '2022-05-31' })
  expect(before?.followUp).toBe('Échéance annoncée : 4 et 5 mai 2022. Suite non connue.')
  const [after] = registerOn(all, { place: '86', day: '2022-06-01' })
  expect(after?.followUp).toContain('juin 2022 : audit fait (journal)')
})

test('states part the register, without a loss', () => {
  const groups = linesByState(LINES)
  expect(groups.flatMap(group => group.lines.map(({ code }) => code)).sort()).toEqual(
    ENTRIES.map(({ code }) => code).sort(),
  )
  for (const { state, lines } of groups) expect(lines.every(line => line.state === state)).toBe(true)
})
