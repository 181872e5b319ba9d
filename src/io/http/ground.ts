import type { Context } from 'hono'
import type { Day } from '../../pure/calendar/day.ts'
import type { Site } from '../../pure/pages/layout.tsx'
import type { Db } from '../database/schema.ts'
import type { Report } from './answer-error.ts'

/** What the routes of every slice stand on. */
export interface Ground {
  db: Db
  today: () => Day
  /** The department that a request speaks of when it names no place. */
  department: string
  departmentName: string
  /** The department that a page speaks of: that of the place that its reader keeps, or else the service's own. */
  here: () => { code: string; name: string }
  site: Site
  /** The network that a request comes from. */
  addressOf: (c: Context) => string
  report: Report
}
