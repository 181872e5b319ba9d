import { AsyncLocalStorage } from 'node:async_hooks'
import type { Context, MiddlewareHandler } from 'hono'
import { Refusal } from '../errors.ts'
import type { Db } from '../io/database/schema.ts'
import { API, placeInPath } from '../pure/access/paths.ts'
import { isPlaceCode } from '../pure/figures/place-code.ts'
import { knownPlaceOrRefuse } from './known-place-queries.ts'
import { geographicCode } from './place-queries.ts'

/** A department by its code. */
export interface NamedDepartment {
  code: string
  name: string
}

/** Of whom a page speaks. */
export interface KeptPlace {
  /** Finds, before a page is made, the department of the place that its address keeps or names. */
  find: MiddlewareHandler
  /** Department of the page under way; the service's own when it keeps no place. @throws Refusal `place-not-found` */
  here: () => NamedDepartment
}

/** The place that readers choose once, as the department that every page tells. Programs name theirs in each question. */
export function keptPlace(db: Db, home: NamedDepartment): KeptPlace {
  const found = new AsyncLocalStorage<NamedDepartment | Refusal>()
  return {
    find: async (c, next) => {
      const asked = c.req.path.startsWith(API) ? undefined : askedBy(c)
      const told = asked === undefined || asked === home.code ? home : await departmentOf(db, asked, home)
      await found.run(told, next)
      const to = c.res.headers.get('location')
      if (asked === undefined || told === home || to === null || !leadsOn(to)) return
      c.res.headers.set('location', `${to}${to.includes('?') ? '&' : '?'}place=${asked}`)
    },
    here: () => {
      const told = found.getStore() ?? home
      if (told instanceof Refusal) throw told
      return told
    },
  }
}

function askedBy(c: Context): string | undefined {
  const asked = placeInPath(c.req.path) ?? c.req.query('place') ?? c.req.query('department')
  if (asked === undefined || asked === '') return undefined
  const code = asked.toUpperCase()
  return isPlaceCode(code) ? code : asked.toLowerCase()
}

/** Whether an answer leads to a page whose address names no place, neither in its path nor in its query. */
function leadsOn(to: string): boolean {
  const { origin, pathname, searchParams, hash } = new URL(to, HERE)
  const named = placeInPath(pathname) !== undefined || searchParams.has('place')
  return origin === HERE && !pathname.startsWith(API) && hash === '' && !named
}

const HERE = 'http://here'

async function departmentOf(db: Db, code: string, home: NamedDepartment): Promise<NamedDepartment | Refusal> {
  try {
    const places = await geographicCode(db)
    const place = places.get(code) ?? (await knownPlaceOrRefuse(db, code))
    if (place.kind === 'department') return place
    return (place.parent !== home.code && places.get(place.parent ?? '')) || home
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
}
