import type { CellReader } from './column.ts'
import { flawed, quoted } from './fault.ts'

/** Reads a time of day into `08:30`: `8h30`, `8 h 30`, `08:30`, `8h`, `08:30:00`. */
export const readTime: CellReader<string> = text => {
  const [, hour = '', minute = '00'] =
    /^(\d{1,2})\s?(?:h|H|:)\s?(\d{2})?(?::00)?$/.exec(text.replace(/[\u00a0\u202f]/g, ' ')) ?? []
  if (hour === '' || Number(hour) > 23 || Number(minute) > 59) {
    return flawed(
      'invalid-time',
      `${quoted(text)} n’est pas une heure.`,
      'Écrivez 8h30 ou 08:30, et 8h30-12h dans une colonne d’horaires.',
    )
  }
  return { value: `${hour.padStart(2, '0')}:${minute}` }
}

const TIME = '\\d{1,2}(?:\\s?[h:]\\s?\\d{2}(?![\\dh:])|\\s?h(?!\\d))'
const RANGE = new RegExp(`(${TIME}|\\d{1,2})\\s?(?:[-–—]|à)\\s?(${TIME})`, 'gi')

/**
 * The hours from and to that a text says, none for a closed day, `undefined` when it says something else.
 * *Example:* `8h30-12h / 13h30-17h` gives `[['8h30', '12h'], ['13h30', '17h']]`.
 */
export function hourRanges(text: string): [string, string][] | undefined {
  const flat = text.replace(/[\s\u00a0\u202f]+/g, ' ').trim()
  if (/^(fermée?s?|closed|[-–—])?$/i.test(flat.normalize('NFC'))) return []
  const ranges = [...flat.matchAll(RANGE)].map(([, from = '', to = '']): [string, string] => [
    /^\d+$/.test(from) ? `${from}h` : from,
    to,
  ])
  const rest = flat.replace(RANGE, ' ').replace(/(?<!\p{L})(de|et|puis)(?!\p{L})|[\s/;,+&|]/giu, '')
  return ranges.length > 0 && rest === '' ? ranges : undefined
}
