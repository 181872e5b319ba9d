import { expect, test } from 'vitest'
import { piloteFile, piloteRows, readIndicators, zoneOf } from '../../src/exports/pilote.ts'
import type { QuarterPoint } from '../../src/pure/figures/quarterly-series.ts'

test('indicators are read, or refused', () => {
  expect(readIndicators('IND-123=appointment-wait, IND-1234=issuance-delay:passport')).toEqual([
    { id: 'IND-123', measure: 'appointment-wait', title: undefined },
    { id: 'IND-1234', measure: 'issuance-delay', title: 'passport' },
  ])
  expect(
    ['IND-12=appointment-wait', 'IND-123', 'IND-123=issuance-delay:x', 'IND-123=x'].map(readIndicators),
  ).toEqual([undefined, undefined, undefined, undefined])
})

test('zones of PILOTE', () => {
  expect(['16', '2A', '971', 'FR', '16102'].map(zoneOf)).toEqual(['D16', 'D2A', 'D971', 'FRANCE', undefined])
})

test('initial, actual and target values, as the template has them', () => {
  const point = (quarter: string, days: number) => ({ quarter, days }) as QuarterPoint
  const rows = piloteRows(
    { id: 'IND-123', measure: 'issuance-delay', title: 'passport' },
    { place: '16', points: [point('2026-Q2', 13.456), point('2026-Q3', 21)], targetDays: 15 },
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
