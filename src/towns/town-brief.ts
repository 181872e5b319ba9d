import { demandSource } from '../demand/explanation.ts'
import { expectedYear, toldQuarters, yearBand, yearFutures } from '../demand/year-requests.ts'
import { fanQuarter } from '../figures/projection-figures.tsx'
import type { Day } from '../pure/calendar/day.ts'
import { addQuarters, type Quarter, quarterOf, yearOf } from '../pure/calendar/period.ts'
import type { ExplanationLine } from '../pure/figures/explanation.ts'
import { groupBy } from '../pure/figures/group-by.ts'
import type { QuarterlySeries } from '../pure/figures/quarterly-series.ts'
import { meanOfYear, wholeYears } from '../pure/figures/whole-year.ts'
import { NINE_IN_TEN, nineInTen } from '../pure/french/chances.ts'
import {
  capitalised,
  frenchDay,
  frenchDays,
  frenchGap,
  frenchNumber,
  frenchPercent,
  frenchPeriod,
  frenchQuantity,
  frenchRange,
  longQuarter,
  ofName,
  twoFigures,
} from '../pure/french/french.ts'
import { projectedDays } from '../pure/numerics/series/projected-days.ts'
import { readWords, roundedDays } from '../waits/explain-now.ts'
import { quarterSlots } from '../waits/hall-lever.ts'
import { estimatedWeek, OPEN_WEEKS } from '../waits/hall-offer.ts'
import { factMonth, isFirstSlot } from '../waits/wait-fact.ts'
import { monthBand, readLately, TOLD_QUARTERS, type WaitQuarter, waitQuarters } from '../waits/wait-now.ts'
import { seenQuarters, WAIT_LIMIT_DAYS } from '../waits/wait-now-view.ts'
import type { Absence, Brief, BriefFacts, BriefProjection, LaterWait, PublishedWait } from './brief.ts'
import { grantOutlook, grantWords } from './grant-outlook.ts'

/** The quarter in which levers decided on a day are read: the same one of next year. */
export function leversAt(day: Day): Quarter {
  return addQuarters(quarterOf(day), 4)
}

/** The sheet of a town, from what is known: a part that cannot be told is there with its reason. */
export function townBrief(facts: BriefFacts): Brief {
  const { hall, departmentName } = facts
  const own = publishedWaits(facts.ownWaits, hall.insee, facts.now)
  const department = publishedWaits(facts.departmentWaits, hall.department, facts.now)
  const lately = hall.withoutAppointment ? undefined : facts.now && readLately(facts.now)
  const read = lately
    ? {
        ...lately,
        source: `${lately.source}, ${lately.document}`,
        words: readWords(lately, facts.today, facts.past),
      }
    : null
  const lastPublishedOn =
    [...own, ...department, ...(read ? [read] : [])]
      .map(wait => wait.publishedOn)
      .sort()
      .at(-1) ?? null
  const run = 'reason' in facts.demand ? null : facts.demand.run
  const asOf = facts.today
  const demand = demandOf(facts, yearOf(asOf))
  const projection = projectionOf(facts)
  const capacity = capacityOf(facts, demand)
  const levers: Brief['levers'] =
    'reason' in projection
      ? { reason: projection.reason }
      : facts.levers === undefined
        ? { reason: 'Sans demande projetée, l’effet d’un levier ne peut pas être calculé.' }
        : { ...facts.levers, at: leversAt(asOf), decidedOn: asOf }
  const grant = grantOf(facts, yearOf(asOf) + 1)
  const brief = {
    insee: hall.insee,
    name: hall.name,
    department: { code: hall.department, name: departmentName },
    asOf,
    lastPublishedOn,
    run: run && { id: run.id, version: run.version, asOf: run.asOf },
    wait: {
      withoutAppointment: hall.withoutAppointment,
      own,
      read,
      department,
      limitDays: WAIT_LIMIT_DAYS,
      projection,
    },
    demand,
    why: whyOf(facts),
    capacity,
    levers,
    grant,
    comparison: comparisonOf(facts, { own, read, department }, demand),
    since: sinceOf(facts, projection),
    method: methodOf(facts),
    sources: sourcesOf(facts, own, department, read),
  }
  return { ...brief, remember: rememberOf(brief, facts.past === undefined ? 'aujourd’hui' : 'ce jour-là') }
}

