import type { Quarter } from '../pure/calendar/period.ts'
import { catchments, type DepartmentBalance, departmentBalance, flows, type Residents } from './catchment.ts'
import { isOpen, surroundings, type WorkingHall } from './drawing.ts'
import { attractions } from './equipped.ts'

/** Where the people of one hall come from, and what the department's halls receive in all. */
export interface HallOrigins {
  communes: OriginCommune[]
  /** Inhabitants whose requests the hall receives. */
  people: number
  spread: number
  /** Part of them who live in another commune. */
  fromElsewhere: number
  balance: DepartmentBalance
}

/** A commune that sends people to a hall. */
export interface OriginCommune {
  code: string
  population: number
  km: number
  /** Part of its people who come. */
  share: number
  people: number
}

/**
 * Where those who come to a hall in a quarter live, the commune that sends most first; `undefined` for a hall that is not
 * open or has no position.
 */
export function originsOf(
  residents: readonly Residents[],
  halls: readonly WorkingHall[],
  { insee, department }: { insee: string; department: string },
  quarter: Quarter,
): HallOrigins | undefined {
  const { around, sites, there } = movements(residents, halls, department, quarter)
  const own = sites.findIndex(site => site.insee === insee)
  if (own < 0) return undefined
  const communes = around.residents.flatMap(({ code, population }, i) => {
    for (let k = there.first[i]!; k < there.first[i + 1]!; k++) {
      if (there.hall[k] !== own) continue
      const share = there.share[k]!
      return [{ code, population, km: there.km[k]!, share, people: population * share }]
    }
    return []
  })
  const people = communes.reduce((sum, commune) => sum + commune.people, 0)
  const local = communes.find(({ code }) => code === insee)?.people ?? 0
  return {
    communes: communes.sort((a, b) => b.people - a.people),
    people,
    spread: catchments(around.residents, sites)[own]!.spread,
    fromElsewhere: people > 0 ? 1 - local / people : 0,
    balance: departmentBalance(around.residents, sites, there, department),
  }
}

/** What leaves a department in a quarter and what enters it; `undefined` where no hall of it is open and has a position. */
export function departmentMoves(
  residents: readonly Residents[],
  halls: readonly WorkingHall[],
  department: string,
  quarter: Quarter,
): DepartmentBalance | undefined {
  const { around, sites, there } = movements(residents, halls, department, quarter)
  if (sites.every(site => site.department !== department)) return undefined
  return departmentBalance(around.residents, sites, there, department)
}

function movements(
  residents: readonly Residents[],
  halls: readonly WorkingHall[],
  department: string,
  quarter: Quarter,
) {
  const around = surroundings(residents, halls, department)
  const sites = attractions(around.halls).filter((_, h) => isOpen(around.halls[h]!, quarter))
  return { around, sites, there: flows(around.residents, sites) }
}
