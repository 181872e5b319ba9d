import { createRoute, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { streamSSE } from 'hono/streaming'
import type { Kysely } from 'kysely'
import { Refusal } from '../errors.ts'
import { vintageAnswer, vintageSchema } from '../figures/vintage-answer.ts'
import { actAsOwner } from '../io/database/acting.ts'
import type { Database } from '../io/database/schema.ts'
import { homePlace, identityOf } from '../io/http/identity.ts'
import { html } from '../io/http/page.ts'
import { dayParameter, placeParameter, titleParameter } from '../io/http/parameters.ts'
import { refused } from '../io/http/problem.ts'
import { createRouter, queryOf } from '../io/http/router.ts'
import { nameAmong, placesByCode } from '../places/place-queries.ts'
import type { Identity } from '../pure/access/identity.ts'
import { type Day, isDay } from '../pure/calendar/day.ts'
import { isMeasure, MEASURES, type Measure } from '../pure/figures/measure.ts'
import type { PiloteIndicator } from '../pure/figures/pilote-indicator.ts'
import { isTitle } from '../pure/law/title.ts'
import type { Site } from '../pure/pages/layout.tsx'
import { effectAnswer, effectSchema } from './effect-answer.ts'
import { effectOf, type Projections } from './effect-queries.ts'
import type { FaultReport } from './fault-log.ts'
import { isWorkbook } from './file-signature.ts'
import { DataPage } from './import-page.tsx'
import {
  contestedFigures,
  figureChoices,
  figureVintages,
  importContours,
  importFile,
  isGeoJson,
  pastImports,
} from './import-queries.ts'
import { CONTOURS } from './kinds/contour-file.ts'
import { isKind, KIND_CODES, KINDS, type Kind } from './kinds.ts'
import { LIMITS } from './limits.ts'
import { importLongFile } from './long-import-queries.ts'
import { faultSchema, type Preview, previewSchema, remarkSchema } from './preview-answer.ts'
import { previewFile } from './preview-queries.ts'
import { mayWithdraw, type StoredRelease } from './release-queries.ts'
import { publishedSources } from './source-queries.ts'
import type { DailyReading } from './source-watch.tsx'
import { readMapping } from './table/mapping.ts'
import { cancelImport, type ImportTask, importTask, putAside, startImport } from './task-work.ts'
import { template } from './template.ts'

const kindParameter = z
  .string()
  .refine(isKind, {
    message: `un type de fichier parmi ${KIND_CODES.join(', ')}`,
    params: { code: 'invalid-import-kind' },
  })
  .openapi({ type: 'string', enum: [...KIND_CODES], example: 'applications' })
const words = z
  .string()
  .max(200)
  .refine(text => !/\p{Cc}/u.test(text), {
    message: 'un texte d’une ligne, sans caractère invisible',
    params: { code: 'invalid-parameter' },
  })
const standing = z.enum(['public', 'draft', 'embargo', 'withdrawn'])
const stored = z
  .object({
    release: z.int(),
    kind: z.string(),
    rows: z.int(),
    alreadyKnown: z
      .boolean()
      .openapi({ description: 'Le même fichier avait déjà été importé et tient : rien n’a été écrit' }),
    public: z.boolean().openapi({ description: 'Lisible par tous : ni brouillon, ni sous embargo' }),
    standing: standing.openapi({
      description: 'public : lisible par tous ; draft : brouillon ; embargo ; withdrawn : retiré',
    }),
    replacedBy: z
      .array(z.object({ release: z.int(), document: z.string(), publishedOn: z.string() }))
      .openapi({ description: 'Imports en vigueur à la place de ce que dit celui-ci' }),
    effect: z.union([effectSchema, z.null()]).openapi({
      description:
        'Ce que le fichier change ; null s’il était déjà connu ou trop long pour être comparé : /api/releases/{release}/effect',
    }),
    remarks: z
      .array(remarkSchema)
      .optional()
      .openapi({ description: 'Ce qui a été laissé de côté ou compris, sans que le fichier soit refusé' }),
  })
  .openapi('StoredRelease')
const problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.string(),
    faults: z.array(faultSchema).optional(),
    total: z.int().optional(),
  })
  .loose()
  .openapi('ImportProblem')

