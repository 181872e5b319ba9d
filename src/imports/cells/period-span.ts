import { lastDay, type Month, monthNumber, monthOf, monthOfNumber } from '../../pure/calendar/period.ts'
import { monthNamed, ofCentury, parseDay } from './day-cell.ts'

/** What stands between the two ends of a span written in figures: « au », a dash, the slash of ISO 8601. */
const BETWEEN = /\s+(?:au?|à|et|[-–—])\s+|(?<=\d{4})\s?[-–—]\s?(?=\d{1,2}\/)|(?<=-\d{2})\/(?=\d{4}-)/iu
const LINKS = /^(?:du|de|d|entre|à|a|au|et)$/iu
/** Two numbers of months before one year: `01-03/2022`. */
const NUMBERED = /^(\d{1,2})\s?[-–—]\s?(\d{1,2})\/(\d{4})$/

/**
 * The first and the last of the months that a text goes over: `janv.-mars 2022`, `janvier, février, mars 2022`,
 * `du 01/01/2022 au 31/03/2022`, `01-03/2022`; `undefined` when it is no such text, or begins or ends within a month.
 */
export function monthsSpanned(
  text: string,
  parseMonth: (text: string) => Month | undefined,
): readonly [Month, Month] | undefined {
  const [, from, to, of] = NUMBERED.exec(text) ?? []
  const ends =
    from === undefined
      ? text.replace(/^(?:du|de|entre)\s+/i, '').split(BETWEEN)
      : [from, to].map(month => `${month}/${of}`)
  const [first, last] = ends.map(end => parseDay(end) ?? parseMonth(end))
  const isWhole = (one: string | undefined, edge: (month: Month) => string): one is string =>
    one !== undefined && (one.length === 7 || one === edge(monthOf(one)))
  if (ends.length === 2 && isWhole(first, month => `${month}-01`) && isWhole(last, lastDay))
    return inOrder(first.slice(0, 7), last.slice(0, 7))
  return named(text)
}

function inOrder(first: Month, last: Month): readonly [Month, Month] | undefined {
  return first <= last ? [first, last] : undefined
}

/** Months by their names, each followed by its year or the last by that of all. */
function named(text: string): readonly [Month, Month] | undefined {
  const words = text.split(/[\s,./'’–—-]+/).filter(word => word !== '')
  const months: { number: string; year?: string }[] = []
  for (const [i, word] of words.entries()) {
    const number = monthNamed(word)
    const last = months.at(-1)
    if (number !== undefined) months.push({ number })
    else if (last !== undefined && /^(?:19|20)\d{2}$/.test(word)) last.year = word
    else if (last !== undefined && i === words.length - 1 && /^\d{2}$/.test(word)) last.year = ofCentury(word)
    else if (!LINKS.test(word)) return undefined
  }
  const year = months.at(-1)?.year
  if (months.length < 2 || year === undefined) return undefined
  const all = months.map(({ number, year: own = year }) => `${own}-${number}`)
  const isRange = months.length === 2 && !/,|\bet\b/i.test(text)
  const [first, last] = [all[0]!, all.at(-1)!]
  const follows = all.every((month, i) => month === monthOfNumber(monthNumber(first) + i))
  return isRange || follows ? inOrder(first, last) : undefined
}
