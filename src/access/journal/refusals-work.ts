import type { Db } from '../../io/database/schema.ts'
import { logSecurity, type SecurityNote } from './journal-queries.ts'

const MINUTE = 60_000
const MOST_AUTHORS = 10_000

/**
 * Logs refusals, the first of an author in a minute at once and the others as one line at its end, so that whoever is
 * refused ten times a second does not fill the log. @returns what logs one.
 */
export function refusalLog(
  db: Db,
  period = MINUTE,
): (refusal: Omit<SecurityNote, 'event'> & { detail: string }) => Promise<void> {
  const others = new Map<string, number>()
  return async ({ account, address, detail }) => {
    const author = `${account} ${address}`
    const known = others.get(author)
    if (known !== undefined) others.set(author, known + 1)
    if (known !== undefined || others.size >= MOST_AUTHORS) return
    others.set(author, 0)
    setTimeout(() => {
      const count = others.get(author) ?? 0
      others.delete(author)
      if (count === 0) return
      // A log that cannot be written now holds nothing back.
      logSecurity(db, { event: 'refused', account, address, detail: `${count} autres` }).catch(
        () => undefined,
      )
    }, period).unref()
    await logSecurity(db, { event: 'refused', account, address, detail })
  }
}
