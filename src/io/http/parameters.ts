import { type OpenAPIHono, z } from '@hono/zod-openapi'
import type { MiddlewareHandler } from 'hono'
import { TrieRouter } from 'hono/router/trie-router'
import { Refusal } from '../../errors.ts'
import { paths } from '../../pure/access/paths.ts'
import { type Day, isDay } from '../../pure/calendar/day.ts'
import { isQuarter, parseQuarter, type Quarter, quarterNumber } from '../../pure/calendar/period.ts'
import { DEPARTMENT_CODE, isPlaceCode } from '../../pure/figures/place-code.ts'
import { frenchDay, frenchNumber, longQuarter } from '../../pure/french/french.ts'
import { TITLES, type Title, titleChoice } from '../../pure/law/title.ts'

/** A quarter in an address: `2022-Q1`, or as people write it, `T1 2022`. */
export const quarterParameter = z
  .string()
  .transform(text => parseQuarter(text) ?? text)
  .refine(isQuarter, {
    message: 'un trimestre s’écrit 2022-Q1 (ou T1 2022)',
    params: { code: 'invalid-quarter' },
  })
  .openapi({ type: 'string', example: '2021-Q1', description: 'Trimestre, 2021-Q1 ou T1 2021' })

/** The code of one of some titles; `which` says in French what they have in common. */
export function titleAmong<T extends Title>(titles: readonly T[], which: string) {
  return z
    .string()
    .refine((text): text is T => titles.some(title => title === text), {
      message: `${which} ${titleChoice(titles)}`,
      params: { code: 'invalid-title' },
    })
    .openapi({ type: 'string', enum: [...titles], example: 'cni-passport' })
}

/** The code of a title. */
export const titleParameter = titleAmong(TITLES, 'un titre parmi')

/** A day whose knowledge is asked for. */
export const dayParameter = z
  .string()
  .refine(isDay, { message: 'un jour s’écrit 2022-04-13', params: { code: 'invalid-day' } })
  .openapi({
    type: 'string',
    format: 'date',
    example: '2022-04-13',
    description: 'Ce qui était publié ce jour-là',
  })

/** The day of an estimate: the one asked for, or today. @throws Refusal for a day whose knowledge nobody has yet. */
export function estimateDay(asOf: Day | undefined, today: Day): Day {
  if (asOf !== undefined && asOf > today)
    throw new Refusal(
      'invalid-parameter',
      `asOf : le ${frenchDay(asOf)} n’est pas venu. Demandez un jour jusqu’au ${frenchDay(today)} ; l’avenir est dans la projection.`,
      { parameter: 'asOf' },
    )
  return asOf ?? today
}

/** What can be told of the quarters asked for. @throws Refusal when all lie before what is known or after what is projected. */
export function quartersTold(from: Quarter, wanted: number, first: Quarter, last: Quarter) {
  const start = from < first ? first : from
  const until = Math.min(quarterNumber(from) + wanted - 1, quarterNumber(last))
  const quarters = until - quarterNumber(start) + 1
  if (quarters > 0) return { from: start, quarters }
  throw new Refusal(
    'invalid-parameter',
    `from : rien n’est estimé pour le ${longQuarter(from)}. Demandez un trimestre entre le ${longQuarter(first)} et le ${longQuarter(last)}.`,
    { parameter: 'from' },
  )
}

/** Which vintages are wanted, under the names of SDMX REST 2 (sdmx-twg/sdmx-rest, doc/data.md). */
export const vintageParameters = {
  asOf: dayParameter.optional().openapi({ description: 'Ce qui était publié ce jour-là' }),
  recordedBy: dayParameter.optional().openapi({ description: 'Ce qui était enregistré ici ce jour-là' }),
  includeHistory: z
    .enum(['true', 'false'])
    .optional()
    .openapi({ description: 'true : toutes les valeurs jamais publiées, avec ce que chacune est devenue' }),
  updatedAfter: z
    .string()
    .refine(isMoment, {
      message: 'un moment s’écrit 2022-04-13 ou 2022-04-13T08:00:00Z',
      params: { code: 'invalid-day' },
    })
    .optional()
    .openapi({
      type: 'string',
      example: '2022-04-13T08:00:00Z',
      description: 'Seulement ce qui a été publié ici depuis ce moment ; un jour seul commence à minuit UTC',
    }),
}

function isMoment(text: string): boolean {
  const [day = '', time] = [text.slice(0, 10), text.slice(10)]
  return (
    isDay(day) &&
    /^(T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2}))?$/.test(time ?? '') &&
    !Number.isNaN(Date.parse(text))
  )
}

/** Code of a department. */
export const departmentParameter = z
  .string()
  .transform(text => text.toUpperCase())
  .refine(text => DEPARTMENT_CODE.test(text), { message: 'un code de département : 16, 2A, 971…' })
  .openapi({ type: 'string', example: '16' })

