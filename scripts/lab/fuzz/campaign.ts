import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { mayUse, ruleOf } from '../../../src/access/policy.ts'
import type { Caller } from './callers.ts'
import { type Description, type Operation, operationsOf } from './description.ts'
import { type FuzzRequest, requestTo } from './request.ts'

/** A way in which answers break the description or the policy, with the smallest request that shows it. */
export interface Breach {
  operation: string
  caller: string
  what: string
  count: number
  request: FuzzRequest
}

/** What a campaign did. */
export interface Campaign {
  requests: number
  byOperation: Record<string, number>
  byCaller: Record<string, number>
  byStatus: Record<string, number>
  breaches: Breach[]
}

/** Sends a request to the service. */
export type Send = (request: FuzzRequest) => Promise<Response>

/** How long a campaign lasts, what it draws, and whom and what it asks. */
export interface CampaignOptions {
  requests: number
  seed: number
  callers: readonly Caller[]
  only?: (operation: Operation) => boolean
  /** Whether to stop before the last request. */
  over?: () => boolean
  /** Told after each request, with what it broke that nothing before did. */
  tell?: (requests: number, breach: Breach | undefined) => void
}

const BATCH = 50
const AT_ONCE = 4
/** What an operation is taken to need while its first answer is awaited. */
const UNKNOWN_MILLIS = 1_000

/**
 * Sends drawn requests, four at once, to every operation in the name of every caller, so that all pairs get the same time:
 * next comes the pair that would have used least of it after one more request, where one that nobody sent yet is taken to
 * need what the operation needed of the other callers. What the policy refuses to a caller takes a millisecond, and is asked of
 * it fifty times only. The requests of an operation depend on the seed alone: every caller sends the same.
 */
export async function campaign(
  description: Description,
  send: Send,
  { requests, seed, callers, only, over, tell = () => undefined }: CampaignOptions,
): Promise<Campaign> {
  const judge = oracleOf(description)
  const lines = operationsOf(description)
    .filter(operation => only?.(operation) ?? true)
    .flatMap(operation => {
      const all = { asked: 0, answered: 0, millis: 0 }
      return callers.map(caller => ({
        operation,
        caller,
        all,
        closed: isClosed(operation, caller),
        name: `${operation.method} ${operation.path}`,
        arbitrary: requestTo(operation, description),
        queue: [] as FuzzRequest[],
        batches: 0,
        sent: 0,
        millis: 0,
      }))
    })
  const result: Campaign = { requests: 0, byOperation: {}, byCaller: {}, byStatus: {}, breaches: [] }
  const sendNext = async () => {
    const asked = lines.filter(({ closed, sent }) => !closed || sent < BATCH)
    const line = (asked.length > 0 ? asked : lines).reduce((least, other) =>
      after(other) < after(least) ? other : least,
    )
    if (line.queue.length === 0) {
      line.queue = fc.sample(line.arbitrary, { numRuns: BATCH, seed: seed + line.batches * 7_919 })
      line.batches += 1
    }
    const drawn = line.queue.pop() as FuzzRequest
    const request = { ...drawn, headers: { ...drawn.headers, ...line.caller.headers } }
    line.sent += 1
    line.all.asked += 1
    result.requests += 1
    const expected = expectedOf(line)
    line.millis += expected
    const begun = performance.now()
    const response = await send(request)
    const what =
      line.closed && response.ok
        ? `answers ${response.status} to whom the policy refuses it`
        : await judge(line.operation, response)
    const millis = performance.now() - begun
    line.millis += millis - expected
    line.all.millis += millis
    line.all.answered += 1
    result.byStatus[response.status] = (result.byStatus[response.status] ?? 0) + 1
    const found = { operation: line.name, caller: line.caller.name, what, count: 1, request: drawn }
    tell(result.requests, what === undefined ? undefined : keep(result.breaches, { ...found, what }))
  }
  const sender = async () => {
    while (result.requests < requests && !over?.()) await sendNext()
  }
  await Promise.all(Array.from({ length: AT_ONCE }, sender))
  for (const { name, caller, sent } of lines) {
    result.byOperation[name] = (result.byOperation[name] ?? 0) + sent
    result.byCaller[caller.name] = (result.byCaller[caller.name] ?? 0) + sent
  }
  return result
}

