import { COMMUNE_CODE } from '../../pure/figures/place-code.ts'
import { frenchNumber } from '../../pure/french/french.ts'
import { largest, smallest } from '../../pure/numerics/extremes.ts'
import type { CommuneLookup } from '../cells/column.ts'
import { flawed, quoted, type Reading } from '../cells/fault.ts'
import { nameKey } from '../cells/name.ts'
import { degrees, isInFrance } from '../cells/position.ts'
import { FaultLog, type FaultReport, refusedFor } from '../fault-log.ts'
import { parsedJson } from '../json-table.ts'

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
/** Outlines read before others are answered. */
const OUTLINES_AT_ONCE = 20
/** Properties that hold the INSEE code, as IGN, INSEE, Etalab and OpenStreetMap name them; the surest first. */
const CODE_PROPERTIES = [
  'inseecom',
  'codeinsee',
  'inseecode',
  'refinsee',
  'insee',
  'codgeo',
  'codecommune',
  'depcom',
  'code',
]
/** Where a commune is known to be, and how near, in degrees (WGS 84). */
export interface KnownPosition {
  lat: number
  lon: number
  /** How far outside the box of its outline it may be. */
  within: number
}

/** Where communes are known to be; `undefined` when nobody says. */
export type CommunePosition = (insee: string) => KnownPosition | undefined

/** What outlines are read against. */
export interface ContourSetting {
  knownCommunes: CommuneLookup
  positionOf?: CommunePosition | undefined
}

/**
 * Reads a GeoJSON FeatureCollection of communes, each with its INSEE code (`code`, `insee`, `INSEE_COM`, `code_insee`…),
 * into outlines or into all its faults at once. JSON has no lines worth telling: a fault names the feature instead of a
 * line. Outline by outline: whoever reads may do something else in between.
 */
export function* readContours(
  bytes: Uint8Array,
  setting: ContourSetting,
): Generator<undefined, Contour[] | FaultReport> {
  const features = featuresOf(bytes)
  if ('flaw' in features) return refusedFor(features.flaw)
  if (features.value.length === 0) return refusedFor(NO_COMMUNE)
  const log = new FaultLog()
  const contours: Contour[] = []
  const seen = new Set<string>()
  for (const [i, feature] of features.value.entries()) {
    const read = contourOf(feature, i, { ...setting, seen })
    if ('flaw' in read) log.add({ line: 1, column: `features[${i}]`, columnNumber: i + 1, ...read.flaw })
    else contours.push(read.value)
    if (i % OUTLINES_AT_ONCE === 0) yield
  }
  return log.total > 0 ? log.report() : contours
}

const NO_COMMUNE = flawed(
  'no-rows',
  'Le fichier ne dessine aucune commune.',
  'Ajoutez une « feature » par commune.',
).flaw

function contourOf(
  feature: unknown,
  i: number,
  { knownCommunes, positionOf = () => undefined, seen }: ContourSetting & { seen: Set<string> },
): Reading<Contour> {
  const insee = codeOf(feature)
  if (insee === undefined) {
    return flawed(
      'missing-commune-code',
      `La commune n° ${i + 1} n’a pas de code INSEE.`,
      'Donnez-lui une propriété « code », « insee », « INSEE_COM » ou « code_insee », en texte : "16102".',
    )
  }
  if (!COMMUNE_CODE.test(insee)) {
    return flawed(
      'invalid-insee',
      `Code INSEE ${quoted(insee)} illisible.`,
      'Écrivez cinq caractères : 16102.',
    )
  }
  if (knownCommunes(insee).state === 'unknown') {
    return flawed(
      'unknown-commune',
      `Aucune commune ne porte ou n’a porté le code ${insee}.`,
      'Corrigez le code, ou retirez ce contour.',
    )
  }
  if (seen.has(insee)) {
    return flawed(
      'duplicate-commune',
      `La commune ${insee} est dessinée deux fois.`,
      'Gardez un seul contour, en « MultiPolygon » si la commune a plusieurs parties.',
    )
  }
  seen.add(insee)
  const rings = ringsOf(memberOf(feature, 'geometry'))
  if (rings === undefined) {
    return flawed(
      'invalid-geometry',
      `Le contour de la commune ${insee} n’est pas un polygone fermé de quatre points au moins.`,
      'Donnez un « Polygon » ou un « MultiPolygon », en longitude puis latitude.',
    )
  }
  const vertices = rings.reduce((sum, ring) => sum + ring.length, 0)
  if (vertices > MOST_VERTICES) return tooDetailed(insee, vertices)
  const points = rings.flat()
  const known = positionOf(insee)
  const astray = points.find(([lon, lat]) => !isInFrance(lat, lon))
  if (astray !== undefined) {
    const [lon, lat] = astray
    return isInFrance(lon, lat) ? swapped(insee, astray) : outsideFrance(insee, astray)
  }
  if (known === undefined || boxHolds(points, known)) return { value: { insee, rings } }
  return boxHolds(points, { ...known, lat: known.lon, lon: known.lat })
    ? swapped(insee, points[0]!)
    : elsewhere(insee, points[0]!, known)
}

