import { type Flaw, flawed } from './cells/fault.ts'
import type { Sheet } from './sheet.ts'

/** Whether a text is JSON by its first sign. */
export function isJson(text: string): boolean {
  return /^\s*[[{]/.test(text.slice(0, 4_096))
}

/**
 * The records of a JSON text as a table: those of the array that it is, or of the longest array of objects that it holds
 * (`{"service": […]}`, `{"results": […]}`). Its columns are the keys of the records; what is nested stays written as JSON.
 */
export function jsonTable(text: string): Sheet | { flaw: Flaw } {
  let read: unknown
  try {
    read = JSON.parse(text)
  } catch {
    return DAMAGED
  }
  if (typeof read === 'object' && read !== null && Reflect.get(read, 'type') === 'FeatureCollection')
    return OUTLINES
  const records = recordsIn(read)
  if (records.length === 0) return NO_RECORD
  const names = [...new Set(records.slice(0, LOOKED_AT).flatMap(record => Object.keys(record)))].slice(
    0,
    MOST_COLUMNS,
  )
  const rows = records.map((record, i) => ({ line: i + 2, cells: names.map(name => cellOf(record[name])) }))
  return { name: '', rows: [{ line: 1, cells: names }, ...rows], hiddenRows: [], merges: 0 }
}

const LOOKED_AT = 1_000
const MOST_COLUMNS = 1_000

type JsonRecord = Readonly<Record<string, unknown>>

function recordsIn(read: unknown): JsonRecord[] {
  if (Array.isArray(read)) return read.filter(isRecord)
  if (!isRecord(read)) return []
  const points = pointsIn(read)
  if (points.length > 0) return points
  return Object.values(read)
    .map(value => (Array.isArray(value) ? value.filter(isRecord) : []))
    .reduce((longest, one) => (one.length > longest.length ? one : longest), [])
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
