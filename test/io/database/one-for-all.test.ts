import { expect, test } from 'vitest'
import { oneForAll } from '../../../src/io/database/one-for-all.ts'

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
