import { addDays, type Day } from '../pure/calendar/day.ts'

/** A whole day of a calendar. */
export interface CalendarDay {
  /** The same as long as it is the same event, even when its day moves. */
  uid: string
  /** Instant since which it is known, as ISO text with an offset. */
  knownSince: string
  day: Day
  summary: string
  description: string
  address: string
}

/** Days, none of them certain, as an iCalendar object (RFC 5545): lines end with CRLF and hold 75 octets at most. */
export function calendarFeed(name: string, days: readonly CalendarDay[], today: Day): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Vigie Titres//Publications attendues//FR',
    `NAME:${escaped(name)}`,
    `X-WR-CALNAME:${escaped(name)}`,
    'REFRESH-INTERVAL;VALUE=DURATION:P1D',
    ...days.flatMap(event),
    ...(days.length === 0 ? nothing(today) : []),
    'END:VCALENDAR',
  ]
  return lines.map(line => `${folded(line)}\r\n`).join('')
}

function event({ uid, knownSince, day, summary, description, address }: CalendarDay): string[] {
  return [
    'BEGIN:VEVENT',
    `UID:${escaped(uid)}`,
    `DTSTAMP:${new Date(knownSince).toISOString().replace(/\.\d+|[-:]/g, '')}`,
    `DTSTART;VALUE=DATE:${basic(day)}`,
    `DTEND;VALUE=DATE:${basic(addDays(day, 1))}`,
    'STATUS:TENTATIVE',
    'TRANSP:TRANSPARENT',
    `SUMMARY:${escaped(summary)}`,
    `DESCRIPTION:${escaped(description)}`,
    `URL:${address}`,
    'END:VEVENT',
  ]
}

/** A calendar holds one component at least (RFC 5545, 3.4): a note that nothing is expected, which no day shows. */
function nothing(today: Day): string[] {
  return [
    'BEGIN:VJOURNAL',
    'UID:urn:vigie-titres:publication:aucune',
    `DTSTAMP:${basic(today)}T000000Z`,
    'SUMMARY:Aucune publication attendue : aucune source n’a de rythme régulier',
    'END:VJOURNAL',
  ]
}

const basic = (day: Day) => day.replaceAll('-', '')

/** A text as RFC 5545 (3.3.11) writes it. @example `Vienne, 86` becomes `Vienne\, 86`. */
function escaped(text: string): string {
  return text
    .replace(/[\\;,]/g, '\\$&')
    .replace(/\r\n?|\n/g, '\\n')
    .replace(/\p{Cc}/gu, ' ')
}

const MOST_OCTETS = 75
const utf8 = new TextEncoder()

/** A line cut between characters, never inside one; the space that begins what follows counts among its octets. */
function folded(line: string): string {
  let text = ''
  let octets = 0
  for (const sign of line) {
    const size = utf8.encode(sign).length
    if (octets + size > MOST_OCTETS) {
      text += '\r\n '
      octets = 1
    }
    text += sign
    octets += size
  }
  return text
}
