import { type Flaw, flawed } from './cells/fault.ts'
import type { Sheet } from './sheet.ts'

/** Whether a text is JSON by its first sign; a shortcut of Windows begins as one. */
export function isJson(text: string): boolean {
  return /^\s*(?:\{|\[(?!InternetShortcut))/.test(text.slice(0, 4_096))
}

/**
 * The records of a JSON text as a table: those of the array that it is, of the longest array of objects that it holds
 * (`{"service": […]}`, `{"data": {"items": […]}}`), of its lines when each is an object; rows under the names of their
 * columns are records too. Its columns are the keys of the records; what is nested stays written as JSON.
 */
export function jsonTable(text: string): Sheet | { flaw: Flaw } {
  const read = parsedJson(text) ?? linesOf(text)
  if (read === undefined) return DAMAGED
  if (isRecord(read) && read['type'] === 'FeatureCollection' && !placesPoints(read)) return OUTLINES
  const records = recordsIn(read)
  if (records.length === 0) return NO_RECORD
  const names = [...new Set(records.slice(0, LOOKED_AT).flatMap(record => Object.keys(record)))].slice(
    0,
    MOST_COLUMNS,
  )
  const rows = records.map((record, i) => ({ line: i + 2, cells: names.map(name => cellOf(record[name])) }))
  const head = [...saidIn(read).map(text => [text]), names].map(cells => ({ line: 1, cells }))
  return { name: '', rows: [...head, ...rows], hiddenRows: [], merges: 0 }
}

const LOOKED_AT = 1_000
const MOST_COLUMNS = 1_000

type JsonRecord = Readonly<Record<string, unknown>>

const MOST_NESTED = 3

const DEEPEST = 1_000

/** What a JSON text says; what is nested without end would take seventy times its size in memory. */
export function parsedJson(text: string): unknown {
  for (let depth = 0, i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i) | 0x20
    if (code === 0x7b) depth += 1
    else if (code === 0x7d) depth -= 1
    if (depth > DEEPEST) return undefined
  }
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** JSON lines: one object a line. */
function linesOf(text: string): JsonRecord[] | undefined {
  const read: JsonRecord[] = []
  for (const line of text.split('\n')) {
    const record = line.trim() === '' ? {} : parsedJson(line)
    if (!isRecord(record)) return undefined
    if (line.trim() !== '') read.push(record)
  }
  return read
}

function recordsIn(read: unknown, depth = 0): JsonRecord[] {
  if (Array.isArray(read))
    return read.some(Array.isArray)
      ? recordsUnder(read[0], read.slice(1))
      : read.filter(isRecord).map(unwrapped)
  if (!isRecord(read)) return []
  const points = pointsIn(read)
  if (points.length > 0) return points
  const { columns, fields = columns, header = fields } = read
  const rows = [read['rows'], read['data'], read['values']].find(Array.isArray)
  if (Array.isArray(header) && rows?.some(Array.isArray)) return recordsUnder(header, rows)
  return Object.values(read)
    .map(value => (Array.isArray(value) || depth < MOST_NESTED ? recordsIn(value, depth + 1) : []))
    .reduce((longest, one) => (one.length > longest.length ? one : longest), [])
}

/** What is said beside the records of them all, years and short texts: `unité : milliers`. */
function saidIn(read: unknown, depth = 0): string[] {
  if (!isRecord(read) || depth > MOST_NESTED || pointsIn(read).length > 0) return []
  return Object.entries(read).flatMap(([name, value]) => {
    const isYear = typeof value === 'number' && value > 1970 && value < 2100
    const isShort = typeof value === 'string' && value.length < 200 && !/^https?:|^$/.test(value)
    return isYear || isShort ? [`${name} : ${value}`] : saidIn(value, depth + 1)
  })
}

/** Rows under the names of their columns, which may be told with their types: `{"name": "mois"}`. */
function recordsUnder(header: unknown, rows: readonly unknown[]): JsonRecord[] {
  const names = Array.isArray(header)
    ? header.map(name => (isRecord(name) ? (name['name'] ?? name['id'] ?? name['label']) : name))
    : []
  if (!names.every(name => typeof name === 'string')) return []
  return rows.flatMap(row =>
    Array.isArray(row) ? [Object.fromEntries(names.map((name, i) => [name, row[i]]))] : [],
  )
}

/** A record without what portals put around it: the properties of a point on a map and where it stands. */
function unwrapped(record: JsonRecord): JsonRecord {
  const inside = ['fields', 'properties', 'attributes'].map(key => record[key]).find(isRecord)
  if (inside === undefined) return record
  const [longitude, latitude] = pointOf(record) ?? []
  return longitude === undefined ? inside : { latitude, longitude, ...inside }
}

function pointOf({ geometry }: JsonRecord): unknown[] | undefined {
  const at = isRecord(geometry) && geometry['type'] === 'Point' ? geometry['coordinates'] : undefined
  return Array.isArray(at) ? at : undefined
}

/** Whether a map holds points: one that draws outlines is another kind of file. */
function placesPoints({ features }: JsonRecord): boolean {
  return Array.isArray(features) && features.every(one => isRecord(one) && (!one['geometry'] || pointOf(one)))
}

/**
 * The points of the series of an answer of this service, each with what its series and its source say; a series says what it is of,
 * and what it leaves empty it does not say.
 */
function pointsIn({ series }: JsonRecord): JsonRecord[] {
  if (!Array.isArray(series)) return []
  return series.filter(isRecord).flatMap(({ points, years: _, ...about }) =>
    Array.isArray(points)
      ? points.filter(isRecord).map(({ source, ...point }) => {
          const told = Object.entries({ ...about, ...point, ...(isRecord(source) ? source : {}) })
          return Object.fromEntries(told.filter(([, value]) => value !== '' && !isNested(value)))
        })
      : [],
  )
}

function isNested(value: unknown): boolean {
  return typeof value === 'object' && value !== null
}

function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function cellOf(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'object') return JSON.stringify(value)
  if (typeof value === 'boolean') return value ? 'oui' : 'non'
  return String(value)
}

const DAMAGED = flawed(
  'json-file',
  'Ce fichier est du JSON tronqué ou abîmé.',
  'Téléchargez-le de nouveau, ou envoyez les chiffres en CSV, à partir du modèle de fichier.',
)
const OUTLINES = flawed(
  'json-file',
  'Ce fichier est un GeoJSON de contours.',
  'Déposez-le à la page Données avec le type « Contours des communes ».',
)
const NO_RECORD = flawed(
  'json-file',
  'Ce JSON ne contient aucune liste d’enregistrements.',
  'Envoyez un tableau d’objets, un par ligne, ou un CSV à partir du modèle de fichier.',
)
