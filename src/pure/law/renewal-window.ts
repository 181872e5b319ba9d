import type { Day } from '../calendar/day.ts'
import { type Month, monthNumber, monthOf } from '../calendar/period.ts'
import { ruleAt, ruleSince } from './dated.ts'
import { EARLY_RENEWAL, OLD_CARD_TRAVEL_END } from './identity-card.ts'

/** Months before its end from which a title may be renewed without another motive. */
export const RENEWAL_WINDOW_MONTHS = ruleSince<number>(
  'Renouvellement sans autre motif, avant la fin du titre',
  'mois',
  '2026-11-29',
  {
    from: '2021-03-15',
    value: 12,
    source: {
      title: 'Presse (Yahoo Style, « papiers d’identité » : dans les douze mois qui précèdent la fin)',
      href: 'https://fr.style.yahoo.com/',
    },
    note: 'Lu pour la carte ; le texte n’a pas été trouvé. La même fenêtre est tenue pour le passeport, par prudence.',
  },
)

/** Months, as numbers, in which a holder may ask for the next title; both ends included. */
export interface LawfulMonths {
  from: number
  to: number
}

/**
 * When the holder of a title that ends in a month may ask for the next one: in the twelve months before, and, for the card
 * of the old format of an adult, as soon as the early exchange was opened and until the card stops serving in Europe.
 *
 * Example: an old card that ends in May 2034 may be changed from March 2025 to August 2031, then from May 2033 to May 2034;
 * a passport that ends in May 2031 from May 2030 to May 2031.
 */
export function lawfulMonths(end: Month, oldCardOfAdult: boolean, day: Day): LawfulMonths[] {
  const last = monthNumber(end)
  const usual = ruleAt(RENEWAL_WINDOW_MONTHS, day)
  const early = oldCardOfAdult ? ruleAt(EARLY_RENEWAL, day) : undefined
  const travel = ruleAt(OLD_CARD_TRAVEL_END, day)
  return [
    ...(early?.value && travel
      ? [
          {
            from: monthNumber(monthOf(early.from)),
            to: Math.min(last, monthNumber(monthOf(travel.value))),
          },
        ]
      : []),
    ...(usual ? [{ from: last - usual.value, to: last }] : []),
  ]
}
