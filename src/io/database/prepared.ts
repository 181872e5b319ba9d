import type pg from 'pg'
import { errorCode } from './unavailable.ts'

/** Statements asked this often are worth a plan of their own on each connection. */
const OFTEN = 8
/** Most statements kept planned: each takes up to 100 kB on every connection of the server. */
const MOST = 64
const LONGEST = 20_000
/** « cached plan must not change result type ». */
const NOT_SUPPORTED = '0A000'

/**
 * What has each connection of a pool keep the plans of frequent statements with parameters: planning the views of
 * published figures takes ten times longer than running them. PostgreSQL makes such a plan anew by itself when a table
 * or the role changes.
 * @returns what a new connection goes through before it is used.
 */
export function plansKept(): (client: pg.PoolClient) => void {
  const nameOf = frequentNames()
  return client => {
    const query = client.query.bind(client) as (...given: unknown[]) => unknown
    client.query = ((...given: unknown[]) => {
      const [text, values] = given
      if (typeof text !== 'string' || !Array.isArray(values) || values.length === 0 || given.length !== 2)
        return query(...given)
      const name = nameOf(text)
      if (name === undefined) return query(text, values)
      return (query({ name, text, values }) as Promise<unknown>).catch((error: unknown) => {
        // A newer program rebuilt a view with other columns while this one runs.
        if (errorCode(error) === NOT_SUPPORTED) return query(text, values)
        throw error
      })
    }) as typeof client.query
  }
}

/** Frequent statements, by their text, with the name under which connections keep their plan. */
function frequentNames(): (text: string) => string | undefined {
  const names = new Map<string, string>()
  const asked = new Map<string, number>()
  return text => {
    const known = names.get(text)
    if (known !== undefined || names.size >= MOST || text.length > LONGEST) return known
    const times = (asked.get(text) ?? 0) + 1
    if (times < OFTEN) {
      // Texts that differ by their number of parameters never come often: forgotten together, they take no room.
      if (asked.size > 1_000) asked.clear()
      asked.set(text, times)
      return undefined
    }
    asked.delete(text)
    const name = `vigie_${names.size}`
    names.set(text, name)
    return name
  }
}
