import fc from 'fast-check'
import { expect, test } from 'vitest'
import { clockOf, localMinute, minuteOn, parisOffset } from '../../src/collectors/local-clock.ts'

/** What the time zones of the machine say. */
const shownIn = (timeZone: string) => {
  const clock = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' })
  return (utc: number) => clock.format(new Date(utc * 60_000)).replace(' ', 'T')
}

test.each([
  ['75001', 'Europe/Paris'],
  ['97110', 'America/Guadeloupe'],
  ['97300', 'America/Cayenne'],
  ['97400', 'Indian/Reunion'],
  ['97600', 'Indian/Mayotte'],
  ['98600', 'Pacific/Wallis'],
  ['98714', 'Pacific/Tahiti'],
  ['98800', 'Pacific/Noumea'],
])('%s lives on the clocks of %s, and its minute is found from that of Paris', (zipCode, timeZone) => {
  const [shown, paris] = [shownIn(timeZone), shownIn('Europe/Paris')]
  fc.assert(
    fc.property(fc.integer({ min: 26_000_000, max: 34_000_000 }), utc => {
      expect(minuteOn(clockOf(zipCode), utc)).toBe(shown(utc))
      // The hour that October lives twice names two minutes.
      fc.pre(parisOffset(utc) === parisOffset(utc + 120) && parisOffset(utc) === parisOffset(utc - 120))
      expect(localMinute(paris(utc), clockOf(zipCode))).toBe(shown(utc))
    }),
    { numRuns: 40 },
  )
})