/** Quarters published whole, and those of which only months or days were. */
function publishedWaits(
  series: readonly QuarterlySeries[],
  place: string,
  now: BriefFacts['now'],
): PublishedWait[] {
  const whole = series
    .flatMap(one => one.points)
    .map(({ quarter, days, status, source }) => ({
      quarter,
      period: quarter,
      days,
      status,
      source: `${source.publisher}, ${source.document}`,
      publishedOn: source.publishedOn,
    }))
  const facts = (now?.state.facts ?? []).filter(
    fact => fact.place === place && fact.granularity !== 'year' && !isFirstSlot(fact),
  )
  const parts = seenQuarters(facts).map(seen => {
    const { period, source, document, publishedOn } = facts
      .filter(fact => quarterOf(factMonth(fact)) === seen.quarter)
      .reduce((last, fact) => (factMonth(fact) >= factMonth(last) ? fact : last))
    return { ...seen, period, source: `${source}, ${document}`, publishedOn }
  })
  return [...whole, ...parts.filter(part => whole.every(({ quarter }) => quarter !== part.quarter))].sort(
    (a, b) => (a.quarter < b.quarter ? -1 : 1),
  )
}

function demandOf({ demand, hall, requestsOf }: BriefFacts, thisYear: number): Brief['demand'] {
  if ('reason' in demand) return { reason: demand.reason }
  const points = demand.both.filter(point => yearOf(point.quarter) >= thisYear)
  const told = groupBy(toldQuarters(demand), point => yearOf(point.quarter))
  // Of the year under way, quarters before the projection may be missing where others counted them: its futures are whole.
  const years = [...new Set([thisYear, ...wholeYears(points).map(({ year }) => year)])].flatMap(
    year => expectedYear(year, told.get(year) ?? [], requestsOf?.(hall.insee, year)) ?? [],
  )
  const next = years.find(one => one.year === thisYear + 1) ?? years[0]
  if (next === undefined) return { reason: 'Aucune année entière n’est projetée pour cette mairie.' }
  const quarters = points.map(({ quarter, mean, status, quantiles, parts }) => ({
    quarter,
    mean,
    status,
    quantiles,
    parts: {
      end: parts.end,
      travelEnd: parts.travelEnd,
      early: parts.early,
      suppressed: parts.suppressed,
      other: parts.other,
    },
  }))
  return { years, next, quarters }
}

function projectionOf({ hall, now }: BriefFacts): Brief['wait']['projection'] {
  if (hall.withoutAppointment)
    return { reason: `${hall.name} reçoit sans rendez-vous : l’attente y est nulle par organisation.` }
  if (now === undefined)
    return { reason: 'Aucune attente n’est publiée, ni pour cette mairie ni pour la France.' }
  const present = quarterOf(now.asOf)
  const quarters = waitQuarters(now, present, TOLD_QUARTERS, WAIT_LIMIT_DAYS)
  const {
    median = Number.NaN,
    low90 = Number.NaN,
    high90 = Number.NaN,
  } = monthBand(now, now.asOf.slice(0, 7), WAIT_LIMIT_DAYS)
  const told = ({ quarter, wait }: WaitQuarter) => projectedDays(quarter, wait)
  return {
    today: { median, low90, high90 },
    nextYear: told(quarters[4]!),
    quarters: quarters.map(told),
    fan: quarters.flatMap(({ quarter, wait }) => fanQuarter({ quarter, band: wait }) ?? []),
  }
}

function sinceOf({ laterWaits = [], today }: BriefFacts, projection: BriefProjection | Absence): LaterWait[] {
  const present = quarterOf(today)
  return laterWaits
    .filter(({ publishedOn, granularity }) => publishedOn > today && granularity !== 'year')
    .map(fact => ({
      ...fact,
      quarter: fact.granularity === 'quarter' ? fact.period : quarterOf(fact.period),
    }))
    .filter(({ quarter }) => quarter >= present)
    .sort((a, b) => a.quarter.localeCompare(b.quarter))
    .map(({ place, period, days, status, source, document, publishedOn, quarter }) => ({
      place,
      period,
      days,
      status,
      source: `${source}, ${document}`,
      publishedOn,
      said: 'reason' in projection ? undefined : projection.quarters.find(one => one.quarter === quarter),
    }))
}

function capacityOf({ offer, demand, today }: BriefFacts, expected: Brief['demand']): Brief['capacity'] {
  if (offer === undefined || 'reason' in demand || 'reason' in expected)
    return { reason: 'Sans demande projetée, les créneaux ne peuvent pas être estimés.' }
  if (offer.capacity === 'implied') {
    const { mean, low90, high90 } = expected.next
    const week = { slots: mean / OPEN_WEEKS, low: low90 / OPEN_WEEKS, high: high90 / OPEN_WEEKS }
    return { week: { requests: week.slots, ...estimatedWeek(offer.stations, week) } }
  }
  const points = demand.both.filter(point => point.quarter >= quarterOf(today)).slice(0, TOLD_QUARTERS)
  const slots = quarterSlots(
    offer,
    points.map(point => point.quarter),
  )
  return {
    quarters: points.map(({ quarter, mean, quantiles }, q) => ({
      quarter,
      requests: mean,
      requestsLow90: quantiles.p05,
      requestsHigh90: quantiles.p95,
      slots: slots[q]!,
    })),
    origin: 'Créneaux calculés sur les stations et les horaires importés, à 20 minutes par demande.',
  }
}

