import { expect, test } from 'vitest'
import { z } from 'zod'
import { answerOf } from '../../../src/pure/figures/answer-of.ts'

test('an answer holds what its schema names, and says null of what is absent', () => {
  const schema = z.object({ days: z.number().nullable(), place: z.string(), secret: z.boolean() })
  const model = { place: '16', days: undefined, secret: false, key: 'never told' }
  expect(answerOf(schema, model)).toEqual({ days: null, place: '16', secret: false })
  expect(answerOf(schema, { ...model, days: 0 }).days).toBe(0)
  // @ts-expect-error what is never null is given
  answerOf(schema, { days: 1, place: '16' })
})
