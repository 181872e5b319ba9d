import { OpenAPIHono } from '@hono/zod-openapi'
import { REFUSALS, Refusal, type RefusalCode } from '../../errors.ts'

/** A router whose unreadable parameters are refused all at once, under the code of the first one. */
export function createRouter(): OpenAPIHono {
  return new OpenAPIHono({
    defaultHook: result => {
      if (result.success) return
      const faults = result.error.issues.map(issue => ({
        parameter: issue.path.join('.'),
        detail: issue.message,
        code: codeOf(issue),
      }))
      const [first] = faults
      throw new Refusal(
        first?.code ?? 'invalid-parameter',
        faults.map(fault => `${fault.parameter} : ${fault.detail}`).join(' ; '),
        { errors: faults },
      )
    },
  })
}

function codeOf(issue: object): RefusalCode {
  const params: unknown = 'params' in issue ? issue.params : undefined
  const code: unknown =
    typeof params === 'object' && params !== null && 'code' in params ? params.code : undefined
  return typeof code === 'string' && code in REFUSALS ? (code as RefusalCode) : 'invalid-parameter'
}
