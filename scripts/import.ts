import { createReadStream } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { parseArgs } from 'node:util'
import { readSettings } from '../src/config.ts'
import { importContours, importFile } from '../src/imports/import-queries.ts'
import { CONTOURS } from '../src/imports/kinds/contour-file.ts'
import { isKind, KIND_CODES } from '../src/imports/kinds.ts'
import { LIMITS } from '../src/imports/limits.ts'
import { importLongFile, type Progress } from '../src/imports/long-import-queries.ts'
import { today } from '../src/io/clock.ts'
import { openService } from '../src/service.ts'
import { runCommand } from './run-command.ts'

const USAGE = `Usage : npm run import -- FICHIER… [--kind TYPE] [--source ÉDITEUR] [--published AAAA-MM-JJ]
Types : ${KIND_CODES.join(', ')} ; ${CONTOURS} pour un GeoJSON de communes (propriété « code » ou « insee »)
Ce que dit le fichier en tête (# type, # source, # publié le) l’emporte sur les options.`

/** Imports files one after the other; each is stored whole or not at all. @returns the exit code. */
async function main(): Promise<number | 'misused'> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      kind: { type: 'string' },
      source: { type: 'string' },
      published: { type: 'string' },
    },
  })
  const kind = values.kind
  if (positionals.length === 0 || (kind !== undefined && kind !== CONTOURS && !isKind(kind))) {
    return 'misused'
  }
  const settings = readSettings(process.env)
  const files = await Promise.all(positionals.map(async path => ({ path, size: (await stat(path)).size })))
  const service = await openService(settings, console)
  let refused = 0
  try {
    for (const { path, size } of files) {
      const about = {
        name: basename(path),
        source: values.source,
        publishedOn: values.published,
        defaultPlace: settings.department,
        receivedFrom: 'ligne de commande',
      }
      const content = async () => ({ ...about, bytes: new Uint8Array(await readFile(path)) })
      const result =
        kind === CONTOURS
          ? await importContours(service.db, await content(), today())
          : size <= LIMITS.bytes
            ? await importFile(service.db, { ...(await content()), kind }, today())
            : await importLongFile(
                service.db,
                {
                  ...about,
                  kind,
                  bytes: size,
                  open: () => createReadStream(path, { highWaterMark: PIECE_BYTES }),
                },
                today(),
                { progress: shown(size) },
              )
      if ('faults' in result) {
        refused += 1
        console.error(`${path} : refusé, ${result.total} défaut(s), rien n’a été enregistré.`)
        for (const fault of result.faults) {
          const column = fault.column === undefined ? '' : `, colonne ${fault.column}`
          console.error(`  ligne ${fault.line}${column} [${fault.code}] ${fault.message} ${fault.remedy}`)
        }
        if (result.total > result.faults.length)
          console.error(`  … et ${result.total - result.faults.length} autres.`)
      } else if (result.alreadyKnown) {
        console.log(`${path} : déjà importé (n° ${result.release}), rien n’a été écrit.`)
      } else {
        console.log(
          `${path} : ${result.rows} lignes enregistrées (import n° ${result.release}, ${result.kind}).`,
        )
      }
    }
  } finally {
    await service.close()
  }
  return refused > 0 ? 1 : 0
}

const PIECE_BYTES = 1 << 18
const BETWEEN_LINES_MILLIS = 2_000

/** Tells how far a long file is, every two seconds. Ctrl-C leaves nothing of it in the database. */
function shown(size: number): (progress: Progress) => void {
  let next = Date.now() + BETWEEN_LINES_MILLIS
  return ({ bytesRead, rows }) => {
    if (Date.now() < next) return
    next = Date.now() + BETWEEN_LINES_MILLIS
    console.log(`  ${Math.floor((100 * bytesRead) / size)} %, ${rows} lignes lues`)
  }
}

runCommand(USAGE, main)
