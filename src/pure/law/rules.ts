import type { Day } from '../calendar/day.ts'
import {
  frenchCount,
  frenchDay,
  frenchList,
  frenchPercent,
  frenchQuantity,
  frenchShortNumber,
} from '../french/french.ts'
import { type Dated, ruleAt, ruleInForce, type Source } from './dated.ts'
import {
  BUS_LICENCE_YEARS,
  HEAVY_LICENCE_YEARS,
  LICENCE_DIRECTIVE,
  LIGHT_LICENCE_YEARS,
  PINK_LICENCE_END,
  type YearsByAge,
} from './driving-licence.ts'
import {
  FIRST_PERMIT_FEE,
  LICENCE_EXCHANGE_FEE,
  LOCAL_DUTIES,
  LOST_CARD_FEE,
  PASSPORT_FEES,
  type PassportFees,
  PERMIT_STAMP,
} from './fees.ts'
import { GRANT_SCALES, type GrantScale } from './grant.ts'
import {
  ADULT_CARD_TERM,
  EARLY_RENEWAL,
  MINOR_CARD_YEARS,
  NEW_CARD_ROLL_OUT,
  OLD_CARD_TRAVEL_END,
} from './identity-card.ts'
import {
  ADULT_PASSPORT_YEARS,
  CORRECTION_KEEPS_END,
  EMERGENCY_PASSPORT_YEARS,
  MINOR_PASSPORT_YEARS,
} from './passport.ts'
import {
  BRITISH_APPLICATIONS_END,
  BRITISH_EXCHANGE_MONTHS,
  BRITISH_OBLIGATION,
  MOST_SAME_RENEWALS,
  PERMIT_LANGUAGE,
  PERMIT_TERMS,
} from './residence-permit.ts'
import {
  APPOINTMENT_MINUTES,
  APPOINTMENT_TARGET_DAYS,
  DELIVERY_TARGET_DAYS,
  EMAIL_ANSWER_WORKING_DAYS,
  EXAMINATION_TARGET_DAYS,
  ISSUANCE_TARGET_DAYS,
  OVERLOAD_REQUESTS,
  PLAN_LONGEST_MINUTES,
  PLAN_STATION_HOURS,
  PRODUCTIVITY_TARGET,
  SITE_VISIT_TARGET_PERCENT,
  STATION_HOURS,
} from './targets.ts'

/** Subjects under which the rules are shown, in the order of the page. */
export const SUBJECTS = [
  'Carte d’identité',
  'Passeport',
  'Permis de conduire',
  'Titres de séjour',
  'Ce que coûtent les titres',
  'Dotation des communes',
  'Objectifs',
] as const

/** A rule as a reader sees it: every value in words, with its source. */
export interface PublicRule {
  subject: (typeof SUBJECTS)[number]
  label: string
  checked: Day
  /** `text` is the value with its unit: `10 ans`, `3 août 2031`, `oui`. */
  values: { from: Day; text: string; source: Source; note: string | undefined }[]
}

const PLURALS: Readonly<Record<string, string>> = {
  jour: 'jours',
  'jour ouvré': 'jours ouvrés',
  minute: 'minutes',
  'heure par semaine': 'heures par semaine',
  'demande par an et par station': 'demandes par an et par station',
  'dossier par jour et par agent': 'dossiers par jour et par agent',
}

