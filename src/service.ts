import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Settings } from './config.ts'
import { importShippedFiles, loadPlaces } from './imports/queries.ts'
import { today } from './io/clock.ts'
import type { Log } from './io/database/log.ts'
import { migrate } from './io/database/migrate.ts'
import { type OpenDatabase, openDatabase } from './io/database/open.ts'
import { projectRoot } from './io/project-root.ts'

/** Opens the database, brings it to the state of this program, and imports the figures shipped with it. */
export async function openService(
  settings: Pick<Settings, 'databaseUrl' | 'dataDir'>,
  log: Log,
): Promise<OpenDatabase & { version: string }> {
  const opened = await openDatabase({ ...settings, log })
  try {
    await migrate(opened.pool, { directory: join(projectRoot(), 'sql') })
    await loadPlaces(opened.db)
    await importShippedFiles(opened.db, join(projectRoot(), 'sql', 'data'), today())
    return { ...opened, version: await programVersion() }
  } catch (error) {
    await opened.close()
    throw error
  }
}

/** Version written in `package.json`. */
export async function programVersion(): Promise<string> {
  const manifest: unknown = JSON.parse(await readFile(join(projectRoot(), 'package.json'), 'utf8'))
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest
    ? String(manifest.version)
    : ''
}