const mappingParameter = z
  .string()
  .max(20_000)
  .transform((text, issue) => {
    const read = readMapping(text)
    if (read === undefined) issue.addIssue({ code: 'custom', message: 'un objet JSON {"colonne": "champ"}' })
    return read ?? new Map<string, string>()
  })
  .openapi({
    type: 'string',
    example: '{"Nb dossiers": "count", "Observations": ""}',
    description:
      'Ce que sont les colonnes que rien ne fait reconnaître : champ de chacune, vide pour la laisser de côté ; retenu pour les prochains fichiers de cette source au même en-tête',
  })
const binary = { schema: z.string().openapi({ format: 'binary' }) }
/** What a file may announce itself as: none of it is believed. */
const FILE_CONTENTS = {
  'text/csv': binary,
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': binary,
  'application/vnd.ms-excel': binary,
  'application/vnd.oasis.opendocument.spreadsheet': binary,
  'application/octet-stream': binary,
}

const importRoute = createRoute({
  method: 'post',
  path: '/api/imports',
  summary: 'Importer un fichier',
  description:
    'Tout est enregistré, ou rien. Le corps est le fichier lui-même : CSV (point-virgule, virgule ou tabulation ; UTF-8, UTF-16, Windows-1252, Macintosh ou MS-DOS), classeur XLSX, XLS ou ODS de 10 Mo au plus, ou contours de communes en GeoJSON. Le format est reconnu au contenu, jamais au nom ni au type annoncé. Ce que dit le fichier en tête (# source, # publié le…) l’emporte sur les paramètres.',
  tags: ['Données'],
  request: {
    query: z.object({
      kind: kindParameter.optional(),
      source: words.optional().openapi({ description: 'Qui publie ces chiffres' }),
      publishedOn: dayParameter.optional(),
      fileName: words.optional().openapi({
        description:
          'Nom du fichier, gardé avec lui ; il tient lieu de titre du document quand rien ne le dit',
      }),
      title: titleParameter.optional().openapi({
        description:
          'Titre de tous les chiffres, quand le fichier ne le dit pas ; cni-passport pour les deux ensemble',
      }),
      place: placeParameter.optional().openapi({
        description: 'Lieu de tous les chiffres, quand le fichier ne le dit pas',
      }),
      mapping: mappingParameter.optional(),
      sheet: words.optional().openapi({ description: 'Feuille à lire, quand plusieurs le peuvent' }),
      draft: z
        .enum(['true', 'false'])
        .optional()
        .openapi({ description: 'true : le fichier attend, invisible, que quelqu’un le publie' }),
    }),
    body: { content: FILE_CONTENTS },
  },
  responses: {
    201: { description: 'Enregistré', content: { 'application/json': { schema: stored } } },
    200: { description: 'Déjà connu', content: { 'application/json': { schema: stored } } },
    422: {
      description: 'Refusé : chaque défaut avec sa ligne, sa colonne, un code stable et ce qu’il faut faire',
      content: { 'application/problem+json': { schema: problem } },
    },
  },
})

const previewRoute = createRoute({
  method: 'post',
  path: '/api/imports/preview',
  summary: 'Lire un fichier sans rien en enregistrer',
  description:
    'Dit ce que le fichier serait : son type, sa feuille, ce qu’est chaque colonne, ses premières lignes telles que lues, tous ses défauts, et les chiffres qu’il ajouterait ou changerait.',
  tags: ['Données'],
  request: { query: importRoute.request.query, body: { content: FILE_CONTENTS } },
  responses: {
    200: { description: 'Ce qui a été compris', content: { 'application/json': { schema: previewSchema } } },
  },
})

const task = z
  .object({
    id: z.string(),
    fileName: z.string(),
    state: z.enum(['running', 'stored', 'known', 'refused', 'cancelled', 'failed', 'lost']),
    bytes: z.int(),
    bytesRead: z.int(),
    rows: z.int(),
    release: z.int().nullable(),
    outcome: z.unknown(),
  })
  .openapi('ImportTask')

