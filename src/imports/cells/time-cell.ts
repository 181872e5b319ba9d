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

/** The days of the week, from Monday on. */
export const WEEKDAYS = ['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi', 'dimanche'] as const

const DAY = '(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lun|mar|mer|jeu|ven|sam|dim)s?\\b\\.?'
const DAYS = new RegExp(
  `(?:\\b(?:du|les?|tous les)\\s+)?\\b${DAY}(?:\\s*(?:\\b(?:au|à|et|puis)\\b|[-–—,;/&+])\\s*(?:(?:les?|du)\\s+)?${DAY})*`,
  'gi',
)
const EVERY_DAY = /\btous les jours(?: ouvrables)?\b/gi

/**
 * The days that a text names, one by one; `undefined` when it says something else.
 * *Example:* « du lundi au mercredi et samedi » gives Monday, Tuesday, Wednesday and Saturday.
 */
export function weekdaysIn(text: string): string[] | undefined {
  const flat = text.replace(EVERY_DAY, 'lundi au vendredi').toLowerCase().trim()
  if (flat.replace(DAYS, '') !== '') return undefined
  const days: number[] = []
  for (const [, link = '', name = ''] of flat.matchAll(new RegExp(`(.*?)\\b(${DAY})`, 'gi'))) {
    const day = WEEKDAYS.findIndex(known => known.startsWith(name.slice(0, 3)))
    const last = days.at(-1)
    const through = /\b(?:au|à)\b|[-–—]/.test(link) && last !== undefined
    for (let one = through ? (last + 1) % 7 : day; one !== day; one = (one + 1) % 7) days.push(one)
    days.push(day)
  }
  return [...new Set(days)].map(day => WEEKDAYS[day]!)
}

/**
 * The hours of each day that a text says, as people write a whole week in one cell, or those of {@link hourRanges} when it names no day.
 * *Example:* « Lundi et mardi : 9h-12h ; samedi 10h-12h » gives three spans, each with its day.
 */
export function weeklyHours(text: string): [from: string, to: string, day?: string][] | undefined {
  const flat = text
    .replace(/[\s\u00a0\u202f]+/g, ' ')
    .replace(EVERY_DAY, 'lundi au vendredi')
    .trim()
  const heads = [...flat.matchAll(DAYS)]
  if (heads.length === 0) return hourRanges(text)
  if (flat.slice(0, heads[0]!.index).trim() !== '') return undefined
  const spans: [string, string, string][] = []
  for (const [i, { 0: head, index }] of heads.entries()) {
    const said = flat.slice(index + head.length, heads[i + 1]?.index).replace(/^\s*:/, '')
    const ranges = hourRanges(said.replace(/[;.,\s]+$/, ''))
    const days = weekdaysIn(head)
    if (ranges === undefined || days === undefined) return undefined
    for (const day of days) for (const [from, to] of ranges) spans.push([from, to, day])
  }
  return spans
}
