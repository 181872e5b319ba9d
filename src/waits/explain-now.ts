import type { Day } from '../pure/calendar/day.ts'
import { bounded } from '../pure/elements/key-figure.tsx'
import type { ExplanationLine } from '../pure/figures/explanation.ts'
import type { StatedParameter } from '../pure/figures/stated-parameter.ts'
import { NINE_IN_TEN } from '../pure/french/chances.ts'
import {
  frenchDay,
  frenchDays,
  frenchList,
  frenchNumber,
  frenchPercent,
  frenchPeriod,
  frenchRange,
  frenchToldDay,
} from '../pure/french/french.ts'
import { RESPONSE_PRIOR } from '../pure/numerics/queues/responsive-queue.ts'
import type { Narrowing } from './narrowing.ts'
import { FACT_ERRORS, isFirstSlot, type WaitFact } from './wait-fact.ts'
import { basisOf, monthBand, readLately, type WaitNow } from './wait-now.ts'
import { POOL } from './wait-pool.ts'
import { STATE_PRIOR } from './wait-state.ts'

/** The name of a place, by its code. */
export type NameOf = (code: string) => string

/** What walks a reader through the wait of the day and what follows, in French. */
export function explainNow(now: WaitNow, nameOf: NameOf): ExplanationLine[] {
  const basis = basisOf(now)
  const main = basis.slice(0, 3)
  return [
    {
      title: 'Ce que l’on sait',
      text: `L’attente est estimée à partir de ${basis.length === 1 ? 'la valeur publiée' : 'toutes les valeurs publiées'} ${AROUND[now.place.kind]}, chacune avec son âge. Pèsent le plus : ${frenchList(
        main.map(
          one => `${nameOf(one.place)}, ${frenchPeriod(one.period)} (${frenchPercent(100 * one.weight, 0)})`,
        ),
      )}. Une borne (« au plus ») ne compte que comme borne.`,
    },
    {
      title: 'Comment elle continue',
      text: `Trois façons de continuer, mêlées selon l’horizon : l’attente reste ce qu’elle est ; les créneaux s’ouvrent quand l’attente monte et se ferment quand elle baisse ; l’attente revient vers son niveau habituel.${now.futures.learned ? ' Leurs poids sont appris des prévisions passées de ce lieu.' : ''}`,
    },
    ...(now.closures ?? []).map(({ from, to }) => ({
      title: 'Fermeture annoncée',
      text: `Du ${frenchDay(from)} au ${frenchDay(to)}, personne ne sera reçu : l’attente à venir compte ces jours, et les demandes qui s’y accumulent, reprises peu à peu ensuite.`,
    })),
    {
      title: 'Ce que l’on ne sait pas',
      text: 'Personne ne publie les créneaux offerts : ce que décideront les mairies et l’État fait la largeur des fourchettes. Peu d’épisodes ont été observés, tous en France entre 2019 et 2025.',
    },
    ...(now.futures.firstSlot
      ? [
          {
            title: 'Deux mesures différentes',
            text: `L’attente moyenne publiée n’est pas le premier créneau libre : ${firstSlotText(now)}.`,
          },
        ]
      : []),
  ]
}

const AROUND: Record<WaitNow['place']['kind'], string> = {
  nation: 'pour la France',
  department: 'pour ce lieu, ses mairies et la France',
  hall: 'pour ce lieu, les mairies voisines et la France',
}

function firstSlotText(now: WaitNow): string {
  const { low90, high90 } = monthBand(now, now.asOf.slice(0, 7), 30, 'firstSlot')
  return low90 === undefined || high90 === undefined
    ? 'il n’est pas estimé ici'
    : `il serait de ${frenchRange(low90, high90, 0)} jours, ${NINE_IN_TEN}`
}

