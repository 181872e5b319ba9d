import { createRoute, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { Refusal } from '../errors.ts'
import { actAsOwner } from '../io/database/acting.ts'
import { described } from '../io/http/description.ts'
import { identityOf } from '../io/http/identity.ts'
import { createRouter } from '../io/http/router.ts'
import { ROUTES, templateOf } from '../pure/access/paths.ts'
import { effectAnswer } from './effect-answer.ts'
import { withEffect } from './effect-queries.ts'
import type { FaultReport } from './fault-log.ts'
import { isWorkbook } from './file-signature.ts'
import { importProblemSchema, pastImportsSchema, storedSchema } from './import-answer.ts'
import { importContours, importFile, isGeoJson } from './import-queries.ts'
import { isKind, KIND_CODES } from './kinds.ts'
import { LIMITS } from './limits.ts'
import { importLongFile } from './long-import-queries.ts'
import { pastImports } from './past-import-queries.ts'
import { previewSchema } from './preview-answer.ts'
import { previewFile } from './preview-queries.ts'
import {
  besideSchema,
  FILE_CONTENTS,
  type ImportGround,
  requireFileItself,
  senderOf,
} from './sent-file-routes.ts'
import { template } from './template.ts'

const importRoute = createRoute({
  method: 'post',
  path: ROUTES.apiImports,
  summary: 'Importer un fichier',
  description:
    'Tout est enregistré, ou rien. Le corps est le fichier lui-même : CSV (point-virgule, virgule ou tabulation ; UTF-8, UTF-16, Windows-1252, Macintosh ou MS-DOS), classeur XLSX, XLS ou ODS de 10 Mo au plus, ou contours de communes en GeoJSON. Le format est reconnu au contenu, jamais au nom ni au type annoncé. Ce que dit le fichier en tête (# source, # publié le…) l’emporte sur les paramètres.',
  tags: ['Données'],
  request: {
    query: besideSchema,
    body: { content: FILE_CONTENTS },
  },
  responses: {
    201: described('Enregistré', storedSchema),
    200: described('Déjà connu', storedSchema),
    422: {
      description: 'Refusé : chaque défaut avec sa ligne, sa colonne, un code stable et ce qu’il faut faire',
      content: { 'application/problem+json': { schema: importProblemSchema } },
    },
  },
})

const previewRoute = createRoute({
  method: 'post',
  path: ROUTES.apiImportPreview,
  summary: 'Lire un fichier sans rien en enregistrer',
  description:
    'Dit ce que le fichier serait : son type, sa feuille, ce qu’est chaque colonne, ses premières lignes telles que lues, tous ses défauts, et les chiffres qu’il ajouterait ou changerait.',
  tags: ['Données'],
  request: { query: besideSchema, body: { content: FILE_CONTENTS } },
  responses: {
    200: described('Ce qui a été compris', previewSchema),
  },
})

const pastRoute = createRoute({
  method: 'get',
  path: ROUTES.apiImports,
  summary: 'Fichiers importés, du plus récent au plus ancien',
  tags: ['Données'],
  responses: {
    200: described('Fichiers importés', pastImportsSchema),
  },
})

const templateRoute = createRoute({
  method: 'get',
  path: templateOf('apiTemplate'),
  summary: 'Modèle de fichier à remplir',
  tags: ['Données'],
  request: { params: z.object({ file: z.string().openapi({ example: 'applications.csv' }) }) },
  responses: {
    200: { description: 'Un CSV qui s’importe sans défaut', content: { 'text/csv': { schema: z.string() } } },
  },
})

/** Bringing files in by the API, and the templates of what can be brought. */
export function importRoutes(ground: ImportGround) {
  const { db, today, projections } = ground
  const router = createRouter()
  const received = async (c: Context, { fileName, draft, ...said }: z.infer<typeof besideSchema>) => ({
    ...said,
    bytes: new Uint8Array(await c.req.arrayBuffer()),
    name: fileName ?? 'fichier.csv',
    draft: draft === 'true',
    signal: c.req.raw.signal,
    ...senderOf(c, ground),
  })
  router.openapi(importRoute, async c => {
    requireFileItself(c)
    const file = await received(c, c.req.valid('query'))
    const { bytes } = file
    const long = bytes.length > LIMITS.bytes && !isWorkbook(bytes) && identityOf(c).role === 'administrator'
    // Copied past the policies of rows: only those whom they let do all may bring so much at once.
    const result = isGeoJson(bytes)
      ? await importContours(db, file, today())
      : long
        ? await actAsOwner(() =>
            importLongFile(db, { ...file, bytes: bytes.length, open: () => piecesOf(bytes) }, today()),
          )
        : await importFile(db, file, today())
    if ('faults' in result) throw refusalOf(result)
    const { effect, ...told } = await withEffect(db, result, identityOf(c), projections)
    return c.json(
      { ...told, effect: effect === undefined ? null : effectAnswer(effect, told.release) },
      result.alreadyKnown ? 200 : 201,
    )
  })
  router.openapi(previewRoute, async c => {
    const { draft: _, ...file } = await received(c, c.req.valid('query'))
    return c.json(await previewFile(db, file, today(), projections), 200)
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
  return router
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