const longRoute = createRoute({
  method: 'post',
  path: '/api/imports/long',
  summary: 'Importer un fichier de chiffres de n’importe quelle longueur',
  description:
    'Répond dès que le fichier est reçu ; l’import continue et se suit par ses événements. Tout est enregistré, ou rien : un envoi interrompu ne laisse rien, et se recommence du début.',
  tags: ['Données'],
  request: {
    query: importRoute.request.query,
    body: { content: { 'text/csv': { schema: z.string().openapi({ format: 'binary' }) } } },
  },
  responses: { 202: { description: 'Reçu', content: { 'application/json': { schema: task } } } },
})

const taskParameter = { params: z.object({ id: z.uuid() }) }
const eventsRoute = createRoute({
  method: 'get',
  path: '/api/imports/{id}/events',
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
  path: '/api/imports/{id}',
  summary: 'Arrêter un import en cours : rien n’en sera enregistré',
  tags: ['Données'],
  request: taskParameter,
  responses: {
    202: { description: 'Demandé', content: { 'application/json': { schema: task } } },
    404: refused('Import inconnu'),
  },
})

const pastRoute = createRoute({
  method: 'get',
  path: '/api/imports',
  summary: 'Fichiers importés, du plus récent au plus ancien',
  tags: ['Données'],
  responses: {
    200: {
      description: 'Fichiers importés',
      content: {
        'application/json': {
          schema: z.object({
            imports: z.array(
              z.object({
                release: z.int(),
                kind: z.string(),
                releaseKind: z.string(),
                publisher: z.string(),
                document: z.string(),
                fileName: z.string(),
                publishedOn: z.string(),
                recordedAt: z.string(),
                recordedBy: z.string(),
                rows: z.int(),
                public: z.boolean(),
                standing,
                place: z.string(),
                withdrawnAt: z.string().nullable(),
                withdrawalReason: z.string().nullable(),
              }),
            ),
          }),
        },
      },
    },
  },
})

const templateRoute = createRoute({
  method: 'get',
  path: '/api/imports/templates/{file}',
  summary: 'Modèle de fichier à remplir',
  tags: ['Données'],
  request: { params: z.object({ file: z.string().openapi({ example: 'applications.csv' }) }) },
  responses: {
    200: { description: 'Un CSV qui s’importe sans défaut', content: { 'text/csv': { schema: z.string() } } },
  },
})

const measureParameter = z
  .string()
  .refine(isMeasure, { message: `une mesure parmi ${Object.keys(MEASURES).join(', ')}` })
  .openapi({ type: 'string', enum: Object.keys(MEASURES), example: 'appointment-wait' })
const figureQuery = {
  title: titleParameter.optional(),
  place: placeParameter.optional(),
  period: z
    .string()
    .regex(/^\d{4}(-(Q[1-4]|\d{2}))?$/, { message: 'une période s’écrit 2022-Q1, 2022-03 ou 2022' })
    .optional(),
}

const vintagesRoute = createRoute({
  method: 'get',
  path: '/api/vintages',
  summary: 'Toutes les valeurs publiées d’un chiffre, et ce que chacune est devenue',
  description:
    'in-force : en vigueur ; conflict : publiée aussi, que rien ne remplace ; same : redit la valeur en vigueur ; replaced : remplacée par une révision de la même source ; withdrawn : retirée.',
  tags: ['Données'],
  request: { query: z.object({ measure: measureParameter, ...figureQuery }) },
  responses: {
    200: {
      description: 'Valeurs publiées, de la période la plus récente à la plus ancienne',
      content: {
        'application/json': {
          schema: z.object({
            vintages: z.array(vintageSchema),
          }),
        },
      },
    },
    422: refused('Trop de chiffres à la fois : choisissez un lieu ou une période'),
  },
})

const BETWEEN_EVENTS_MILLIS = 1_000

/** What is shown before anybody chooses: the figure that people ask for first. */
const DEFAULT_MEASURE: Measure = 'appointment-wait'