/** Code of a department, of a commune, or FR. */
export const placeParameter = z
  .string()
  .transform(text => text.toUpperCase())
  .refine(isPlaceCode, {
    message: 'un lieu est un code de département (16), un code INSEE (16102) ou FR',
  })
  .openapi({ type: 'string', example: '16', description: 'Département, commune (code INSEE) ou FR' })

/** Code of a centre (CERT), as files name it: `cert-16` is the one supposed for a department. */
const CERT_CODE = /^[a-z0-9][a-z0-9-]{0,39}$/

/** Code of a place, or of a centre (CERT). */
export const placeOrCertParameter = z
  .string()
  .transform(text => (isPlaceCode(text.toUpperCase()) ? text.toUpperCase() : text.toLowerCase()))
  .refine(text => isPlaceCode(text) || CERT_CODE.test(text), {
    message: 'un lieu est un département (16), un code INSEE (16102), FR, ou le code d’un CERT (cert-16)',
  })
  .openapi({
    type: 'string',
    example: '16',
    description: 'Département, commune (code INSEE), FR, ou CERT (cert-16 : celui du département 16)',
  })

const OUR_TIME = /^(19|20|21)\d{2}/

/**
 * Refuses a question whose end comes before its beginning, which would have an empty answer, or which is put of another
 * millennium: no calendar goes on for ever. @throws Refusal.
 */
export const orderedDates: MiddlewareHandler = async (c, next) => {
  for (const [name, text] of Object.entries(c.req.query())) {
    const period = parseQuarter(text) ?? text
    if (/^\d{4}-(Q\d|\d{2}(-\d{2}.*)?)$/s.test(period) && !OUR_TIME.test(period))
      throw new Refusal('invalid-parameter', `${name} : une année de 1900 à 2199.`)
  }
  const [from, to] = [c.req.query('from'), c.req.query('to')].map(text =>
    text === undefined ? undefined : (parseQuarter(text) ?? text),
  )
  const alike =
    from !== undefined &&
    to !== undefined &&
    ((isQuarter(from) && isQuarter(to)) || (isDay(from) && isDay(to)))
  if (alike && from > to)
    throw new Refusal('invalid-parameter', `from (${from}) vient après to (${to}) : échangez-les.`)
  return next()
}

/** Leads to the one address of a Corsican place, whose code has a capital: `2A004`. */
export const corsicanCapitals: MiddlewareHandler = async (c, next) => {
  const path = c.req.path.replace(/(?<=\/)2[ab](\d{3})?(?=[/.]|$)/g, code => code.toUpperCase())
  // Two slashes at the start would name another site.
  if (path === c.req.path || path.startsWith('//')) return next()
  return c.redirect(`${path}${new URL(c.req.url).search}`, 308)
}

/** An operation that an API documents: its method, its path as a router reads it, the names of its parameters. */
interface Operation {
  method: string
  path: string
  parameters: string[]
}

/** The operations that the API documents, with the names that each is told by. */
export function documentedOperations({ openAPIRegistry }: OpenAPIHono): Operation[] {
  return openAPIRegistry.definitions.flatMap(one => {
    if (one.type !== 'route') return []
    const { method, path, request } = one.route
    return {
      method: method.toUpperCase(),
      path: path.replace(/\/\{(.+?)\}/g, '/:$1'),
      parameters: request?.query instanceof z.ZodObject ? Object.keys(request.query.shape) : [],
    }
  })
}

/**
 * Refuses a question of a program that names what its operation is not told by, or twice what it is told once: it would be
 * answered as if not asked. What no operation answers is left to others. @throws Refusal.
 */
export function knownParameters(operations: () => readonly Operation[]): MiddlewareHandler {
  let router: TrieRouter<string[]> | undefined
  return async (c, next) => {
    if (router === undefined) {
      router = new TrieRouter()
      for (const { method, path, parameters } of operations()) router.add(method, path, parameters)
    }
    const asked = router.match(c.req.method === 'HEAD' ? 'GET' : c.req.method, c.req.path)[0]
    const unknown = Object.keys(c.req.query()).filter(
      name => asked.length > 0 && !asked.some(([parameters]) => parameters.includes(name)),
    )
    if (unknown.length > 0)
      throw new Refusal(
        'invalid-parameter',
        `${unknown.map(name => name.slice(0, 80)).join(', ')} : aucun paramètre de cette adresse ne s’appelle ainsi ; ils sont dans ${paths.openapi()}.`,
        { parameter: unknown[0]!.slice(0, 80) },
      )
    const [twice] = Object.entries(c.req.queries()).filter(([, values]) => new Set(values).size > 1)
    if (asked.length > 0 && twice !== undefined)
      throw new Refusal(
        'invalid-parameter',
        `${twice[0]} : donné ${frenchNumber(twice[1].length)} fois, une seule valeur est lue. Posez une question par valeur.`,
        { parameter: twice[0] },
      )
    return next()
  }
}
