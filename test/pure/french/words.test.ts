import { expect, it } from 'vitest'
import { avoidedWords, readWords } from '../../../src/pure/french/words.ts'

const WORDS =
  readWords(`# Mots\n\n## Expliqués\n\n- CERT : centre : il instruit\n- Médiane : une chance sur deux
- n. d. : non disponible\n\n## À éviter\n\n- horloge : ce qui est mesuré\n`)

it('the register is two lists, which anybody can edit', () => {
  expect(WORDS.explained[0]).toEqual({ word: 'CERT', words: 'centre : il instruit' })
  expect(WORDS.avoided).toEqual([{ word: 'horloge', words: 'ce qui est mesuré' }])
})

it('a word to avoid is found whole, whatever its capitals', () => {
  expect(avoidedWords('Son Horloge.', WORDS)).toEqual(['horloge : écrire « ce qui est mesuré »'])
  expect(avoidedWords('Horlogerie', WORDS)).toEqual([])
})
