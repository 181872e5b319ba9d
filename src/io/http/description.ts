import { z } from '@hono/zod-openapi'

/** A body or an answer in JSON, as the description of a route takes it. */
export const json = <Schema extends z.ZodType>(schema: Schema) => ({ 'application/json': { schema } })

/** The body that a route asks for. */
export const jsonBody = <Schema extends z.ZodType>(schema: Schema) => ({
  required: true as const,
  content: json(schema),
})

/** An answer that is an object, as the documentation of an address tells it. */
export const described = <Schema extends z.ZodType>(description: string, schema: Schema) => ({
  description,
  content: json(schema),
})

const problemSchema = z
  .object({ type: z.string(), title: z.string(), status: z.int(), detail: z.string(), code: z.string() })
  .openapi('Problem')

/** A refusal of an address, as its documentation tells it. */
export const refused = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: problemSchema } },
})
