import { type Day, dayNumber } from '../calendar/day.ts'
import { isMonth, isQuarter, type Month, type Quarter } from '../calendar/period.ts'

const NO_BREAK = '\u00a0'
const NARROW_NO_BREAK = '\u202f'
const MINUS = '\u2212'
const TIME_ZONE = 'Europe/Paris'

const MONTH_NAMES = [
  'janvier',
  'février',
  'mars',
  'avril',
  'mai',
  'juin',
  'juillet',
  'août',
  'septembre',
  'octobre',
  'novembre',
  'décembre',
] as const

/** A number as French people write it: `35,3`, `14 237` (narrow no-break space), `−4,2` (minus sign). */
export function frenchNumber(value: number, decimals = 0): string {
  return numberFormat(decimals).format(value).replace('-', MINUS).replace(/\s/g, NARROW_NO_BREAK)
}

// A document asks hundreds of numbers, and a format takes longer to be made than all of them to be written.
const numberFormats = new Map<number, Intl.NumberFormat>()

function numberFormat(decimals: number): Intl.NumberFormat {
  const known = numberFormats.get(decimals)
  if (known !== undefined) return known
  const made = new Intl.NumberFormat('fr-FR', {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
    signDisplay: 'negative',
  })
  numberFormats.set(decimals, made)
  return made
}

/** A number with no more decimals than it needs, for axes and targets: `30`, `2,5`. */
export function frenchShortNumber(value: number, mostDecimals = 1): string {
  const needed = Number(value.toFixed(mostDecimals)).toString().split('.')[1]?.length ?? 0
  return frenchNumber(value, needed)
}

/** A gap with its sign always written: `+4,2`, `−4,2`, `0,0`. */
export function frenchGap(value: number, decimals = 1): string {
  const text = frenchNumber(value, decimals)
  return Number(value.toFixed(decimals)) > 0 ? `+${text}` : text
}

/** A share already in percent: `frenchPercent(84.3)` is `84,3 %`. */
export function frenchPercent(percent: number, decimals = 1): string {
  return `${frenchNumber(percent, decimals)}${NO_BREAK}%`
}

/** A delay with its unit, singular below 2: `35,3 jours`, `1,5 jour`, `0,0 jour`. */
export function frenchDays(days: number, decimals = 1): string {
  return `${frenchNumber(days, decimals)}${NO_BREAK}${dayWord(days, decimals)}`
}

/** The word that follows a number of days shown with so many decimals: `jour` below 2, else `jours`. */
export function dayWord(days: number, decimals = 1): string {
  return Math.abs(Number(days.toFixed(decimals))) < 2 ? 'jour' : 'jours'
}

/** A count with its noun: `1 mairie`, `19 mairies`, `0 mairie`. */
export function frenchCount(count: number, singular: string, plural = `${singular}s`): string {
  return `${frenchNumber(count)}${NO_BREAK}${Math.abs(count) < 2 ? singular : plural}`
}

/** What the numbers of a figure or a chart are counted in. */
export type Quantity = 'day' | 'count' | 'percent' | 'euro'

/** A value with its unit: `35,3 jours`, `26 jours`, `14 237`, `84,3 %`. A delay printed whole is shown whole. */
export function frenchQuantity(value: number, quantity: Quantity): string {
  return withUnit(frenchBareQuantity(value, quantity), value, quantity)
}

function withUnit(number: string, value: number, quantity: Quantity): string {
  const units = { day: dayWord(value), euro: '€', percent: '%', count: undefined }
  return [number, units[quantity] ?? []].flat().join(NO_BREAK)
}

/** A value without its unit, with the decimals of its unit: `35,3`, `26`, `14 237`. */
export function frenchBareQuantity(value: number, quantity: Quantity): string {
  const most = { day: 1, euro: 2, percent: 1, count: 0 }[quantity]
  return frenchNumber(value, quantity !== 'percent' && Number.isInteger(value) ? 0 : most)
}

/** A round value with its unit, for targets: `30 jours`, `2,5 jours`, `90 %`. */
export function frenchShortQuantity(value: number, quantity: Quantity): string {
  return withUnit(frenchShortNumber(value), value, quantity)
}

/** The two ends of an interval: `34,1 à 46,1`; one number where both read alike. The spaces do not break. */
export function frenchRange(low: number, high: number, decimals = 1): string {
  const [from, to] = [frenchNumber(low, decimals), frenchNumber(high, decimals)]
  return from === to ? from : `${from}${NO_BREAK}à${NO_BREAK}${to}`
}

/** The same after « de »: `de 34,1 à 46,1`, or `4`. */
export function fromRange(low: number, high: number, decimals = 1): string {
  const words = frenchRange(low, high, decimals)
  return words.includes(`${NO_BREAK}à${NO_BREAK}`) ? `de ${words}` : words
}

/** A quarter in short: `T1 2022`. */
export function shortQuarter(quarter: Quarter): string {
  return `T${quarter.slice(6)}${NO_BREAK}${quarter.slice(0, 4)}`
}

/** A quarter in full: `1er trimestre 2022`. */
export function longQuarter(quarter: Quarter): string {
  const number = quarter.slice(6)
  return `${number}${number === '1' ? 'er' : 'e'}${NO_BREAK}trimestre ${quarter.slice(0, 4)}`
}

