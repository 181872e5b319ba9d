/** A word of the register: explained to readers, or to be said otherwise. */
export interface Word {
  word: string
  /** Its meaning, or what is written in its place. */
  words: string
}

/** The register of words: those that pages explain, and those that no page writes. */
export interface Words {
  explained: readonly Word[]
  avoided: readonly Word[]
}

/** Reads the register: a list under each of its two headings, `- word : words`. */
export function readWords(text: string): Words {
  const [, explained = '', avoided = ''] = text.split(/^## .*$/m)
  const list = (part: string) =>
    [...part.matchAll(/^- (.+?) : (.+)$/gm)].map(([, word = '', words = '']) => ({ word, words }))
  return { explained: list(explained), avoided: list(avoided) }
}

/** The words to avoid that a text of a page holds, each with what to write. */
export function avoidedWords(text: string, { avoided }: Words): string[] {
  const plain = text.toLowerCase().replace(/[\s\u00a0\u202f]+/g, ' ')
  return avoided
    .filter(({ word }) => new RegExp(`(?<!\\p{L})${word}(?!\\p{L})`, 'u').test(plain))
    .map(({ word, words }) => `${word} : écrire « ${words} »`)
}
