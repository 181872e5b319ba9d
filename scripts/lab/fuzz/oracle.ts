import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import type { Description, Operation } from './description.ts'

/** Judges an answer by the description. @returns what breaks it, in words, or `undefined`. */
export type Oracle = (operation: Operation, response: Response) => Promise<string | undefined>

const DOCUMENT = 'openapi.json'
const KNOWN_PROBLEM_STATUS = /^[45]\d\d$/

/** The oracle of a description: no 5xx but a service that is busy and says when to ask again, a declared status, a declared content type, the declared shape. */
export function oracleOf(description: Description): Oracle {
  // The description's own words (example, discriminator…) are no fault of a schema.
  const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: false })
  ajv.addSchema({ ...description, $id: DOCUMENT })
  const compiled = new Map<string, ValidateFunction>()
  const validator = (place: string) => {
    const known = compiled.get(place) ?? ajv.compile({ $ref: `${DOCUMENT}${place}` })
    compiled.set(place, known)
    return known
  }
  return async (operation, response) => {
    const { status } = response
    const type = (response.headers.get('content-type') ?? '').split(';')[0] ?? ''
    const text = await response.text()
    // A service that says when to come back has answered: its turns are full, as they should be.
    const isBusy = status === 503 && response.headers.has('retry-after') && codeIn(text) === 'service-busy'
    if (status >= 500 && !isBusy) return `${status} ${text.slice(0, 200)}`
    const declared = operation.answers.get(status)
    if (declared === undefined) return `undeclared status ${status} ${codeIn(text)}`
    if (declared.size === 0) return text === '' ? undefined : `${status} has a body that is not declared`
    const place = declared.get(type)
    if (place === undefined) return `${status} has the undeclared type ${type}`
    if (!type.endsWith('json')) return undefined
    let value: unknown
    try {
      value = JSON.parse(text)
    } catch {
      return `${status} is not JSON`
    }
    if (KNOWN_PROBLEM_STATUS.test(String(status)) && !isProblem(value, status))
      return `${status} is not a problem`
    const validate = validator(place)
    if (validate(value)) return undefined
    const [error] = validate.errors ?? []
    return `${status} has another shape: ${error?.instancePath} ${error?.message}`
  }
}

function isProblem(value: unknown, status: number): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    'code' in value &&
    'status' in value &&
    value.status === status
  )
}

function codeIn(text: string): string {
  return /"code":"([a-z-]+)"/.exec(text)?.[1] ?? ''
}
