import { z } from '@hono/zod-openapi'
import { refused } from '../io/http/description.ts'
import { fileAnswer } from '../io/http/file-answer.ts'
import { html } from '../io/http/page.ts'
import { createRouter, type Ground } from '../io/http/router.ts'
import { townHallOrRefuse } from '../places/town-hall-queries.ts'
import { ROUTES, templateOf } from '../pure/access/paths.ts'
import { briefOf } from '../towns/brief-queries.ts'
import { KIT_DOCUMENTS, KIT_NAMES, type KitDocument, kitOf } from './kit.ts'
import { KitPage } from './kit-page.tsx'
import { KIT_FORMATS, type KitFormat, kitFile } from './kit-queries.ts'

/** The kit that a mayor hands out: its page, and each document to edit or to print. */
export function kitRoutes({ db, today }: Ground) {
  const router = createRouter()
  const briefAt = async (insee: string) => briefOf(db, await townHallOrRefuse(db, insee), today())
  for (const [format, type] of Object.entries(KIT_FORMATS))
    router.openAPIRegistry.registerPath({
      method: 'get',
      path: templateOf('apiKit').replace('{file}', `{document}.${format}`),
      summary: `Un document du kit d’une mairie : ${format}`,
      description: `${Object.values(KIT_DOCUMENTS).join(' ; ')}. À relire par la commune ; rien n’y est signé au nom de l’État.`,
      tags: ['Mairies'],
      request: {
        params: z.object({ insee: z.string().openapi({ example: '16102' }), document: z.enum(KIT_NAMES) }),
      },
      responses: {
        200: { description: 'Le document', content: { [type]: { schema: z.string() } } },
        404: refused('Aucune mairie équipée connue ne porte ce code'),
      },
    })
  router.get(ROUTES.apiKit, async c => {
    const { insee, file } = c.req.param()
    const [document, format] = file.split('.') as [KitDocument, KitFormat]
    const kit = kitOf(await briefAt(insee))
    const name = `kit-${insee}-${file}`
    const bytes = await kitFile(kit[document], format)
    return fileAnswer(c, { type: KIT_FORMATS[format], name, shown: format === 'pdf' }, bytes)
  })
  router.get(ROUTES.kit, async c => {
    const brief = await briefAt(c.req.param('insee'))
    return html(c, KitPage({ brief, kit: kitOf(brief) }))
  })
  return router
}
