import type { Kysely } from 'kysely'
import { importFile } from '../imports/import-queries.ts'
import type { ReceivedFile } from '../imports/release-queries.ts'
import type { Database } from '../io/database/schema.ts'
import type { Outside } from '../io/outside/ask.ts'
import type { Day } from '../pure/calendar/day.ts'
import type { PiloteIndicator } from '../pure/figures/pilote-indicator.ts'
import type { CollectorToRead } from './collector-queries.ts'

/** What readings stand on. */
export interface CollectorGround {
  db: Kysely<Database>
  today: () => Day
  /** The minute it is on the clocks of Paris: `2026-11-29T11:30`. */
  clock?: () => string
  outside: Outside
  /** Key of the tokens; without it none can be stored nor opened. */
  secretKey: Buffer | undefined
  /** Which indicators of PILOTE are which figures. */
  piloteIndicators?: readonly PiloteIndicator[] | undefined
  /** Folder under which watched folders stand. */
  importDir: string | undefined
  sleep?: (millis: number) => Promise<unknown>
  /** Calls that an origin takes in a minute; those of the contract otherwise. */
  callsAMinute?: number
}

/** Imports a file in the name of its collector. @returns the import, or every fault of the file. */
export function importFetched(
  { db, today, piloteIndicators: pilote }: Pick<CollectorGround, 'db' | 'today' | 'piloteIndicators'>,
  { id, name, department }: Pick<CollectorToRead, 'id' | 'name' | 'department'>,
  file: Pick<ReceivedFile, 'bytes' | 'name'>,
): ReturnType<typeof importFile> {
  return importFile(
    db,
    { ...file, pilote, source: name, defaultPlace: department, receivedFrom: `collecteur n° ${id}` },
    today(),
  )
}
