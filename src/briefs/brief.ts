import type { DemandSample } from '../demand/demand-sample.ts'
import { demandSource } from '../demand/explanation.ts'
import type { PlaceDemand } from '../demand/queries.ts'
import type { Day } from '../pure/calendar/day.ts'
import { type Quarter, yearOf } from '../pure/calendar/period.ts'
import type { ExpectedQuarter } from '../pure/charts/demand-figures.tsx'
import type { ProjectedQuarter } from '../pure/charts/fan-chart.tsx'
import { fanQuarter } from '../pure/charts/projection-figures.tsx'
import type { ExplanationLine } from '../pure/figures/explanation.ts'
import { groupBy } from '../pure/figures/group-by.ts'
import type { Status } from '../pure/figures/measure.ts'
import type { QuarterlySeries } from '../pure/figures/quarterly-series.ts'
import {
  frenchDay,
  frenchDays,
  frenchGap,
  frenchNumber,
  frenchPercent,
  frenchRange,
  longQuarter,
} from '../pure/pages/french.ts'
import type { TownHall } from '../town-halls/town-hall.ts'
import type { ProjectedWaits } from '../waits/queries.ts'
import { projectOutlook, type ReadyHall } from '../waits/wait-outlook.ts'
import { type GrantOutlook, grantOutlook, grantWords } from './grant-outlook.ts'
import {
  type LeverEffect,
  type LeverWithoutEffect,
  LIMIT_DAYS,
  leverEffects,
  loadByQuarter,
  outlookOfHall,
  type QuarterLoad,
} from './hall-lever.ts'

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

/** The projected wait of a quarter; `null` is beyond the calendar known to the model. */
export interface ProjectedWait {
  quarter: Quarter
  medianDays: number | null
  low90: number | null
  high90: number | null
  probabilityOver: number
  status: 'estimated'
}

/** Requests of a year with its band: sums of quarters are exact for the mean, the band is that of its quarters. */
export interface ExpectedYear {
  year: number
  mean: number
  low90: number
  high90: number
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
  /** Day on which the projection was made, or the last publication when there is none. */
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
      | { quarters: ProjectedWait[]; fan: ProjectedQuarter[]; capacity: 'imported' | 'implied' }
      | Absence
  }
  demand: { years: ExpectedYear[]; next: ExpectedYear; quarters: ExpectedQuarter[] } | Absence
  why: ExplanationLine[]
  capacity: { quarters: CapacityQuarter[]; origin: string } | Absence
  levers: { effects: LeverEffect[]; without: LeverWithoutEffect[]; at: Quarter } | Absence
  grant: { outlook: GrantOutlook; words: string } | Absence
  comparison: { label: string; own: string; department: string }[]
  method: string[]
  sources: string[]
}

