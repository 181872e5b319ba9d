import { createRoute, type RouteConfig, z } from '@hono/zod-openapi'

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

/** The CSV of what a route answers, at an address of its own: the same parameters and the same refusals. */
export function csvRoute<
  Path extends string,
  Request extends NonNullable<RouteConfig['request']>,
  Responses extends RouteConfig['responses'],
>(
  route: { tags: string[]; request: Request; responses: Responses },
  path: Path,
  about: { summary: string; description?: string },
) {
  const { tags, request, responses } = route
  const csv = { 200: { description: 'CSV', content: { 'text/csv': { schema: z.string() } } } } as const
  return createRoute({ ...about, method: 'get', path, tags, request, responses: { ...responses, ...csv } })
}

/** Declares the addresses of one chapter of the documentation. */
export function chapter(tag: string) {
  const by =
    <Method extends 'get' | 'post' | 'put' | 'patch' | 'delete'>(method: Method) =>
    <Path extends string, About extends Omit<RouteConfig, 'method' | 'path' | 'tags'>>(
      path: Path,
      about: About,
    ) =>
      createRoute({ ...about, method, path, tags: [tag] })
  return { get: by('get'), post: by('post'), put: by('put'), patch: by('patch'), remove: by('delete') }
}

const problemSchema = z
  .object({ type: z.string(), title: z.string(), status: z.int(), detail: z.string(), code: z.string() })
  .openapi('Problem')

/** A refusal of an address, as its documentation tells it. */
export const refused = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: problemSchema } },
})
