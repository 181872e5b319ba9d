import { nameKey } from '../cells/name.ts'

/**
 * Reads what columns are said to be, as JSON: the field of each column by its name, empty to leave it aside.
 * *Example:* `{"Nb dossiers": "count"}`. `undefined` when it is no such object.
 */
export function readMapping(text: string): Map<string, string> | undefined {
  let read: unknown
  try {
    read = JSON.parse(text)
  } catch {
    return undefined
  }
  if (typeof read !== 'object' || read === null || Array.isArray(read)) return undefined
  const mapping = new Map<string, string>()
  for (const [column, field] of Object.entries(read)) {
    if (typeof field !== 'string') return undefined
    mapping.set(nameKey(column), field)
  }
  return mapping
}
