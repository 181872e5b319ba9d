import type { Day } from '../pure/calendar/day.ts'
import type { Quarter } from '../pure/calendar/period.ts'
import { chancesInTen } from '../pure/french/chances.ts'
import { frenchDay, frenchDays, frenchQuantity, longQuarter } from '../pure/french/french.ts'

/** What somebody may be warned of. */
export const RULES = {
  'target-missed': 'Un délai publié dépasse son objectif',
  'wait-above': 'L’attente d’un rendez-vous dépasse un seuil',
  'projected-above': 'L’attente projetée dépassera un seuil',
  'collector-silent': 'Un relevé automatique se tait',
  'figure-contradicted': 'Un chiffre publié en contredit un autre',
  'new-projection': 'Une nouvelle projection est faite',
} as const

/** Code of a rule. */
export type Rule = keyof typeof RULES

/** A rule with what it asks for. */
export interface Watch {
  rule: Rule
  days: number | null
  quarters: number | null
  probability: number | null
}

/** What is known of a place when its rules are looked at; what cannot be known is absent, and never a reason to warn. */
export interface Known {
  /** Last published delay of each title that has a target. */
  delays?: readonly { title: string; name: string; quarter: Quarter; days: number; targetDays: number }[]
  /** Last wait published, with its day, and whether it is a lower bound. */
  wait?: { days: number; until: Day; atLeast: boolean } | undefined
  /** Probability, by quarter to come, that the wait passes the days of the watch. */
  projected?: readonly { quarter: Quarter; probabilityOver: number }[]
  /** Days since each told something, or since it was made when it never did. */
  collectors?: readonly { id: number; name: string; wasRead: boolean; silentDays: number }[]
  contested?: readonly { key: string; words: string }[]
  run?: { id: string; asOf: Day } | undefined
}

/** Something that holds now: told once while it lasts. */
export interface Holding {
  /** Stays the same as long as it is the same thing. */
  subject: string
  words: string
}

/** What holds of a rule, as far as is known. */
export function holdings(watch: Watch, known: Known): Holding[] {
  const days = watch.days ?? Number.POSITIVE_INFINITY
  const { quarters, probability } = watch
  switch (watch.rule) {
    case 'target-missed':
      return (known.delays ?? [])
        .filter(delay => delay.days > delay.targetDays)
        .map(({ title, name, quarter, days: now, targetDays }) => ({
          subject: `target:${title}`,
          words: `${name} : ${frenchQuantity(now, 'day')} au ${longQuarter(quarter)}, pour un objectif de ${frenchQuantity(targetDays, 'day')}.`,
        }))
    case 'wait-above':
      return [known.wait ?? []]
        .flat()
        .filter(wait => wait.days > days)
        .map(wait => ({
          subject: 'wait',
          words: `Attente d’un rendez-vous :${wait.atLeast ? ' au moins' : ''} ${frenchQuantity(wait.days, 'day')} (chiffre du ${frenchDay(wait.until)}), au-delà de ${frenchQuantity(days, 'day')}.`,
        }))
    case 'projected-above':
      return (known.projected ?? [])
        .slice(0, quarters ?? 0)
        .filter(one => one.probabilityOver >= (probability ?? 1))
        .slice(0, 1)
        .map(first => ({
          subject: 'projected',
          words: `Attente projetée : ${chancesInTen(first.probabilityOver)} de dépasser ${frenchQuantity(days, 'day')} au ${longQuarter(first.quarter)}.`,
        }))
    case 'collector-silent':
      return (known.collectors ?? [])
        .filter(({ silentDays }) => silentDays >= days)
        .map(({ id, name, wasRead, silentDays }) => ({
          subject: `collector:${id}`,
          words: `${name} : ${wasRead ? 'rien lu' : 'jamais lu'} depuis ${frenchDays(silentDays, 0)}.`,
        }))
    case 'figure-contradicted':
      return (known.contested ?? []).map(({ key, words }) => ({ subject: `figure:${key}`, words }))
    case 'new-projection':
      return [known.run ?? []].flat().map(({ id, asOf }) => ({
        subject: `run:${id}`,
        words: `Nouvelle projection de la demande, ${frenchDay(asOf)}.`,
      }))
  }
}
