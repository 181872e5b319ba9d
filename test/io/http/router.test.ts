import { z } from '@hono/zod-openapi'
import { expect, test } from 'vitest'
import '../../../src/io/http/router.ts'

test.each([
  [z.number().min(1), 0, 'au moins 1'],
  [z.number().max(0.5), 2, 'au plus 0,5'],
  [z.number().gt(0), 0, 'plus de 0'],
  [z.number().lt(10), 10, 'moins de 10'],
  [z.string().min(2), 'a', 'au moins 2 caractères'],
  [z.array(z.string()).max(1), ['a', 'b'], 'au plus 1 valeur'],
  [z.object({ place: z.string() }), {}, 'à donner'],
  [z.object({ place: z.string() }), { place: 16 }, 'un texte'],
  [z.coerce.number(), 'seize', 'un nombre'],
  [z.coerce.number().int(), '1.5', 'un nombre entier'],
  [z.int(), Number.NaN, 'un nombre'],
  [z.array(z.string()), 'a', 'une liste'],
  [z.enum(['wait', 'demand']), 'zz', 'l’une de ces valeurs : wait, demand'],
  [z.boolean(), 'oui', 'true ou false'],
  [z.object({}), 'x', 'un objet, avec un nom pour chaque valeur'],
  [z.strictObject({}), { x: 1 }, 'nom inconnu : retirez-le, ou corrigez-le'],
])('a value out of bounds is told in words, without a sign: %#', (schema, value, words) => {
  const { error } = schema.safeParse(value)
  expect(error?.issues[0]?.message.replace(/[\u00a0\u202f]/g, ' ')).toBe(words)
})
