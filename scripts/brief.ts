import { existsSync, readFileSync } from 'node:fs'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { briefPaper } from '../src/briefs/brief-paper.tsx'
import { briefGround, briefOf } from '../src/briefs/queries.ts'
import { readSettings } from '../src/config.ts'
import type { ArchiveEntry } from '../src/io/archive.ts'
import { today } from '../src/io/clock.ts'
import { printPaper } from '../src/io/pdf/print-paper.ts'
import { packFiles } from '../src/reports/queries.ts'
import { openService } from '../src/service.ts'
import { townHall } from '../src/town-halls/queries.ts'
import { runCommand } from './run-command.ts'

const USAGE = `Usage : npm run brief -- --town CODE_INSEE… [--out DOSSIER]
        npm run brief -- --all [--out DOSSIER] [--resume]
--all écrit le dossier de la réunion : fiches, couverture, tableurs. --resume garde les fiches déjà écrites qui disent
encore la même chose ; sans lui tout est refait. Ctrl+C s’arrête sans laisser de fichier à moitié écrit.`

/** Writes town sheets as files. @returns the exit code. */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      town: { type: 'string', multiple: true },
      all: { type: 'boolean' },
      resume: { type: 'boolean' },
      out: { type: 'string', default: 'fiches' },
      help: { type: 'boolean' },
    },
  })
  const towns = values.town ?? []
  if (values.help || (towns.length === 0) === !values.all) {
    console.error(USAGE)
    return values.help ? 0 : 2
  }
  const settings = readSettings(process.env)
  const service = await openService(settings, console)
  let stopped = false
  for (const signal of ['SIGINT', 'SIGTERM'])
    process.once(signal, () => {
      stopped = true
    })
  try {
    if (!values.all) return await writeTowns(service.db, towns, values.out)
    let failed = 0
    const files = packFiles(service.db, settings.department, today(), {
      has: ({ pdf, data }) =>
        values.resume === true && existsSync(join(values.out, pdf)) && isWritten(values.out, data),
      report: (error, hall) => {
        failed += 1
        console.error(
          `${hall.name} : fiche non faite, ${error instanceof Error ? error.message : String(error)}`,
        )
      },
    })
    let written = 0
    for await (const { name, bytes, told } of files) {
      await write(join(values.out, name), bytes)
      written += 1
      console.log(`${written}. ${name} – ${told}`)
      if (stopped) {
        console.error('Arrêté : relancez avec --resume pour continuer.')
        return 130
      }
    }
    if (failed > 0) return 1
    return 0
  } finally {
    await service.close()
  }
}

function isWritten(out: string, { name, bytes }: ArchiveEntry): boolean {
  const path = join(out, name)
  return existsSync(path) && readFileSync(path).equals(bytes)
}

type Db = Parameters<typeof townHall>[0]

async function writeTowns(db: Db, towns: readonly string[], out: string): Promise<number> {
  let unknown = 0
  for (const insee of towns) {
    const hall = await townHall(db, insee)
    if (hall === undefined) {
      console.error(`${insee} : aucune mairie équipée connue ne porte ce code.`)
      unknown += 1
      continue
    }
    const brief = await briefOf(db, hall, await briefGround(db, hall.department, today()))
    const { pdf } = await printPaper(briefPaper(brief))
    await write(join(out, `${insee}.pdf`), pdf)
    await write(join(out, `${insee}.json`), new TextEncoder().encode(JSON.stringify(brief, undefined, 2)))
    console.log(`${hall.name} : ${join(out, `${insee}.pdf`)}`)
  }
  return unknown > 0 ? 1 : 0
}

/** Writes beside, then renames: a file that is there is whole. */
async function write(path: string, bytes: Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  await writeFile(`${path}.part`, bytes)
  await rename(`${path}.part`, path)
}

runCommand(main)
