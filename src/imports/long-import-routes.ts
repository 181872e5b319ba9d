import { createRoute, z } from '@hono/zod-openapi'
import { streamSSE } from 'hono/streaming'
import { Refusal } from '../errors.ts'
import { actAsOwner } from '../io/database/acting.ts'
import { described, refused } from '../io/http/description.ts'
import { homePlace, identityOf } from '../io/http/identity.ts'
import { createRouter } from '../io/http/router.ts'
import { ROUTES, templateOf } from '../pure/access/paths.ts'
import { type ImportTask, taskSchema } from './import-answer.ts'
import { besideSchema, type ImportGround, requireFileItself } from './sent-file-routes.ts'
import { cancelImport, importTask, putAside, startImport } from './task-work.ts'

const longRoute = createRoute({
  method: 'post',
  path: ROUTES.apiLongImport,
  summary: 'Importer un fichier de chiffres de n’importe quelle longueur',
  description:
    'Répond dès que le fichier est reçu ; l’import continue et se suit par ses événements. Tout est enregistré, ou rien : un envoi interrompu ne laisse rien, et se recommence du début.',
  tags: ['Données'],
  request: {
    query: besideSchema,
    body: { content: { 'text/csv': { schema: z.string().openapi({ format: 'binary' }) } } },
  },
  responses: { 202: described('Reçu', taskSchema) },
})

const taskParameter = { params: z.object({ id: z.uuid() }) }
const eventsRoute = createRoute({
  method: 'get',
  path: templateOf('apiImportEvents'),
  summary: 'Suivre un import : un événement par seconde, le dernier dit comment il a fini',
  tags: ['Données'],
  request: taskParameter,
  responses: {
    200: { description: 'Événements', content: { 'text/event-stream': { schema: z.string() } } },
    404: refused('Import inconnu'),
  },
})

const cancelRoute = createRoute({
  method: 'delete',
  path: templateOf('apiImport'),
  summary: 'Arrêter un import en cours : rien n’en sera enregistré',
  tags: ['Données'],
  request: taskParameter,
  responses: {
    202: described('Demandé', taskSchema),
    404: refused('Import inconnu'),
  },
})

const BETWEEN_EVENTS_MILLIS = 1_000

interface Ground extends ImportGround {
  report: (error: unknown, request: { id: string; method: string; path: string }) => void
}

/** Files of any length: received, then imported while others are answered, and followed. */
export function longImportRoutes({ db, today, department, report }: Ground) {
  const router = createRouter()
  const taskOrRefuse = async (id: string): Promise<ImportTask> => {
    const found = await actAsOwner(() => importTask(db, id))
    if (found === undefined) throw new Refusal('import-not-found', `Aucun import n’a le numéro ${id}.`)
    return found
  }
  router.openapi(longRoute, async c => {
    requireFileItself(c)
    const { kind, source, publishedOn, fileName, draft } = c.req.valid('query')
    const { body } = c.req.raw
    if (body === null) throw new Refusal('invalid-body', 'Envoyez le fichier dans le corps de la requête.')
    const file = await putAside(body)
    const about = { name: fileName ?? 'fichier.csv', kind, source, publishedOn, draft: draft === 'true' }
    const sender = identityOf(c)
    const defaultPlace = homePlace(c, department)
    const received = { ...about, defaultPlace, sender, receivedFrom: sender.account }
    // Copied past the policies of rows, which COPY does not obey: the route is for those whom they let do all.
    const { method, path } = c.req
    const told = (error: unknown, id: string) => report(error, { id, method, path })
    const id = await actAsOwner(() => startImport(db, received, file, today(), told))
    return c.json(await taskOrRefuse(id), 202)
  })
  router.openapi(eventsRoute, async c => {
    const { id } = c.req.valid('param')
    await taskOrRefuse(id)
    return streamSSE(c, async stream => {
      for (;;) {
        const now = await taskOrRefuse(id)
        await stream.writeSSE({ event: now.state, data: JSON.stringify(now) })
        if (now.state !== 'running' || stream.aborted) return
        await stream.sleep(BETWEEN_EVENTS_MILLIS)
      }
    })
  })
  router.openapi(cancelRoute, async c => {
    const { id } = c.req.valid('param')
    await taskOrRefuse(id)
    await actAsOwner(() => cancelImport(db, id))
    return c.json(await taskOrRefuse(id), 202)
  })
  return router
}