/** Quarters back in which the published slope of the wait still says something of today. */
const RECENT_QUARTERS = 8

function whyOf({ demand, departmentWaits, today }: BriefFacts): ExplanationLine[] {
  const since = addQuarters(quarterOf(today), -RECENT_QUARTERS)
  const readings = departmentWaits
    .flatMap(one => one.points)
    .flatMap(({ quarter, impliedOverloadPct: pct }) =>
      pct === null || quarter < since ? [] : [{ quarter, pct }],
    )
    .slice(-4)
  const last = readings.at(-1)
  const pressure: ExplanationLine[] =
    last === undefined
      ? []
      : [
          {
            title: 'Pourquoi on attend',
            text: `${last.pct > 0.5 ? 'Les demandes dépassent les créneaux' : 'Les créneaux suivent à peu près les demandes'}. Toutes mairies ensemble, demandes comparées aux créneaux : ${readings
              .map(one => `${frenchGap(one.pct, 0)}\u00a0% au ${longQuarter(one.quarter)}`)
              .join(', ')} (calculé sur la pente de l’attente).`,
          },
        ]
  const lines = 'reason' in demand ? [] : demand.explanation
  return [...pressure, ...lines.filter(({ code }) => code === 'returning' || code === 'wave')]
}

function comparisonOf(
  { hall, departmentPopulation, departmentDemand }: BriefFacts,
  { own, read, department }: Pick<Brief['wait'], 'own' | 'read' | 'department'>,
  demand: Brief['demand'],
): Brief['comparison'] {
  const year = 'reason' in demand ? undefined : demand.next.year
  const mine = 'reason' in demand ? undefined : demand.next.mean
  const whole =
    'reason' in departmentDemand || year === undefined ? undefined : meanOfYear(departmentDemand.both, year)
  const waitWords = (wait: PublishedWait | undefined) =>
    wait === undefined ? 'non publiée' : `${frenchQuantity(wait.days, 'day')} (${frenchPeriod(wait.period)})`
  const requestWords = (requests: number | undefined) =>
    requests === undefined ? 'non projetées' : `${frenchNumber(twoFigures(requests))} (estimé)`
  const perThousand = (requests: number | undefined, population: number | undefined) =>
    requests === undefined || population === undefined
      ? 'non calculable'
      : `${frenchNumber((1000 * requests) / population)} (estimé)`
  return [
    {
      label: 'Dernière attente publiée',
      own: hall.withoutAppointment ? 'sans rendez-vous' : (read?.words ?? waitWords(own.at(-1))),
      department: waitWords(department.at(-1)),
    },
    {
      label: year === undefined ? 'Demandes attendues' : `Demandes attendues en ${year}`,
      own: requestWords(mine),
      department: requestWords(whole),
    },
    {
      label: 'Demandes pour 1 000 habitants',
      own: perThousand(mine, hall.population),
      department: perThousand(whole, departmentPopulation),
    },
    {
      label: 'Part des demandes de l’ensemble',
      own:
        mine === undefined || whole === undefined
          ? 'non calculable'
          : `${frenchPercent((100 * mine) / whole, 0)} (estimé)`,
      department: whole === undefined ? 'non calculable' : frenchPercent(100, 0),
    },
  ]
}

function methodOf({ hall, demand, now, offer }: BriefFacts): string[] {
  const counted =
    !('reason' in demand) && demand.run.inputs.counted.some(row => row.insee === hall.insee)
      ? 'Les demandes comptées dans cette mairie corrigent sa part.'
      : 'Aucun comptage de cette mairie n’a été importé : sa part des demandes est estimée.'
  return [
    'Demande : les titres délivrés reviennent autour de la fin que la loi leur donne ; le reste suit les volumes nationaux publiés, ramenés à la population.',
    counted,
    `Attente : estimée aujourd’hui à partir de toutes les valeurs publiées, puis une file dont les créneaux répondent à l’attente ; un levier ajoute des créneaux, les autres s’y adaptent. ${offer?.capacity === 'imported' ? 'Créneaux calculés sur les horaires importés.' : 'Créneaux supposés à la mesure des demandes.'}`,
    `Bornes : ${NINE_IN_TEN} d’être entre les deux, si les hypothèses listées sur la page « Méthode » tiennent.`,
    now === undefined
      ? 'Limite : sans attente publiée, aucune attente n’est estimée.'
      : `Limite : la dernière attente publiée qui en parle : ${frenchPeriod(now.state.last)} ; personne ne publie les créneaux offerts.`,
  ]
}

