import { firstDay, lastDay, monthNumber, monthOf, type Quarter } from '../pure/calendar/period.ts'
import { isPublicHoliday } from '../pure/calendar/working-days.ts'
import { exactly } from '../pure/figures/lever.ts'
import { sum } from '../pure/numerics/sum.ts'
import { dailySlots, type Hall } from './hall-capacity.ts'
import type { HallOffer } from './hall-offer.ts'
import { HALL_LEVERS, type HallLeverCode, hallLever } from './lever.ts'
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
  code: HallLeverCode
  amount: number
  leadWeeks: number
  change: string
  origin: string
}

/** Cost of an enrolment station in 2019: installed, then run without its agents. 30,000 € was also quoted that year. */
const STATION_COST = {
  once: 10_000,
  perYear: 16_000,
  source: 'Coût d’un dispositif de recueil sans les agents, 2019 (ID.CiTé, a41763)',
}

/** Requests that a hall can receive in each quarter by its imported week, holidays and closures left out. */
export function quarterSlots({ hall }: HallOffer, quarters: readonly Quarter[]): number[] {
  return quarters.map(quarter => sum(dailySlots(hall, firstDay(quarter), lastDay(quarter), isPublicHoliday)))
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
  const effects = choicesOf(offer).map(({ code, amount, leadWeeks, change, origin }): LeverEffect => {
    const lever = hallLever(code, offer.insee, { amount: exactly(amount), leadWeeks })
    const decided = monthlyChange([offer], [{ lever, decidedOn: asOf }], { from: asOf, months })
    const then = withChange(now, decided)
    const [quarter] = waitQuarters(then, at, 1, limitDays)
    const [gain] = daysGained(now, then, at, at)
    return {
      code,
      name: HALL_LEVERS[code].name,
      change,
      medianDays: quarter?.wait.median ?? null,
      gainedDays: gain?.gained.median ?? null,
      gainedLow90: gain?.gained.low90 ?? null,
      gainedHigh90: gain?.gained.high90 ?? null,
      probabilityOver: quarter?.wait.probabilityOver ?? 1,
      cost: code === 'more-stations' ? STATION_COST : null,
      leadWeeks,
      origin,
    }
  })
  effects.sort((a, b) => (b.gainedDays ?? 0) - (a.gainedDays ?? 0))
  return {
    effects,
    without: [
      {
        code: 'pre-applications',
        name: HALL_LEVERS['pre-applications'].name,
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

function choicesOf(offer: HallOffer): Choice[] {
  const known = offer.stations !== undefined
  return [
    {
      code: 'more-stations',
      amount: stationsAdded(offer),
      leadWeeks: 26,
      change: known ? 'une station de plus, aux mêmes horaires' : 'une station de plus, 30 h par semaine',
      origin: '30 h par semaine demandées à une station nouvelle ; délai : hypothèse',
    },
    {
      code: 'more-hours',
      amount: 5,
      leadWeeks: 8,
      change: known ? '5 h de plus par semaine et par station' : '5 h de guichet de plus par semaine',
      origin: 'ampleur et délai : hypothèses',
    },
    {
      code: 'shorter-gap',
      amount: 3,
      leadWeeks: 4,
      change: '2 minutes entre deux rendez-vous au lieu de 5',
      origin: 'écarts : hypothèses (15 minutes conseillées, 20 au plus)',
    },
    {
      code: 'mobile-station',
      amount: stationsFor(offer.hall, MOBILE_HOURS),
      leadWeeks: 8,
      change: 'une station mobile, 12 h par semaine',
      origin: 'ampleur et délai : hypothèses',
    },
  ]
}