interface Spent {
  /** What the pair took, with what its requests on the way are expected to take. */
  millis: number
  all: { asked: number; answered: number; millis: number }
}

function expectedOf({ all }: Spent): number {
  if (all.answered > 0) return all.millis / all.answered
  return all.asked > 0 ? UNKNOWN_MILLIS : 0
}

function after(line: Spent): number {
  return line.millis + expectedOf(line)
}

/** Whether the policy refuses an operation to a caller; operations that one route serves by name are not judged so. */
function isClosed({ method, path }: Operation, { identity }: Caller): boolean {
  const rule = ruleOf(`${method} ${path.replace(/\{(\w+)\}/g, ':$1')}`)
  return rule !== undefined && !mayUse(identity, rule)
}

/** Keeps a breach, the smallest request for each. @returns it when it is the first of its kind. */
function keep(breaches: Breach[], found: Breach): Breach | undefined {
  const same = breaches.find(
    ({ operation, caller, what }) =>
      operation === found.operation && caller === found.caller && what === found.what,
  )
  if (same === undefined) {
    breaches.push(found)
    return found
  }
  same.count += 1
  if (sizeOf(found.request) < sizeOf(same.request)) same.request = found.request
  return undefined
}

function sizeOf(request: FuzzRequest): number {
  return JSON.stringify(request).length
}

/** Judges an answer by the description. @returns what breaks it, in words, or `undefined`. */
type Oracle = (operation: Operation, response: Response) => Promise<string | undefined>

const DOCUMENT = 'openapi.json'
const KNOWN_PROBLEM_STATUS = /^[45]\d\d$/

/** The oracle of a description: no 5xx but a service that is busy and says when to ask again, a declared status, a declared content type, the declared shape. */
function oracleOf(description: Description): Oracle {
  // The description's own words (example, discriminator…) are no fault of a schema.
  const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: false })
  ajv.addSchema({ ...description, $id: DOCUMENT })
  const compiled = new Map<string, ValidateFunction>()
  const validator = (place: string) => {
    const known = compiled.get(place) ?? ajv.compile({ $ref: `${DOCUMENT}${place}` })
    compiled.set(place, known)
    return known
  }
  return async (operation, response) => {
    const { status } = response
    const type = (response.headers.get('content-type') ?? '').split(';')[0] ?? ''
    const text = await response.text()
    // A service that says when to come back has answered: its turns are full, as they should be.
    const isBusy = status === 503 && response.headers.has('retry-after') && codeIn(text) === 'service-busy'
    if (status >= 500 && !isBusy) return `${status} ${text.slice(0, 200)}`
    const declared = operation.answers.get(status)
    if (declared === undefined) return `undeclared status ${status} ${codeIn(text)}`
    if (declared.size === 0) return text === '' ? undefined : `${status} has a body that is not declared`
    const place = declared.get(type)
    if (place === undefined) return `${status} has the undeclared type ${type}`
    if (!type.endsWith('json')) return undefined
    let value: unknown
    try {
      value = JSON.parse(text)
    } catch {
      return `${status} is not JSON`
    }
    if (KNOWN_PROBLEM_STATUS.test(String(status)) && !isProblem(value, status))
      return `${status} is not a problem`
    const validate = validator(place)
    if (validate(value)) return undefined
    const [error] = validate.errors ?? []
    return `${status} has another shape: ${error?.instancePath} ${error?.message}`
  }
}

function isProblem(value: unknown, status: number): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    'code' in value &&
    'status' in value &&
    value.status === status
  )
}

function codeIn(text: string): string {
  return /"code":"([a-z-]+)"/.exec(text)?.[1] ?? ''
}
