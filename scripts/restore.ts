import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { readSettings } from '../src/config.ts'
import { openDatabase } from '../src/io/database/open.ts'
import { projectRoot } from '../src/io/project-root.ts'
import { restoreBackup } from './restore/read.ts'
import { runCommand } from './run-command.ts'

/** Restores a backup into the empty database of the settings. @returns the exit code. */
async function main(): Promise<number | 'misused'> {
  const { values } = parseArgs({ options: { from: { type: 'string' } } })
  if (values.from === undefined) return 'misused'
  const opened = await openDatabase({
    ...readSettings(process.env),
    log: console,
    statementMillis: 0,
    connections: 2,
  })
  try {
    const { rows, sha256 } = await restoreBackup(opened.pool, resolve(values.from), {
      directory: join(projectRoot(), 'sql'),
    })
    console.log(`${values.from} : ${rows} lignes restaurées, empreinte du contenu vérifiée ${sha256}`)
    return 0
  } finally {
    await opened.close()
  }
}

runCommand('Usage : npm run restore -- --from FICHIER   (dans une base vide)', main)
