import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Pool } from 'pg'
import type { Settings } from './config.ts'
import { loadPlaces } from './imports/geography-queries.ts'
import { importShippedFiles, SHIPPED_FOLDER } from './imports/shipped-queries.ts'
import { clockInParis, today } from './io/clock.ts'
import type { Log } from './io/database/log.ts'
import { migrate } from './io/database/migrate.ts'
import { type OpenDatabase, openDatabase } from './io/database/open.ts'
import type { Db } from './io/database/schema.ts'
import { projectRoot } from './io/project-root.ts'

/** Opens the database and brings it to the state of this program. */
export async function openService(
  settings: Pick<Settings, 'databaseUrl' | 'dataDir'> & Partial<Pick<Settings, 'replicaUrl'>>,
  log: Log,
): Promise<OpenDatabase> {
  const opened = await openDatabase({ ...settings, log })
  await prepareOrClose(opened)
  return opened
}

/** Brings an open database to the state of this program, or leaves it. */
export async function prepareOrClose(opened: OpenDatabase): Promise<void> {
  try {
    await prepareDatabase(opened)
  } catch (error) {
    await opened.close()
    throw error
  }
}

/** Applies the migrations, loads the geographic code, and imports the figures shipped with the program. */
export async function prepareDatabase({ db, pool }: { db: Db; pool: Pool }): Promise<void> {
  await migrate(pool, { directory: join(projectRoot(), 'sql') })
  await loadPlaces(db)
  await importShippedFiles(db, SHIPPED_FOLDER, today())
}

/** What readings stand on, as the settings say it. */
export function collectingOf(settings: Settings) {
  const { collectorHosts, secretKey, importDir, securityContact, signIn, piloteIndicators } = settings
  const contact = securityContact ?? signIn?.publicUrl
  return {
    outside: {
      hosts: collectorHosts,
      userAgent: contact === undefined ? 'VigieTitres' : `VigieTitres (+${contact})`,
    },
    secretKey,
    importDir,
    piloteIndicators,
    clock: clockInParis,
  }
}

/** What alerts stand on besides what readings do, as the settings say it. */
export function alertingOf({ mail, signIn, port }: Settings) {
  return { mail, origin: signIn?.publicUrl ?? `http://localhost:${port}` }
}

/** Version written in `package.json`. */
export async function programVersion(): Promise<string> {
  const manifest: unknown = JSON.parse(await readFile(join(projectRoot(), 'package.json'), 'utf8'))
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest
    ? String(manifest.version)
    : ''
}
