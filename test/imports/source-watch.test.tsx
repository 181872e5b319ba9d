import { expect, test } from 'vitest'
import type { PublishedSource } from '../../src/imports/source-queries.ts'
import { expectedDays, SourceWatch } from '../../src/imports/source-watch.tsx'

const source = (publisher: string, days: string[]): PublishedSource => ({
  publisher,
  kind: 'appointment-waits',
  files: days.length,
  days,
  recordedAt: '2026-03-01T08:00:00Z',
})
const MONTHLY = source('Mairie de Cognac', ['2026-01-01', '2026-02-01', '2026-03-01'])
const ONCE = source('Sénat', ['2024-11-05'])
const reading = (name: string, failure?: string) => ({
  name,
  href: '/collecteurs/1',
  last: '2 mars',
  next: '3 mars',
  failure,
})
const shown = (today: string, readings: ReturnType<typeof reading>[] = []) =>
  String(SourceWatch({ sources: [MONTHLY, ONCE], readings, today })).replace(/\s/g, ' ')

test('a source with a rhythm has its next day, told as an estimate; the others are folded', () => {
  const page = shown('2026-03-02')
  expect(page).toContain('vers le 31 mars 2026 (entre le 29 mars 2026 et le 1er avril 2026)')
  expect(page).toContain('href="/api/publications.ics"')
  expect(page).toMatch(/<details.*1 source sans jour attendu.*Sénat/)
  expect(page).toMatch(/Mairie de Cognac.*<details/)
  expect(shown('2026-04-10')).toContain('pas encore parue')
})

test('what failed comes first among the automatic readings, and what fits no more is folded', () => {
  const fine = Array.from({ length: 8 }, (_, i) => reading(`Mairie ${i}`))
  const page = shown('2026-03-02', [...fine, reading('Éditeur', 'pas de réponse')])
  expect(page).toMatch(/Éditeur.*pas de réponse.*Mairie 0.*<details.*1 autre relevé automatique.*Mairie 7/)
  expect(shown('2026-03-02')).not.toContain('Relevés automatiques')
})

test('the day of a calendar keeps its name while nothing new is published', () => {
  const days = (one: PublishedSource, today: string) =>
    expectedDays([one, ONCE], { today, origin: 'http://localhost' })
  const [first] = days(MONTHLY, '2026-03-02')
  expect(first).toMatchObject({
    uid: 'urn:vigie-titres:publication:appointment-waits:2026-03-01:Mairie%20de%20Cognac',
    day: '2026-03-31',
    address: 'http://localhost/donnees#sources',
  })
  expect(first?.description).toContain('ne l’a pas annoncé')
  expect(days(MONTHLY, '2026-04-10')[0]?.uid).toBe(first?.uid)
  const next = { ...MONTHLY, days: [...MONTHLY.days, '2026-03-31'] }
  expect(days(next, '2026-04-10')[0]?.uid).not.toBe(first?.uid)
})
