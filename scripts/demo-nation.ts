import { createReadStream } from 'node:fs'
import { mkdtemp, open, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { readSettings } from '../src/config.ts'
import { importFile } from '../src/imports/import-queries.ts'
import { isLongKind } from '../src/imports/kinds.ts'
import { importLongFile } from '../src/imports/long-import-queries.ts'
import { today } from '../src/io/clock.ts'
import { placesByCode } from '../src/places/place-queries.ts'
import { openService } from '../src/service.ts'
import { DEMO_SOURCE, type DemoFile, demoFiles } from './demo-nation/files.ts'
import { demoNetwork } from './demo-nation/network.ts'
import { runCommand } from './run-command.ts'

const USAGE = `Usage : npm run demo-nation [-- --departments N|16,17,… --years 20 --wait-months 24 --mix]
Remplit la base d’une nation synthétique : 3 460 mairies, deux titres, vingt ans de mois, et l’attente de chaque mairie
relevée chaque jour des derniers mois (--wait-months). --mix : même dans une base qui contient déjà des fichiers importés
par quelqu’un.`
const SEED = 20_220_405
const LAST_MONTH = '2025-12'
const SHIPPED = 'vigie-titres'

/** Fills a database with a synthetic nation. @returns the exit code. */
async function main(): Promise<number | 'misused'> {
  const { values } = parseArgs({
    options: {
      departments: { type: 'string', default: '101' },
      years: { type: 'string', default: '20' },
      'wait-months': { type: 'string', default: '24' },
      mix: { type: 'boolean', default: false },
    },
  })
  const years = Number(values.years)
  const waitMonths = Number(values['wait-months'])
  const listed = /^\d+$/.test(values.departments) && Number(values.departments) <= 101
  if (!within(years, 1, 50) || !within(waitMonths, 1, 600)) {
    return 'misused'
  }
  const service = await openService(readSettings(process.env), console)
  const folder = await mkdtemp(join(tmpdir(), 'nation-'))
  try {
    const real = await service.db
      .selectFrom('release')
      .innerJoin('source', 'source.id', 'release.source_id')
      .select(eb => eb.fn.countAll<number>().as('files'))
      .where('source.publisher', '<>', DEMO_SOURCE)
      .where('release.recorded_by', '<>', SHIPPED)
      .executeTakeFirstOrThrow()
    if (real.files > 0 && !values.mix) {
      console.error(
        `Cette base contient ${real.files} fichier(s) importé(s) : rien n’a été écrit. Prenez une autre base (DATA_DIR=…), ou ajoutez --mix.`,
      )
      return 1
    }
    const network = demoNetwork((await placesByCode(service.db)).values())
    const codes = [...new Set(network.map(hall => hall.department))].sort()
    const wanted = new Set(
      listed ? codes.slice(0, Number(values.departments)) : values.departments.split(','),
    )
    const halls = network.filter(hall => wanted.has(hall.department))
    if (halls.length === 0) {
      return 'misused'
    }
    const described = await service.db
      .selectFrom('town_hall')
      .select('insee')
      .where('publisher', '<>', DEMO_SOURCE)
      .execute()
    const files = demoFiles({
      halls,
      described: new Set(described.map(hall => hall.insee)),
      lastMonth: LAST_MONTH,
      years,
      waitMonths,
      seed: SEED,
    })
    console.log(
      `Nation synthétique : ${wanted.size} départements, ${halls.length} mairies, ${files.reduce((sum, file) => sum + file.rows, 0)} lignes.`,
    )
    for (const file of files) if (file.rows > 0) await store(service.db, file, join(folder, file.name))
    return 0
  } finally {
    await rm(folder, { recursive: true, force: true })
    await service.close()
  }
}

function within(value: number, least: number, most: number): boolean {
  return Number.isInteger(value) && value >= least && value <= most
}

async function store(db: Parameters<typeof importLongFile>[0], file: DemoFile, path: string): Promise<void> {
  const began = performance.now()
  const target = await open(path, 'w')
  try {
    for (const piece of file.pieces()) await target.write(piece)
  } finally {
    await target.close()
  }
  const about = { name: file.name, kind: file.kind, defaultPlace: 'FR', receivedFrom: 'npm run demo-nation' }
  const { size } = await stat(path)
  const source = { ...about, bytes: size, open: () => createReadStream(path, { highWaterMark: 1 << 18 }) }
  let next = Date.now() + 2_000
  const progress = ({ rows }: { rows: number }) => {
    if (Date.now() < next) return
    next = Date.now() + 2_000
    console.log(`  ${file.kind} : ${rows} lignes sur ${file.rows}`)
  }
  const stored = isLongKind(file.kind)
    ? await importLongFile(db, source, today(), { progress })
    : await importFile(db, { ...about, bytes: await readFile(path) }, today())
  if ('faults' in stored) {
    const [first] = stored.faults
    throw new Error(`${file.name}:${first?.line} ${first?.message} ${first?.remedy}`)
  }
  const seconds = ((performance.now() - began) / 1_000).toFixed(1)
  console.log(
    `${file.kind} : ${stored.rows} lignes ${stored.alreadyKnown ? 'déjà là' : `enregistrées en ${seconds} s`} (import n° ${stored.release}).`,
  )
}

runCommand(USAGE, main)
