import { expect, test } from 'vitest'
import { piloteFile, piloteRows } from '../../src/exports/pilote.ts'
import type { QuarterPoint } from '../../src/pure/figures/quarterly-series.ts'

test('initial, actual and target values, as the template has them', () => {
  const point = (quarter: string, days: number, status = 'observed') =>
    ({ quarter, days, status }) as QuarterPoint
  // A value that is estimated or a bound would be read as observed there.
  const points = [
    point('2026-Q1', 9, 'estimated'),
    point('2026-Q2', 13.456),
    point('2026-Q3', 21),
    point('2026-Q4', 40, 'censored'),
  ]
  const rows = piloteRows(
    { id: 'IND-123', measure: 'issuance-delay', title: 'passport' },
    { place: '16', points, targetDays: 15 },
    'Charente',
  )
  expect(piloteFile(rows)).toBe(
    [
      'identifiant_indic;zone_id;zone_nom;date_valeur;type_valeur;valeur',
      'IND-123;D16;Charente;2026-06-30;vi;13.46',
      'IND-123;D16;Charente;2026-09-30;va;21',
      'IND-123;D16;Charente;2026-09-30;vc;15',
      '',
    ].join('\n'),
  )
})
