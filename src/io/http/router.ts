import { OpenAPIHono, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { fr } from 'zod/locales'
import { REFUSALS, Refusal, type RefusalCode } from '../../errors.ts'
import type { Day } from '../../pure/calendar/day.ts'
import { frenchCount, frenchShortNumber } from '../../pure/french/french.ts'
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
  /** The network that a request comes from. */
  addressOf: (c: Context) => string
  report: Report
}

z.config({ ...fr(), customError: faultWords })

// Zod's French writes its comparisons as signs: « supérieur à >=1 ».
function faultWords(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code === 'invalid_type')
    return issue.input === undefined ? 'à donner' : EXPECTED.get(issue.expected)
  if (issue.code === 'unrecognized_keys') return 'nom inconnu : retirez-le, ou corrigez-le'
  if (issue.code === 'invalid_value') return `l’une de ces valeurs : ${issue.values.join(', ')}`
  if (issue.code === 'too_small')
    return `${issue.inclusive === false ? 'plus de' : 'au moins'} ${bound(issue.minimum, issue.origin)}`
  if (issue.code === 'too_big')
    return `${issue.inclusive === false ? 'moins de' : 'au plus'} ${bound(issue.maximum, issue.origin)}`
  return undefined
}

/** What was to be written, for whoever wrote something else: « nombre attendu, NaN reçu » says nothing to them. */
const EXPECTED: ReadonlyMap<string, string> = new Map([
  ['number', 'un nombre'],
  ['int', 'un nombre entier'],
  ['string', 'un texte'],
  ['boolean', 'true ou false'],
  ['array', 'une liste'],
  ['object', 'un objet, avec un nom pour chaque valeur'],
])

function bound(limit: number | bigint, origin: string): string {
  const number = Number(limit)
  if (origin === 'string') return frenchCount(number, 'caractère')
  if (origin === 'array' || origin === 'set') return frenchCount(number, 'valeur')
  return frenchShortNumber(number, 6)
}

/** A router whose unreadable parameters are refused all at once, under the code of the first one. */
export function createRouter(): OpenAPIHono {
  return new OpenAPIHono({
    defaultHook: result => {
      if (!result.success) throw refusalOf(result.error.issues)
    },
  })
}

/** The parameters of a page's address, without those that a form left open. @throws Refusal as the API does. */
export function queryOf<Schema extends z.ZodType>(c: Context, schema: Schema): z.infer<Schema> {
  const result = schema.safeParse(
    Object.fromEntries(Object.entries(c.req.query()).filter(([, value]) => value !== '')),
  )
  if (!result.success) throw refusalOf(result.error.issues)
  return result.data
}

function refusalOf(issues: readonly z.core.$ZodIssue[]): Refusal {
  const faults = issues.flatMap(issue =>
    (issue.code === 'unrecognized_keys' ? issue.keys : [undefined]).map(key => ({
      parameter: [...issue.path, ...(key === undefined ? [] : [key])].join('.'),
      detail: issue.message,
      code: codeOf(issue),
    })),
  )
  return new Refusal(
    faults[0]?.code ?? 'invalid-parameter',
    faults.map(fault => `${fault.parameter} : ${fault.detail}`).join(' ; '),
    { errors: faults },
  )
}

function codeOf(issue: object): RefusalCode {
  const params: unknown = 'params' in issue ? issue.params : undefined
  const code: unknown =
    typeof params === 'object' && params !== null && 'code' in params ? params.code : undefined
  return typeof code === 'string' && code in REFUSALS ? (code as RefusalCode) : 'invalid-parameter'
}
