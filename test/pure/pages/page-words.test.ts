import { expect, it } from 'vitest'
import { readWords } from '../../../src/pure/french/words.ts'
import { withWords } from '../../../src/pure/pages/page-words.tsx'

const WORDS = readWords(
  '## Expliqués\n\n- CERT : centre : il instruit\n- Médiane : une chance sur deux\n- n. d. : non disponible\n\n## À éviter\n',
)
const pressed = (page: string) =>
  [...withWords(page, WORDS).matchAll(/(.{0,9})<button[^>]*popovertarget="(mot-\d)">([^<]*)</g)].map(
    ([, before, id, word]) => [before?.replace(/.*>/, ''), id, word],
  )

it.each([
  ['<main><p>Le CERT</p><p>un CERT</p></main>', [['Le ', 'mot-1', 'CERT']]],
  [
    '<main><p>Les médianes du CERT</p></main>',
    [
      ['Les ', 'mot-2', 'médianes'],
      [' du ', 'mot-1', 'CERT'],
    ],
  ],
  // A fold is closed: what stands in the open comes first; a link cannot hold what is pressed.
  ['<main><details><p>a CERT</p></details><p>b CERT</p></main>', [['b ', 'mot-1', 'CERT']]],
  ['<main><a>x CERT</a><details><p>c CERT</p></details></main>', [['c ', 'mot-1', 'CERT']]],
  ['<main><a href="#">le CERT</a></main>', [['e page\u00a0: ', 'mot-1', 'CERT']]],
  ['<main><td>n.\u00a0d.</td></main>', [['', 'mot-3', 'n.\u00a0d.']]],
  ['<main><p>certain, concert</p><code>CERT</code><a title="CERT">x</a></main><p>CERT</p>', []],
])('the first use of each word is explained: %s', (page, expected) => {
  expect(pressed(page)).toEqual(expected)
})

it('what is explained is at the foot once, and a page that writes no word is left as it is', () => {
  expect(withWords('<main><p>CERT, CERT</p></main>', WORDS)).toMatch(
    /<div id="mot-1" class="meaning" popover="auto"><dt>CERT<\/dt><dd>centre\s: il instruit<\/dd><\/div><\/dl><\/main>$/,
  )
  expect(withWords('<main><p>rien</p></main>', WORDS)).toBe('<main><p>rien</p></main>')
})
