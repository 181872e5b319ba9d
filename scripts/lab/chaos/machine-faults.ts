import { execFile } from 'node:child_process'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import { evidenceElsewhere } from './evidence.ts'
import { answerOf, startService } from './service.ts'
import { type Fault, freePort, outcomeOf, underLoad } from './stand.ts'
import { writer } from './writer.ts'

const run = promisify(execFile)

async function mayMount(): Promise<string | undefined> {
  if (process.getuid?.() !== 0) return 'needs root to mount a small disk'
  return run('mount', ['--version']).then(
    () => undefined,
    () => 'needs mount',
  )
}

async function hasFaketime(): Promise<string | undefined> {
  return run('faketime', ['--version']).then(
    () => undefined,
    () => 'needs faketime (apt-get install faketime)',
  )
}

function clock(name: string, shift: string): Fault {
  return {
    name,
    skipped: hasFaketime,
    run: async stand => {
      const one = writer(() => stand.service.url, name)
      for (let n = 0; n < 3; n++) await one.write()
      const seconds = await underLoad([one], async () => {
        await stand.service.end('SIGTERM')
        stand.service = startService(['faketime', '-f', shift, ...stand.program], await freePort(), {
          DATABASE_URL: stand.urlOf(),
        })
        await stand.service.ready()
      })
      await stand.restart()
      return outcomeOf([one], seconds)
    },
  }
}

/** Faults of the machine: its disk full, its clock stepped. */
export const MACHINE_FAULTS: readonly Fault[] = [
  {
    name: 'disk-full',
    skipped: mayMount,
    run: async stand => {
      const disk = join(stand.folder, 'disk')
      await mkdir(disk)
      await run('mount', ['-t', 'tmpfs', '-o', 'size=120m,mode=755', 'tmpfs', disk])
      const start = async () =>
        startService(stand.program, await freePort(), { DATA_DIR: join(disk, 'data') })
      const service = await start()
      try {
        await service.ready()
        const writers = ['a', 'b', 'c'].map(letter => writer(() => service.url, `disk-${letter}`))
        const filler = join(disk, 'filler')
        let full = false
        const findings: string[] = []
        const seconds = await underLoad(writers, async () => {
          await delay(300)
          // Fills what is left, and what PostgreSQL may free meanwhile.
          for (let n = 0; n < 80 && !full; n++) {
            await run('dd', ['if=/dev/zero', `of=${filler}`, 'bs=64k', 'oflag=append', 'conv=notrunc']).catch(
              () => undefined,
            )
            await delay(100)
            full = writers.some(({ answers }) => [...answers.keys()].some(status => status.startsWith('5')))
          }
          const { status } = await answerOf(`${service.url}/api/imports`)
          if (status !== 200) findings.push(`reads answered ${status} on a full disk`)
          await run('rm', [filler])
          await run('mount', ['-o', 'remount,size=400m', disk])
        })
        if (!full) findings.push('the disk was never full for a write')
        const sent = writers.flatMap(one => one.sent)
        const found = await evidenceElsewhere({ dataDir: join(disk, 'data') }, service.url, sent)
        return { ...outcomeOf(writers, seconds, findings), sent: [], evidence: found }
      } finally {
        await service.end('SIGTERM')
        await run('umount', ['-l', disk])
      }
    },
  },
  clock('clock-stepped-back', '-30m'),
  clock('clock-a-year-ahead', '+365d'),
]
