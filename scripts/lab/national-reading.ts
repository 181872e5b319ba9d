import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { sql } from 'kysely'
import { createCollector } from '../../src/collectors/collector-queries.ts'
import { readDue } from '../../src/collectors/schedule-work.ts'
import { openService } from '../../src/service.ts'
import { runCommand } from '../run-command.ts'

const USAGE = 'Usage : npm run national-reading [-- --halls 3460 --editors 55 --latency 300]'
const SERVE = 'serve-editors'

interface Received {
  calls: number
  inFlight: number
  inMinute: number
}

/**
 * Reads every hall of the country at as many editors as the hub has, each on a port of its own in another process, by the
 * daily readings of the service at the rate of the contract; then once more, with halls that are known.
 */
async function main(): Promise<number | 'misused'> {
  const { values } = parseArgs({
    options: {
      halls: { type: 'string', default: '3460' },
      editors: { type: 'string', default: '55' },
      latency: { type: 'string', default: '300' },
    },
  })
  const halls = Number(values.halls)
  const editors = Number(values.editors)
  const latency = Number(values.latency)
  if (![halls, editors, latency].every(Number.isFinite)) return 'misused'
  const folder = await mkdtemp(join(tmpdir(), 'vigie-reading-'))
  const quiet = { info: () => undefined, warn: console.warn, error: console.error }
  const service = await openService({ databaseUrl: undefined, dataDir: folder }, quiet)
  const child = fork(fileURLToPath(import.meta.url), [SERVE, String(halls), String(editors), String(latency)])
  try {
    const ports = (await heard(child)) as number[]
    const department = await service.db
      .selectFrom('place')
      .select('code')
      .where('kind', '=', 'department')
      .executeTakeFirstOrThrow()
    for (const port of ports)
      await createCollector(service.db, {
        name: `Éditeur ${port}`,
        kind: 'booking-editor',
        address: `http://127.0.0.1:${port}/api`,
        department: department.code,
        token: null,
        hour: '06:00',
      })
    let peak = 0
    const watch = setInterval(() => {
      peak = Math.max(peak, process.memoryUsage.rss())
    }, 50)
    for (const day of ['2026-11-29', '2026-11-30']) {
      const begun = { at: performance.now(), cpu: process.cpuUsage() }
      await readDue(
        {
          db: service.db,
          today: () => day,
          outside: { hosts: ['127.0.0.1'], userAgent: 'VigieTitres (+https://vigie.example)' },
          secretKey: undefined,
          importDir: undefined,
        },
        console.error,
        () => `${day}T07:00`,
      )
      const cpu = process.cpuUsage(begun.cpu)
      child.send('tell')
      const received = (await heard(child)) as Received[]
      const most = (of: (one: Received) => number) => Math.max(0, ...received.map(of))
      console.log(
        `${day} : ${await told(service.db, day)} ; ${received.reduce((sum, one) => sum + one.calls, 0)} appels, ${most(one => one.inFlight)} à la fois et ${most(one => one.inMinute)} par minute au plus chez un éditeur ; ${((performance.now() - begun.at) / 60_000).toFixed(1)} min, ${((cpu.user + cpu.system) / 1e6).toFixed(1)} s de processeur, ${Math.round(peak / 1024 / 1024)} Mo au plus`,
      )
      await knowHalls(service.db)
      // The calls of the first reading leave the minute of the second.
      await delay(day === '2026-11-29' ? 62_000 : 0)
    }
    clearInterval(watch)
  } finally {
    child.kill()
    await service.close()
    await rm(folder, { recursive: true, force: true })
  }
  return 0
}

type Db = Awaited<ReturnType<typeof openService>>['db']

async function told(db: Db, day: string): Promise<string> {
  const { rows } = await sql<{ points: number; figures: number; states: string }>`
    select (select count(distinct c.point_id) from collector_slot_count c join collector_reading r on r.id = c.reading_id
             where r.day = ${day})::int as points,
           (select count(*) from collector_figure where day = ${day})::int as figures,
           (select string_agg(distinct state, ', ') from collector_reading where day = ${day}) as states`.execute(
    db,
  )
  const { points, figures, states } = rows[0]!
  return `${points} points lus (${states}), ${figures} chiffres publiés`
}

/** Gives each point a commune of its own. */
async function knowHalls(db: Db): Promise<void> {
  await sql`
    update collector_point p set hall = c.code, hall_confirmed_by = 'lab', hall_confirmed_at = now()
      from (select code, row_number() over (order by code) as n from place where kind = 'commune' and merged_into is null) c
     where c.n = p.id and p.hall is null`.execute(db)
}

async function heard(child: ChildProcess): Promise<unknown> {
  const [message] = (await once(child, 'message')) as [unknown]
  return message
}

/** Editors on as many ports; each hall has a slot every so many days, one in ten none. */
async function serve(halls: number, editors: number, latency: number): Promise<void> {
  const received: (Received & { at: number[] })[] = []
  const ports: number[] = []
  for (let editor = 0; editor < editors; editor++) {
    const own = Array.from({ length: halls }, (_, i) => i).filter(i => i % editors === editor)
    const counts = { calls: 0, inFlight: 0, inMinute: 0, at: [] as number[] }
    received.push(counts)
    let flying = 0
    const server = createServer((request, response) => {
      flying += 1
      counts.calls += 1
      counts.inFlight = Math.max(counts.inFlight, flying)
      counts.at = [...counts.at.filter(at => at > Date.now() - 60_000), Date.now()]
      counts.inMinute = Math.max(counts.inMinute, counts.at.length)
      setTimeout(() => {
        flying -= 1
        response.end(JSON.stringify(answer(new URL(request.url ?? '', 'http://editor'), own)))
      }, latency)
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    ports.push((server.address() as AddressInfo).port)
  }
  process.on('message', () => {
    process.send?.(received.map(({ at: _, ...one }) => one))
    for (const one of received) Object.assign(one, { calls: 0, inFlight: 0, inMinute: 0, at: [] })
  })
  process.on('disconnect', () => process.exit())
  process.send?.(ports)
}

function answer(url: URL, own: readonly number[]): unknown {
  if (url.pathname.endsWith('/getManagedMeetingPoints'))
    return own.map(i => ({
      id: i,
      name: `Mairie ${i}`,
      longitude: (i % 100) / 20,
      latitude: 43 + (i % 70) / 10,
      public_entry_address: `Place de la Mairie`,
      zip_code: String(10_000 + i),
      city_name: `Commune ${i}`,
    }))
  const [from, to] = [url.searchParams.get('start_date') ?? '', url.searchParams.get('end_date') ?? '']
  const slots = (id: number) =>
    id % 10 === 9
      ? []
      : Array.from({ length: 31 }, (_, i) => `${from.slice(0, 8)}${String(i + 1).padStart(2, '0')}`)
          .filter(day => day >= from && day <= to && (Number(day.slice(8)) + id) % 7 === 0)
          .flatMap(day =>
            ['09:00', '10:30', '14:00'].map(hour => ({
              datetime: `${day}T${hour}Z`,
              callback_url: 'https://editor.example',
            })),
          )
  return Object.fromEntries(url.searchParams.getAll('meeting_point_ids').map(id => [id, slots(Number(id))]))
}

const [first, ...numbers] = process.argv.slice(2)
if (first === SERVE) {
  const [halls, editors, latency] = numbers.map(Number) as [number, number, number]
  serve(halls, editors, latency).catch(console.error)
} else runCommand(USAGE, main)