/** What one more value would give, in French; codes stand in the answer. */
export function narrowingText({ place, to }: Narrowing, nameOf: NameOf): string {
  return `${nameOf(place)}, le mois dernier : une attente moyenne donnerait ${frenchRange(to.p05, to.p95, 0)} jours, ${NINE_IN_TEN}.`
}

/** What the model assumes, each with its origin. */
export function nowParameters(now: WaitNow): StatedParameter[] {
  const { kappa, lambda, usualDays } = RESPONSE_PRIOR
  const slots = RESPONSE_PRIOR.origin
  const { hallsApart } = now.state
  const rows: [name: string, value: number, unit: string, origin: string][] = [
    ['Réponse des créneaux à la surcharge', kappa.mean, 'part par trimestre', slots],
    ['Réponse des créneaux à l’attente', lambda.mean, 'par trimestre', slots],
    [
      'Attente à laquelle rien ne bouge',
      usualDays.mean,
      'jours',
      'Attente nationale de décembre 2019 : 19,5 jours',
    ],
    ['Part de la dernière valeur à un trimestre', POOL.lastShare, 'part', POOL.origin],
    ['Erreur d’une valeur publiée', FACT_ERRORS.observed, 'écart-type du logarithme', FACT_ERRORS.origin],
    [
      'Écart d’un jour au premier créneau libre de son mois',
      FACT_ERRORS.dayOfFirstSlot,
      'écart-type du logarithme',
      'Hypothèse : un créneau rendu se voit aussitôt ; aucune série quotidienne française n’a été trouvée',
    ],
    [
      'Écart entre mairies voisines',
      STATE_PRIOR.hall.other * hallsApart,
      'écart-type du logarithme',
      hallsApart > 1
        ? `Hypothèse de ${frenchNumber(STATE_PRIOR.hall.other, 1)}, élargie à ce que disent les mairies du département`
        : STATE_PRIOR.origin,
    ],
  ]
  return [
    ...rows.map(([name, value, unit, origin]) => ({
      name,
      value: Math.round(value * 1_000) / 1_000,
      unit,
      status: 'assumed' as const,
      origin,
    })),
    {
      name: 'Valeurs publiées lues',
      value: now.state.facts.length,
      unit: now.state.facts.length > 1 ? 'valeurs' : 'valeur',
      status: 'observed',
      origin: 'Base, au jour indiqué',
    },
  ]
}

/** The finding of the day in one sentence: the wait, its band, its age. */
export function todaySentence(now: WaitNow, name: string, replayed?: Day): string {
  const { low90, median, high90 } = monthBand(now, now.asOf.slice(0, 7), 30)
  if (low90 === undefined || median === undefined || high90 === undefined) return `Attente inconnue : ${name}`
  const read = readLately(now)
  const known = read === undefined ? '' : `${readWords(read, now.asOf, replayed)} ; en moyenne, `
  return `${name} : ${known}environ ${frenchDays(roundedDays(median), 0)} d’attente ${frenchToldDay(replayed)}, entre ${frenchNumber(roundedDays(low90))} et ${frenchDays(roundedDays(high90), 0)}, ${NINE_IN_TEN}`
}

/** What a value of a day tells, with its day, in words. */
export function readWords(read: WaitFact, asOf: Day, replayed?: Day): string {
  const days = bounded(read.status, frenchDays(read.days, 0))
  return `${isFirstSlot(read) ? `premier créneau libre à ${days}` : `attente de ${days}`}, ${readOn(read, asOf, replayed)}`
}

/** The day on which a value was read, in words. */
export function readOn(read: WaitFact, asOf: Day, replayed?: Day): string {
  const day = read.period === asOf ? frenchToldDay(replayed) : `le ${frenchDay(read.period)}`
  return `${isFirstSlot(read) ? 'lu' : 'publiée pour'} ${day}`
}

/** Days as every page tells an estimate: whole, in its sentence as in its table; at least one. */
export function roundedDays(days: number): number {
  return Math.max(1, Math.round(days))
}
