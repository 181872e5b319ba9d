import type { OpenAPIHono } from '@hono/zod-openapi'

type OpenApiDocument = ReturnType<OpenAPIHono['getOpenAPI31Document']>

const PROBLEM = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail', 'code'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    code: { type: 'string' },
    instance: { type: 'string' },
  },
} as const

const TOKEN = {
  type: 'http',
  scheme: 'bearer',
  description: 'Un jeton créé à la page /jetons : Authorization: Bearer vigie_…',
} as const

const KEY = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description:
    'Une valeur propre à cette demande, par exemple un UUID : redemander sous la même clé donne la même réponse, pendant un jour',
  schema: { type: 'string', minLength: 1, maxLength: 202 },
} as const

/**
 * Adds to each operation of the description what stands in front of all of them: who asks and how often, unreadable
 * parameters, another site's page, bodies too large, keys of repeated writes, a database that is away. What an operation
 * says itself stays. `isOpen` says which operations ask for no token.
 */
export function withCommonAnswers(
  document: OpenApiDocument,
  isOpen: (method: string, path: string) => boolean = () => false,
): OpenApiDocument {
  const problems: Record<string, object> = { ...document.components?.schemas, Problem: PROBLEM }
  const paths = Object.entries(document.paths ?? {}).map(([path, item]) => {
    const methods = Object.entries(item).map(([method, operation]) => [
      method,
      {
        operationId: operationIdOf(method, path),
        security: [...(isOpen(method.toUpperCase(), path) ? [{}] : []), { token: [] }],
        ...completed(method, operation),
      },
    ])
    return [path, Object.fromEntries(methods)]
  })
  return {
    ...document,
    paths: Object.fromEntries(paths),
    components: {
      ...document.components,
      schemas: problems,
      securitySchemes: { ...document.components?.securitySchemes, token: TOKEN },
    },
  } as OpenApiDocument
}

/**
 * The name of an operation in the programs that call it: its method, then the words of its path.
 *
 * @example GET /api/waits/{place}/projection.csv is getWaitsByPlaceProjectionCsv.
 */
export function operationIdOf(method: string, path: string): string {
  const words = path
    .replace(/^\/api/, '')
    .replace(/\{(\w+)\}/g, '/by/$1/')
    .split(/[^A-Za-z0-9]+/)
    .filter(word => word !== '')
  return method + words.map(word => word[0]!.toUpperCase() + word.slice(1)).join('')
}

interface Operation {
  parameters?: object[]
  responses?: Record<string, object>
}

function completed(method: string, operation: Operation): Operation {
  const brings = method === 'post' || method === 'patch'
  const writes = method === 'post'
  const { parameters = [], responses = {} } = operation
  const common = {
    400: answer('Paramètre ou corps illisible, ou que rien n’attend'),
    401: answer('Connexion ou jeton nécessaire'),
    403: answer('Compte qui ne le permet pas, ou demande venue de la page d’un autre site'),
    ...(brings ? { 413: answer('Corps trop volumineux'), 415: answer('Corps d’un autre type') } : {}),
    ...(writes
      ? {
          409: answer('La première demande de même clé n’a pas encore sa réponse'),
          422: answer('Clé déjà employée pour une autre demande'),
        }
      : {}),
    429: answer('Trop de demandes en une minute'),
    431: {
      description: 'Adresse ou en-têtes trop longs',
      content: { 'text/plain': { schema: { type: 'string' } } },
    },
    503: answer('Base de données injoignable, ou service très demandé : redemandez après Retry-After'),
  }
  return {
    ...operation,
    ...(writes ? { parameters: [...parameters, KEY] } : {}),
    responses: { ...common, ...responses },
  }
}

function answer(description: string) {
  return {
    description,
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  }
}