/** A month in full: `mars 2022`. */
export function frenchMonth(month: Month): string {
  return `${MONTH_NAMES[Number(month.slice(5, 7)) - 1]} ${month.slice(0, 4)}`
}

/**
 * The month that somebody wrote: `mars 2031`, `sept. 2031`, `03/2031` or `2031-03`. @returns `undefined` for anything else.
 */
export function writtenMonth(text: string): Month | undefined {
  const bare = (words: string) => words.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
  const written = bare(text.trim())
  if (isMonth(written)) return written
  const [, name = '', number = '', year = ''] =
    /^(?:([a-z]{3,})\.?\s+|(\d{1,2})\s?[/.-]\s?)(\d{4})$/.exec(written) ?? []
  const named = MONTH_NAMES.filter(one => bare(one).startsWith(name))
  const at = name === '' ? Number(number) : named.length === 1 ? MONTH_NAMES.indexOf(named[0]!) + 1 : 0
  const month = `${year}-${String(at).padStart(2, '0')}`
  return isMonth(month) ? month : undefined
}

/** A day in full: `1er septembre 2026`. @throws RangeError if the text is not a day. */
export function frenchDay(day: Day): string {
  dayNumber(day)
  const number = Number(day.slice(8))
  return `${number === 1 ? '1er' : number}${NO_BREAK}${frenchMonth(day.slice(0, 7))}`
}

/** A day in figures, for narrow cells: `01/09/2026`. */
export function shortDay(day: Day): string {
  return `${day.slice(8)}/${day.slice(5, 7)}/${day.slice(0, 4)}`
}

/** A period in full: a quarter, a month, a day, or else a year as it is. */
export function frenchPeriod(period: Quarter | Month | Day): string {
  if (isQuarter(period)) return longQuarter(period)
  if (isMonth(period)) return frenchMonth(period)
  return period.length === 10 ? frenchDay(period) : period
}

const parisClock = new Intl.DateTimeFormat('fr-FR', {
  timeZone: TIME_ZONE,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: 'numeric',
  minute: '2-digit',
  hourCycle: 'h23',
})

/** An instant (ISO text with offset) as the clock shows it in Paris: `24 novembre 2026 à 8 h 05`. */
export function frenchInstant(instant: string): string {
  const parts = new Map(parisClock.formatToParts(new Date(instant)).map(({ type, value }) => [type, value]))
  const day = frenchDay(`${parts.get('year')}-${parts.get('month')}-${parts.get('day')}`)
  return `${day} à ${Number(parts.get('hour'))}${NO_BREAK}h${NO_BREAK}${parts.get('minute')}`
}

const collator = new Intl.Collator('fr', { numeric: true })

/** Order of two names in a French list: Écuras, Étagnac, Eymouthiers. */
export function compareFrench(a: string, b: string): number {
  return collator.compare(a, b)
}

const conjunction = new Intl.ListFormat('fr', { type: 'conjunction' })
const disjunction = new Intl.ListFormat('fr', { type: 'disjunction' })

/** A list in a sentence: `Angoulême, Cognac et Confolens`. */
export function frenchList(items: readonly string[]): string {
  return conjunction.format(items)
}

/** `['un mois', 'un trimestre', 'une année']` as « un mois, un trimestre ou une année ». */
export function frenchChoice(items: readonly string[]): string {
  return disjunction.format(items)
}

/**
 * Makes a sentence safe from lone punctuation at the start of a line: no-break space before `:` `»` `%` and
 * after `«`, narrow one before `;` `!` `?` and between thousands (Imprimerie nationale), and the curved apostrophe that codes of places
 * lack (`L'Étang-Salé`). Spaces are mended, never added, so that an address such as `https://…` stays as it is.
 */
export function unbroken(text: string): string {
  return text
    .replace(/[ \u00a0\u202f]+(?=[:»%])/g, NO_BREAK)
    .replace(/[ \u00a0\u202f]+(?=[;!?])/g, NARROW_NO_BREAK)
    .replace(/«[ \u00a0\u202f]+/g, `«${NO_BREAK}`)
    .replace(/(?<=\p{L})'(?=\p{L})/gu, '’')
    .replace(/(?<![\d,.])\d{1,3}(?: \d{3})+(?!\d)/g, number => number.replaceAll(' ', NARROW_NO_BREAK))
}

/** A town or a month after « de »: `de Cognac`, `d’Angoulême`, `du Gond`, `d’avril 2031`. An h is taken for aspirated: `de Hiersac`. */
export function ofName(name: string): string {
  if (name.startsWith('Le ')) return `du ${name.slice(3)}`
  if (name.startsWith('Les ')) return `des ${name.slice(4)}`
  return /^[aeiouyàâäéèêëîïôöûüœæ]/i.test(name) ? `d’${name}` : `de ${name}`
}

/** The first letter as a capital: a sentence made of a fragment. */
export function capitalised(text: string): string {
  return text.charAt(0).toLocaleUpperCase('fr') + text.slice(1)
}

/** Two figures that count: nobody should read « 3 817 » as a promise. `twoFigures(3817)` is 3,800; 84 stays 84. */
export function twoFigures(value: number): number {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, Math.abs(value)))) - 1)
  return Math.round(value / unit) * unit
}

/** The day that is told, in a sentence: today, or the day replayed. */
export function frenchToldDay(replayed: Day | undefined): string {
  return replayed === undefined ? 'aujourd’hui' : `le ${frenchDay(replayed)}`
}
