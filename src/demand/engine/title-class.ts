import type { Day } from '../../pure/calendar/day.ts'
import { type Month, monthNumber, monthOf } from '../../pure/calendar/period.ts'
import { EARLY_RENEWAL, OLD_CARD_TRAVEL_END } from '../../pure/law/identity-card.ts'
import { validity } from '../../pure/law/validity.ts'

/** Titles that live equally long: the law tells adults from minors. */
export const TITLE_CLASSES = ['cni-adult', 'cni-minor', 'passport-adult', 'passport-minor'] as const
/** A class of titles. */
export type TitleClass = (typeof TITLE_CLASSES)[number]

/** What the law says of the titles of one class issued in one month. Months are numbers (`monthNumber`). */
export interface Term {
  /** Month of the legal end. */
  end: number
  /** Month from which the title no longer serves in Europe, when that comes before its legal end. */
  travelEnd: number | undefined
  /** Month of the end printed on it, when a later text moved the legal end beyond. */
  printedEnd: number | undefined
  /** First and last month of the right to renew early, when the law grants it. */
  early: { from: number; to: number } | undefined
}

/**
 * Term of the titles of a class issued in a month in a department, read from the dated law at mid-month.
 * `undefined` before the first rule on record: such titles ended long before any projected month.
 */
export function termOf(titleClass: TitleClass, month: Month, department: string): Term | undefined {
  const issuedOn = `${month}-15`
  const title = titleClass.startsWith('cni') ? 'cni' : 'passport'
  const adult = titleClass.endsWith('adult')
  const found = validity(title, { issuedOn, adult, department })
  const settled =
    'reason' in found ? validity(title, { issuedOn, adult, department, card: cardInDoubt(issuedOn) }) : found
  if ('reason' in settled) return undefined
  const { endsOn, printedEnd, travelEndsOn, renewableFrom } = settled
  return {
    end: numberOf(endsOn),
    printedEnd: printedEnd < endsOn ? numberOf(printedEnd) : undefined,
    travelEnd: travelEndsOn < endsOn ? numberOf(travelEndsOn) : undefined,
    early:
      renewableFrom === undefined ? undefined : { from: numberOf(renewableFrom), to: numberOf(travelEndsOn) },
  }
}

/** Where no source dates the new card in a department, its arrival is put at the middle of the national roll-out. */
function cardInDoubt(issuedOn: Day): 'old' | 'new' {
  return issuedOn < '2021-06-01' ? 'old' : 'new'
}

function numberOf(day: Day): number {
  return monthNumber(monthOf(day))
}

/** First day of the early renewal right and last day of old cards in Europe, for the words of the explanation. */
export const CARD_DATES = {
  earlyFrom: EARLY_RENEWAL.values[0].from,
  travelEnd: OLD_CARD_TRAVEL_END.values[0].value,
}
