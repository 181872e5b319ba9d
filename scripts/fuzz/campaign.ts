import fc from 'fast-check'
import { type Description, type Operation, operationsOf } from './description.ts'
import { oracleOf } from './oracle.ts'
import { type FuzzRequest, requestTo } from './request.ts'

/** A way in which answers break the description, with the smallest request that shows it. */
export interface Breach {
  operation: string
  what: string
  count: number
  request: FuzzRequest
}

/** What a campaign did. */
export interface Campaign {
  requests: number
  byOperation: Record<string, number>
  byStatus: Record<string, number>
  breaches: Breach[]
}

/** Sends a request to the service. */
export type Send = (request: FuzzRequest) => Promise<Response>

const BATCH = 50

/**
 * Sends drawn requests to every operation in turn, the one that took least time so far first, so that slow ones leave
 * room to the others. The requests of an operation depend on the seed alone.
 */
export async function campaign(
  description: Description,
  send: Send,
  { requests, seed, only }: { requests: number; seed: number; only?: (operation: Operation) => boolean },
): Promise<Campaign> {
  const judge = oracleOf(description)
  const lines = operationsOf(description)
    .filter(operation => only?.(operation) ?? true)
    .map(operation => ({
      operation,
      name: `${operation.method} ${operation.path}`,
      arbitrary: requestTo(operation, description),
      queue: [] as FuzzRequest[],
      batches: 0,
      sent: 0,
      millis: 0,
    }))
  const result: Campaign = { requests: 0, byOperation: {}, byStatus: {}, breaches: [] }
  while (result.requests < requests) {
    const line = lines.reduce((least, other) => (other.millis < least.millis ? other : least))
    if (line.queue.length === 0) {
      line.queue = fc.sample(line.arbitrary, { numRuns: BATCH, seed: seed + line.batches * 7_919 })
      line.batches += 1
    }
    const request = line.queue.pop() as FuzzRequest
    const begun = performance.now()
    const response = await send(request)
    const what = await judge(line.operation, response)
    line.millis += performance.now() - begun
    line.sent += 1
    result.requests += 1
    result.byStatus[response.status] = (result.byStatus[response.status] ?? 0) + 1
    if (what !== undefined) keep(result.breaches, { operation: line.name, what, count: 1, request })
  }
  for (const { name, sent } of lines) result.byOperation[name] = sent
  return result
}

function keep(breaches: Breach[], found: Breach): void {
  const same = breaches.find(({ operation, what }) => operation === found.operation && what === found.what)
  if (same === undefined) {
    breaches.push(found)
    return
  }
  same.count += 1
  if (sizeOf(found.request) < sizeOf(same.request)) same.request = found.request
}

function sizeOf(request: FuzzRequest): number {
  return JSON.stringify(request).length
}