function sourcesOf(
  { hall, demand }: BriefFacts,
  own: readonly PublishedWait[],
  department: readonly PublishedWait[],
  read: Brief['wait']['read'],
): string[] {
  const published = [...own, ...department, ...(read ? [read] : [])].map(
    wait => `${wait.source} (publié le ${frenchDay(wait.publishedOn)})`,
  )
  return [
    ...new Set([
      ...published,
      `${hall.source.publisher}, ${hall.source.document}`,
      ...('reason' in demand ? [] : [demandSource(demand.run)]),
    ]),
  ]
}

function rememberOf(brief: Omit<Brief, 'remember'>, day: string): ExplanationLine[] {
  const { demand, levers } = brief
  return [
    { title: 'L’attente', text: waitWords(brief, day) },
    { title: 'La demande', text: 'reason' in demand ? demand.reason : demandWords(demand) },
    { title: 'Ce qui aiderait le plus', text: 'reason' in levers ? levers.reason : leverWords(levers, day) },
  ]
}

function waitWords({ name, wait }: Omit<Brief, 'remember'>, day: string): string {
  if (wait.withoutAppointment) return `${name} reçoit sans rendez-vous : on n’y attend pas de créneau.`
  const { projection } = wait
  const last = wait.own.at(-1)
  const known = wait.read
    ? `${capitalised(wait.read.words)}.`
    : last === undefined
      ? `Personne n’a publié celle ${ofName(name)}.`
      : `Dernière valeur publiée : ${frenchDays(last.days, 0)}, ${frenchPeriod(last.period)}.`
  if ('reason' in projection) return known
  const { today, nextYear } = projection
  return `${wait.read ? `${known} En moyenne, on attend un rendez-vous environ` : 'Environ'} ${frenchDays(roundedDays(today.median), 0)} ${day} (${nineInTen(roundedDays(today.low90), roundedDays(today.high90))}), ${frenchDays(roundedDays(nextYear.medianDays ?? today.median), 0)} au ${longQuarter(nextYear.quarter)} (${frenchRange(roundedDays(nextYear.low90 ?? 1), roundedDays(nextYear.high90 ?? 730), 0)}) : estimé.${wait.read ? '' : ` ${known}`}`
}

function demandWords({ next, years }: Exclude<Brief['demand'], Absence>): string {
  const peak = years.reduce((a, b) => (b.mean > a.mean ? b : a))
  const peakWords =
    peak.year === next.year
      ? 'C’est l’année la plus forte d’ici à la fin de la projection.'
      : twoFigures(peak.mean) === twoFigures(next.mean)
        ? 'Les années suivantes resteraient à ce niveau, ou au-dessous.'
        : `Le plus haut est attendu en ${peak.year} : environ ${frenchNumber(twoFigures(peak.mean))}, ${frenchPercent(100 * (peak.mean / next.mean - 1), 0)} de plus.`
  return `Environ ${frenchNumber(twoFigures(next.mean))} demandes en ${next.year} (${yearBand(next)} ; estimé). ${peakWords}`
}

/** Whole days that a lever gains, as they are told: never less than none. */
export function gained(days: number | null): number {
  return Math.max(0, Math.round(days ?? 0))
}

function leverWords({ effects, at }: Exclude<Brief['levers'], Absence>, day: string): string {
  const [best] = effects
  if (best?.gainedDays == null) return 'Aucun levier calculé.'
  return `${capitalised(best.change)}, si c’est décidé ${day} : environ ${frenchDays(gained(best.gainedDays), 0)} de moins au ${longQuarter(at)} (${nineInTen(gained(best.gainedLow90), gained(best.gainedHigh90))} ; estimé).`
}

function grantOf({ hall, demand, requestsOf }: BriefFacts, year: number): Brief['grant'] {
  if (hall.status === 'assumed')
    return { reason: `${hall.name} n’est que supposée équipée : rien ne dit qu’une dotation lui revienne.` }
  if ('reason' in demand) return { reason: demand.reason }
  if (requestsOf === undefined) return { reason: 'Aucune demande projetée pour le département.' }
  const futures = requestsOf(hall.insee, year - 1)
  const quarters = toldQuarters(demand).filter(point => yearOf(point.quarter) === year - 1)
  const outlook = grantOutlook(futures && yearFutures(quarters, futures), hall, year)
  return 'requests' in outlook ? { outlook, words: grantWords(outlook) } : outlook
}
