import { expect, test } from 'vitest'
import { readingEase } from '../../../src/pure/french/reading-ease.ts'

test('short words in short sentences read more easily', () => {
  const easy = readingEase('Le chat dort. Il rêve.')
  expect(easy).toMatchObject({ sentences: 2, words: 5, syllables: 5 })
  expect(easy.score).toBeCloseTo(130.86, 2)
  const hard = readingEase(
    'La dématérialisation concomitante des procédures administratives nécessite une réorganisation structurelle.',
  )
  expect(hard.score).toBeLessThan(0)
  expect(readingEase('').words).toBe(0)
})
