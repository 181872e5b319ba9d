import { readFile as readBytes, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Kysely } from 'kysely'
import type { Database } from '../io/database/schema.ts'
import { readAhead } from '../io/made-ahead.ts'
import { type OfficialPlace, placesOrigin } from '../io/official-geography.ts'
import { projectRoot } from '../io/project-root.ts'
import { placesByCode } from '../places/place-queries.ts'
import type { Day } from '../pure/calendar/day.ts'
import { importKnowing, readingSetting, SHIPPED, sha256Of } from './import-queries.ts'
import { type ImportedFile, isRefused } from './imported-file.ts'
import { readAnyFile } from './workbook-work.ts'

/** The folder of the files shipped with the program. */
export const SHIPPED_FOLDER = join(projectRoot(), 'sql', 'data')

/** Files shipped with the program as they were read on a day, by name and digest: any later day reads them so. */
interface ReadShipped {
  day: Day
  files: ReadonlyMap<string, ImportedFile>
}

/**
 * Imports the files of `sql/data` that this database does not hold yet, oldest publication first.
 * @throws Error naming the first fault of a file: these files are part of the program.
 */
export async function importShippedFiles(
  db: Kysely<Database>,
  directory: string,
  today: Day,
  aheadFolder?: string,
): Promise<number> {
  const files = await filesOf(directory)
  const held = await db.selectFrom('stored_file').select('sha256').execute()
  const known = new Set(held.map(row => row.sha256))
  const missing = files.filter(file => !known.has(file.sha256))
  if (missing.length === 0) return 0
  const [places, ahead] = await Promise.all([
    placesByCode(db),
    placesOrigin().then(origin => readAhead<ReadShipped>('shipped', origin, aheadFolder)),
  ])
  const published = (bytes: Uint8Array) =>
    /^# publié le : (\S+)/m.exec(new TextDecoder().decode(bytes))?.[1] ?? ''
  for (const file of missing.sort((a, b) => published(a.bytes).localeCompare(published(b.bytes)))) {
    const ready = ahead && ahead.day <= today ? ahead.files.get(keyOf(file)) : undefined
    const stored = await importKnowing(db, file, today, places, ready)
    if ('faults' in stored) {
      const [fault] = stored.faults
      throw new Error(`${file.name}:${fault?.line} ${fault?.message} ${fault?.remedy}`)
    }
  }
  return missing.length
}

/** Reads the files shipped with the program, all of them sound, for `importShippedFiles` to find them read. */
export async function readShipped(places: readonly OfficialPlace[], day: Day): Promise<ReadShipped> {
  const byCode = new Map(places.map(place => [place.code, { ...place, position: place.position?.origin }]))
  const files = new Map<string, ImportedFile>()
  for (const file of await filesOf(SHIPPED_FOLDER)) {
    const read = await readAnyFile(file.bytes, readingSetting(file, day, byCode))
    if (!isRefused(read)) files.set(keyOf(file), read)
  }
  return { day, files }
}

type ShippedFile = Awaited<ReturnType<typeof filesOf>>[number]

const keyOf = ({ name, sha256 }: ShippedFile) => `${name} ${sha256}`

async function filesOf(directory: string) {
  const names = (await readdir(directory)).filter(name => name.endsWith('.csv')).sort()
  return Promise.all(
    names.map(async name => {
      const bytes = await readBytes(join(directory, name))
      return { name, bytes, sha256: sha256Of(bytes), defaultPlace: 'FR', receivedFrom: SHIPPED }
    }),
  )
}
