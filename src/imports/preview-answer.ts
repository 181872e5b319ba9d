import { z } from '@hono/zod-openapi'
import type { Effect } from './effect.ts'
import { effectAnswer, effectSchema } from './effect-answer.ts'
import type { ImportedFile, RefusedFile } from './imported-file.ts'

/** A remark on a file that is read all the same. */
export const remarkSchema = z
  .object({ code: z.string(), message: z.string(), lines: z.array(z.int()), count: z.int() })
  .openapi('ImportRemark')

/** A fault of a file, and where it stands. */
export const faultSchema = z.object({
  sheet: z
    .string()
    .optional()
    .openapi({ description: 'Feuille, dans un classeur : la ligne est alors la sienne' }),
  line: z.int(),
  column: z.string().optional(),
  columnNumber: z.int().optional(),
  code: z.string(),
  message: z.string(),
  remedy: z.string(),
})

/** Schema of a preview. */
export const previewSchema = z
  .object({
    kind: z.string().nullable().openapi({ description: 'Type de fichier reconnu' }),
    sheet: z.string().nullable().openapi({ description: 'Feuille lue, dans un classeur' }),
    headerLine: z.int().nullable(),
    header: z.array(z.string()),
    mapping: z
      .array(z.object({ column: z.string(), field: z.string().nullable() }))
      .openapi({ description: 'Ce que chaque colonne a été comprise être ; null : laissée de côté' }),
    written: z.array(z.array(z.string())).openapi({ description: 'Premières lignes telles qu’écrites' }),
    rows: z
      .array(z.record(z.string(), z.unknown()))
      .openapi({ description: 'Les vingt premières lignes, telles que lues' }),
    rowCount: z.int(),
    faults: z.array(faultSchema),
    total: z.int(),
    remarks: z.array(remarkSchema),
    changes: z.union([effectSchema, z.null()]).openapi({
      description: 'Ce que le fichier changerait ; null s’il est déjà connu, refusé ou trop long',
    }),
  })
  .openapi('ImportPreview')

/** What a file was understood to be, before anything of it is stored. */
export type Preview = z.infer<typeof previewSchema>

/** Rows shown before a file is stored. */
const SHOWN = 20

/** What was read of a file: the rows of a table, or outlines. */
type ReadFile = Pick<ImportedFile, 'remarks' | 'about'> & { kind: string; rows: readonly object[] }

/** What is told of a file that was read and not stored. */
export function previewAnswer(read: ReadFile | RefusedFile, effect: Effect | undefined): Preview {
  const { about } = read
  const refused = 'faults' in read
  const rows = refused ? [] : read.rows
  return {
    kind: refused ? (about?.kind ?? null) : read.kind,
    sheet: about?.sheet ?? null,
    headerLine: about?.headerLine ?? null,
    header: about?.header ?? [],
    mapping: (about?.mapping ?? []).map(({ column, field }) => ({ column, field: field ?? null })),
    written: about?.head ?? [],
    rows: rows.slice(0, SHOWN).map(row => ({ ...row })),
    rowCount: rows.length,
    faults: refused ? read.faults : [],
    total: refused ? read.total : 0,
    remarks: read.remarks ?? [],
    changes: effect === undefined ? null : effectAnswer(effect),
  }
}
