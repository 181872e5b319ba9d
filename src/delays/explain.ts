import { addDays, type Day } from '../pure/calendar/day.ts'
import { addQuarters, firstDay, lastDay, type Quarter } from '../pure/calendar/period.ts'
import type { ExplanationLine } from '../pure/figures/explanation.ts'
import { impliedOverload, type QuarterDelay } from '../pure/figures/overload.ts'
import { frenchDay, frenchPercent, frenchQuantity, longQuarter } from '../pure/french/french.ts'

/** Something that happened and bears on a delay, as its source tells it. */
export interface DelayEvent {
  from: Day
  until: Day
  /** A French noun phrase that can begin a sentence: "l’injection de 8 000 dossiers dans le stock". */
  label: string
  /** Files that entered at once; their presence makes the slope of the delay something else than a steady load. */
  files: number | undefined
  source: string
}

/** What is known when a quarter is explained. */
export interface QuarterToExplain {
  quarter: Quarter
  quarters: readonly QuarterDelay[]
  events?: readonly DelayEvent[]
  targetDays?: number
}

/** Below this the delay is said to be stable: a published delay is a whole number of days. */
const STABLE_DAYS = 1
/** Below this overload the demand is said to follow the capacity. */
const SMALL_OVERLOAD = 0.005

/**
 * Why a delay was what it was in a quarter, in French, causes before numbers. What a source says is told as such; what
 * is read from the slope of the delay is hedged; what the delay alone cannot tell is said not to be known.
 *
 * @returns `undefined` when the quarter has no delay.
 */
export function explainQuarter(asked: QuarterToExplain): ExplanationLine[] | undefined {
  const { quarter, quarters, events = [], targetDays } = asked
  const now = quarters.find(q => q.quarter === quarter)
  if (now === undefined) return undefined
  const before = quarters.find(q => q.quarter === addQuarters(quarter, -1))
  const overload = impliedOverload(quarters).find(o => o.quarter === quarter)?.overload
  const near = eventsBehind(quarter, before?.days ?? now.days, events)
  const injected = near.some(event => event.files !== undefined)
  return [
    ...near.map(event => ({ title: 'Ce qui s’est passé', text: told(event) })),
    ...(before === undefined || overload === undefined
      ? [
          {
            title: 'Évolution',
            text: `Le délai du trimestre précédent n’est pas connu : ${days(now.days)} au ${longQuarter(quarter)}, sans évolution calculable.`,
          },
        ]
      : [
          { title: 'Cause', text: causeOf(before.days, now.days, overload, injected) },
          ...unknownOf(overload, injected),
        ]),
    ...(targetDays === undefined ? [] : [{ title: 'Objectif', text: targetText(now.days, targetDays) }]),
  ]
}

/**
 * Events that may bear on the change of a delay between two quarters: the files issued in the first of them entered up to
 * one delay before it began, and a late entry is still seen, whole, in the second.
 */
function eventsBehind(quarter: Quarter, earlierDelay: number, events: readonly DelayEvent[]): DelayEvent[] {
  const earliest = addDays(firstDay(addQuarters(quarter, -1)), -Math.ceil(earlierDelay))
  return events
    .filter(event => event.from <= lastDay(quarter) && event.until >= earliest)
    .sort((a, b) => (a.from < b.from ? -1 : 1))
}

function told(event: DelayEvent): string {
  const entered =
    event.files === undefined
      ? ''
      : ' Des dossiers entrés d’un coup allongent aussitôt l’attente à venir, mais le délai publié ne les compte que le jour où leur titre est délivré.'
  return `${when(event)} : ${event.label} (${event.source}).${entered}`
}

function causeOf(before: number, now: number, overload: number, injected: boolean): string {
  const moved = `${movement(before, now)} (${days(now)} contre ${days(before)} le trimestre précédent)`
  if (Math.abs(overload) < SMALL_OVERLOAD)
    return `Les demandes ont sans doute suivi la capacité de traitement : le délai ${moved}.`
  const share = percent(Math.abs(overload))
  if (overload < 0)
    return `La capacité de traitement a sans doute dépassé les demandes d’environ ${share} : le délai ${moved}.`
  // The published mean mixes files from before and after the entry: its slope is no load then.
  if (injected)
    return `Les dossiers entrés d’un coup ont sans doute allongé l’attente des suivants : le délai ${moved}.`
  return `Les demandes ont sans doute dépassé la capacité de traitement d’environ ${share} : le délai ${moved}.`
}

/** What the delay alone cannot tell. */
function unknownOf(overload: number, injected: boolean): ExplanationLine[] {
  if (Math.abs(overload) < SMALL_OVERLOAD) return []
  const causes =
    overload < 0
      ? 'si les demandes ont baissé ou si la capacité a augmenté'
      : injected
        ? 'quelle part vient de ces dossiers, des demandes courantes ou de la capacité'
        : 'si les demandes ont augmenté ou si la capacité a baissé'
  return [{ title: 'Ce que le délai ne dit pas', text: `Le délai seul ne permet pas de savoir ${causes}.` }]
}

/** How a delay moved, in words: ratios near 2 and 3 have their verb. */
function movement(before: number, now: number): string {
  if (Math.abs(now - before) < STABLE_DAYS) return 'est resté stable'
  const ratio = before > 0 ? now / before : Number.POSITIVE_INFINITY
  if (ratio < 1) return ratio <= 0.55 && ratio >= 0.45 ? 'a diminué de moitié' : 'a diminué'
  if (ratio >= 2.8 && ratio <= 3.2) return 'a triplé'
  if (ratio > 2.15) return 'a plus que doublé'
  if (ratio >= 1.95) return 'a doublé'
  if (ratio >= 1.75) return 'a presque doublé'
  return 'a augmenté'
}

function targetText(now: number, target: number): string {
  // A target of 14 days is met on the fourteenth.
  return now > target
    ? `L’objectif de ${days(target)} est dépassé de ${days(now - target)}.`
    : `L’objectif de ${days(target)} est tenu.`
}

function when({ from, until }: DelayEvent): string {
  return from === until ? `Le ${frenchDay(from)}` : `Du ${frenchDay(from)} au ${frenchDay(until)}`
}

function days(count: number): string {
  return frenchQuantity(count, 'day')
}

/** One decimal where it matters: 2,2 % but 13 %. */
function percent(share: number): string {
  return frenchPercent(share * 100, share < 0.1 ? 1 : 0)
}