function featuresOf(bytes: Uint8Array): Reading<readonly unknown[]> {
  if (bytes.length > LARGEST_BYTES)
    return flawed('file-too-large', 'Le fichier dépasse 50 Mo.', 'Simplifiez les contours, ou coupez-le.')
  const collection = parsed(bytes)
  const features = memberOf(collection, 'features')
  return memberOf(collection, 'type') === 'FeatureCollection' && Array.isArray(features)
    ? { value: features }
    : flawed(
        'not-geojson',
        'Le fichier n’est pas une « FeatureCollection » GeoJSON en UTF-8.',
        'Exportez les communes en GeoJSON (WGS 84), une commune par « feature ».',
      )
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return parsedJson(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return undefined
  }
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}

function codeOf(feature: unknown): string | undefined {
  const properties = memberOf(feature, 'properties')
  if (typeof properties !== 'object' || properties === null) return undefined
  const named = new Map(Object.entries(properties).map(([name, value]) => [nameKey(name), value as unknown]))
  return CODE_PROPERTIES.map(name => codeText(named.get(name))).find(code => code !== undefined)
}

/** A code that a program took for a number has lost its leading zero. */
function codeText(value: unknown): string | undefined {
  if (typeof value === 'number' && Number.isInteger(value)) return String(value).padStart(5, '0')
  return typeof value === 'string' && value.trim() !== '' ? value.trim().toUpperCase() : undefined
}

function ringsOf(geometry: unknown): Position[][] | undefined {
  const type = memberOf(geometry, 'type')
  const coordinates = memberOf(geometry, 'coordinates')
  const polygons = type === 'Polygon' ? [coordinates] : type === 'MultiPolygon' ? coordinates : undefined
  if (!Array.isArray(polygons) || !polygons.every(one => Array.isArray(one) && one.length > 0))
    return undefined
  const rings: unknown[] = polygons.flat()
  if (rings.length === 0 || !rings.every(isRing)) return undefined
  return rings.map(ring => ring.map(([lon, lat]) => [lon, lat] as const))
}

/** A ring is closed: its first point is written again at its end. */
const isRing = (ring: unknown): ring is Position[] =>
  Array.isArray(ring) &&
  ring.length >= 4 &&
  ring.every(point => Array.isArray(point) && typeof point[0] === 'number' && typeof point[1] === 'number')

/** Whether a position is in the box around an outline, or near it. */
function boxHolds(points: readonly Position[], { lat, lon, within }: KnownPosition): boolean {
  const lons = points.map(([x]) => x)
  const lats = points.map(([, y]) => y)
  return (
    lon >= smallest(lons) - within &&
    lon <= largest(lons) + within &&
    lat >= smallest(lats) - within &&
    lat <= largest(lats) + within
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

function swapped(insee: string, [lon, lat]: Position) {
  return flawed(
    'swapped-position',
    `La latitude et la longitude semblent inversées : le contour de la commune ${insee} commence à la longitude ${degrees(lon)} et à la latitude ${degrees(lat)}.`,
    'Écrivez chaque point avec la longitude d’abord, puis la latitude, comme le veut GeoJSON.',
  )
}

function elsewhere(insee: string, [lon, lat]: Position, known: KnownPosition) {
  return flawed(
    'outline-elsewhere',
    `Le contour de la commune ${insee} (longitude ${degrees(lon)}, latitude ${degrees(lat)}) est loin d’elle (${degrees(known.lon)} ; ${degrees(known.lat)}).`,
    'Corrigez le code INSEE de ce contour, ou sa position : il est peut-être celui d’une commune d’un autre département.',
  )
}
