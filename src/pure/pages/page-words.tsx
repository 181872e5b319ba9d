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
  const texts = readTexts(pieces)
  const met = explained.flatMap((word, rank) => {
    const place = firstUse(texts, searched(word))
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

/** Texts of a page that stand alike, one by one and at once; what parts them is no letter, hyphen nor space. */
interface Texts {
  parts: { piece: number; text: string }[]
  all: string
}

/** What is read in the open, in a fold, and where nothing can be pressed. A page is read once for all its words. */
function readTexts(pieces: readonly string[]): Record<'open' | 'folded' | 'shut', Texts> {
  const found = { open: [], folded: [], shut: [] } as Record<'open' | 'folded' | 'shut', Texts['parts']>
  let [shut, unread, folded] = [0, 0, 0]
  for (const [piece, text] of pieces.entries()) {
    if (piece % 2 === 0) {
      if (unread === 0 && text !== '')
        found[shut > 0 ? 'shut' : folded > 0 ? 'folded' : 'open'].push({ piece, text })
      continue
    }
    const [, closing, name = ''] = /^<(\/?)([a-z0-9]+)/i.exec(text) ?? []
    const step = closing === '/' ? -1 : 1
    if (SHUT.test(name)) shut += step
    if (UNREAD.test(name)) unread += step
    if (name === 'details') folded += step
  }
  const told = (parts: Texts['parts']) => ({ parts, all: parts.map(({ text }) => text).join('\0') })
  return { open: told(found.open), folded: told(found.folded), shut: told(found.shut) }
}

/** The first use in the open, or else in a fold, or else where it cannot be pressed, without its place. */
function firstUse({ open, folded, shut }: ReturnType<typeof readTexts>, word: RegExp): Use | undefined {
  for (const { all, parts } of [open, folded, shut]) {
    if (!word.test(all)) continue
    for (const { piece, text } of parts) {
      const found = word.exec(text)
      if (found === null) continue
      const { length } = found[0]
      return parts === shut.parts ? { piece, length } : { piece, at: found.index, length }
    }
  }
  return undefined
}
