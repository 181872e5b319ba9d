import { expect, test } from 'vitest'
import { type CalendarDay, calendarFeed } from '../../src/imports/calendar-feed.ts'

const DAY: CalendarDay = {
  uid: 'urn:vigie-titres:publication:x',
  knownSince: '2026-11-24 09:05:06.789+01',
  day: '2026-12-31',
  summary: 'Délais ; « CERT, Charente »\\',
  description: `Estimé.\n${'é€😀'.repeat(60)}`,
  address: 'http://localhost/donnees#sources',
}
const feed = (days: readonly CalendarDay[]) => calendarFeed('Publications', days, '2026-11-24')
/** What a reader of calendars does first (RFC 5545, 3.1). */
const unfolded = (text: string) => text.replaceAll('\r\n ', '').split('\r\n')

test('lines end with CRLF, hold 75 octets at most, and are cut between characters', () => {
  const lines = feed([DAY]).split('\r\n')
  expect(lines.at(-1)).toBe('')
  expect(lines.filter(line => /[\r\n]/.test(line))).toEqual([])
  expect(Math.max(...lines.map(line => Buffer.byteLength(line)))).toBeLessThanOrEqual(75)
  expect(lines.filter(line => Buffer.from(line).toString().includes('\ufffd'))).toEqual([])
  expect(unfolded(feed([DAY]))).toContain(`DESCRIPTION:Estimé.\\n${'é€😀'.repeat(60)}`)
})

test('an event is a whole day, not certain, known since an instant, its text escaped', () => {
  const lines = unfolded(feed([DAY]))
  for (const line of [
    'UID:urn:vigie-titres:publication:x',
    'DTSTAMP:20261124T080506Z',
    'DTSTART;VALUE=DATE:20261231',
    'DTEND;VALUE=DATE:20270101',
    'STATUS:TENTATIVE',
    'SUMMARY:Délais \\; « CERT\\, Charente »\\\\',
  ])
    expect(lines).toContain(line)
  expect(lines.slice(0, 2)).toEqual(['BEGIN:VCALENDAR', 'VERSION:2.0'])
})

test('a calendar without a day still holds a component', () => {
  const lines = unfolded(feed([]))
  expect(lines).toContain('BEGIN:VJOURNAL')
  expect(lines).toContain('DTSTAMP:20261124T000000Z')
  expect(lines).not.toContain('BEGIN:VEVENT')
})
