import type { OpenAPIHono } from '@hono/zod-openapi'
import { Refusal } from '../errors.ts'
import { html } from '../io/http/page.ts'
import { createRouter } from '../io/http/router.ts'
import { paths, ROUTES } from '../pure/access/paths.ts'
import { remembered } from '../pure/figures/remembered.ts'
import { DocsPage, type DocumentedOperation, ExplorerPage } from './docs-page.tsx'
import { DecisionsPage, DocumentPage } from './document-page.tsx'
import { decisions, documents, GUIDES, guideAt } from './document-queries.ts'
import { GuidePage } from './guide-page.tsx'
import { RightsPage } from './rights-page.tsx'

type OpenApiDocument = ReturnType<OpenAPIHono['getOpenAPI31Document']>

/** The documentation of the API, made of its own description. */
export function docsRoutes(describe: () => Promise<OpenApiDocument>) {
  const router = createRouter()
  // Once, at the first request, when every route is mounted.
  const described = remembered<Promise<OpenApiDocument>>(1)
  const description = () => described('', describe)
  router.get(ROUTES.openapi, async c => c.json(await description()))
  router.get(ROUTES.docs, async c => html(c, DocsPage({ operations: operationsOf(await description()) })))
  for (const slug of GUIDES) {
    router.get(paths.document({ slug }), c => html(c, GuidePage({ guide: guideAt(slug) })))
  }
  for (const document of documents()) {
    router.get(paths.document({ slug: document.slug }), c => html(c, DocumentPage({ document })))
  }
  router.get(ROUTES.decision, c => {
    const slug = `decisions/${c.req.param('decision')}`
    const document = decisions().find(one => one.slug === slug)
    if (document === undefined) throw new Refusal('not-found', 'Aucune décision ne porte ce nom.')
    return html(c, DocumentPage({ document }))
  })
  router.get(ROUTES.decisions, c => html(c, DecisionsPage({ decisions: decisions() })))
  router.get(paths.document({ slug: 'droits' }), c => html(c, RightsPage()))
  router.get(paths.document({ slug: 'errors' }), c => c.redirect(`${paths.docs()}#erreurs`))
  router.get(paths.document({ slug: 'explorer' }), c => html(c, ExplorerPage()))
  return router
}

function operationsOf(document: OpenApiDocument): DocumentedOperation[] {
  return Object.entries(document.paths ?? {}).flatMap(([path, methods]) =>
    (['get', 'post', 'put', 'delete'] as const).flatMap(method => {
      const operation = methods[method]
      if (operation === undefined) return []
      return [
        {
          method: method.toUpperCase(),
          path,
          tag: operation.tags?.[0] ?? '',
          summary: operation.summary ?? '',
          description: operation.description ?? '',
          parameters: (operation.parameters ?? []).flatMap(parameter =>
            '$ref' in parameter
              ? []
              : [
                  {
                    name: parameter.name,
                    where: parameter.in,
                    required: parameter.required ?? false,
                    description: parameter.description ?? descriptionOf(parameter.schema),
                  },
                ],
          ),
          answers: Object.entries(operation.responses ?? {}).map(([status, answer]) => ({
            status,
            description: 'description' in answer ? answer.description : '',
          })),
        },
      ]
    }),
  )
}

function descriptionOf(schema: unknown): string {
  if (typeof schema !== 'object' || schema === null) return ''
  if ('description' in schema && typeof schema.description === 'string') return schema.description
  if ('enum' in schema && Array.isArray(schema.enum)) return schema.enum.join(', ')
  return 'example' in schema ? `par exemple ${String(schema.example)}` : ''
}