/** Rows beyond which what a file changes is told by its own address alone. */
const MOST_COMPARED = 20_000

interface Ground {
  db: Kysely<Database>
  today: () => Day
  department: string
  site: Site
  piloteIndicators?: readonly PiloteIndicator[] | undefined
  report: (error: unknown, request: { id: string; method: string; path: string }) => void
  /** What a file may move. */
  projections?: Projections | undefined
  /** What is read without anybody typing, as far as somebody may see it. */
  dailyReadings: (reader: Identity) => Promise<readonly DailyReading[]>
}

/** Bringing files in: API, templates, and the page where a file is dropped. */
export function importRoutes(ground: Ground) {
  const { db, today, department, site, report, projections } = ground
  const senderOf = (c: Context) => ({
    defaultPlace: homePlace(c, department),
    receivedFrom: identityOf(c).account,
    sender: identityOf(c),
    pilote: ground.piloteIndicators,
  })
  const withEffect = async (stored: StoredRelease, reader: Identity): Promise<StoredRelease> => {
    const { release: id, kind, standing, rows, alreadyKnown } = stored
    if (alreadyKnown || rows > MOST_COMPARED) return stored
    return {
      ...stored,
      effect: await effectOf(db, { id, kind, standing }, reader, { projections, patience: 'brief' }),
    }
  }
  const router = createRouter()
  router.openapi(importRoute, async c => {
    requireFileItself(c)
    const { fileName, draft, ...said } = c.req.valid('query')
    const bytes = new Uint8Array(await c.req.arrayBuffer())
    const file = {
      ...said,
      bytes,
      name: fileName ?? 'fichier.csv',
      draft: draft === 'true',
      signal: c.req.raw.signal,
      ...senderOf(c),
    }
    const long = bytes.length > LIMITS.bytes && !isWorkbook(bytes) && identityOf(c).role === 'administrator'
    // Copied past the policies of rows: only those whom they let do all may bring so much at once.
    const result = long
      ? await actAsOwner(() =>
          importLongFile(db, { ...file, bytes: bytes.length, open: () => piecesOf(bytes) }, today()),
        )
      : isGeoJson(bytes)
        ? await importContours(db, file, today())
        : await importFile(db, file, today())
    if ('faults' in result) throw refusalOf(result)
    const { effect, ...told } = await withEffect(result, identityOf(c))
    return c.json(
      { ...told, effect: effect === undefined ? null : effectAnswer(effect, told.release) },
      result.alreadyKnown ? 200 : 201,
    )
  })
  router.openapi(previewRoute, async c => {
    const { fileName, draft, ...said } = c.req.valid('query')
    const bytes = new Uint8Array(await c.req.arrayBuffer())
    const file = { ...said, bytes, name: fileName ?? 'fichier.csv', signal: c.req.raw.signal, ...senderOf(c) }
    return c.json(await previewFile(db, file, today(), projections), 200)
  })
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
  router.openapi(pastRoute, async c => c.json({ imports: await pastImports(db, 1_000) }, 200))
  router.openapi(templateRoute, c => {
    const kind = c.req.valid('param').file.replace(/\.csv$/, '')
    if (!isKind(kind))
      throw new Refusal('invalid-import-kind', `Un type de fichier parmi ${KIND_CODES.join(', ')}.`)
    return c.body(template(kind), 200, {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${kind}.csv"`,
    })
  })
  router.openapi(vintagesRoute, async c => {
    const found = await figureVintages(db, c.req.valid('query'))
    if (found === undefined)
      throw new Refusal(
        'too-many-figures',
        'Cette mesure est publiée pour trop de lieux : ajoutez place ou period.',
      )
    return c.json(
      {
        vintages: found.map(vintageAnswer),
      },
      200,
    )
  })
  const page = async (
    c: Context,
    outcome?: StoredRelease | FaultReport,
    chosen?: Kind,
    preview?: Preview,
  ) => {
    const asked = queryOf(c, z.object({ measure: measureParameter.optional(), ...figureQuery }))
    const { measure = DEFAULT_MEASURE, title, period } = asked
    const place = asked.place ?? (asked.measure === undefined ? department : undefined)
    const [imports, sources, readings, contested, choices, found, places] = await Promise.all([
      pastImports(db, 100),
      publishedSources(db),
      ground.dailyReadings(identityOf(c)),
      contestedFigures(db),
      figureChoices(db, measure, place),
      figureVintages(db, { measure, title, place, period }),
      placesByCode(db),
    ])
    return html(
      c,
      DataPage({
        site,
        imports,
        deposits: identityOf(c).role !== 'public',
        kinds: KINDS,
        outcome,
        preview,
        chosen,
        watch: { sources, readings, today: today() },
        contested,
        history: { measure, title, place, period, choices, vintages: found },
        placeName: nameAmong(places),
        mayWithdraw: row => mayWithdraw(identityOf(c), row, places.get(row.place)?.parent),
      }),
      outcome !== undefined && 'faults' in outcome ? 422 : 200,
    )
  }
  router.get('/donnees', c => page(c))
  router.post('/donnees', async c => {
    const form = await c.req.parseBody()
    const file = form['fichier']
    const kind = typeof form['type'] === 'string' && isKind(form['type']) ? form['type'] : undefined
    if (!(file instanceof File) || file.size === 0) {
      throw new Refusal('invalid-body', 'Choisissez un fichier CSV avant de l’envoyer.')
    }
    const bytes = new Uint8Array(await file.arrayBuffer())
    const said = saidBeside(form)
    const received = { bytes, name: file.name, kind, ...said, signal: c.req.raw.signal, ...senderOf(c) }
    if (form['type'] === CONTOURS || isGeoJson(bytes))
      return page(c, await importContours(db, received, today()))
    if (form['geste'] === 'apercu')
      return page(c, undefined, kind, await previewFile(db, received, today(), projections))
    const outcome = await importFile(db, received, today())
    if ('release' in outcome) return page(c, await withEffect(outcome, identityOf(c)), kind)
    const unread = 'faults' in outcome && Object.keys(outcome.byCode).some(code => ASKS.includes(code))
    return page(c, outcome, kind, unread ? await previewFile(db, received, today(), projections) : undefined)
  })
  return router
}

