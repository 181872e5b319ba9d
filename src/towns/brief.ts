import type { ExpectedQuarter } from '../demand/demand-figures.tsx'
import { demandSource } from '../demand/explanation.ts'
import type { PlaceDemand } from '../demand/run-queries.ts'
import { fanQuarter } from '../figures/projection-figures.tsx'
import type { TownHall } from '../places/town-hall.ts'
import type { Day } from '../pure/calendar/day.ts'
import { firstDay, type Quarter, quarterOf, yearOf } from '../pure/calendar/period.ts'
import type { ProjectedQuarter } from '../pure/charts/fan.ts'
import type { ExplanationLine } from '../pure/figures/explanation.ts'
import { groupBy } from '../pure/figures/group-by.ts'
import type { Status } from '../pure/figures/measure.ts'
import type { QuarterlySeries } from '../pure/figures/quarterly-series.ts'
import {
  capitalised,
  frenchDay,
  frenchDays,
  frenchGap,
  frenchNumber,
  frenchPercent,
  longQuarter,
  ofTown,
  twoFigures,
} from '../pure/french/french.ts'
import { type ProjectedDays, projectedDays } from '../pure/numerics/series/projected-days.ts'
import { projectOutlook, type ReadyHall } from '../waits/wait-outlook.ts'
import type { ProjectedWaits } from '../waits/wait-queries.ts'
import { type GrantOutlook, grantOutlook, grantWords } from './grant-outlook.ts'
import {
  type LeverEffect,
  type LeverWithoutEffect,
  LIMIT_DAYS,
  leverEffects,
  loadByQuarter,
  outlookOfHall,
  type QuarterLoad,
  stationFactor,
} from './hall-lever.ts'
import { type ExpectedYear, expectedYear, type YearRequests } from './year-requests.ts'

/** An absence with its reason, in French. */
export interface Absence {
  reason: string
}

/** A wait that somebody published. */
export interface PublishedWait {
  quarter: Quarter
  days: number
  status: Status
  source: string
  publishedOn: Day
}

/** Expected requests of a quarter, beside what the hall can receive. */
export interface CapacityQuarter extends QuarterLoad {
  requests: number
  requestsLow90: number
  requestsHigh90: number
}

/** Everything that a town must know of its hall; every form of the sheet is drawn from it. */
export interface Brief {
  insee: string
  name: string
  department: { code: string; name: string }
  /** Day on which the projection was made, or the day of the sheet when there is none. */
  asOf: Day
  lastPublishedOn: Day | null
  run: { id: string; version: string; asOf: Day } | null
  remember: ExplanationLine[]
  wait: {
    withoutAppointment: boolean
    own: PublishedWait[]
    department: PublishedWait[]
    limitDays: number
    projection:
      | {
          quarters: ProjectedDays[]
          fan: ProjectedQuarter[]
          capacity: 'imported' | 'implied'
          /** Every projected quarter is over: nobody published a wait for so long that the projection is of the past. */
          past: boolean
        }
      | Absence
  }
  demand: { years: ExpectedYear[]; next: ExpectedYear; quarters: ExpectedQuarter[] } | Absence
  why: ExplanationLine[]
  capacity: { quarters: CapacityQuarter[]; origin: string } | Absence
  levers:
    | {
        effects: LeverEffect[]
        without: LeverWithoutEffect[]
        at: Quarter
        decidedOn: Day
        /** What one more station multiplies the slots of the hall by. */
        stationFactor: number
      }
    | Absence
  grant: { outlook: GrantOutlook; words: string } | Absence
  comparison: { label: string; own: string; department: string }[]
  method: string[]
  sources: string[]
}

/** What a brief stands on. */
export interface BriefFacts {
  today: Day
  hall: TownHall
  departmentName: string
  departmentPopulation: number | undefined
  ownWaits: readonly QuarterlySeries[]
  departmentWaits: readonly QuarterlySeries[]
  demand: PlaceDemand | Absence
  departmentDemand: PlaceDemand | Absence
  waits: ProjectedWaits | Absence
  /** Requests of whole years along the futures of the demand; `undefined` when none is projected. */
  requestsOf: YearRequests | undefined
}

