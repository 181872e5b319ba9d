import { createHash } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { answerOf } from './service.ts'

const ROWS = 24

/** A write that was sent, and what is known of its fate. */
export interface Sent {
  kind: 'import' | 'scenario'
  /** Digest of the file, or identifier of the scenario; the latter is known once acknowledged. */
  id: string | undefined
  rows: number
  acknowledged: boolean
}

/** Writes one thing after the other and keeps what was acknowledged. */
export interface Writer {
  sent: Sent[]
  /** Answers by status, or by what cut the connection. */
  answers: Map<string, number>
  /** Sends the next write. @returns whether it was acknowledged. @throws Error when it is refused as wrong. */
  write(): Promise<boolean>
  /** Writes without a pause until told to stop. */
  run(signal: AbortSignal): Promise<void>
}

/** A writer of files and, one time in four, of scenarios; each carries a key, and is sent again until it has an answer. */
export function writer(url: () => string, name: string): Writer {
  const sent: Sent[] = []
  const answers = new Map<string, number>()
  let number = 0
  let pending: { request: RequestInit; address: string; record: Sent } | undefined
  const write = async () => {
    if (pending === undefined) {
      pending = number % 4 === 3 ? scenario(name, number) : file(name, number)
      number += 1
      sent.push(pending.record)
    }
    const { request, address, record } = pending
    const outcome = await answerOf(url() + address, request)
      .then(({ status, text }) => ({ status, answer: JSON.parse(text) as { id?: string } }))
      .catch((error: unknown) => ({ status: reasonOf(error), answer: undefined }))
    answers.set(String(outcome.status), (answers.get(String(outcome.status)) ?? 0) + 1)
    if (outcome.status === 400 || outcome.status === 422)
      throw new Error(`a sound write was refused: ${address} ${JSON.stringify(outcome.answer)}`)
    if (outcome.status !== 200 && outcome.status !== 201) return false
    record.acknowledged = true
    if (record.kind === 'scenario') record.id = outcome.answer?.id
    pending = undefined
    return true
  }
  return {
    sent,
    answers,
    write,
    run: async signal => {
      while (!signal.aborted) if (!(await write())) await delay(20)
    },
  }
}

function file(name: string, number: number) {
  const rows = Array.from({ length: ROWS }, (_, i) => {
    const month = `${2010 + (i % 12)}-${String(1 + (number % 12)).padStart(2, '0')}`
    return `${month};16102;${i < 12 ? 'cni' : 'passport'};${100 + number}`
  })
  const body = [`# source : ${name}`, `# note : ${number}`, 'mois;commune;titre;demandes', ...rows, ''].join(
    '\n',
  )
  const id = createHash('sha256').update(body).digest('hex')
  return {
    address: '/api/imports?kind=applications',
    request: posted(body, 'text/csv', `${name}-${number}`),
    record: { kind: 'import', id, rows: ROWS, acknowledged: false } as Sent,
  }
}

function scenario(name: string, number: number) {
  const lever = { code: 'more-stations', hall: '16102', amount: 1, startsOn: '2027-01-04', leadWeeks: 8 }
  const body = JSON.stringify({ name: `${name} ${number}`, place: '16', levers: [lever] })
  return {
    address: '/api/scenarios',
    request: posted(body, 'application/json', `${name}-${number}`),
    record: { kind: 'scenario', id: undefined, rows: 1, acknowledged: false } as Sent,
  }
}

function posted(body: string, type: string, key: string): RequestInit {
  return { method: 'POST', body, headers: { 'content-type': type, 'idempotency-key': key } }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const { cause } = error
  return typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : error.name
}
