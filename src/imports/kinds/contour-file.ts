import { frenchNumber } from '../../pure/french/french.ts'
import type { CommuneLookup } from '../cells/column.ts'
import { flawed, quoted, type Reading } from '../cells/fault.ts'
import { degrees } from '../cells/position.ts'
import { FaultLog, type FaultReport } from '../fault-log.ts'

/** Code of the kind of file that draws communes; it is the only one that is no table. */
export const CONTOURS = 'contours'

/** A point of an outline: longitude, then latitude, as GeoJSON writes them. */
export type Position = readonly [number, number]

/** The outline of one commune: its outer rings and its holes. */
export interface Contour {
  insee: string
  rings: Position[][]
}

/** Largest file of outlines, in bytes: every commune of France at 100 metres. */
const LARGEST_BYTES = 50 * 1024 * 1024
/** The most indented commune has 3,000 at 10 metres. */
const MOST_VERTICES = 50_000
/** France and its overseas departments. */
const BOUNDS = { west: -64, east: 56, south: -22, north: 52 }

/**
 * Reads a GeoJSON FeatureCollection of communes, each with its INSEE code under `code` or `insee`, into outlines or
 * into all its faults at once. JSON has no lines worth telling: a fault names the feature instead of a line.
 */
export function readContours(bytes: Uint8Array, knownCommunes: CommuneLookup): Contour[] | FaultReport {
  const log = new FaultLog()
  const features = featuresOf(bytes, log)
  const contours: Contour[] = []
  const seen = new Set<string>()
  features.forEach((feature, i) => {
    const read = contourOf(feature, i, { knownCommunes, seen })
    if ('flaw' in read) log.add({ line: 1, column: `features[${i}]`, columnNumber: i + 1, ...read.flaw })
    else contours.push(read.value)
  })
  if (log.total === 0 && contours.length === 0) log.add({ line: 1, ...noFeature().flaw })
  return log.total > 0 ? log.report() : contours
}

function contourOf(
  feature: unknown,
  i: number,
  { knownCommunes, seen }: { knownCommunes: CommuneLookup; seen: Set<string> },
): Reading<Contour> {
  const insee = codeOf(feature)
  if (insee === undefined) return missingCode(i)
  if (!/^(\d{5}|2[AB]\d{3})$/.test(insee)) return invalidCode(insee)
  if (knownCommunes(insee).state === 'unknown') return unknownCommune(insee)
  if (seen.has(insee)) return drawnTwice(insee)
  seen.add(insee)
  const rings = ringsOf(memberOf(feature, 'geometry'))
  if (rings === undefined) return invalidGeometry(insee)
  const vertices = rings.reduce((sum, ring) => sum + ring.length, 0)
  if (vertices > MOST_VERTICES) return tooDetailed(insee, vertices)
  const astray = rings.flat().find(point => !inFrance(point))
  return astray === undefined ? { value: { insee, rings } } : outsideFrance(insee, astray)
}

function featuresOf(bytes: Uint8Array, log: FaultLog): readonly unknown[] {
  if (bytes.length > LARGEST_BYTES) {
    log.add({
      line: 1,
      ...flawed('file-too-large', 'Le fichier dépasse 50 Mo.', 'Simplifiez les contours, ou coupez-le.').flaw,
    })
    return []
  }
  const collection = parsed(bytes)
  const features = memberOf(collection, 'features')
  if (memberOf(collection, 'type') === 'FeatureCollection' && Array.isArray(features)) return features
  log.add({ line: 1, ...notGeoJson().flaw })
  return []
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return undefined
  }
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}

function codeOf(feature: unknown): string | undefined {
  const properties = memberOf(feature, 'properties')
  const code = memberOf(properties, 'code') ?? memberOf(properties, 'insee')
  return typeof code === 'string' && code !== '' ? code : undefined
}

function ringsOf(geometry: unknown): Position[][] | undefined {
  const type = memberOf(geometry, 'type')
  const coordinates = memberOf(geometry, 'coordinates')
  const polygons = type === 'Polygon' ? [coordinates] : type === 'MultiPolygon' ? coordinates : undefined
  if (!Array.isArray(polygons) || polygons.length === 0) return undefined
  const rings: Position[][] = []
  for (const polygon of polygons) {
    if (!Array.isArray(polygon) || polygon.length === 0) return undefined
    for (const ring of polygon) {
      const points = Array.isArray(ring) ? ring.map(positionOf) : []
      // A ring is closed: its first point is written again at its end.
      if (points.length < 4) return undefined
      const sound = points.filter(point => point !== undefined)
      if (sound.length < points.length) return undefined
      rings.push(sound)
    }
  }
  return rings
}

function positionOf(point: unknown): Position | undefined {
  if (!Array.isArray(point)) return undefined
  const [lon, lat]: unknown[] = point
  return typeof lon === 'number' && typeof lat === 'number' ? [lon, lat] : undefined
}

function inFrance([lon, lat]: Position): boolean {
  return lon >= BOUNDS.west && lon <= BOUNDS.east && lat >= BOUNDS.south && lat <= BOUNDS.north
}

function notGeoJson() {
  return flawed(
    'not-geojson',
    'Le fichier n’est pas une « FeatureCollection » GeoJSON en UTF-8.',
    'Exportez les communes en GeoJSON (WGS 84), une commune par « feature ».',
  )
}

function noFeature() {
  return flawed('no-rows', 'Le fichier ne dessine aucune commune.', 'Ajoutez une « feature » par commune.')
}

function missingCode(i: number) {
  return flawed(
    'missing-commune-code',
    `La commune n° ${i + 1} n’a pas de code INSEE.`,
    'Donnez-lui une propriété « code » ou « insee », en texte : "16102".',
  )
}

function invalidCode(code: string) {
  return flawed('invalid-insee', `Code INSEE ${quoted(code)} illisible.`, 'Écrivez cinq caractères : 16102.')
}

function unknownCommune(insee: string) {
  return flawed(
    'unknown-commune',
    `Aucune commune ne porte ou n’a porté le code ${insee}.`,
    'Corrigez le code, ou retirez ce contour.',
  )
}

function drawnTwice(insee: string) {
  return flawed(
    'duplicate-commune',
    `La commune ${insee} est dessinée deux fois.`,
    'Gardez un seul contour, en « MultiPolygon » si la commune a plusieurs parties.',
  )
}

function invalidGeometry(insee: string) {
  return flawed(
    'invalid-geometry',
    `Le contour de la commune ${insee} n’est pas un polygone fermé de quatre points au moins.`,
    'Donnez un « Polygon » ou un « MultiPolygon », en longitude puis latitude.',
  )
}

function tooDetailed(insee: string, vertices: number) {
  return flawed(
    'too-many-vertices',
    `Le contour de la commune ${insee} a ${frenchNumber(vertices)} sommets : ${frenchNumber(MOST_VERTICES)} au plus.`,
    'Simplifiez les contours à 50 ou 100 mètres, comme le font les fichiers d’Etalab.',
  )
}

function outsideFrance(insee: string, [lon, lat]: Position) {
  return flawed(
    'outside-france',
    `Le contour de la commune ${insee} sort de France (longitude ${degrees(lon)}, latitude ${degrees(lat)}).`,
    'Vérifiez que les positions sont en degrés (WGS 84), la longitude d’abord.',
  )
}
