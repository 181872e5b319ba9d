import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { POLICY } from '../../src/access/policy.ts'
import { linesByState, type RegisterEntry, registerOn, stateOn } from '../../src/committee/register.ts'
import { isRefused } from '../../src/imports/imported-file.ts'
import type { RowOf } from '../../src/imports/kinds.ts'
import { readFile } from '../../src/imports/read-file.ts'
import { unbroken } from '../../src/pure/french/french.ts'
import { typographicFaults } from '../typography.ts'

const FILE = readFileSync('sql/data/charente-2022-04-13-minutes-register.csv', 'utf8')
const reading = (text: string) =>
  readFile(new TextEncoder().encode(text), {
    today: '2026-11-29',
    knownCommunes: () => ({ state: 'current' }),
    defaultPlace: undefined,
  })
const sound = reading(FILE)
const NOTHING = {
  ...{ reply: null, repliedBy: null, dueBy: null, dueWords: null, settledOn: null },
  ...{ followedOn: null, followUp: null, followUpSource: null, shownBy: null, shownAt: null },
}
const ENTRIES: RegisterEntry[] = (isRefused(sound) ? [] : (sound.rows as RowOf<'committee-register'>[])).map(
  ({ locator, ...row }) =>
    ({
      ...NOTHING,
      ...Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined)),
      source: `Compte rendu de 2022, ${locator}`,
    }) as RegisterEntry,
)
const LINES = registerOn(ENTRIES, { day: '2026-11-29' })

test('every entry has words, a reply or its absence, a follow-up, a state and a source', () => {
  expect(ENTRIES).toHaveLength(40)
  expect(LINES).toHaveLength(ENTRIES.length)
  for (const line of LINES) {
    for (const words of [line.subject, line.said, line.reply, line.followUp, line.source])
      expect(words.length, line.code).toBeGreaterThan(8)
    expect(line.source).toMatch(/, (annexe|diapositive|lettre)/)
  }
})

test('a register that names a person, another site or half of a reply is refused, each at its column', () => {
  const [header, first] = FILE.split('\n').slice(6)
  const cells = first!.split(';')
  const wrong = cells.with(5, 'Mme Martin').with(10, '').with(18, '//ailleurs.example')
  const result = reading(`${header}\n${wrong.join(';')}\n`)
  expect(isRefused(result) && result.faults.map(fault => `${fault.code} ${fault.column}`)).toEqual([
    'person-named par',
    'invalid-page page de la mesure',
  ])
  for (const voice of ['Mme. Martin', 'Préfecture (M. Martin)', 'La direction, Mme Élodie'])
    expect(isRefused(reading(`${header}\n${cells.with(5, voice).join(';')}\n`)), voice).toBe(true)
  expect(isRefused(reading(`${header}\n${cells.with(5, 'Préfecture (M et P)').join(';')}\n`))).toBe(false)
  const half = reading(`${header}\n${cells.with(9, 'Préfecture').with(10, '').join(';')}\n`)
  expect(isRefused(half) && half.faults.map(fault => `${fault.code} ${fault.column}`)).toEqual([
    'missing-value réponse',
  ])
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

test('nobody is named, and the words are set as French is', () => {
  for (const { subject, said, source, reply, dueWords, followUp } of ENTRIES) {
    const words = [subject, said, source, reply, dueWords, followUp].join(' ')
    expect(words).not.toMatch(/\b(M\.|Mme|Monsieur|Madame)\s/)
    expect(typographicFaults(unbroken(words))).toEqual([])
  }
})

test('each measure leads to a page that the policy knows', () => {
  const routes = POLICY.flatMap(rule => rule.routes)
  for (const { shownAt } of ENTRIES) {
    if (shownAt === null) continue
    const [path = ''] = shownAt.split('#')
    expect(routes).toContain(`GET ${path.replace(/\d{4}$/, ':year')}`)
  }
})

const ENTRY: RegisterEntry = {
  ...{ code: 'audit', kind: 'promise', subject: 'Audit', by: 'Préfecture', speaksFor: 'l’administration' },
  ...{ said: 'Un audit sera fait.', heldOn: '2022-04-05', source: 'Compte rendu', ...NOTHING },
}
const DUE = { dueBy: '2022-05-05', dueWords: '4 et 5 mai 2022' }

test.each([
  ['a promise without a day', ENTRY, '2026-01-01', 'promised'],
  ['on its last day', { ...ENTRY, ...DUE }, '2022-05-05', 'promised'],
  ['the day after', { ...ENTRY, ...DUE }, '2022-05-06', 'unknown'],
  ['settled since', { ...ENTRY, ...DUE, settledOn: '2022-06-01' }, '2022-06-01', 'done'],
  ['not settled yet', { ...ENTRY, ...DUE, settledOn: '2022-06-01' }, '2022-05-31', 'unknown'],
  ['a question', { ...ENTRY, kind: 'question' as const }, '2022-05-31', 'open'],
] as const)('%s stands as it is known', (_, entry, day, state) => {
  expect(stateOn(entry, day)).toBe(state)
})

test('a register tells the day that it is read and the committees held by then', () => {
  const entry = {
    ...ENTRY,
    ...DUE,
    followedOn: '2022-06-01',
    followUp: 'audit fait',
    followUpSource: 'journal',
  }
  const all = [entry, { ...entry, heldOn: '2023-04-05' }]
  expect(registerOn(all, { day: '2022-04-04' })).toEqual([])
  expect(registerOn(all, { day: '2026-01-01' })).toHaveLength(2)
  expect(registerOn(all, { day: '2026-01-01', heldUntil: '2022-12-31' })).toHaveLength(1)
  const [before] = registerOn(all, { day: '2022-05-31' })
  expect(before?.followUp).toBe('Échéance annoncée : 4 et 5 mai 2022. Suite non connue.')
  const [after] = registerOn(all, { day: '2022-06-01' })
  expect(after?.followUp).toContain('juin 2022 : audit fait (journal)')
})

test('states part the register, without a loss', () => {
  const groups = linesByState(LINES)
  expect(groups.flatMap(group => group.lines.map(({ code }) => code)).sort()).toEqual(
    ENTRIES.map(({ code }) => code).sort(),
  )
  for (const { state, lines } of groups) expect(lines.every(line => line.state === state)).toBe(true)
})
