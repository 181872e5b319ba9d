import { expect, test } from 'vitest'
import { readContours } from '../../../src/imports/kinds/contour-file.ts'
import { endOf } from '../reading.ts'

const SQUARE = [
  [-0.4, 45.6],
  [-0.2, 45.6],
  [-0.2, 45.8],
  [-0.4, 45.6],
]
const ANGOULEME = { lat: 45.65, lon: 0.16, within: 0.3 }
const CAYENNE = { lat: 4.92, lon: -52.31, within: 0.3 }
const feature = (properties: object, geometry: object = { type: 'Polygon', coordinates: [SQUARE] }) => ({
  type: 'Feature',
  properties,
  geometry,
})
const read = (value: unknown) =>
  endOf(
    readContours(new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value)), {
      knownCommunes: code => (code === '16999' ? { state: 'unknown' } : { state: 'current' }),
      positionOf: code => ({ 16015: ANGOULEME, 97302: CAYENNE })[code],
    }),
  )
const collection = (...features: object[]) => ({ type: 'FeatureCollection', features })
const codes = (value: unknown) => {
  const result = read(value)
  return 'faults' in result ? result.faults.map(fault => fault.code) : result
}

test('communes are read by code or insee, with the rings of all their polygons', () => {
  const result = read(
    collection(
      feature({ code: '16102', nom: 'Cognac' }),
      feature({ insee: '16113' }, { type: 'MultiPolygon', coordinates: [[SQUARE, SQUARE], [SQUARE]] }),
    ),
  )
  expect(result).toMatchObject([{ insee: '16102', rings: [SQUARE] }, { insee: '16113' }])
  expect('faults' in result ? 0 : result[1]?.rings.length).toBe(3)
})

test.each<[string, unknown]>([
  ['no list of polygons', { type: 'MultiPolygon', coordinates: 'x' }],
  ['no polygon', { type: 'MultiPolygon', coordinates: [] }],
  ['a polygon that is no list', { type: 'MultiPolygon', coordinates: ['x'] }],
  ['a polygon without a ring', { type: 'Polygon', coordinates: [] }],
  ['a ring that is no list', { type: 'Polygon', coordinates: ['x'] }],
  ['a point that is no list', { type: 'Polygon', coordinates: [['x', 'y', 'z', 't']] }],
  ['a point without a number', { type: 'Polygon', coordinates: [SQUARE.map(([lon]) => [lon, 'x'])] }],
  ['nothing', null],
])('a geometry with %s is refused', (_, geometry) => {
  expect(codes(collection(feature({ code: '16102' }, geometry as object)))).toEqual(['invalid-geometry'])
})

test('a file of more than 50 MB is refused before it is read', () => {
  const reading = readContours(new Uint8Array(50 * 1024 * 1024 + 1), {
    knownCommunes: () => ({ state: 'current' }),
  })
  const result = endOf(reading)
  expect('faults' in result && result.faults.map(fault => fault.code)).toEqual(['file-too-large'])
})

test('every fault is told at once, with the feature, and nothing is read', () => {
  const result = read(
    collection(
      feature({ nom: 'Cognac' }),
      feature({ code: '161' }),
      feature({ code: '16999' }),
      feature({ code: '16102' }),
      feature({ code: '16102' }),
      feature({ code: '16015' }, { type: 'Point', coordinates: [0, 45] }),
      feature({ code: '16016' }, { type: 'Polygon', coordinates: [SQUARE.slice(0, 3)] }),
      feature(
        { code: '16028' },
        { type: 'Polygon', coordinates: [SQUARE.map(([lon, lat]) => [lat, (lon ?? 0) + 70])] },
      ),
    ),
  )
  if (!('faults' in result)) throw new Error('a wrong file was read')
  expect(result.faults.map(fault => [fault.column, fault.code])).toEqual([
    ['features[0]', 'missing-commune-code'],
    ['features[1]', 'invalid-insee'],
    ['features[2]', 'unknown-commune'],
    ['features[4]', 'duplicate-commune'],
    ['features[5]', 'invalid-geometry'],
    ['features[6]', 'invalid-geometry'],
    ['features[7]', 'outside-france'],
  ])
  expect(result.faults.every(fault => fault.message !== '' && fault.remedy !== '')).toBe(true)
})

test('what is no GeoJSON of communes is refused in words', () => {
  expect(codes('mois;commune')).toEqual(['not-geojson'])
  expect(codes({ type: 'Feature' })).toEqual(['not-geojson'])
  expect(codes(collection())).toEqual(['no-rows'])
})

test('an outline of more vertices than any commune has is refused', () => {
  const spiral = Array.from({ length: 50_001 }, (_, i) => [i / 1e6, 45 + i / 1e6])
  expect(codes(collection(feature({ code: '16102' }, { type: 'Polygon', coordinates: [spiral] })))).toEqual([
    'too-many-vertices',
  ])
})

test.each(['code', 'insee', 'INSEE_COM', 'code_insee', 'Code INSEE', 'codgeo', 'DEPCOM'])(
  '%s names the commune',
  name => {
    expect(codes(collection(feature({ id: 'x', [name]: '16102' })))).toMatchObject([{ insee: '16102' }])
  },
)

test('the surest property wins, and a number has lost its zero', () => {
  expect(codes(collection(feature({ code: 'COMMUNE', INSEE_COM: '16102' })))).toMatchObject([
    { insee: '16102' },
  ])
  const ain = [
    [4.9, 46.1],
    [5, 46.1],
    [5, 46.2],
    [4.9, 46.1],
  ]
  const drawn = feature({ code_insee: 1001 }, { type: 'Polygon', coordinates: [ain] })
  expect(codes(collection(drawn))).toMatchObject([{ insee: '01001' }])
})

test('an outline with latitude first is told in every territory', () => {
  const swapped = (ring: readonly number[][]) => ring.map(([lon = 0, lat = 0]) => [lat, lon])
  const drawn = (code: string, ring: number[][]) =>
    feature({ code }, { type: 'Polygon', coordinates: [ring] })
  expect(codes(collection(drawn('16102', swapped(SQUARE))))).toEqual(['swapped-position'])
  const cayenne = [
    [-52.4, 4.8],
    [-52.2, 4.8],
    [-52.2, 5],
    [-52.4, 4.8],
  ]
  expect(codes(collection(drawn('97302', cayenne)))).toMatchObject([{ insee: '97302' }])
  expect(codes(collection(drawn('97302', swapped(cayenne))))).toEqual(['swapped-position'])
})

test('an outline far from its own commune is told', () => {
  const angouleme = [
    [0.1, 45.6],
    [0.2, 45.6],
    [0.2, 45.7],
    [0.1, 45.6],
  ]
  const drawn = (code: string, ring: number[][]) =>
    feature({ code }, { type: 'Polygon', coordinates: [ring] })
  expect(codes(collection(drawn('16015', angouleme)))).toMatchObject([{ insee: '16015' }])
  expect(
    codes(
      collection(
        drawn(
          '16015',
          SQUARE.map(([lon = 0, lat = 0]) => [lon + 4, lat]),
        ),
      ),
    ),
  ).toEqual(['outline-elsewhere'])
})
