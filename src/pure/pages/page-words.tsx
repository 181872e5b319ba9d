import type { Word, Words } from '../french/words.ts'
import { typeset } from './layout.tsx'

/** Where nothing can be pressed, or where the words are a drawing's, or a machine's. */
const SHUT = /^(?:a|button|summary|label|option|select|textarea|svg|script|style|pre|code|nav|h1)$/
/** Of these, whose words are no reader's. */
const UNREAD = /^(?:script|style|pre|code)$/

/**
 * A page whose first use of each word of the register opens its meaning, at a press and without a script; what is only
 * met where nothing can be pressed is named at the foot. A word in a fold is explained there if it stands nowhere else.
 */
export function withWords(document: string, { explained }: Words): string {
  const start = document.indexOf('<main')
  const end = document.indexOf('</main>')
  if (start < 0 || end < 0) return document
  const pieces = document.slice(start, end).split(/(<[^>]*>)/)
  const met = explained.flatMap((word, rank) => {
    const place = firstUse(pieces, searched(word))
    return place === undefined ? [] : [{ ...word, id: `mot-${rank + 1}`, ...place }]
  })
  if (met.length === 0) return document
  for (const { id, piece, at, length } of met.toSorted((a, b) => (b.at ?? 0) - (a.at ?? 0))) {
    if (at === undefined) continue
    const text = pieces[piece]!
    pieces[piece] =
      `${text.slice(0, at)}${String(<Press id={id} word={text.slice(at, at + length)} />)}${text.slice(at + length)}`
  }
  const left = met.filter(({ at }) => at === undefined)
  const foot = (
    <>
      {left.length > 0 && (
        <p class="sources no-print">
          Aussi sur cette page&nbsp;:{' '}
          {left.map(({ id, word }, i) => (
            <>
              {i > 0 && ', '}
              <Press id={id} word={word} />
            </>
          ))}
        </p>
      )}
      <dl class="no-print">
        {met.map(({ id, word, words }) => (
          <div id={id} class="meaning" popover="auto">
            <dt>{word}</dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
    </>
  )
  return `${document.slice(0, start)}${pieces.join('')}${typeset(String(foot))}${document.slice(end)}`
}

function Press({ id, word }: { id: string; word: string }) {
  return (
    <button type="button" class="word" popovertarget={id}>
      {word}
    </button>
  )
}

/** A word whole, in the plural too: an acronym in its capitals, any other at the head of a sentence or not. */
function searched({ word }: Word): RegExp {
  const acronym = word === word.toUpperCase() || word.includes('.')
  const source = word.replaceAll('.', '\\.').replace(/\s+/g, '\\s+')
  return new RegExp(`(?<![\\p{L}-])${source}(?:s)?(?![\\p{L}-])`, acronym ? 'u' : 'iu')
}

interface Use {
  piece: number
  at?: number
  length: number
}

/** The first use in the open, or else in a fold, or else where it cannot be pressed, without its place. */
function firstUse(pieces: readonly string[], word: RegExp): Use | undefined {
  let [shut, unread, folded] = [0, 0, 0]
  let inFold: Use | undefined
  let pressless: Use | undefined
  for (const [piece, text] of pieces.entries()) {
    const [, closing, name = ''] = piece % 2 === 1 ? (/^<(\/?)([a-z0-9]+)/i.exec(text) ?? []) : []
    const step = closing === '/' ? -1 : 1
    if (SHUT.test(name)) shut += step
    if (UNREAD.test(name)) unread += step
    if (name === 'details') folded += step
    if (piece % 2 === 1 || unread > 0) continue
    const found = word.exec(text)
    if (found === null) continue
    const use = { piece, at: found.index, length: found[0].length }
    if (shut > 0) pressless ??= { piece, length: use.length }
    else if (folded > 0) inFold ??= use
    else return use
  }
  return inFold ?? pressless
}