/** The sheet of a town, from what is known: a part that cannot be told is there with its reason. */
export function townBrief(facts: BriefFacts): Brief {
  const { hall, departmentName } = facts
  const own = publishedWaits(facts.ownWaits)
  const department = publishedWaits(facts.departmentWaits)
  const lastPublishedOn =
    [...own, ...department]
      .map(wait => wait.publishedOn)
      .sort()
      .at(-1) ?? null
  const run = 'reason' in facts.demand ? null : runMark(facts.demand.run)
  const asOf = run?.asOf ?? facts.today
  const demand = demandOf(facts, yearOf(asOf))
  const outlook = 'reason' in facts.waits ? undefined : outlookOfHall(facts.waits.outlook, hall.insee)
  const ready = outlook?.halls[0]
  const projected = outlook === undefined ? undefined : projectOutlook(outlook, { limitDays: LIMIT_DAYS })
  const [mine] = projected?.halls ?? []
  const bands = mine !== undefined && 'quarters' in mine ? mine.quarters : []
  const projection = projectionOf(bands, ready, facts.waits, hall, asOf)
  const capacity = capacityOf(outlook, ready, 'reason' in facts.demand ? [] : facts.demand.both, bands)
  const levers: Brief['levers'] =
    outlook === undefined || ready === undefined || 'reason' in projection
      ? { reason: 'reason' in projection ? projection.reason : 'Aucune projection de l’attente.' }
      : {
          ...leverEffects(outlook, bands.at(-1)?.wait),
          at: bands.at(-1)?.quarter ?? outlook.from,
          decidedOn: firstDay(outlook.from),
          stationFactor: stationFactor(ready),
        }
  const grant = grantOf(facts, yearOf(asOf) + 1)
  const brief = {
    insee: hall.insee,
    name: hall.name,
    department: { code: hall.department, name: departmentName },
    asOf,
    lastPublishedOn,
    run,
    wait: {
      withoutAppointment: hall.withoutAppointment,
      own,
      department,
      limitDays: LIMIT_DAYS,
      projection,
    },
    demand,
    why: whyOf(facts, ready),
    capacity,
    levers,
    grant,
    comparison: comparisonOf(facts, own, department, demand),
    method: methodOf(facts, ready),
    sources: sourcesOf(facts, own, department),
  }
  return { ...brief, remember: rememberOf(brief) }
}

function runMark({ id, version, asOf }: PlaceDemand['run']) {
  return { id, version, asOf }
}

function publishedWaits(series: readonly QuarterlySeries[]): PublishedWait[] {
  return series
    .flatMap(one => one.points)
    .map(({ quarter, days, status, source }) => ({
      quarter,
      days,
      status,
      source: `${source.publisher}, ${source.document}`,
      publishedOn: source.publishedOn,
    }))
    .sort((a, b) => (a.quarter < b.quarter ? -1 : 1))
}

