import { firstDay, lastDay, monthNumber, monthOf, type Quarter } from '../pure/calendar/period.ts'
import { isPublicHoliday } from '../pure/calendar/working-days.ts'
import { exactly } from '../pure/figures/lever.ts'
import { dailySlots, type Hall } from './hall-capacity.ts'
import type { HallOffer } from './hall-offer.ts'
import {
  mobileStation,
  moreHours,
  moreStations,
  preApplications,
  shorterGap,
  type WaitLever,
} from './lever.ts'
import { daysGained, monthlyChange, withChange } from './wait-decision.ts'
import { type WaitNow, waitQuarters } from './wait-now.ts'

/** Hours a week asked of a new station. */
const STATION_HOURS = 30
const MOBILE_HOURS = 12

/** What a lever would do to the wait of one hall in a quarter, on the same futures with and without it. */
export interface LeverEffect {
  code: string
  name: string
  /** What is decided, in French, with its unit. */
  change: string
  medianDays: number | null
  gainedDays: number | null
  gainedLow90: number | null
  gainedHigh90: number | null
  probabilityOver: number
  cost: { once: number; perYear: number; source: string } | null
  leadWeeks: number
  origin: string
}

/** A lever whose effect cannot be computed, and why. */
export interface LeverWithoutEffect {
  code: string
  name: string
  reason: string
}

interface Choice {
  lever: WaitLever
  change: string
  origin: string
}

/** Requests that a hall can receive in each quarter by its imported week, holidays and closures left out. */
export function quarterSlots({ hall }: HallOffer, quarters: readonly Quarter[]): number[] {
  return quarters.map(quarter =>
    dailySlots(() => hall, firstDay(quarter), lastDay(quarter), isPublicHoliday).reduce(
      (sum, slots) => sum + slots,
      0,
    ),
  )
}

/** What the levers of a hall do, and those of which it is not known. */
export interface HallLevers {
  effects: LeverEffect[]
  without: LeverWithoutEffect[]
}

/** The levers of a hall, the strongest first: each is decided on the day, alone, and read in a quarter. */
export function hallLevers(now: WaitNow, offer: HallOffer, at: Quarter, limitDays: number): HallLevers {
  const { asOf } = now
  const months = monthNumber(monthOf(lastDay(at))) - monthNumber(monthOf(asOf)) + 1
  const effects = choicesOf(offer).map(({ lever, change, origin }): LeverEffect => {
    const decided = monthlyChange([offer], [{ lever, decidedOn: asOf }], { from: asOf, months })
    const then = withChange(now, decided)
    const [quarter] = waitQuarters(then, at, 1, limitDays)
    const [gain] = daysGained(now, then, at, at)
    const { cost } = lever
    return {
      code: lever.code,
      name: lever.name,
      change,
      medianDays: quarter?.wait.median ?? null,
      gainedDays: gain?.gained.median ?? null,
      gainedLow90: gain?.gained.low90 ?? null,
      gainedHigh90: gain?.gained.high90 ?? null,
      probabilityOver: quarter?.wait.probabilityOver ?? 1,
      cost: cost === 'unknown' ? null : { once: cost.once, perYear: cost.perYear, source: cost.source.title },
      leadWeeks: lever.leadWeeks,
      origin,
    }
  })
  effects.sort((a, b) => (b.gainedDays ?? 0) - (a.gainedDays ?? 0))
  const { code, name } = preApplications(offer.insee, 0, { amount: exactly(0), leadWeeks: 0 })
  return {
    effects,
    without: [
      {
        code,
        name,
        reason: 'le temps gagné par une pré-demande n’est publié nulle part : effet non calculé',
      },
    ],
  }
}

/** One station where hours are known; otherwise as many of those supposed as make the hours of a new one. */
function stationsAdded({ hall, stations }: HallOffer): number {
  return stations === undefined ? stationsFor(hall, STATION_HOURS) : 1
}

function stationsFor(hall: Hall, hours: number): number {
  const perStation = hall.hours.reduce((sum, day) => sum + day, 0)
  return perStation > 0 ? hours / perStation : 1
}

function choicesOf(ready: HallOffer): Choice[] {
  const { insee, hall, stations } = ready
  const known = stations !== undefined
  return [
    {
      lever: moreStations(insee, {
        amount: exactly(stationsAdded(ready)),
        leadWeeks: 26,
      }),
      change: known ? 'une station de plus, aux mêmes horaires' : 'une station de plus, 30 h par semaine',
      origin: '30 h par semaine demandées à une station nouvelle ; délai : hypothèse',
    },
    {
      lever: moreHours(insee, { amount: exactly(5), leadWeeks: 8 }),
      change: known ? '5 h de plus par semaine et par station' : '5 h de guichet de plus par semaine',
      origin: 'ampleur et délai : hypothèses',
    },
    {
      lever: shorterGap(insee, { amount: exactly(3), leadWeeks: 4 }),
      change: '2 minutes entre deux rendez-vous au lieu de 5',
      origin: 'écarts : hypothèses (15 minutes conseillées, 20 au plus)',
    },
    {
      lever: mobileStation(insee, { amount: exactly(stationsFor(hall, MOBILE_HOURS)), leadWeeks: 8 }),
      change: 'une station mobile, 12 h par semaine',
      origin: 'ampleur et délai : hypothèses',
    },
  ]
}
