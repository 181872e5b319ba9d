import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { projectRoot } from '../../src/io/project-root.ts'
import { seededRandom } from '../../src/pure/numerics/series/random.ts'
import { runCommand } from '../run-command.ts'
import { openStand } from './chaos/stand.ts'
import { emptyReport, FAULTS, type FaultReport, provoke } from './chaos/suite.ts'

const USAGE = `Usage : npm run chaos -- [--seed N] [--kills N] [--minutes N] [--only NOM,…] [--json FICHIER]   (100 arrêts brutaux par défaut)
Fautes : ${FAULTS.map(({ name }) => name).join(', ')}`

/** Provokes every fault, or those named, and says what each did. @returns the exit code: 1 when something was lost. */
async function main(): Promise<number | 'misused'> {
  const { values } = parseArgs({
    options: {
      seed: { type: 'string', default: String(Date.now() % 1_000_000) },
      kills: { type: 'string', default: '100' },
      minutes: { type: 'string', default: '60' },
      only: { type: 'string' },
      json: { type: 'string' },
    },
  })
  const seed = Number(values.seed)
  const kills = Number(values.kills)
  const minutes = Number(values.minutes)
  const names = values.only?.split(',')
  const chosen = FAULTS.filter(({ name }) => names?.includes(name) ?? true)
  if ([seed, kills, minutes].some(Number.isNaN) || chosen.length !== (names?.length ?? FAULTS.length)) {
    return 'misused'
  }
  const deadline = Date.now() + minutes * 60_000
  const folder = await mkdtemp(join(tmpdir(), 'vigie-chaos-'))
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined }
  const program = [process.execPath, join(projectRoot(), 'dist', 'src', 'main.js')] as const
  const stand = await openStand({ folder, program, random: seededRandom(seed), log })
  const faults: FaultReport[] = []
  console.log(`graine ${seed}`)
  try {
    for (const [index, fault] of chosen.entries()) {
      if (Date.now() > deadline) {
        faults.push({ ...emptyReport(fault.name, seed + index), skipped: `after ${minutes} minutes` })
        continue
      }
      const report = await provoke(stand, fault, seed + index, kills)
      faults.push(report)
      console.log(lineOf(report))
      if (values.json) await writeFile(values.json, `${JSON.stringify({ seed, faults }, undefined, 2)}\n`)
    }
  } finally {
    await stand.close()
    await rm(folder, { recursive: true, force: true })
  }
  const bad = faults.filter(({ lost, partial, findings }) => lost + partial + findings.length > 0)
  const total = (of: (report: FaultReport) => number) => faults.reduce((sum, report) => sum + of(report), 0)
  console.log(
    `${faults.filter(({ skipped }) => !skipped).length} fautes, ${total(({ kills = 0 }) => kills)} arrêts brutaux, ` +
      `${total(({ acknowledged }) => acknowledged)} écritures acquittées, ${total(({ lost }) => lost)} perdues, ` +
      `${total(({ partial }) => partial)} partielles`,
  )
  return bad.length > 0 ? 1 : 0
}

function lineOf({ name, skipped, findings, ...report }: FaultReport): string {
  if (skipped !== undefined) return `– ${name} : ${skipped}`
  const { acknowledged, lost, partial, seconds, secondsToHeal, answers } = report
  const sound = lost + partial + findings.length === 0
  const seen = Object.entries(answers).map(([status, count]) => `${status} ×${count}`)
  return (
    `${sound ? '✓' : '✗'} ${name} : ${acknowledged} acquittées, ${lost} perdues, ${partial} partielles, ` +
    `${secondsToHeal.toFixed(2)} s pour s’en remettre, ${seconds} s en tout (${seen.join(', ')})${findings.map(text => `\n    ${text}`).join('')}`
  )
}

runCommand(USAGE, main)
