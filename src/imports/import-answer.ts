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

const pastImport = z.object({
  release: z.int(),
  kind: z.string(),
  releaseKind: z.enum(['initial', 'revision', 'correction', 'methodology']),
  publisher: z.string(),
  document: z.string(),
  fileName: z.string(),
  publishedOn: z.string(),
  recordedAt: z.string(),
  recordedBy: z.string(),
  rows: z.int(),
  public: z.boolean().openapi({ description: 'Lisible par tous : ni brouillon, ni sous embargo, ni retiré' }),
  standing,
  place: z.string().openapi({ description: 'Plus petit lieu qui tient toutes les lignes : qui en répond' }),
  withdrawnAt: z.string().nullable(),
  withdrawalReason: z.string().nullable(),
})

/** A past import, as the data page lists it. */
export type PastImport = z.infer<typeof pastImport>

/** Files once imported. */
export const pastImportsSchema = z.object({ imports: z.array(pastImport) })

/** An import under way, or over. */
export const taskSchema = z
  .object({
    id: z.string(),
    fileName: z.string(),
    state: z
      .enum(['running', 'stored', 'known', 'refused', 'cancelled', 'failed', 'lost'])
      .openapi({ description: 'lost : son processus est mort, et rien n’en a été enregistré' }),
    bytes: z.int(),
    bytesRead: z.int(),
    rows: z.int(),
    release: z.int().nullable(),
    outcome: z.unknown().openapi({ description: 'Défauts d’un fichier refusé' }),
  })
  .openapi('ImportTask')

/** An import that goes on while its sender watches. */
export type ImportTask = z.infer<typeof taskSchema>
