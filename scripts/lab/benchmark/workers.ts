import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { linearRegression } from 'simple-statistics'
import { projectRoot } from '../../../src/io/project-root.ts'
import type { Figures } from './engine.ts'

/** Departments of a hundredth, a tenth and the whole of the nation. */
const SIZES = [1, 10, 101]
const TICKS_PER_SECOND = 100

/**
 * The synthetic nation projected by worker processes as `npm run worker` starts them: the time of all departments and of
 * their sum by one and by two, each on a database of its own, the peak of the largest worker, and how the work grows with
 * the town halls (slope of log CPU-seconds on log halls). Processes are read in /proc: Linux only.
 */
export async function projectedNation(folder: string): Promise<Figures> {
  const alone: Projected[] = []
  for (const size of SIZES) alone.push(await projected(join(folder, String(size)), size, 1))
  const one = alone.at(-1)!
  const two = await projected(join(folder, 'two'), SIZES.at(-1)!, 2)
  return {
    projectedHalls: two.halls,
    projectedNationSeconds: two.seconds,
    projectedNationByOneWorkerSeconds: one.seconds,
    projectedNationCpuSeconds: two.cpuSeconds,
    secondWorkerSpeedup: one.seconds / two.seconds,
    workerPeakMegabytes: Math.max(...[...alone, two].map(({ peakMegabytes }) => peakMegabytes)),
    projectedGrowthExponent: linearRegression(
      alone.map(({ halls, cpuSeconds }) => [Math.log(halls), Math.log(cpuSeconds)]),
    ).m,
  }
}

interface Projected {
  halls: number
  seconds: number
  cpuSeconds: number
  peakMegabytes: number
}

async function projected(dataDir: string, departments: number, workers: number): Promise<Projected> {
  const env = { ...process.env, DATA_DIR: dataDir, DATABASE_URL: '', DATABASE_REPLICA_URL: '' }
  const told = await done(node(['dist/scripts/demo-nation.js', '--departments', String(departments)], env))
  const halls = Number(/, (\d+) mairies/.exec(told)?.[1])
  const working = Array.from({ length: workers }, () => node(workerCommand(), env))
  // Asked for at once: one that a signal ends has no exit code, and would be waited for in vain.
  const ended = Promise.all(working.map(worker => once(worker, 'exit')))
  try {
    for (const worker of working) await saying(worker, 'Au travail')
    const before = working.map(cpuSeconds)
    const began = performance.now()
    await done(node(['dist/scripts/project.js'], env))
    const seconds = (performance.now() - began) / 1_000
    const used = working.map((worker, i) => cpuSeconds(worker) - before[i]!)
    return {
      halls,
      seconds,
      cpuSeconds: used.reduce((sum, one) => sum + one, 0),
      peakMegabytes: Math.max(...working.map(peakMegabytes)),
    }
  } finally {
    for (const worker of working) worker.kill('SIGTERM')
    await ended
  }
}

function node(args: readonly string[], env: NodeJS.ProcessEnv): ChildProcess {
  return spawn(process.execPath, args, { cwd: projectRoot(), env, stdio: ['ignore', 'pipe', 'inherit'] })
}

function workerCommand(): string[] {
  const { scripts } = JSON.parse(readFileSync(join(projectRoot(), 'package.json'), 'utf8'))
  return (scripts.worker as string).split(' ').slice(1)
}

async function saying(child: ChildProcess, words: string): Promise<void> {
  for await (const line of createInterface({ input: child.stdout! })) {
    if (!line.startsWith(words)) continue
    child.stdout!.resume()
    return
  }
  throw new Error(`a worker ended before it said « ${words} »`)
}

async function done(child: ChildProcess): Promise<string> {
  const ended = once(child, 'exit')
  let told = ''
  for await (const piece of child.stdout!) told += String(piece)
  await ended
  if (child.exitCode !== 0) throw new Error(`a command failed:\n${told}`)
  return told
}

function cpuSeconds({ pid }: ChildProcess): number {
  // After the name, which may hold spaces: the state, then eleven numbers before the times.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ')
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND
}

function peakMegabytes({ pid }: ChildProcess): number {
  return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1_024
}
