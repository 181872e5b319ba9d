import { expect, test } from 'vitest'
import {
  gapsOf,
  WaitChart,
  type WaitChartData,
  WaitDrawing,
  waitFinding,
} from '../../src/collectors/wait-chart.tsx'
import { addDays } from '../../src/pure/calendar/day.ts'

const days = Array.from({ length: 30 }, (_, n) => addDays('2026-11-01', n))
const DATA: WaitChartData = {
  id: 'attente',
  hall: 'Cognac',
  // Four days that could not be read, then four without a slot before the horizon.
  waits: days
    .filter((_, n) => n < 9 || n > 12)
    .map((day, n) =>
      n > 15 && n < 20
        ? { hall: '16102', day, days: 181, status: 'censored' as const }
        : { hall: '16102', day, days: 20 + ((7 * n) % 23), status: 'observed' as const },
    ),
  months: [{ month: '2026-11', days: 57.3, status: 'censored' }],
  quarters: [{ quarter: 'T4 2026', days: 57.3, status: 'censored' }],
  source: 'Éditeur',
}
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ')

test.each(['wide', 'narrow'] as const)('a month of readings looks as committed, %s', async variant => {
  const svg = (<WaitDrawing {...DATA} variant={variant} />).toString() as string
  await expect(svg.replaceAll('><', '>\n<')).toMatchFileSnapshot(`snapshots/wait-chart-${variant}.svg`)
})

test('days that were not read are a gap, days without a slot a bound, and so is a mean over them', () => {
  expect(gapsOf(DATA.waits)).toEqual([{ from: '2026-11-10', to: '2026-11-13' }])
  expect(plain(waitFinding(DATA))).toMatch(/^Cognac : \d+ jours le 30 novembre 2026$/)
  expect(plain(waitFinding({ ...DATA, waits: DATA.waits.slice(0, 18) }))).toContain(
    'aucun créneau avant 181 jours',
  )
  const page = plain((<WaitChart {...DATA} />).toString() as string)
  expect(page).toContain('Moyenne de novembre 2026 : au moins 57,3 jours')
  expect(page).toContain(
    'Moyennes publiées : novembre 2026, au moins 57,3 jours ; T4 2026, au moins 57,3 jours.',
  )
})