/** @throws Refusal for a form around the file, whose separators would be read as its first lines. */
function requireFileItself(c: Context): void {
  if (!c.req.header('content-type')?.startsWith('multipart/')) return
  throw new Refusal(
    'unsupported-media-type',
    'Envoyez le fichier lui-même, sans formulaire autour : curl --data-binary @fichier.csv.',
  )
}

/** Faults that a person may settle by saying what each column is. */
const ASKS: readonly string[] = ['unknown-kind', 'ambiguous-kind', 'missing-column', 'unknown-column']

/** What a person says of a file beside it, in the form of the page. */
function saidBeside(form: Record<string, unknown>) {
  const text = (name: string) => {
    const value = form[name]
    return typeof value === 'string' && value.trim() !== '' ? value.trim().slice(0, 200) : undefined
  }
  const day = text('publishedOn')
  const title = text('title')
  const columns = Object.entries(form).flatMap(([name, value]) =>
    name.startsWith('colonne:') && typeof value === 'string' ? [[name.slice(8), value] as const] : [],
  )
  return {
    source: text('source'),
    place: text('place'),
    sheet: text('sheet'),
    ...(title !== undefined && isTitle(title) ? { title } : {}),
    ...(day !== undefined && isDay(day) ? { publishedOn: day } : {}),
    ...(columns.length > 0 ? { mapping: readMapping(JSON.stringify(Object.fromEntries(columns))) } : {}),
  }
}

const PIECE_BYTES = 1 << 18

async function* piecesOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += PIECE_BYTES) yield bytes.subarray(at, at + PIECE_BYTES)
}

function refusalOf({ faults, total, byCode }: FaultReport): Refusal {
  const first = faults[0]
  return new Refusal(
    'import-refused',
    `${total} défaut${total > 1 ? 's' : ''} ; le premier, ligne ${first?.line} : ${first?.message} ${first?.remedy}`,
    { faults, total, byCode },
  )
}
