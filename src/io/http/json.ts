import type { z } from '@hono/zod-openapi'

/** A body or an answer in JSON, as the description of a route takes it. */
export const json = <Schema extends z.ZodType>(schema: Schema) => ({ 'application/json': { schema } })
