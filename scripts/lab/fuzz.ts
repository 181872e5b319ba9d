import { openSync, writeSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { createApp } from '../../src/app.tsx'
import { today } from '../../src/io/clock.ts'
import { listen } from '../../src/io/http/listen.ts'
import { openService } from '../../src/service.ts'
import { runCommand } from '../run-command.ts'
import { callers, SIGN_IN } from './fuzz/callers.ts'
import { type Breach, campaign } from './fuzz/campaign.ts'
import type { Description } from './fuzz/description.ts'
import { fileCampaign } from './fuzz/files.ts'
import type { FuzzRequest } from './fuzz/request.ts'

const USAGE = `Usage : npm run fuzz -- [--requests N] [--minutes N] [--seed N] [--files N] [--only /api/CHEMIN] [--json FICHIER] [--last FICHIER] [--socket]
--socket parle au service par le réseau, comme un navigateur. --last garde la demande en cours, pour le jour où le processus meurt.`

const LAST_LENGTH = 10_000
const PROGRESS_SECONDS = 10
/** A plan is judged by its shape here, not by its figures. */
const FUTURES = 50

/** Sends drawn requests to the whole service over a database of its own. @returns the exit code: 1 when one broke its description. */
async function main(): Promise<number | 'misused'> {
  const { values } = parseArgs({
    options: {
      requests: { type: 'string', default: '20000' },
      minutes: { type: 'string', default: '60' },
      seed: { type: 'string', default: String(Date.now() % 1_000_000) },
      files: { type: 'string' },
      only: { type: 'string' },
      json: { type: 'string' },
      last: { type: 'string' },
      socket: { type: 'boolean' },
    },
  })
  const { only } = values
  const [requests, minutes, seed] = [values.requests, values.minutes, values.seed].map(Number) as [
    number,
    number,
    number,
  ]
  if (!(requests > 0 && minutes > 0) || Number.isNaN(seed)) {
    return 'misused'
  }
  if (values.files !== undefined) {
    const { breaches, ...found } = fileCampaign(Number(values.files), seed)
    for (const { what, base64 } of breaches) console.log(`✗ ${what}\n    ${base64}`)
    console.log(`graine ${seed} : ${JSON.stringify(found)}, ${breaches.length} écarts`)
    return breaches.length > 0 ? 1 : 0
  }
  const last = values.last === undefined ? undefined : openSync(values.last, 'w')
  const dataDir = await mkdtemp(join(tmpdir(), 'vigie-fuzz-'))
  const log = { info: () => undefined, warn: console.error, error: console.error }
  const service = await openService({ databaseUrl: undefined, dataDir }, log)
  const bugs = new Map<string, number>()
  let door: ReturnType<typeof listen> | undefined
  let base = 'http://localhost'
  try {
    const app = createApp({
      db: service.db,
      today,
      department: '16',
      departmentName: 'Charente',
      stateIdentity: undefined,
      dsfrDist: undefined,
      version: 'fuzz',
      signIn: SIGN_IN,
      requestsPerMinute: 1e9,
      futures: FUTURES,
      report: error => {
        const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
        bugs.set(text, (bugs.get(text) ?? 0) + 1)
      },
    })
    if (values.socket)
      await new Promise<void>(resolve => {
        door = listen(
          { fetch: app.fetch, hostname: 'localhost', port: 0, report: console.error },
          address => {
            base = `http://localhost:${address.port}`
            resolve()
          },
        )
      })
    // A connection kept open may be closed just as it is used again: asked once more, it is answered.
    const ask = async (path: string, init?: RequestInit, again = true): Promise<Response> =>
      door === undefined
        ? app.request(`${base}${path}`, init)
        : fetch(`${base}${path}`, { redirect: 'manual', ...init }).catch((error: Error) => {
            if (again) return ask(path, init, false)
            throw new Error(
              `${init?.method ?? 'GET'} ${path.slice(0, 200)} : ${String(error.cause ?? error)}`,
            )
          })
    const description = (await (await ask('/openapi.json')).json()) as Description
    const send = ({ path, body, ...init }: FuzzRequest) => {
      if (last !== undefined) {
        const line = JSON.stringify({ path, body, ...init }).slice(0, LAST_LENGTH)
        writeSync(last, line.padEnd(LAST_LENGTH), 0)
      }
      return ask(path, { ...init, ...(body === undefined ? {} : { body }) })
    }
    const begun = performance.now()
    const elapsed = () => (performance.now() - begun) / 1_000
    let stopped = false
    process.once('SIGINT', () => {
      stopped = true
    })
    let told = 0
    const result = await campaign(description, send, {
      requests,
      seed,
      callers: await callers(service.db),
      over: () => stopped || elapsed() > 60 * minutes,
      tell: (sent, breach) => {
        if (breach !== undefined) console.error(shown(breach))
        if (elapsed() - told < PROGRESS_SECONDS) return
        told = elapsed()
        console.error(`${sent} demandes en ${told.toFixed(0)} s`)
      },
      ...(only === undefined ? {} : { only: operation => operation.path.startsWith(only) }),
    })
    for (const breach of result.breaches) console.log(shown(breach))
    for (const [text, count] of bugs)
      console.log(`bug ×${count} : ${text.split('\n').slice(0, 4).join('\n')}`)
    console.log(
      `graine ${seed} : ${result.requests} demandes à ${Object.keys(result.byOperation).length} opérations par ${Object.keys(result.byCaller).length} appelants en ${elapsed().toFixed(0)} s (${processorSeconds()} s de processeur), ` +
        `${result.breaches.length} écarts, ${bugs.size} défaillances ; réponses ${JSON.stringify(result.byStatus)}`,
    )
    if (values.json) await writeFile(values.json, `${JSON.stringify({ seed, ...result }, undefined, 2)}\n`)
    return result.breaches.length + bugs.size > 0 ? 1 : 0
  } finally {
    door?.closeAllConnections()
    door?.close()
    await service.close()
    await rm(dataDir, { recursive: true, force: true })
  }
}

/** What the service and its caller took of the processor, their PostgreSQL apart. */
function processorSeconds(): string {
  const { user, system } = process.cpuUsage()
  return ((user + system) / 1e6).toFixed(0)
}

function shown({ operation, caller, what, count, request }: Breach): string {
  return `✗ ${operation} (${caller}) ×${count} : ${what}\n    ${JSON.stringify(request).slice(0, 600)}`
}

runCommand(USAGE, main)
