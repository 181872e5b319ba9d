import { expect, test } from 'vitest'
import { placeOfZone, readIndicators, zoneOf } from '../../../src/pure/figures/pilote-indicator.ts'

test('indicators are read, or refused', () => {
  expect(readIndicators('IND-123=appointment-wait, IND-1234=issuance-delay:passport')).toEqual([
    { id: 'IND-123', measure: 'appointment-wait', title: undefined },
    { id: 'IND-1234', measure: 'issuance-delay', title: 'passport' },
  ])
  expect(
    ['IND-12=appointment-wait', 'IND-123', 'IND-123=issuance-delay:x', 'IND-123=x'].map(readIndicators),
  ).toEqual([undefined, undefined, undefined, undefined])
})

test('zones of PILOTE, both ways', () => {
  expect(['16', '2A', '971', 'FR', '16102'].map(zoneOf)).toEqual(['D16', 'D2A', 'D971', 'FRANCE', undefined])
  expect(['D16', 'D2A', 'D971', 'FRANCE', 'R75', 'D00'].map(placeOfZone)).toEqual([
    '16',
    '2A',
    '971',
    'FR',
    undefined,
    undefined,
  ])
})
