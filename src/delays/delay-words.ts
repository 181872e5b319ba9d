import type { Quarter } from '../pure/calendar/period.ts'
import type { ExplanationLine } from '../pure/figures/explanation.ts'
import { STATISTIC_WORDS } from '../pure/figures/measure.ts'
import type { QuarterlySeries, QuarterPoint } from '../pure/figures/quarterly-series.ts'
import {
  frenchBareQuantity,
  frenchDays,
  frenchList,
  frenchQuantity,
  longQuarter,
} from '../pure/french/french.ts'
import { TITLE_NAMES } from '../pure/law/title.ts'

/** Why a quarter was what it was. */
export interface Reasons {
  quarter: Quarter
  lines: readonly ExplanationLine[]
}

/** The reasons of several quarters, each sentence at the first of them that it explains. */
export function toldOnce<One extends Reasons>(reasons: readonly One[]): One[] {
  const told = new Set<string>()
  return reasons.map(one => ({
    ...one,
    lines: one.lines.filter(({ text }) => !told.has(text) && told.add(text)),
  }))
}

/** A quarter with its delay: `2e trimestre 2021 : 28 jours`. */
export function quarterWords(series: QuarterlySeries, quarter: Quarter): string {
  const point = series.points.find(one => one.quarter === quarter)
  return `${longQuarter(quarter)} : ${point === undefined ? 'sans délai publié' : frenchQuantity(point.days, 'day')}`
}

/** Whether a delay is above its target. */
export function isMissed(point: QuarterPoint, target: number | null): boolean {
  return target !== null && point.days > target
}

/** What the last quarter of each title says of its target, in one or two sentences. */
export function verdict(series: readonly QuarterlySeries[], placeName: string): string {
  const aimed = series.flatMap(one => {
    const last = one.points.at(-1)
    return last === undefined || one.targetDays === null ? [] : [{ one, last, target: one.targetDays }]
  })
  if (aimed.length === 0) return `${placeName} : aucun objectif n’est publié avec ces délais.`
  const late = aimed.filter(({ last, target }) => last.days > target)
  const newest = aimed
    .map(({ last }) => last.quarter)
    .toSorted()
    .at(-1)!
  const when = longQuarter(newest)
  if (late.length === 0)
    return `${placeName}, au ${when} : l’objectif de délai est tenu pour ${aimed.length === 1 ? 'le seul titre qui en a un' : `les ${aimed.length} titres qui en ont un`}.`
  const named = late.map(
    ({ one, last, target }) =>
      `${titleOf(one).toLowerCase()} (${frenchDays(last.days, 0)} pour ${frenchBareQuantity(target, 'day')}${last.quarter === newest ? '' : `, au ${longQuarter(last.quarter)}`})`,
  )
  return `${placeName}, au ${when} : l’objectif est dépassé pour ${late.length} des ${aimed.length} titres qui en ont un, ${frenchList(named)}.`
}

/** The title of a series, or the words for all of them; its statistic when it is no mean. */
export function titleOf({ title, statistic }: QuarterlySeries): string {
  const name = title === '' ? 'Tous titres' : TITLE_NAMES[title]
  return statistic === 'mean' ? name : `${name}, ${STATISTIC_WORDS[statistic].split(' :')[0]}`
}
