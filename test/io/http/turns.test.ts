import { Hono } from 'hono'
import { expect, test } from 'vitest'
import { Refusal } from '../../../src/errors.ts'
import { turns } from '../../../src/io/http/turns.ts'
import { COST_BOUNDS, type Cost } from '../../../src/pure/access/cost.ts'

/** A service whose answers are made when the test says so; asked `/COST/CALLER`. */
function service(secondsPerMinute: number | undefined = 60) {
  const asked: { caller: string; finish: (body?: BodyInit) => void }[] = []
  const app = new Hono()
  app.use(
    turns({
      costOf: c => c.req.path.split('/')[1] as Cost,
      callerOf: c => c.req.path.split('/')[2] ?? '',
      secondsPerMinute,
    }),
  )
  app.get('/:cost/:caller', c => {
    const { caller } = c.req.param()
    return new Promise<Response>(resolve => {
      asked.push({ caller, finish: (body = 'done') => resolve(c.body(body as string)) })
    })
  })
  app.onError((error, c) =>
    error instanceof Refusal ? c.json({ code: error.code, ...error.extensions }, 400) : c.text('', 500),
  )
  const ask = async (path: string, signal?: AbortSignal) => {
    const answer = await app.request(path, signal ? { signal } : {})
    return answer.headers.get('content-type')?.includes('json')
      ? ((await answer.json()) as { code: string; retryAfter: number })
      : answer
  }
  return { asked, ask }
}

const { atOnce, waiting, perCaller } = COST_BOUNDS.figures

test('as many answers are made at once as the kind allows, the others in turn', async () => {
  const { asked, ask } = service()
  const answers = Array.from({ length: atOnce + 2 }, (_, i) => ask(`/figures/${i}`))
  await expect.poll(() => asked.length).toBe(atOnce)
  asked[0]!.finish()
  await expect.poll(() => asked.length).toBe(atOnce + 1)
  for (let i = 1; i < atOnce + 2; i++) {
    await expect.poll(() => asked.length).toBeGreaterThan(i)
    asked[i]!.finish()
  }
  expect((await Promise.all(answers)).every(answer => answer instanceof Response)).toBe(true)
})

test('the turn goes to whoever has fewest answers being made, before who came first', async () => {
  const { asked, ask } = service()
  for (let i = 0; i < atOnce + 3; i++) void ask('/figures/many')
  await expect.poll(() => asked.length).toBe(atOnce)
  void ask('/figures/one')
  const given = new AbortController()
  const waits = ask('/figures/none', given.signal)
  expect(await ask('/figures/nobody', AbortSignal.abort())).toMatchObject({ code: 'service-busy' })
  given.abort()
  expect(await waits).toMatchObject({ code: 'service-busy' })
  asked[0]!.finish()
  await expect.poll(() => asked[atOnce]?.caller).toBe('one')
})

test('whoever solves programs leaves a place to others, and goes on when theirs is done', async () => {
  const { asked, ask } = service()
  const own = [ask('/program/a'), ask('/program/a')]
  await expect.poll(() => asked.length).toBe(1)
  void ask('/program/b')
  await expect.poll(() => asked.map(one => one.caller)).toEqual(['a', 'b'])
  asked[1]!.finish()
  asked[0]!.finish()
  await expect.poll(() => asked.map(one => one.caller)).toEqual(['a', 'b', 'a'])
  asked[2]!.finish()
  expect((await Promise.all(own)).every(answer => answer instanceof Response)).toBe(true)
})

test('one caller beyond its share is told when to ask again, and so are all beyond the room', async () => {
  const { asked, ask } = service()
  for (let i = 0; i < perCaller; i++) void ask('/figures/many')
  await expect.poll(() => asked.length).toBe(atOnce)
  expect(await ask('/figures/many')).toMatchObject({ code: 'too-many-requests', retryAfter: 5 })
  for (let i = perCaller; i < atOnce + waiting; i++) void ask(`/figures/${i}`)
  expect(await ask('/figures/late')).toMatchObject({ code: 'service-busy', retryAfter: 5 })
})

test('a pack holds its turn until it is read or given up, and others are refused before a byte of it', async () => {
  const { asked, ask } = service()
  const first = ask('/pack/a')
  await expect.poll(() => asked.length).toBe(1)
  asked[0]!.finish(
    new ReadableStream({
      pull(controller) {
        controller.enqueue(new Uint8Array([1]))
      },
    }),
  )
  const stream = (await first) as Response
  expect(await ask('/pack/b')).toMatchObject({ code: 'service-busy' })
  await stream.body?.cancel()
  const next = ask('/pack/b')
  await expect.poll(() => asked.length).toBe(2)
  asked[1]!.finish()
  expect(await ((await next) as Response).text()).toBe('done')
  // Its body was read to its end: the turn is free.
  const last = ask('/pack/c')
  await expect.poll(() => asked.length).toBe(3)
  asked[2]!.finish()
  expect(await last).toBeInstanceOf(Response)
})

test('who kept the service busy for longer than their share waits, and others do not', async () => {
  const { asked, ask } = service(0.001)
  const first = ask('/figures/a')
  await expect.poll(() => asked.length).toBe(1)
  await new Promise(resolve => setTimeout(resolve, 20))
  asked[0]!.finish()
  await first
  const refused = (await ask('/figures/a')) as { code: string; retryAfter: number }
  expect(refused.code).toBe('too-many-requests')
  expect(refused.retryAfter).toBeGreaterThan(60)
  const other = ask('/figures/b')
  await expect.poll(() => asked.length).toBe(2)
  asked[1]!.finish()
  expect(await other).toBeInstanceOf(Response)
})
