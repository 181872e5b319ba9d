/** A JSON schema, as OpenAPI 3.1 writes it. */
export interface Schema {
  $ref?: string
  type?: string | string[]
  enum?: unknown[]
  const?: unknown
  example?: unknown
  pattern?: string
  minimum?: number
  maximum?: number
  minLength?: number
  maxLength?: number
  items?: Schema
  properties?: Record<string, Schema>
  required?: string[]
  anyOf?: Schema[]
  oneOf?: Schema[]
  allOf?: Schema[]
}

/** An operation of the API, with what it takes and what it says that it answers. */
export interface Operation {
  method: string
  path: string
  parameters: { name: string; in: string; required: boolean; schema: Schema }[]
  body: { type: string; schema: Schema } | undefined
  /** Content types by status, with the place of their schema in the description. */
  answers: Map<number, Map<string, string>>
}

/** The description of the API, as far as the fuzzer reads it. */
export interface Description {
  paths: Record<
    string,
    Record<
      string,
      {
        parameters?: { name: string; in: string; required?: boolean; schema?: Schema }[]
        requestBody?: { content: Record<string, { schema?: Schema }> }
        responses: Record<string, { content?: Record<string, object> }>
      }
    >
  >
  components?: { schemas?: Record<string, Schema> }
}

/** Every operation of a description. */
export function operationsOf({ paths }: Description): Operation[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => {
      const [body] = Object.entries(operation.requestBody?.content ?? {})
      const at = `#/paths/${path.replaceAll('~', '~0').replaceAll('/', '~1')}/${method}/responses`
      const answers = Object.entries(operation.responses).map(
        ([status, { content = {} }]): [number, Map<string, string>] => [
          Number(status),
          new Map(
            Object.keys(content).map(type => [
              type.split(';')[0] ?? type,
              encodeURI(`${at}/${status}/content/${type.replaceAll('/', '~1')}/schema`),
            ]),
          ),
        ],
      )
      return {
        method: method.toUpperCase(),
        path,
        parameters: (operation.parameters ?? []).map(
          ({ name, in: where, required = false, schema = {} }) => ({
            name,
            in: where,
            required,
            schema,
          }),
        ),
        body: body && { type: body[0], schema: body[1].schema ?? {} },
        answers: new Map(answers),
      }
    }),
  )
}
