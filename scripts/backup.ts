import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { readSettings } from '../src/config.ts'
import { openDatabase } from '../src/io/database/open.ts'
import { programVersion } from '../src/service.ts'
import { writeBackup } from './backup/write.ts'
import { runCommand } from './run-command.ts'

/** Writes a backup of the database of the settings, while the service runs or not. @returns the exit code. */
async function main(): Promise<number | 'misused'> {
  const { values } = parseArgs({ options: { out: { type: 'string' } } })
  if (values.out === undefined) return 'misused'
  const opened = await openDatabase({
    ...readSettings(process.env),
    log: console,
    statementMillis: 0,
    connections: 1,
  })
  try {
    const { rows, sha256 } = await writeBackup(opened.pool, resolve(values.out), await programVersion())
    console.log(`${values.out} : ${rows} lignes, empreinte du contenu ${sha256}`)
    return 0
  } finally {
    await opened.close()
  }
}

runCommand('Usage : npm run backup -- --out FICHIER', main)
