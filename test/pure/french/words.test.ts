import { expect, it } from 'vitest'
import { avoidedWords, readWords, wordsMet } from '../../../src/pure/french/words.ts'

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

it.each([
  ['<main><p>Les médianes du CERT</p></main>', ['CERT', 'Médiane']],
  ['<main><p>certain, concert</p><code>CERT</code><a title="CERT">x</a></main><footer>CERT</footer>', []],
  ['<main><td>n.\u00a0d.</td></main>', ['n. d.']],
])('the words of %s', (page, expected) => {
  expect(wordsMet(page, WORDS).map(({ word }) => word)).toEqual(expected)
})
