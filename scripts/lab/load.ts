import { fork } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { linearRegression, quantile } from 'simple-statistics'
import { createApp } from '../../src/app.tsx'
import { today } from '../../src/io/clock.ts'
import { listen } from '../../src/io/http/listen.ts'
import { openService } from '../../src/service.ts'
import { runCommand } from '../run-command.ts'
import { callers, SIGN_IN } from './fuzz/callers.ts'

const USAGE = `Usage : npm run load -- [--seconds N] [--accounts] [--free]
Deux adresses anonymes à leur limite (10 demandes par seconde chacune), dossiers compris, et /livez huit fois par seconde.
--accounts : six comptes et jetons de rôles divers à leur limite, au lieu des adresses.
--free lève les limites : autant de demandes que le service en rend, sans dossier, pour la pente de la mémoire.`
const ADDRESS = 'x-load-address'
const LIVEZ = '192.0.2.3'
const PER_SECOND = 10
const AT_ONCE = 8
/** What is warmed up before the slope of memory says anything. */
const WARM_SHARE = 0.3

const READ = [
  '/',
  '/delais',
  '/delais/permis-de-conduire',
  '/rendez-vous?place=16102',
  '/demande',
  '/mairies',
  '/mairies/16102',
  '/mairies/x',
  '/usagers',
  '/comite/2021',
  '/fiabilite',
  '/api/delays.csv',
  '/api/waits?place=16',
  '/api/demand.xlsx',
  '/api/briefs/16102.json',
  '/embed/rendez-vous?place=16102',
  '/embed/demande.png',
  '/recherche?ville=cognac',
  '/openapi.json',
  '/nulle-part',
]
/** What people who sign in read besides; a role may be refused some. */
const READ_SIGNED_IN = [
  ...['/scenarios', '/campagnes', '/effectifs', '/publications', '/alertes', '/collecteurs', '/donnees'],
  ...['/jetons', '/journal', '/api/scenarios', '/api/campaigns', '/api/staffing/plans', '/api/imports'],
]
const PACKS = ['/api/briefs.zip', 'POST /api/briefs', '/api/briefs/16102.pdf']
/** Of so many requests of an address, one is for a pack. */
const PACK_EVERY = 20

async function main(): Promise<number | 'misused'> {
  const { values } = parseArgs({
    options: {
      seconds: { type: 'string', default: '120' },
      free: { type: 'boolean', default: false },
      accounts: { type: 'boolean', default: false },
      serve: { type: 'boolean' },
    },
  })
  if (values.serve) return serve(values.free)
  const seconds = Number(values.seconds)
  if (!(seconds > 0)) {
    return 'misused'
  }
  // As `npm start` runs it.
  const env = { ...process.env, MALLOC_ARENA_MAX: '1' }
  const server = fork(fileURLToPath(import.meta.url), ['--serve', ...(values.free ? ['--free'] : [])], {
    env,
  })
  try {
    const door = await new Promise<Door>((resolve, reject) => {
      server.once('message', told => resolve(told as Door))
      server.once('exit', code => reject(new Error(`the service ended (${code})`)))
    })
    return await measure(door, seconds, values, () => stateOf(server))
  } finally {
    server.kill()
  }
}

/** Where the service listens, and what each of its accounts and tokens says of itself. */
interface Door {
  base: string
  accounts: Record<string, string>[]
}

/** The service itself, in a process of its own: who asks does not hold back who answers. */
async function serve(free: boolean): Promise<number> {
  const dataDir = await mkdtemp(join(tmpdir(), 'vigie-load-'))
  const log = { info: () => undefined, warn: console.error, error: console.error }
  const { db, close } = await openService({ databaseUrl: undefined, dataDir }, log)
  const app = createApp({
    ...{ db, today, department: '16', departmentName: 'Charente', version: 'load', signIn: SIGN_IN },
    ...{ stateIdentity: undefined, dsfrDist: undefined, clientAddressHeader: ADDRESS },
    report: error => console.error(error),
    ...(free ? { requestsPerMinute: 1e9 } : {}),
  })
  const door = { fetch: app.fetch, hostname: 'localhost', port: 0, report: console.error }
  const accounts = (await callers(db))
    .map(({ headers }) => headers)
    .filter(headers => Object.keys(headers).length > 0)
  listen(door, ({ port }) => process.send?.({ base: `http://localhost:${port}`, accounts } satisfies Door))
  process.on('message', () => process.send?.([process.memoryUsage.rss(), process.cpuUsage().user]))
  await new Promise<void>(resolve => {
    for (const end of ['SIGTERM', 'SIGINT', 'disconnect']) process.once(end, resolve)
  })
  await close()
  await rm(dataDir, { recursive: true, force: true })
  return 0
}

