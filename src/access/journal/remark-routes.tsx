import { z } from '@hono/zod-openapi'
import { html } from '../../io/http/page.ts'
import { createRouter, type Ground } from '../../io/http/router.ts'
import { ROUTES } from '../../pure/access/paths.ts'
import { RemarkPage } from './remark-page.tsx'
import { keepRemark } from './remark-queries.ts'

// An address of this site, and nothing that a browser would take for another.
const page = z
  .string()
  .max(300)
  .regex(/^\/(?![/\\])[^\s\\]*$/)
  .catch('/')
const remark = z.object({
  kind: z.enum(['wrong-figure', 'not-found'], 'choisissez l’un des deux'),
  page,
  words: z.string().trim().min(1, 'écrivez ce qui ne va pas').max(1000, 'au plus 1 000 caractères'),
})

/** Anybody says that a figure is wrong, or that an answer is not to be found; administrators read it in the journal. */
export function remarkRoutes({ db, addressOf }: Pick<Ground, 'db' | 'addressOf'>) {
  const router = createRouter()
  router.get(ROUTES.remarks, c => {
    const { kind = '', page: from, words = '' } = c.req.query()
    return html(c, RemarkPage({ form: { kind, page: page.parse(from), words }, faults: [] }))
  })
  router.post(ROUTES.remarks, async c => {
    const sent = await c.req.parseBody()
    const text = (name: string) => (typeof sent[name] === 'string' ? sent[name].replaceAll('\0', '') : '')
    const form = { kind: text('kind'), page: page.parse(text('page')), words: text('words') }
    const given = remark.safeParse(form)
    if (!given.success) {
      const faults = given.error.issues.map(issue => ({
        field: String(issue.path[0]),
        message: issue.message,
      }))
      return html(c, RemarkPage({ form, faults }), 422)
    }
    await keepRemark(db, given.data, addressOf(c))
    return html(c, RemarkPage({ form, faults: [], kept: true }), 201)
  })
  return router
}
