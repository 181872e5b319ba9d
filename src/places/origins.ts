import type { Quarter } from '../pure/calendar/period.ts'
import { CENTRAL_CHOICE, catchments, type DepartmentBalance, departmentBalance, flows } from './catchment.ts'
import { isOpen, type Surroundings } from './drawing.ts'
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
  around: Surroundings,
  { insee, department }: { insee: string; department: string },
  quarter: Quarter,
): HallOrigins | undefined {
  const { sites, there } = movements(around, quarter)
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
    spread: catchments(around.residents, sites, CENTRAL_CHOICE, there)[own]!.spread,
    fromElsewhere: people > 0 ? 1 - local / people : 0,
    balance: departmentBalance(around.residents, sites, there, department),
  }
}

/** What leaves a department in a quarter and what enters it; `undefined` where no hall of it is open and has a position. */
export function departmentMoves(
  around: Surroundings,
  department: string,
  quarter: Quarter,
): DepartmentBalance | undefined {
  const { sites, there } = movements(around, quarter)
  if (sites.every(site => site.department !== department)) return undefined
  return departmentBalance(around.residents, sites, there, department)
}

function movements(around: Surroundings, quarter: Quarter) {
  const sites = attractions(around.halls).filter((_, h) => isOpen(around.halls[h]!, quarter))
  return { sites, there: flows(around.residents, sites) }
}