/** What a brief stands on. */
export interface BriefFacts {
  hall: TownHall
  departmentName: string
  departmentPopulation: number | undefined
  ownWaits: readonly QuarterlySeries[]
  departmentWaits: readonly QuarterlySeries[]
  demand: PlaceDemand | Absence
  departmentDemand: PlaceDemand | Absence
  waits: ProjectedWaits | Absence
  /** Futures of the demand; `undefined` when none is projected. */
  sample: DemandSample | undefined
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
  const asOf = run?.asOf ?? lastPublishedOn ?? '1970-01-01'
  const demand = demandOf(facts.demand, yearOf(asOf))
  const departmentDemand = demandOf(facts.departmentDemand, yearOf(asOf))
  const outlook = 'reason' in facts.waits ? undefined : outlookOfHall(facts.waits.outlook, hall.insee)
  const ready = outlook?.halls[0]
  const projected = outlook === undefined ? undefined : projectOutlook(outlook, { limitDays: LIMIT_DAYS })
  const [mine] = projected?.halls ?? []
  const bands = mine !== undefined && 'quarters' in mine ? mine.quarters : []
  const projection = projectionOf(bands, ready, facts.waits, hall)
  const capacity = capacityOf(outlook, ready, 'reason' in facts.demand ? [] : facts.demand.both, bands)
  const levers: Brief['levers'] =
    outlook === undefined || 'reason' in projection
      ? { reason: 'reason' in projection ? projection.reason : 'Aucune projection de l’attente.' }
      : { ...leverEffects(outlook, bands.at(-1)?.wait), at: bands.at(-1)?.quarter ?? outlook.from }
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
    comparison: comparisonOf(facts, own, department, demand, departmentDemand),
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

function demandOf(demand: PlaceDemand | Absence, year: number): Brief['demand'] {
  if ('reason' in demand) return { reason: demand.reason }
  const years = [...groupBy(demand.both, point => yearOf(point.quarter))]
    .filter(([, quarters]) => quarters.length === 4)
    .map(([one, quarters]): ExpectedYear => {
      const sum = (of: (point: (typeof quarters)[number]) => number) =>
        quarters.reduce((all, point) => all + of(point), 0)
      return {
        year: one,
        mean: sum(point => point.mean),
        low90: sum(point => point.quantiles.p05),
        high90: sum(point => point.quantiles.p95),
      }
    })
  const next = years.find(one => one.year === year + 1) ?? years[0]
  if (next === undefined) return { reason: 'Aucune année entière n’est projetée.' }
  const quarters = demand.both.map(({ quarter, mean, quantiles, parts }) => ({
    quarter,
    mean,
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
    quarters: bands.map(({ quarter, wait }) => ({
      quarter,
      medianDays: wait.median ?? null,
      low90: wait.low90 ?? null,
      high90: wait.high90 ?? null,
      probabilityOver: wait.probabilityOver,
      status: 'estimated',
    })),
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
            text: `${last.overload > 0.005 ? 'les demandes dépassent les créneaux' : 'les créneaux suivent à peu près les demandes'}. Demandes du département par rapport à ses créneaux, déduites de la pente de l’attente : ${readings
              .map(one => `${frenchGap(100 * one.overload, 0)}\u00a0% au ${longQuarter(one.quarter)}`)
              .join(', ')}.`,
          },
        ]
  const lines = 'reason' in demand ? [] : demand.explanation
  return [
    ...pressure,
    ...lines.filter(line => line.title === 'Ce qui revient' || line.title.startsWith('La vague')),
  ]
}

function comparisonOf(
  { hall, departmentName, departmentPopulation, departmentDemand }: BriefFacts,
  own: readonly PublishedWait[],
  department: readonly PublishedWait[],
  demand: Brief['demand'],
  whole: Brief['demand'],
): Brief['comparison'] {
  const waitWords = (wait: PublishedWait | undefined) =>
    wait === undefined
      ? 'non publiée'
      : `${frenchDays(wait.days, Number.isInteger(wait.days) ? 0 : 1)} (${longQuarter(wait.quarter)})`
  const yearWords = (one: Brief['demand']) =>
    'reason' in one ? 'non projetée' : `${frenchNumber(rounded(one.next.mean))} (estimé)`
  const perThousand = (one: Brief['demand'], population: number | undefined) =>
    'reason' in one || population === undefined
      ? 'non calculable'
      : frenchNumber((1000 * one.next.mean) / population)
  const year = 'reason' in demand ? '' : ` en ${demand.next.year}`
  const share =
    'reason' in demand || 'reason' in whole
      ? 'non calculable'
      : frenchPercent((100 * demand.next.mean) / whole.next.mean, 1)
  return [
    {
      label: 'Dernière attente publiée',
      own: hall.withoutAppointment ? 'sans rendez-vous' : waitWords(own.at(-1)),
      department: waitWords(department.at(-1)),
    },
    { label: `Demandes attendues${year}`, own: yearWords(demand), department: yearWords(whole) },
    {
      label: 'Demandes pour 1 000 habitants de la commune, du département',
      own: perThousand(demand, hall.population),
      department: perThousand(whole, departmentPopulation),
    },
    {
      label: `Part des demandes de ${departmentName}`,
      own: share,
      department: 'reason' in departmentDemand ? 'non calculable' : frenchPercent(100, 0),
    },
  ]
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
    'Bandes : neuf chances sur dix d’être entre les deux bornes, si les hypothèses listées sur la page « Méthode » tiennent.',
    from === undefined
      ? 'Limite : aucune attente du département n’est assez récente pour une projection.'
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

function rememberOf({ name, wait, demand, levers }: Omit<Brief, 'remember'>): ExplanationLine[] {
  const known = wait.own.at(-1)
  const around = wait.department.at(-1)
  const projected = 'reason' in wait.projection ? undefined : wait.projection.quarters.at(-1)
  const waitLine: ExplanationLine = {
    title: 'L’attente',
    text: [
      wait.withoutAppointment
        ? `${name} reçoit sans rendez-vous.`
        : known !== undefined
          ? `${frenchDays(known.days, 0)} à ${name} au ${longQuarter(known.quarter)}.`
          : around !== undefined
            ? `Aucune attente n’est publiée pour ${name} ; ${frenchDays(around.days, 0)} en moyenne dans le département au ${longQuarter(around.quarter)}.`
            : `Aucune attente n’est publiée, ni pour ${name} ni pour le département.`,
      projected === undefined
        ? ''
        : projected.medianDays === null
          ? `Si rien n’est décidé, elle dépasserait le calendrier connu au ${longQuarter(projected.quarter)} (estimé).`
          : `Si rien n’est décidé, environ ${frenchDays(rounded(projected.medianDays), 0)} au ${longQuarter(projected.quarter)} (estimé).`,
    ]
      .filter(Boolean)
      .join(' '),
  }
  const demandLine: ExplanationLine = {
    title: 'La demande',
    text: 'reason' in demand ? demand.reason : demandWords(demand),
  }
  const best = 'reason' in levers ? undefined : levers.effects[0]
  const leverLine: ExplanationLine = {
    title: 'Le levier le plus fort',
    text:
      best === undefined || 'reason' in levers
        ? 'reason' in levers
          ? levers.reason
          : 'Aucun levier calculé.'
        : `${best.change} : ${best.medianDays === null ? 'l’attente reste au-delà du calendrier connu' : `environ ${frenchDays(rounded(best.medianDays), 0)} d’attente`} au ${longQuarter(levers.at)}${best.gainedDays === null ? '' : `, ${frenchDays(rounded(best.gainedDays), 0)} de moins`} (estimé, si décidé dès le premier jour de la projection).`,
  }
  return [waitLine, demandLine, leverLine]
}

function demandWords({ next, years }: Exclude<Brief['demand'], Absence>): string {
  const peak = years.reduce((a, b) => (b.mean > a.mean ? b : a))
  const peakWords =
    peak.year === next.year
      ? 'C’est l’année la plus forte de la projection.'
      : `L’année la plus forte serait ${peak.year} : environ ${frenchNumber(rounded(peak.mean))}, soit ${frenchPercent(100 * (peak.mean / next.mean - 1), 0)} de plus.`
  return `environ ${frenchNumber(rounded(next.mean))} demandes en ${next.year}, entre ${frenchRange(rounded(next.low90), rounded(next.high90), 0).replace('\u00a0à\u00a0', ' et ')} neuf fois sur dix (estimé). ${peakWords}`
}

/** Two figures that count: nobody should read « 3 817 » as a promise. */
function rounded(value: number): number {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, Math.abs(value)))) - 1)
  return Math.round(value / unit) * unit
}

function grantOf({ hall, demand, sample }: BriefFacts, year: number): Brief['grant'] {
  if ('reason' in demand) return { reason: demand.reason }
  if (sample === undefined) return { reason: 'Aucune trajectoire de demande.' }
  const outlook = grantOutlook(sample, hall, year)
  return 'requests' in outlook ? { outlook, words: grantWords(outlook) } : outlook
}
