/** How easy a French text reads: words a sentence, syllables a word, and the score of Kandel and Moles. */
export interface ReadingEase {
  sentences: number
  words: number
  syllables: number
  score: number
}

const VOWELS = /[aeiouyàâäéèêëîïôöùûüœæ]+/g

/**
 * Reading ease of a French text: 207 − 1.015 × words per sentence − 73.6 × syllables per word (Kandel and Moles, 1958, the
 * scale of Flesch fitted to French). Above 80 easy, below 50 hard. Syllables are groups of vowels, less a mute ending.
 *
 * Example: « Le chat dort. Il rêve. »: 2 sentences, 5 words, 5 syllables: 207 − 2.54 − 73.6 = 130.9.
 */
export function readingEase(text: string): ReadingEase {
  const sentences = text.split(/[.!?:;\n]+/).filter(part => /\p{L}/u.test(part))
  const words = text.toLowerCase().match(/[\p{L}]+(?:[’'-][\p{L}]+)*/gu) ?? []
  const syllables = words.reduce((sum, word) => sum + syllablesOf(word), 0)
  const count = Math.max(1, words.length)
  return {
    sentences: sentences.length,
    words: words.length,
    syllables,
    score: 207 - (1.015 * words.length) / Math.max(1, sentences.length) - (73.6 * syllables) / count,
  }
}

function syllablesOf(word: string): number {
  const groups = word.match(VOWELS)?.length ?? 0
  const mute = /[^aeiouyàâäéèêëîïôöùûü](?:e|es|ent)$/.test(word)
  return Math.max(1, groups - (mute ? 1 : 0))
}
