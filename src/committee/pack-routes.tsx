import { createRoute, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { Refusal } from '../errors.ts'
import { zipStream } from '../io/archive.ts'
import { chapter, refused } from '../io/http/description.ts'
import { fileAnswer } from '../io/http/file-answer.ts'
import { identityOf } from '../io/http/identity.ts'
import { html } from '../io/http/page.ts'
import { dayParameter, departmentParameter } from '../io/http/parameters.ts'
import { createRouter, type Ground, queryOf } from '../io/http/router.ts'
import { knownPlaceOrRefuse } from '../places/known-place-queries.ts'
import { equippedHallsOrRefuse, network } from '../places/town-hall-queries.ts'
import { paths, ROUTES, templateOf } from '../pure/access/paths.ts'
import { packFiles } from './committee-queries.ts'
import { packJobAnswer, packJobSchema, packName } from './pack-answer.ts'
import { askForPack, PACK_LINE, packArchive, packJob, readyPack } from './pack-line-queries.ts'
import { PackJobPage, PackPage } from './pack-page.tsx'
import { makePacks } from './pack-work.ts'

const { get, post } = chapter('Mairies')

const packQuery = z.object({
  department: departmentParameter.optional(),
  asOf: dayParameter
    .optional()
    .openapi({ description: 'Le dossier qui aurait pu être remis ce jour-là, et ce qui est venu depuis' }),
})
const packOrder = packQuery.extend({ content: z.enum(['briefs', 'kits']).optional() })

const pack = get(ROUTES.apiPack, {
  summary: 'Dossier de la réunion des maires',
  description:
    'Toutes les fiches, leurs données, les tableurs et la couverture du département. L’archive part à mesure qu’elle se fait, ou est refusée avant son premier octet (429, 503 et Retry-After) : POST /api/briefs donne alors une place dans la file.',
  request: { query: packQuery },
  responses: {
    200: { description: 'Archive ZIP', content: { 'application/zip': { schema: z.string() } } },
    404: refused('Département inconnu, ou sans mairie équipée connue'),
  },
})

const jobContent = { 'application/json': { schema: packJobSchema } }
const job = { params: z.object({ id: z.uuid() }) }

const ask = post(ROUTES.apiBriefs, {
  summary: 'Demander le dossier de la réunion des maires, et prendre place dans la file',
  description: `Répond aussitôt ; Location se relit jusqu’à ce que « archive » soit donnée. La même question garde la même place. Au plus ${PACK_LINE.perAsker} dossiers à la fois par demandeur, ${PACK_LINE.most} dans la file ; un dossier prêt est gardé une heure.`,
  request: {
    body: { content: { 'application/json': { schema: packQuery.strict().openapi('PackRequest') } } },
  },
  responses: {
    202: {
      description: 'Dans la file',
      headers: z.object({
        location: z.string().openapi({ description: 'Où suivre le dossier' }),
        'retry-after': z.string().openapi({ description: 'Secondes avant de relire' }),
      }),
      content: jobContent,
    },
    404: refused('Département inconnu, ou sans mairie équipée connue'),
  },
})

const askKits = createRoute({
  ...ask,
  path: ROUTES.apiKits,
  summary: 'Demander les kits de communication de toutes les mairies, et prendre place dans la même file',
})

const follow = get(templateOf('apiPackJob'), {
  summary: 'Suivre un dossier demandé',
  request: job,
  responses: {
    200: { description: 'Où il en est', content: jobContent },
    404: refused('Dossier inconnu, ou qui n’est plus gardé'),
  },
})

const archive = get(templateOf('apiPackArchive'), {
  summary: 'L’archive d’un dossier demandé',
  request: job,
  responses: {
    200: { description: 'Archive ZIP', content: { 'application/zip': { schema: z.string() } } },
    404: refused('Dossier inconnu, pas encore prêt, ou qui n’est plus gardé'),
  },
})

const AGAIN_SECONDS = '3'

/** The pack of a meeting: its archive at once, or a place in the line and the page that shows it being made. */
export function packRoutes({ db, today, department, here, report, addressOf }: Ground) {
  const router = createRouter()
  const markOf = (c: Context) => ({ id: c.get('requestId'), method: c.req.method, path: c.req.path })
  const goOn = (c: Context) => {
    const mark = markOf(c)
    makePacks({ db, today, report: error => report(error, mark) }).catch(error => report(error, mark))
  }
  const asked = async (
    c: Context,
    { department: code = department, asOf, content }: z.infer<typeof packOrder>,
  ) => {
    const halls = await equippedHallsOrRefuse(db, code)
    const id = await askForPack(db, identityOf(c), addressOf(c), {
      department: code,
      asOf,
      halls,
      content,
      today: today(),
    })
    goOn(c)
    return id
  }
  // Whoever looks at a pack that a process left unfinished has it taken up again.
  const followed = async (c: Context, id: string) => {
    const found = await packJob(db, id, identityOf(c))
    if (found.place !== null) goOn(c)
    return found
  }
  router.openapi(pack, async c => {
    const { department: code = department, asOf } = c.req.valid('query')
    await equippedHallsOrRefuse(db, code)
    const mark = markOf(c)
    const made = () => zipStream(packFiles(db, code, today(), { asOf, report: error => report(error, mark) }))
    const ready = await readyPack(db, identityOf(c), { department: code, asOf, today: today() })
    return fileAnswer(c, { type: 'application/zip', name: packName(code, asOf) }, ready ?? made())
  })
  const placed = async (c: Context, body: z.infer<typeof packOrder>) => {
    const id = await asked(c, body)
    c.header('location', paths.apiPackJob({ id }))
    c.header('retry-after', AGAIN_SECONDS)
    return packJobAnswer(await packJob(db, id, identityOf(c)))
  }
  router.openapi(ask, async c => c.json(await placed(c, c.req.valid('json')), 202))
  router.openapi(askKits, async c =>
    c.json(await placed(c, { ...c.req.valid('json'), content: 'kits' }), 202),
  )
  router.openapi(follow, async c => {
    const found = await followed(c, c.req.valid('param').id)
    if (found.place !== null) c.header('retry-after', AGAIN_SECONDS)
    return c.json(packJobAnswer(found), 200)
  })
  router.openapi(archive, async c => {
    const { id } = c.req.valid('param')
    const bytes = await packArchive(db, id, identityOf(c))
    const { department: code, asOf, content } = await packJob(db, id, identityOf(c))
    const name = packName(code, asOf ?? undefined, content)
    return fileAnswer(c, { type: 'application/zip', name }, bytes)
  })
  router.get(ROUTES.pack, async c => {
    const { department: code = here().code, asOf } = queryOf(c, packQuery)
    await knownPlaceOrRefuse(db, code)
    const { townHalls } = await network(db, code)
    return html(c, PackPage({ department: code, asOf, halls: townHalls.length }))
  })
  router.post(ROUTES.pack, async c => {
    const sent = packOrder.safeParse(
      Object.fromEntries(Object.entries(await c.req.parseBody()).filter(([, value]) => value !== '')),
    )
    if (!sent.success)
      throw new Refusal('invalid-parameter', sent.error.issues.map(one => one.message).join(' ; '))
    return c.redirect(paths.packJob({ id: await asked(c, sent.data) }), 303)
  })
  router.get(ROUTES.packJob, async c => {
    const found = await followed(c, queryOfId(c))
    return html(c, PackJobPage({ job: found, archive: packJobAnswer(found).archive }))
  })
  return router
}

function queryOfId(c: Context): string {
  const { success, data } = job.params.safeParse(c.req.param())
  if (!success) throw new Refusal('pack-not-found', 'Aucun dossier ne porte ce numéro : redemandez-le.')
  return data.id
}