/** Bytes of memory, and microseconds of processor time so far. */
function stateOf(server: ReturnType<typeof fork>): Promise<[number, number]> {
  return new Promise(resolve => {
    server.once('message', told => resolve(told as [number, number]))
    server.send('memory')
  })
}

async function measure(
  { base, accounts }: Door,
  seconds: number,
  { free, accounts: signedIn }: { free: boolean; accounts: boolean },
  state: () => Promise<[number, number]>,
): Promise<number> {
  const statuses: Record<string, number> = {}
  const [livez, resident]: [number[], [number, number][]] = [[], []]
  let [sent, cut] = [0, 0]
  const from = (address: string) => ({ [ADDRESS]: address })
  const ask = async (who: Record<string, string>, path: string) => {
    sent += 1
    const [method, where] = path.startsWith('POST ') ? ['POST', path.slice(5)] : ['GET', path]
    const body = method === 'POST' ? { body: '{}', headers: { 'content-type': 'application/json' } } : {}
    try {
      const headers = { ...body.headers, ...who }
      const answer = await fetch(`${base}${where}`, { method, ...body, headers, redirect: 'manual' })
      const bytes = Buffer.from(await answer.arrayBuffer())
      statuses[answer.status] = (statuses[answer.status] ?? 0) + 1
      // A ZIP ends with its directory, a page with its root.
      const whole =
        answer.status !== 200 ||
        (where.endsWith('.zip') ? bytes.includes('PK\u0005\u0006') : bytes.length > 0)
      if (whole) return
      cut += 1
      console.error(`${path} : ${bytes.length} octets`)
    } catch (error) {
      cut += 1
      console.error(`${path} : ${String(error instanceof Error ? (error.cause ?? error) : error)}`)
    }
  }
  for (const path of READ) await ask(from('192.0.2.9'), path)
  const [, busyBefore] = await state()
  const began = performance.now()
  const over = () => performance.now() - began > 1_000 * seconds
  const watch = async () => {
    while (!over()) {
      const asked = performance.now()
      await (await fetch(`${base}/livez`, { headers: from(LIVEZ) })).text()
      livez.push(performance.now() - asked)
      resident.push([(performance.now() - began) / 1_000, (await state())[0]])
      await delay(125)
    }
  }
  const limited = async (who: Record<string, string>, read: readonly string[]) => {
    const answers: Promise<void>[] = []
    for (let n = 0; !over(); n++) {
      const pack = n % PACK_EVERY === 0
      answers.push(ask(who, pack ? PACKS[(n / PACK_EVERY) % PACKS.length]! : read[n % read.length]!))
      await delay(1_000 / PER_SECOND)
    }
    await Promise.all(answers)
  }
  const unlimited = async (first: number) => {
    for (let n = first; !over(); n += 1) await ask(from(`198.51.100.${n % 250}`), READ[n % READ.length]!)
  }
  await Promise.all([
    watch(),
    ...(free
      ? Array.from({ length: AT_ONCE }, (_, n) => unlimited(3 * n))
      : signedIn
        ? accounts.map((account, n) =>
            limited({ ...account, ...from(`192.0.2.${20 + n}`) }, [...READ, ...READ_SIGNED_IN]),
          )
        : ['192.0.2.1', '192.0.2.2'].map(address => limited(from(address), READ))),
  ])
  const busy = ((await state())[1] - busyBefore) / 1e6
  const late = resident.slice(Math.floor(WARM_SHARE * resident.length))
  const { m } = linearRegression(late)
  const mib = (bytes: number) => (bytes / 2 ** 20).toFixed(0)
  const p99 = quantile(livez, 0.99)
  console.log(
    `${sent} demandes en ${seconds} s, ${cut} réponses coupées ; réponses ${JSON.stringify(statuses)}\n` +
      `/livez (${livez.length}) : médiane ${quantile(livez, 0.5).toFixed(1)} ms, p99 ${p99.toFixed(0)} ms, pire ${Math.max(0, quantile(livez, 1)).toFixed(0)} ms\n` +
      `mémoire : ${mib(late[0]![1])} Mio puis ${mib(late.at(-1)![1])}, pente ${((60 * m) / 2 ** 20).toFixed(2)} Mio par minute après ${100 * WARM_SHARE} % du temps ; processeur ${busy.toFixed(0)} s`,
  )
  return cut > 0 ? 1 : 0
}

runCommand(USAGE, main)
