import { addDays, addYears, type Day } from '../calendar/day.ts'
import { frenchDay } from '../french/french.ts'
import { type DatedValue, ruleAt, type Source } from './dated.ts'
import {
  BUS_LICENCE_YEARS,
  HEAVY_LICENCE_YEARS,
  LIGHT_LICENCE_YEARS,
  PINK_LICENCE_END,
  type YearsByAge,
} from './driving-licence.ts'
import {
  ADULT_CARD_TERM,
  adultCardTerm,
  type CardTerm,
  EARLY_RENEWAL,
  isNewCard,
  MINOR_CARD_YEARS,
  NEW_CARD_ROLL_OUT,
  newCardRule,
  OLD_CARD_TRAVEL_END,
} from './identity-card.ts'
import {
  ADULT_PASSPORT_YEARS,
  CORRECTION_KEEPS_END,
  EMERGENCY_PASSPORT_YEARS,
  MINOR_PASSPORT_YEARS,
} from './passport.ts'
import { PERMIT_TERMS, type Permit } from './residence-permit.ts'
import type { Title } from './title.ts'

/** What must be known of a title to say when it ends. */
export type Issue = {
  /** Day of issue; during the roll-out of the new card, the day of the application decides of its format. */
  issuedOn: Day
  /** Code of the department of issue: `16`. */
  department?: string
  /** Why it was issued, when that changes its end: a correction keeps the end of the former title. */
  motive?: 'correction' | 'emergency'
  /** Last day of the title that a correction replaces. */
  formerEndsOn?: Day
  /** Format of an identity card, when known: it settles the doubtful months of 2021. */
  card?: 'old' | 'new'
  /** Group of a driving licence, `light` when not given. */
  licence?: 'light' | 'heavy' | 'bus'
  /** Kind of a residence permit. */
  permit?: Permit
} & ({ bornOn: Day } | { adult: boolean })

/** One rule that was applied, in the words shown to a reader. */
export interface AppliedRule {
  text: string
  source: Source
}

/** When a title ends, and why. Last days are days on which the title is still valid. */
export interface Validity {
  /** Last day of legal validity. */
  endsOn: Day
  /** Last day printed on the title: earlier than the legal one after an extension. */
  printedEnd: Day
  /** Last day on which it serves to travel in the European Union; `undefined` for a title that is no travel document. */
  travelEndsOn: Day | undefined
  /** First day on which it may be renewed early without incident, where a rule grants it. */
  renewableFrom: Day | undefined
  /** The law fixes a maximum: the title may end sooner. */
  atMost: boolean
  rules: AppliedRule[]
}

/** Why no end can be given. */
export interface NoEnd {
  reason: string
}

/**
 * When a title ends. The last day is the eve of the anniversary of issue: an identity card issued to an adult
 * on 26 May 2010 is printed valid until 25 May 2020 and is valid until 25 May 2025 (amg33.fr, 18 June 2021).
 */
export function validity(title: Title, issue: Issue): Validity | NoEnd {
  switch (title) {
    case 'cni':
      return identityCard(issue)
    case 'passport':
      return passport(issue)
    case 'driving-licence':
      return drivingLicence(issue)
    case 'residence-first':
    case 'residence-renewal':
      return residencePermit(issue)
    case 'vehicle-registration':
      return {
        reason:
          'Aucune durée de validité n’est recensée pour le certificat d’immatriculation : aucun cycle de renouvellement n’est projeté.',
      }
    case 'cni-passport':
      return { reason: 'Carte et passeport sont publiés ensemble : leur durée dépend du titre, à préciser.' }
  }
}

/** Last day of a term of whole years that starts on a day. */
export function lastDayAfter(from: Day, years: number): Day {
  return addDays(addYears(from, years), -1)
}

function identityCard(issue: Issue): Validity | NoEnd {
  const { issuedOn, department } = issue
  const isNew = issue.card === undefined ? isNewCard(issuedOn, department) : issue.card === 'new'
  if (isNew === undefined)
    return {
      reason: `Format inconnu : aucune source lue ne dit si la nouvelle carte était déjà faite ${department === undefined ? 'dans ce département (non précisé)' : `dans le département ${department}`} le ${frenchDay(issuedOn)}.`,
    }
  const rules: AppliedRule[] = []
  if (isNew)
    rules.push(said(NEW_CARD_ROLL_OUT.label, newCardRule(department).source, 'carte de nouveau format'))
  const adult = isAdult(issue)
  const term = adult ? adultCardTerm(issuedOn, isNew) : minorCardTerm(issuedOn, isNew)
  if (term === undefined) return unrecorded(ADULT_CARD_TERM, issuedOn)
  const { printedYears, addedYears } = term.value
  rules.push(
    said(
      (adult ? ADULT_CARD_TERM : MINOR_CARD_YEARS).label,
      term.source,
      addedYears > 0 ? `${printedYears} ans imprimés, ${addedYears} ajoutés` : `${printedYears} ans`,
    ),
  )
  const printedEnd = lastDayAfter(issuedOn, printedYears)
  const endsOn = lastDayAfter(issuedOn, printedYears + addedYears)
  if (isNew)
    return { endsOn, printedEnd, travelEndsOn: endsOn, renewableFrom: undefined, atMost: false, rules }
  const travel = OLD_CARD_TRAVEL_END.values[0]
  const travelEndsOn = endsOn < travel.value ? endsOn : travel.value
  if (travelEndsOn !== endsOn)
    rules.push(said(OLD_CARD_TRAVEL_END.label, travel.source, frenchDay(travel.value)))
  const early = EARLY_RENEWAL.values[0]
  const firstDay = latest(early.from, issuedOn, adultFrom(issue))
  const renewableFrom = firstDay !== undefined && firstDay <= endsOn ? firstDay : undefined
  if (renewableFrom !== undefined)
    rules.push(said(EARLY_RENEWAL.label, early.source, `à partir du ${frenchDay(renewableFrom)}`))
  return { endsOn, printedEnd, travelEndsOn, renewableFrom, atMost: false, rules }
}

