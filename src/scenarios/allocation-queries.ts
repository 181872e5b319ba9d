import type { Run } from '../demand/run-queries.ts'
import { toldRun } from '../figures/band-answer.ts'
import type { Db } from '../io/database/schema.ts'
import type { Day } from '../pure/calendar/day.ts'
import { plannedDepartment } from '../waits/department-wait-queries.ts'
import { hallWaitsNow } from '../waits/wait-now-queries.ts'
import type { MobileAnswer } from './allocation-answer.ts'
import { NO_WAIT } from './comparison-queries.ts'
import { mobileStations } from './mobile-stations.ts'

/** Where mobile stations of a department should go, by both objectives. @returns a reason when nothing can be said. */
export async function allocated(
  db: Db,
  department: string,
  asked: { stations: number; weeks: number },
  today: Day,
): Promise<(MobileAnswer & { run: Pick<Run, 'id' | 'asOf' | 'version' | 'seed'> }) | { reason: string }> {
  const planned = await plannedDepartment(db, department, today)
  if ('reason' in planned) return planned
  const found = await hallWaitsNow(db, department, today)
  if (found === undefined) return { reason: NO_WAIT }
  const stations = mobileStations(planned.waits, found.days, found.department.now, asked)
  return { run: toldRun(planned.run), ...stations }
}
