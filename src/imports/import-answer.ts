import { z } from '@hono/zod-openapi'
import { effectSchema } from './effect-answer.ts'
import { faultSchema, remarkSchema } from './preview-answer.ts'

const standing = z.enum(['public', 'draft', 'embargo', 'withdrawn'])
/** What a file that was sent became. */
export const storedSchema = z
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
/** Why a file was refused. */
export const importProblemSchema = z
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

/** Files once imported. */
export const pastImportsSchema = z.object({
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
})

/** An import under way, or over. */
export const taskSchema = z
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