function demandOf({ demand, hall, requestsOf }: BriefFacts, thisYear: number): Brief['demand'] {
  if ('reason' in demand) return { reason: demand.reason }
  const points = demand.both.filter(point => yearOf(point.quarter) >= thisYear)
  const years = [...groupBy(points, point => yearOf(point.quarter))]
    .filter(([, quarters]) => quarters.length === 4)
    .flatMap(([year, quarters]) => expectedYear(year, quarters, requestsOf?.(hall.insee, year)) ?? [])
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

type WaitBands = { quarter: Quarter; wait: Parameters<typeof fanQuarter>[0]['band'] }[]

function projectionOf(
  bands: WaitBands,
  ready: ReadyHall | undefined,
  waits: ProjectedWaits | Absence,
  hall: TownHall,
  asOf: Day,
): Brief['wait']['projection'] {
  if ('reason' in waits) return { reason: waits.reason }
  if (hall.withoutAppointment)
    return { reason: `${hall.name} reçoit sans rendez-vous : l’attente y est nulle par organisation.` }
  if (ready === undefined || bands.length === 0)
    return { reason: 'Cette mairie n’offre aucun créneau connu : son attente ne peut pas être projetée.' }
  const fan = bands.map(({ quarter, wait }) => fanQuarter({ quarter, band: wait }))
  const until = fan.indexOf(undefined)
  return {
    capacity: ready.capacity,
    past: bands.every(({ quarter }) => quarter < quarterOf(asOf)),
    quarters: bands.map(({ quarter, wait }) => projectedDays(quarter, wait)),
    fan: (until < 0 ? fan : fan.slice(0, until)).filter(point => point !== undefined),
  }
}

function capacityOf(
  outlook: Parameters<typeof loadByQuarter>[0] | undefined,
  ready: ReadyHall | undefined,
  points: readonly { quarter: Quarter; mean: number; quantiles: { p05: number; p95: number } }[],
  bands: WaitBands,
): Brief['capacity'] {
  if (outlook === undefined || ready === undefined || bands.length === 0)
    return { reason: 'Les créneaux de cette mairie ne sont pas connus.' }
  const quarters = loadByQuarter(
    outlook,
    bands.map(band => band.quarter),
  ).flatMap((load): CapacityQuarter[] => {
    const point = points.find(one => one.quarter === load.quarter)
    return point === undefined || !Number.isFinite(load.median)
      ? []
      : [
          {
            ...load,
            requests: point.mean,
            requestsLow90: point.quantiles.p05,
            requestsHigh90: point.quantiles.p95,
          },
        ]
  })
  return {
    quarters,
    origin:
      ready.capacity === 'imported'
        ? 'Créneaux calculés sur les stations et les horaires importés, à 20 minutes par demande.'
        : 'Stations et horaires inconnus : le nombre de créneaux n’est pas donné. Le rapport est déduit de l’évolution des attentes publiées du département.',
  }
}

function whyOf({ demand, waits }: BriefFacts, ready: ReadyHall | undefined): ExplanationLine[] {
  const readings = 'reason' in waits ? [] : waits.outlook.capacity.readings
  const [first, last] = [readings[0], readings.at(-1)]
  const pressure: ExplanationLine[] =
    first === undefined || last === undefined || ready === undefined
      ? []
      : [
          {
            title: 'Pourquoi on attend',
            text: `${last.overload > 0.005 ? 'Les demandes dépassent les créneaux' : 'Les créneaux suivent à peu près les demandes'}. Dans le département, demandes comparées aux créneaux : ${readings
              .map(one => `${frenchGap(100 * one.overload, 0)}\u00a0% au ${longQuarter(one.quarter)}`)
              .join(', ')} (calculé sur la montée de l’attente).`,
          },
        ]
  const lines = 'reason' in demand ? [] : demand.explanation
  return [
    ...pressure,
    ...lines.filter(line => line.title === 'Ce qui revient' || line.title.startsWith('La vague')),
  ]
}

function comparisonOf(
  { hall, departmentPopulation, departmentDemand }: BriefFacts,
  own: readonly PublishedWait[],
  department: readonly PublishedWait[],
  demand: Brief['demand'],
): Brief['comparison'] {
  const year = 'reason' in demand ? undefined : demand.next.year
  const mine = 'reason' in demand ? undefined : demand.next.mean
  const whole =
    'reason' in departmentDemand || year === undefined ? undefined : meanOfYear(departmentDemand, year)
  const waitWords = (wait: PublishedWait | undefined) =>
    wait === undefined
      ? 'non publiée'
      : `${frenchDays(wait.days, Number.isInteger(wait.days) ? 0 : 1)} (${longQuarter(wait.quarter)})`
  const requestWords = (requests: number | undefined) =>
    requests === undefined ? 'non projetées' : `${frenchNumber(twoFigures(requests))} (estimé)`
  const perThousand = (requests: number | undefined, population: number | undefined) =>
    requests === undefined || population === undefined
      ? 'non calculable'
      : `${frenchNumber((1000 * requests) / population)} (estimé)`
  return [
    {
      label: 'Dernière attente publiée',
      own: hall.withoutAppointment ? 'sans rendez-vous' : waitWords(own.at(-1)),
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
      label: 'Part des demandes du département',
      own:
        mine === undefined || whole === undefined
          ? 'non calculable'
          : `${frenchPercent((100 * mine) / whole, 1)} (estimé)`,
      department: whole === undefined ? 'non calculable' : frenchPercent(100, 0),
    },
  ]
}

function meanOfYear({ both }: PlaceDemand, year: number): number | undefined {
  const quarters = both.filter(point => yearOf(point.quarter) === year)
  return quarters.length === 4 ? quarters.reduce((sum, point) => sum + point.mean, 0) : undefined
}

function methodOf({ hall, demand, waits }: BriefFacts, ready: ReadyHall | undefined): string[] {
  const counted =
    !('reason' in demand) && demand.run.inputs.counted.some(row => row.insee === hall.insee)
      ? 'Les demandes comptées dans cette mairie corrigent sa part.'
      : 'Aucun comptage de cette mairie n’a été importé : sa part des demandes est estimée.'
  const from = 'reason' in waits ? undefined : waits.outlook.from
  return [
    'Demande : les titres délivrés reviennent autour de la fin que la loi leur donne ; le reste suit les volumes nationaux publiés, ramenés à la population.',
    counted,
    ready?.capacity === 'imported'
      ? 'Attente : file d’attente jour par jour, créneaux calculés sur les stations et horaires importés et tenus fixes.'
      : 'Attente : file d’attente jour par jour ; créneaux déduits des attentes publiées du département, tenus fixes : ce qui arriverait si rien n’était décidé.',
    'Bornes : neuf chances sur dix d’être entre les deux, si les hypothèses listées sur la page « Méthode » tiennent.',
    from === undefined
      ? 'Limite : sans attente publiée dans le département, aucune attente n’est projetée.'
      : `Limite : l’attente projetée part du ${longQuarter(from)}, faute d’attente publiée depuis.`,
  ]
}

function sourcesOf(
  { hall, demand }: BriefFacts,
  own: readonly PublishedWait[],
  department: readonly PublishedWait[],
): string[] {
  const published = [...own, ...department].map(
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

function rememberOf(brief: Omit<Brief, 'remember'>): ExplanationLine[] {
  const { demand, levers } = brief
  return [
    { title: 'L’attente', text: waitWords(brief) },
    { title: 'La demande', text: 'reason' in demand ? demand.reason : demandWords(demand) },
    { title: 'Le levier le plus fort', text: 'reason' in levers ? levers.reason : leverWords(brief, levers) },
  ]
}

function waitWords({ name, wait }: Omit<Brief, 'remember'>): string {
  if (wait.withoutAppointment) return `${name} reçoit sans rendez-vous : on n’y attend pas de créneau.`
  const [own, around] = [wait.own.at(-1), wait.department.at(-1)]
  const known =
    own !== undefined
      ? `${frenchDays(own.days, 0)} à ${name} au ${longQuarter(own.quarter)}.`
      : around !== undefined
        ? `Personne n’a publié celle ${ofTown(name)} ; ${frenchDays(around.days, 0)} dans le département au ${longQuarter(around.quarter)}.`
        : `Personne n’a publié celle ${ofTown(name)}, ni celle du département.`
  const last = 'reason' in wait.projection ? undefined : wait.projection.quarters.at(-1)
  if (last === undefined || 'reason' in wait.projection) return known
  const { past } = wait.projection
  const reached =
    last.medianDays === null
      ? past
        ? 'elle aurait dépassé tout calendrier connu'
        : 'elle dépasserait tout calendrier connu'
      : `${past ? 'elle aurait atteint' : 'elle atteindrait'} environ ${frenchDays(twoFigures(last.medianDays), 0)}`
  return past
    ? `${known} Si rien n’avait été décidé, ${reached} au ${longQuarter(last.quarter)} (estimé). Aucun chiffre plus récent n’est connu.`
    : `${known} Si rien n’est décidé, ${reached} au ${longQuarter(last.quarter)} (estimé).`
}

function demandWords({ next, years }: Exclude<Brief['demand'], Absence>): string {
  const peak = years.reduce((a, b) => (b.mean > a.mean ? b : a))
  const peakWords =
    peak.year === next.year
      ? 'C’est l’année la plus forte d’ici à la fin de la projection.'
      : `Le plus haut est attendu en ${peak.year} : environ ${frenchNumber(twoFigures(peak.mean))}, ${frenchPercent(100 * (peak.mean / next.mean - 1), 0)} de plus.`
  return `Environ ${frenchNumber(twoFigures(next.mean))} demandes en ${next.year}, entre ${frenchNumber(twoFigures(next.low90))} et ${frenchNumber(twoFigures(next.high90))} neuf fois sur dix (estimé). ${peakWords}`
}

function leverWords(
  { wait }: Omit<Brief, 'remember'>,
  { effects, at, decidedOn }: Exclude<Brief['levers'], Absence>,
): string {
  const [best] = effects
  if (best === undefined) return 'Aucun levier calculé.'
  const unchanged = 'reason' in wait.projection ? null : wait.projection.quarters.at(-1)?.medianDays
  const instead = unchanged == null ? '' : ` au lieu de ${frenchNumber(twoFigures(unchanged))}`
  const reached =
    best.medianDays === null
      ? 'ne suffit pas à ramener l’attente dans le calendrier connu'
      : `environ ${frenchDays(twoFigures(best.medianDays), 0)} d’attente${instead}`
  return `${capitalised(best.change)} : ${reached}, au ${longQuarter(at)} (estimé, si c’est décidé le ${frenchDay(decidedOn)}).`
}

function grantOf({ hall, demand, requestsOf }: BriefFacts, year: number): Brief['grant'] {
  if ('reason' in demand) return { reason: demand.reason }
  if (requestsOf === undefined) return { reason: 'Aucune demande projetée pour le département.' }
  const outlook = grantOutlook(requestsOf, hall, year)
  return 'requests' in outlook ? { outlook, words: grantWords(outlook) } : outlook
}
