import { Hono } from 'hono'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { importFile } from '../../../src/imports/queries.ts'
import { keptAnswers, oneForAll } from '../../../src/io/http/kept-answers.ts'
import { appOver, ask } from '../../app.ts'
import { freshDatabase } from '../../database.ts'

let database: Awaited<ReturnType<typeof freshDatabase>>
beforeAll(async () => {
  database = await freshDatabase()
})
afterAll(() => database.close())

const DELAYS = '/api/delays?place=16&title=cni&from=2021-Q1&to=2022-Q4'
const publish = (days: number) =>
  importFile(
    database.db,
    {
      name: 'd.csv',
      bytes: new TextEncoder().encode(
        `# type : issuance-delays\n# source : Essai\n# nature : révision\n# note : ${days}\npériode;titre;lieu;jours\nT1 2022;cni;16;${days}\n`,
      ),
      defaultPlace: '16',
      receivedFrom: 'test',
    },
    '2026-11-24',
  )

describe('answers', () => {
  test('are confirmed without being sent again, and changed at once by a publication, on every instance', async () => {
    const [one, two] = [appOver(database.db), appOver(database.db)]
    const first = await ask(one, DELAYS)
    const tag = first.headers.get('etag') ?? ''
    expect(tag).toMatch(/^W\/"/)
    expect(first.headers.get('cache-control')).toBe('private, no-cache')
    const again = await ask(two, DELAYS)
    expect(again.headers.get('etag')).toBe(tag)
    const held = await ask(two, DELAYS, { headers: { 'if-none-match': tag } })
    expect([held.status, await held.text()]).toEqual([304, ''])
    const kept = await ask(one, DELAYS)
    expect(await kept.text()).toBe(await first.text())
    expect(kept.headers.get('content-type')).toBe(first.headers.get('content-type'))

    for (const days of [17, 18, 19]) {
      await publish(days)
      for (const app of [one, two]) {
        const changed = await ask(app, DELAYS, { headers: { 'if-none-match': tag } })
        expect(changed.status).toBe(200)
        expect(await changed.text()).toContain(`"days":${days},`)
      }
    }
  })

  test('of one identity are not given to another, and none are kept for whom nothing may be kept', async () => {
    let identity: string | undefined = 'a'
    const app = appOver(database.db, { identity: () => identity })
    const mine = (await ask(app, DELAYS)).headers.get('etag')
    identity = 'b'
    expect((await ask(app, DELAYS)).headers.get('etag')).not.toBe(mine)
    identity = undefined
    expect((await ask(app, DELAYS)).headers.get('etag')).toBeNull()
  })

  test('change with the day, with the program, and are not kept for what rests on more than publications', async () => {
    const tag = async (changes: Parameters<typeof appOver>[1], path = DELAYS) =>
      (await ask(appOver(database.db, changes), path)).headers.get('etag')
    const tags = [await tag({}), await tag({ today: () => '2026-11-25' }), await tag({ version: '2' })]
    expect(new Set(tags).size).toBe(3)
    expect(await tag({}, '/donnees')).toBeNull()
    expect(await tag({}, '/api/delays?place=nowhere')).toBeNull()
  })
})

test('the same question asked many times at once is answered once', async () => {
  let answered = 0
  const app = new Hono()
  app.use(keptAnswers({ db: database.db, today: () => '2026-11-24', version: '1' }))
  app.get('/demande', async c => {
    answered += 1
    await new Promise(resolve => setTimeout(resolve, 50))
    return c.text(`answer ${answered}`)
  })
  const texts = await Promise.all(
    Array.from({ length: 8 }, async () => (await app.request('http://localhost/demande')).text()),
  )
  expect(new Set(texts)).toEqual(new Set(['answer 1']))
})

test('one question serves all who came before it was asked, and none who came after', async () => {
  const answers: ((value: number) => void)[] = []
  const state = oneForAll(() => new Promise<number>(resolve => answers.push(resolve)))
  const first = state()
  const [second, third] = [state(), state()]
  expect(answers).toHaveLength(1)
  answers[0]!(1)
  expect(await first).toBe(1)
  await Promise.resolve()
  await new Promise(resolve => setImmediate(resolve))
  expect(answers).toHaveLength(2)
  answers[1]!(2)
  expect(await Promise.all([second, third])).toEqual([2, 2])
})
