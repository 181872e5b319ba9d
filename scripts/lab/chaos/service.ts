import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { projectRoot } from '../../../src/io/project-root.ts'

const READY_MILLIS = 180_000
const READINESS_MILLIS = 3_000
const ANSWER_MILLIS = 8_000

/** How the program under test is started: `node dist/src/main.js`, or what runs it from its sources. */
export type Program = readonly [command: string, ...words: string[]]

/** How another script of the same program is started. */
export function scriptOf([command, ...words]: Program, script: 'backup' | 'restore' | 'worker'): Program {
  return [command, ...words.map(word => word.replace('src/main', `scripts/${script}`))]
}

/** A process of the program, as its operator holds it. */
export interface Running {
  child: ChildProcess
  /** Sends a signal and waits for the end. */
  end(signal: NodeJS.Signals): Promise<void>
  /** What it wrote. */
  said(): string
}

/** A running service. */
export interface Service extends Running {
  url: string
  /** Resolves once it says that it is ready. @throws Error when it ends first. */
  ready(): Promise<void>
}

/** Starts a process of the program with settings of its own. */
export function startProgram([command, ...words]: Program, settings: Record<string, string>): Running {
  const child = spawn(command, words, {
    cwd: projectRoot(),
    env: { ...process.env, LOG_LEVEL: 'error', ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', chunk => {
      said = (said + String(chunk)).slice(-20_000)
    })
  }
  const ended = once(child, 'exit')
  return {
    child,
    said: () => said,
    end: async signal => {
      child.kill(signal)
      await ended
    },
  }
}

/** Starts a service on a port of this machine, with settings of its own. */
export function startService(program: Program, port: number, settings: Record<string, string>): Service {
  const running = startProgram(program, { ...settings, PORT: String(port) })
  const url = `http://127.0.0.1:${port}`
  return {
    ...running,
    url,
    ready: async () => {
      const { child, said } = running
      const deadline = Date.now() + READY_MILLIS
      while (!(await isReady(url))) {
        if (child.exitCode !== null || child.signalCode !== null || Date.now() > deadline) {
          throw new Error(`the service is not ready:\n${said()}`)
        }
        await delay(20)
      }
    },
  }
}

/** Whether a service answers that it is ready. */
export async function isReady(url: string): Promise<boolean> {
  return answerOf(`${url}/readyz`, {}, READINESS_MILLIS)
    .then(({ status }) => status === 200)
    .catch(() => false)
}

/**
 * Asks and reads the whole answer. @throws Error named `TimeoutError` after so many milliseconds, by a timer of its own:
 * a fetch whose connection is cut under its body may never end, even by the signal that it was given.
 */
export async function answerOf(
  address: string,
  init: RequestInit = {},
  millis = ANSWER_MILLIS,
): Promise<{ status: number; text: string }> {
  const controller = new AbortController()
  const late = Object.assign(new Error(`no answer in ${millis} ms`), { name: 'TimeoutError' })
  const read = async () => {
    const response = await fetch(address, { ...init, signal: controller.signal })
    return { status: response.status, text: await response.text() }
  }
  let timer: NodeJS.Timeout | undefined
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(late)
      controller.abort(late)
    }, millis)
  })
  return Promise.race([read(), timeout]).finally(() => clearTimeout(timer))
}
