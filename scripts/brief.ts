import { existsSync, readFileSync } from 'node:fs'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { packFiles } from '../src/committee/committee-queries.ts'
import { readSettings } from '../src/config.ts'
import { equippedDepartments } from '../src/demand/job-work.ts'
import { today } from '../src/io/clock.ts'
import { printPaper } from '../src/io/pdf/print-paper.ts'
import { townHall } from '../src/places/town-hall-queries.ts'
import { openService } from '../src/service.ts'
import { briefPaper } from '../src/towns/brief-paper.tsx'
import { briefOf } from '../src/towns/brief-queries.ts'
import { runCommand } from './run-command.ts'

const USAGE = `Usage : npm run brief -- --town CODE_INSEE… [--out DOSSIER]
        npm run brief -- --all [--department CODE… | --nation] [--out DOSSIER]
--all écrit le dossier de la réunion : fiches, couverture, tableurs, d’un département (DEPARTMENT), de ceux qui sont
nommés, ou de tous avec --nation ; au-delà d’un seul, chacun a son dossier. Ce qui est déjà là et dit encore la même
chose est gardé : après une interruption, la même commande continue. Ctrl+C ne laisse pas de fichier à moitié écrit.`

/** Writes town sheets as files. @returns the exit code. */
async function main(): Promise<number | 'misused'> {
  const { values } = parseArgs({
    options: {
      town: { type: 'string', multiple: true },
      all: { type: 'boolean' },
      department: { type: 'string', multiple: true },
      nation: { type: 'boolean' },
      out: { type: 'string', default: 'fiches' },
    },
  })
  const towns = values.town ?? []
  const some = values.department !== undefined || values.nation === true
  const sound = (towns.length === 0) === (values.all === true) && !(some && !values.all)
  if (!sound || (values.department && values.nation)) {
    return 'misused'
  }
  const settings = readSettings(process.env)
  const service = await openService(settings, console)
  const stop = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => stop.abort())
  try {
    if (!values.all) return await writeTowns(service.db, towns, values.out)
    const departments = values.nation
      ? await equippedDepartments(service.db)
      : (values.department ?? [settings.department])
    let failed = 0
    for (const department of departments) {
      const out = departments.length === 1 ? values.out : join(values.out, department)
      failed += await writePack(service.db, department, out, stop.signal)
      if (!stop.signal.aborted) continue
      console.error('Arrêté : la même commande continue.')
      return 130
    }
    return failed > 0 ? 1 : 0
  } finally {
    await service.close()
  }
}

/** Writes the pack of a department, but what is there already. @returns how many sheets could not be made. */
async function writePack(db: Db, department: string, out: string, stop: AbortSignal): Promise<number> {
  let [failed, kept, written] = [0, 0, 0]
  const files = packFiles(db, department, today(), {
    has: (name, saysTheSame) => {
      const path = join(out, name)
      const there = existsSync(path) && saysTheSame(readFileSync(path))
      if (there) kept += 1
      return there
    },
    report: (error, hall) => {
      failed += 1
      const why = error instanceof Error ? error.message : String(error)
      console.error(`${hall.name} : fiche non faite, ${why}`)
    },
  })
  for await (const { name, bytes, told } of files) {
    await write(join(out, name), bytes)
    written += 1
    console.log(`${written}. ${name} – ${told}`)
    if (stop.aborted) break
  }
  console.log(`${department} : ${written} fichiers écrits, ${kept} déjà là.`)
  return failed
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
    const brief = await briefOf(db, hall, today())
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

runCommand(USAGE, main)
