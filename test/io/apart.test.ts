import { expect, test } from 'vitest'
import { apart } from '../../src/io/apart.ts'

/** A program of a thread that says which thread answers, and dies or stops when told to; its address names it. */
const moduleOf = (name: string) =>
  `data:text/javascript,${encodeURIComponent(`
    import { parentPort, threadId } from 'node:worker_threads'
    parentPort.on('message', ({ task, inputs }) => {
      if (task === 'die') process.exit(3)
      parentPort.postMessage(threadId)
      if (task === 'lastly') setTimeout(() => process.exit(0))
    })
  `)}//${name}.js`
type Ask = ReturnType<typeof apart<typeof tasks>>
const tasks = { id: (_: number) => 0, die: (_: number) => 0, lastly: (_: number) => 0 }

test('a thread rests with what it remembers until two other modules need one, and one that ended is asked nothing', async () => {
  const [one, other, third] = ['one', 'other', 'third'].map(name => apart(moduleOf(name), tasks)) as [
    Ask,
    Ask,
    Ask,
  ]
  const first = await one('id', 1)
  expect(await one('id', 2)).toBe(first)
  const two = await Promise.all([one('id', 3), one('id', 4), one('id', 5)])
  expect(new Set(two).size).toBe(2)
  expect(two).toContain(first)

  const elsewhere = await other('id', 1)
  expect(await other('id', 2)).toBe(elsewhere)
  await third('id', 1)
  const again = await one('id', 6)
  expect([...two, elsewhere]).not.toContain(again)

  await expect(one('die', 7)).rejects.toThrow('a task ended without result (die, 3)')
  const last = await one('lastly', 8)
  await expect.poll(() => one('id', 9)).not.toBe(last)
  // @ts-expect-error what cannot be cloned is refused, and holds back nobody
  await expect(one('id', () => 0)).rejects.toThrow(/could not be cloned/)
  expect(await one('id', 10)).toBeGreaterThan(0)
})
