import { addDays, addYears, type Day } from '../calendar/day.ts'
import { frenchDay } from '../french/french.ts'
import { ruleAt } from './dated.ts'
import {
  ADULT_CARD_TERM,
  adultCardTerm,
  type CardTerm,
  EARLY_RENEWAL,
  isNewCard,
  MINOR_CARD_YEARS,
  OLD_CARD_TRAVEL_END,
} from './identity-card.ts'
import { ADULT_PASSPORT_YEARS, MINOR_PASSPORT_YEARS } from './passport.ts'

/** What must be known of a title to say when it ends. */
export interface Issue {
  /** Day of issue; during the roll-out of the new card, the day of the application decides of its format. */
  issuedOn: Day
  adult: boolean
  /** Code of the department of issue: `16`. */
  department?: string
  /** Format of an identity card, when known: it settles the doubtful months of 2021. */
  card?: 'old' | 'new'
}

/** When a title ends. Last days are days on which the title is still valid. */
export interface Validity {
  /** Last day of legal validity. */
  endsOn: Day
  /** Last day printed on the title: earlier than the legal one after an extension. */
  printedEnd: Day
  /** Last day on which it serves to travel in the European Union. */
  travelEndsOn: Day
  /** First day on which it may be renewed early without incident, where a rule grants it. */
  renewableFrom: Day | undefined
}

/**
 * When a title asked for at a town hall ends. The last day is the eve of the anniversary of issue: an identity card issued to an adult
 * on 26 May 2010 is printed valid until 25 May 2020 and is valid until 25 May 2025 (amg33.fr, 18 June 2021).
 *
 * @returns a reason where no rule on record tells.
 */
export function validity(title: 'cni' | 'passport', issue: Issue): Validity | { reason: string } {
  return title === 'cni' ? identityCard(issue) : passport(issue)
}

/** Last day of a term of whole years that starts on a day. */
function lastDayAfter(from: Day, years: number): Day {
  return addDays(addYears(from, years), -1)
}

function identityCard({ issuedOn, adult, department, card }: Issue): Validity | { reason: string } {
  const isNew = card === undefined ? isNewCard(issuedOn, department) : card === 'new'
  if (isNew === undefined)
    return {
      reason: `Format inconnu : aucune source lue ne dit si la nouvelle carte était déjà faite ${department === undefined ? 'dans ce département (non précisé)' : `dans le département ${department}`} le ${frenchDay(issuedOn)}.`,
    }
  const term = adult ? adultCardTerm(issuedOn, isNew)?.value : minorCardTerm(issuedOn, isNew)
  if (term === undefined) return unrecorded(ADULT_CARD_TERM, issuedOn)
  const printedEnd = lastDayAfter(issuedOn, term.printedYears)
  const endsOn = lastDayAfter(issuedOn, term.printedYears + term.addedYears)
  if (isNew) return { endsOn, printedEnd, travelEndsOn: endsOn, renewableFrom: undefined }
  const travelEnd = OLD_CARD_TRAVEL_END.values[0].value
  const { from } = EARLY_RENEWAL.values[0]
  const firstDay = from > issuedOn ? from : issuedOn
  return {
    endsOn,
    printedEnd,
    travelEndsOn: endsOn < travelEnd ? endsOn : travelEnd,
    renewableFrom: adult && firstDay <= endsOn ? firstDay : undefined,
  }
}

function passport({ issuedOn, adult }: Issue): Validity | { reason: string } {
  const dated = adult ? ADULT_PASSPORT_YEARS : MINOR_PASSPORT_YEARS
  const rule = ruleAt(dated, issuedOn)
  if (rule === undefined) return unrecorded(dated, issuedOn)
  const endsOn = lastDayAfter(issuedOn, rule.value)
  return { endsOn, printedEnd: endsOn, travelEndsOn: endsOn, renewableFrom: undefined }
}

function unrecorded(dated: { label: string }, day: Day): { reason: string } {
  return { reason: `${dated.label} : aucune règle recensée pour un titre délivré le ${frenchDay(day)}.` }
}

function minorCardTerm(issuedOn: Day, isNew: boolean): CardTerm | undefined {
  const rule = isNew ? MINOR_CARD_YEARS.values[0] : ruleAt(MINOR_CARD_YEARS, issuedOn)
  return rule && { printedYears: rule.value, addedYears: 0 }
}
