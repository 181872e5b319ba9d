import { expect, test } from 'vitest'
import { type MeetingPoint, readMeetingPoints, recognise } from '../../src/collectors/meeting-point.ts'

const told = (changes: object = {}) => ({
  id: '506',
  name: 'Mairie de Cognac',
  longitude: -0.3287,
  latitude: 45.6958,
  public_entry_address: '68 boulevard Denfert-Rochereau 16100 Cognac',
  zip_code: '16100',
  city_name: 'COGNAC',
  ...changes,
})

test('a point that cannot be read is left out alone; numbers are texts', () => {
  const read = readMeetingPoints([
    told(),
    told({ id: 7, zip_code: 1000, latitude: '45,6', ugf: '16102' }),
    told({ id: '8', longitude: null }),
    told({ id: null }),
    // No question could name them: asked for otherwise, they would have no slot.
    told({ id: '9\ud800' }),
    told({ id: '9\0' }),
    'x',
    null,
  ])
  expect(read?.invalid).toBe(6)
  expect(read?.points).toMatchObject([
    { editorId: '506', zipCode: '16100', ugf: undefined },
    { editorId: '7', zipCode: '01000', lat: 45.6, ugf: '16102' },
  ])
  expect(readMeetingPoints({ detail: 'x' })).toBeUndefined()
  expect(readMeetingPoints({ data: [told()] })).toBeUndefined()
  expect(readMeetingPoints({ 506: told(), 7: told({ id: 7 }) })?.points).toHaveLength(2)
})

test('a point told at two places stands at the same one in whatever order', () => {
  const both = [told(), told({ latitude: 45.1 })]
  expect(readMeetingPoints(both)).toEqual(readMeetingPoints(both.toReversed()))
})

const points = (names: Record<string, string>): MeetingPoint[] =>
  Object.entries(names).map(([editorId, name], i) => ({
    ...readMeetingPoints([told({ id: editorId, name, latitude: 45 + name.length / 10 })])!.points[0]!,
    address: String(i),
  }))

test('numbers given anew do not give a hall the slots of another', () => {
  const known = points({ 1: 'Mairie A', 2: 'Mairie AA', 3: 'Mairie AAA' }).map((point, i) => ({
    ...point,
    point: 100 + i,
  }))
  const seen = points({ 1: 'Mairie AA', 2: 'Mairie A', 4: 'Mairie AAA', 5: 'Mairie AAAA' })
  expect(recognise(known, seen).map(({ point }) => point)).toEqual([101, 100, 102, undefined])
})

test('a point that vanished comes back as itself', () => {
  const [first, second] = points({ 1: 'Mairie A', 2: 'Mairie AA' })
  const known = [
    { ...first!, point: 1 },
    { ...second!, point: 2 },
  ]
  expect(recognise(known, [second!]).map(({ point }) => point)).toEqual([2])
  expect(recognise(known, [first!, second!]).map(({ point }) => point)).toEqual([1, 2])
})

test('a point that is renumbered and written in capitals keeps its number here', () => {
  const [old] = points({ 1: 'Mairie de Saint-Médard' })
  const seen = { ...old!, editorId: '9', name: 'MAIRIE DE ST MEDARD' }
  expect(recognise([{ ...old!, point: 1 }], [seen]).map(({ point }) => point)).toEqual([1])
})
