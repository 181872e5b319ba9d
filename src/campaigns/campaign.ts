import type { Holders } from '../demand/engine/cohort-flow.ts'
import type { CounterTitle } from '../demand/engine/national-issues.ts'
import type { Day } from '../pure/calendar/day.ts'
import {
  isMonth,
  type Month,
  monthNumber,
  monthOf,
  monthOfNumber,
  monthsBetween,
} from '../pure/calendar/period.ts'
import { frenchMonth, ofName } from '../pure/french/french.ts'
import { type LawfulMonths, lawfulMonths } from '../pure/law/renewal-window.ts'
import { type Campaign, type Message, MOST_MESSAGES } from './effect-answer.ts'

/** French names of those who may be told. */
export const HOLDER_NAMES: Record<Holders, string> = {
  'old-card-adult': 'Majeurs, carte d’ancien format',
  'new-card-adult': 'Majeurs, carte de nouveau format',
  'card-minor': 'Mineurs, carte d’identité',
  'passport-adult': 'Majeurs, passeport',
  'passport-minor': 'Mineurs, passeport',
}

/** A fault of a campaign, where it stands in the body or in the form. */
export interface CampaignFault {
  field: string
  code: string
  message: string
}

/** What a campaign may refer to. */
export interface CampaignGround {
  today: Day
  department: string | undefined
  halls: readonly { insee: string; name: string }[]
  /** Last month in which a message still acts within what is projected. */
  lastSent: Month
}

const MOST_MONTHS = 120

/** The title of some holders. */
export function titleOfHolders(holders: Holders): CounterTitle {
  return holders.startsWith('passport') ? 'passport' : 'cni'
}

/** When the holders of titles that end in a month may ask for the next ones, as the law stood on a day. */
export function windowsOf(holders: Holders, end: Month, day: Day): LawfulMonths[] {
  return lawfulMonths(end, holders === 'old-card-adult', day)
}

/** Whether a month, as a number, lies in one of some windows. */
export function isLawful(windows: readonly LawfulMonths[], month: number): boolean {
  return windows.some(({ from, to }) => month >= from && month <= to)
}

/** Every fault of a campaign, so that they can all be put right at once. */
export function campaignFaults(campaign: Campaign, ground: CampaignGround): CampaignFault[] {
  const faults: CampaignFault[] = []
  const add = (field: string, code: string, message: string) => faults.push({ field, code, message })
  const name = campaign.name.trim()
  if (name === '' || name.length > 120)
    add('name', 'name-needed', 'Donnez un nom, de 120 caractères au plus.')
  if (ground.department === undefined) add('place', 'unknown-place', 'Choisissez un département suivi ici.')
  if (campaign.messages.length === 0) add('messages', 'message-needed', 'Prévoyez au moins un envoi.')
  if (campaign.messages.length > MOST_MESSAGES)
    add('messages', 'too-many-messages', `${MOST_MESSAGES} envois au plus dans une campagne.`)
  for (const [i, message] of campaign.messages.entries())
    messageFaults(message, ground, (field, code, words) => add(`messages.${i}.${field}`, code, words))
  for (const [i, { told, answered, origin }] of campaign.counted.entries()) {
    if (!(told > 0 && answered >= 0 && answered <= told))
      add(
        `counted.${i}`,
        'invalid-count',
        'Des personnes prévenues, et parmi elles celles qui sont venues : jamais plus.',
      )
    if (origin.trim() === '')
      add(`counted.${i}.origin`, 'origin-needed', 'Dites d’où vient ce compte, et qui l’a fait.')
  }
  for (const [means, euros] of Object.entries(campaign.euros ?? {}))
    if (euros !== undefined && !(euros >= 0 && euros <= 100))
      add(`euros.${means}`, 'invalid-cost', 'Un coût par personne, de 0 à 100 €.')
  return faults
}

function messageFaults(
  { holders, endsFrom, endsTo, sentIn, share, hall }: Message,
  { today, halls, lastSent }: CampaignGround,
  add: (field: string, code: string, message: string) => void,
): void {
  if (!(share > 0 && share <= 1)) add('share', 'invalid-share', 'Une part entre 0 et 1.')
  if (hall !== undefined && !halls.some(({ insee }) => insee === hall))
    add('hall', 'unknown-hall', `Aucune mairie équipée du département ne porte le code ${hall}.`)
  const months = [
    ['endsFrom', endsFrom],
    ['endsTo', endsTo],
    ['sentIn', sentIn],
  ] as const
  const unread = months.filter(([, month]) => !isMonth(month))
  for (const [field] of unread) add(field, 'invalid-month', 'Un mois s’écrit mars 2030, ou 2030-03.')
  if (unread.length > 0) return
  if (sentIn <= monthOf(today) || sentIn > lastSent)
    add(
      'sentIn',
      'month-outside',
      `Un envoi se prévoit après ${frenchMonth(monthOf(today))} et jusqu’en ${frenchMonth(lastSent)}.`,
    )
  if (endsTo < endsFrom || monthNumber(endsTo) - monthNumber(endsFrom) >= MOST_MONTHS) {
    add('endsTo', 'invalid-range', 'Du premier au dernier mois de fin, dix ans au plus.')
    return
  }
  const sent = monthNumber(sentIn)
  const unlawful = monthsBetween(endsFrom, endsTo).find(
    end => !isLawful(windowsOf(holders, end, today), sent),
  )
  if (unlawful === undefined) return
  const next = windowsOf(holders, unlawful, today).find(({ to }) => to >= sent)
  add(
    'sentIn',
    'outside-lawful-window',
    next === undefined
      ? `Un titre qui finit en ${frenchMonth(unlawful)} sera fini en ${frenchMonth(sentIn)} : il n’y a plus rien à avancer.`
      : `Un titre qui finit en ${frenchMonth(unlawful)} ne peut être redemandé sans autre motif qu’à partir ${ofName(frenchMonth(monthOfNumber(next.from)))}.`,
  )
}