function passport(issue: Issue): Validity | NoEnd {
  const { issuedOn } = issue
  if (issue.motive === 'correction') {
    const rule = ruleAt(CORRECTION_KEEPS_END, issuedOn)
    if (rule === undefined) return unrecorded(CORRECTION_KEEPS_END, issuedOn)
    return issue.formerEndsOn === undefined
      ? { reason: 'Passeport rectifié : il garde la date de fin de l’ancien, qui n’est pas connue.' }
      : plain(
          issue.formerEndsOn,
          'travel',
          said(CORRECTION_KEEPS_END.label, rule.source, frenchDay(issue.formerEndsOn)),
        )
  }
  const dated =
    issue.motive === 'emergency'
      ? EMERGENCY_PASSPORT_YEARS
      : isAdult(issue)
        ? ADULT_PASSPORT_YEARS
        : MINOR_PASSPORT_YEARS
  const rule = ruleAt(dated, issuedOn)
  if (rule === undefined) return unrecorded(dated, issuedOn)
  return plain(
    lastDayAfter(issuedOn, rule.value),
    'travel',
    said(dated.label, rule.source, years(rule.value)),
  )
}

function drivingLicence(issue: Issue): Validity | NoEnd {
  const { issuedOn, licence = 'light' } = issue
  if (licence === 'light') {
    if (issuedOn < LIGHT_LICENCE_YEARS.values.at(-1)!.from) {
      const rule = PINK_LICENCE_END.values[0]
      return plain(rule.value, 'no travel', said(PINK_LICENCE_END.label, rule.source, frenchDay(rule.value)))
    }
    const rule = ruleAt(LIGHT_LICENCE_YEARS, issuedOn)
    if (rule === undefined) return unrecorded(LIGHT_LICENCE_YEARS, issuedOn)
    const end = lastDayAfter(issuedOn, rule.value)
    return plain(end, 'no travel', said(LIGHT_LICENCE_YEARS.label, rule.source, years(rule.value)))
  }
  if (!('bornOn' in issue))
    return { reason: 'Groupe lourd : la durée dépend de l’âge, le jour de naissance manque.' }
  const dated = licence === 'bus' ? BUS_LICENCE_YEARS : HEAVY_LICENCE_YEARS
  const rule = ruleAt(dated, issuedOn)
  if (rule === undefined) return unrecorded(dated, issuedOn)
  const term = yearsAt(rule.value, issue.bornOn, issuedOn)
  return plain(lastDayAfter(issuedOn, term), 'no travel', said(dated.label, rule.source, years(term)))
}

function residencePermit(issue: Issue): Validity | NoEnd {
  if (issue.permit === undefined)
    return { reason: 'La durée d’un titre de séjour dépend de sa nature, qui n’est pas connue.' }
  const dated = PERMIT_TERMS[issue.permit]
  const rule = ruleAt(dated, issue.issuedOn)
  if (rule === undefined) return unrecorded(dated, issue.issuedOn)
  const { years: term, atMost } = rule.value
  const text = atMost ? `${years(term)} au plus` : years(term)
  return {
    ...plain(lastDayAfter(issue.issuedOn, term), 'no travel', said(dated.label, rule.source, text)),
    atMost,
  }
}

function plain(endsOn: Day, travel: 'travel' | 'no travel', rule: AppliedRule): Validity {
  return {
    endsOn,
    printedEnd: endsOn,
    travelEndsOn: travel === 'travel' ? endsOn : undefined,
    renewableFrom: undefined,
    atMost: false,
    rules: [rule],
  }
}

function said(label: string, source: Source, value: string): AppliedRule {
  return { text: `${label} : ${value}.`, source }
}

function unrecorded(dated: { label: string }, day: Day): NoEnd {
  return { reason: `${dated.label} : aucune règle recensée pour un titre délivré le ${frenchDay(day)}.` }
}

function years(count: number): string {
  return count === 1 ? '1 an' : `${count} ans`
}

function minorCardTerm(issuedOn: Day, isNew: boolean): DatedValue<CardTerm> | undefined {
  const rule = isNew ? MINOR_CARD_YEARS.values[0] : ruleAt(MINOR_CARD_YEARS, issuedOn)
  return rule && { ...rule, value: { printedYears: rule.value, addedYears: 0 } }
}

function yearsAt(bands: YearsByAge, bornOn: Day, issuedOn: Day): number {
  const band = bands.find(({ fromAge }) => issuedOn >= addYears(bornOn, fromAge))
  if (band === undefined) throw new RangeError(`issued before birth: ${issuedOn}`)
  return band.years
}

function isAdult(issue: Issue): boolean {
  return 'bornOn' in issue ? issue.issuedOn >= addYears(issue.bornOn, 18) : issue.adult
}

function adultFrom(issue: Issue): Day | undefined {
  if ('bornOn' in issue) return addYears(issue.bornOn, 18)
  return issue.adult ? issue.issuedOn : undefined
}

function latest(...days: (Day | undefined)[]): Day | undefined {
  if (days.includes(undefined)) return undefined
  return days.reduce((last, day) => (day! > last! ? day : last))
}