/** Every dated rule that the service applies. */
export const RULES: readonly PublicRule[] = [
  ...under('Carte d’identité', [
    shown(ADULT_CARD_TERM, ({ printedYears, addedYears }) =>
      addedYears > 0 ? `${printedYears} + ${years(addedYears)}` : years(printedYears),
    ),
    shown(MINOR_CARD_YEARS, number),
    shown(NEW_CARD_ROLL_OUT, wave =>
      wave === 'everywhere'
        ? 'tous les départements'
        : `${wave.length > 1 ? 'départements' : 'département'} ${frenchList([...wave].sort())}`,
    ),
    shown(OLD_CARD_TRAVEL_END, frenchDay),
    shown(EARLY_RENEWAL, yesOrNo),
  ]),
  ...under('Passeport', [
    shown(ADULT_PASSPORT_YEARS, number),
    shown(MINOR_PASSPORT_YEARS, number),
    shown(EMERGENCY_PASSPORT_YEARS, number),
    shown(CORRECTION_KEEPS_END, yesOrNo),
  ]),
  ...under('Permis de conduire', [
    shown(LIGHT_LICENCE_YEARS, number),
    shown(PINK_LICENCE_END, frenchDay),
    shown(HEAVY_LICENCE_YEARS, byAge),
    shown(BUS_LICENCE_YEARS, byAge),
    shown(LICENCE_DIRECTIVE, words => words),
  ]),
  ...under('Titres de séjour', [
    ...Object.values(PERMIT_TERMS).map(term =>
      shown(term, ({ years: most, atMost }) => `${years(most)}${atMost ? ' au plus' : ''}`),
    ),
    shown(BRITISH_APPLICATIONS_END, frenchDay),
    shown(BRITISH_OBLIGATION, frenchDay),
    shown(BRITISH_EXCHANGE_MONTHS, number),
    shown(MOST_SAME_RENEWALS, number),
    shown(PERMIT_LANGUAGE, words => words),
  ]),
  ...under('Ce que coûtent les titres', [
    shown(PASSPORT_FEES, passportPrice),
    ...Object.values(LOCAL_DUTIES).map(duty =>
      shown(duty, share => (share === undefined ? 'fixé sur place' : frenchPercent(100 * share, 0))),
    ),
    ...[LOST_CARD_FEE, FIRST_PERMIT_FEE, PERMIT_STAMP, LICENCE_EXCHANGE_FEE].map(fee => shown(fee, euros)),
  ]),
  ...under('Dotation des communes', [shown(GRANT_SCALES, scale)]),
  ...under(
    'Objectifs',
    [
      ISSUANCE_TARGET_DAYS,
      APPOINTMENT_TARGET_DAYS,
      EXAMINATION_TARGET_DAYS,
      DELIVERY_TARGET_DAYS,
      OVERLOAD_REQUESTS,
      APPOINTMENT_MINUTES,
      STATION_HOURS,
      PLAN_LONGEST_MINUTES,
      PLAN_STATION_HOURS,
      PRODUCTIVITY_TARGET,
      SITE_VISIT_TARGET_PERCENT,
      EMAIL_ANSWER_WORKING_DAYS,
    ].map(target => shown(target, number)),
  ),
]

/**
 * What a passport and a lost card cost to those who ask in a department, in words, with the sources; `undefined` where its
 * duties are its own. A day before the first tariff known is told that one.
 */
export function pricesIn(department: string, day: Day) {
  const local = LOCAL_DUTIES[department]
  const own = local && (ruleAt(local, day) ?? local.values[0])
  const share = own === undefined ? 1 : own.value
  if (share === undefined) return undefined
  const passport = ruleAt(PASSPORT_FEES, day) ?? PASSPORT_FEES.values[0]
  const lost = ruleInForce(LOST_CARD_FEE, day)
  const { adult, adolescent, child } = passport.value
  return {
    passport: passportPrice({ adult: share * adult, adolescent: share * adolescent, child: share * child }),
    lostCard: euros(share * lost.value),
    sources: [passport, lost, ...(own === undefined ? [] : [own])].map(one => one.source.title),
  }
}

function passportPrice({ adult, adolescent, child }: PassportFees): string {
  return `${euros(adult)}, ${euros(adolescent)} de 15 à 17 ans, ${euros(child)} avant 15 ans`
}

function under(subject: PublicRule['subject'], rules: Omit<PublicRule, 'subject'>[]): PublicRule[] {
  return rules.map(rule => ({ subject, ...rule }))
}

function shown<T>(dated: Dated<T>, say: (value: T, unit: string) => string): Omit<PublicRule, 'subject'> {
  const { label, unit, checked, values } = dated
  return {
    label,
    checked,
    values: values.map(({ from, value, source, note }) => ({ from, text: say(value, unit), source, note })),
  }
}

function number(value: number, unit: string): string {
  if (unit === 'année') return years(value)
  return `${short(value)}\u00a0${value < 2 ? unit : (PLURALS[unit] ?? unit)}`
}

function years(count: number): string {
  return frenchCount(count, 'an')
}

function short(value: number): string {
  return frenchShortNumber(value, 2)
}

function euros(value: number): string {
  return frenchQuantity(value, 'euro')
}

function yesOrNo(value: boolean): string {
  return value ? 'oui' : 'non'
}

function byAge(bands: YearsByAge): string {
  return bands
    .toReversed()
    .map(band => `${years(band.years)}${band.fromAge === 0 ? '' : ` dès ${band.fromAge} ans`}`)
    .join(', ')
}

function scale(value: GrantScale | undefined): string {
  if (value === undefined) return 'non trouvé'
  const { fixedEuros, connectedEuros, steps } = value
  const parts = [`${short(fixedEuros)} € par station`]
  if (connectedEuros > 0) parts.push(`${short(connectedEuros)} € si raccordée`)
  for (const { from, gives } of steps)
    parts.push(
      `dès ${short(from)} demandes : ${value.unit === 'euros' ? `${short(gives)} €` : `× ${short(gives)}`}`,
    )
  if (value.unit === 'points')
    parts.push(value.pointEuros === undefined ? 'point : non publié' : `point : ${short(value.pointEuros)} €`)
  return parts.join(' ; ')
}
