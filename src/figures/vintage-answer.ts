import { z } from '@hono/zod-openapi'
import { answerOf } from '../pure/figures/answer-of.ts'
import { type CsvTable, csvTable } from '../pure/figures/csv.ts'
import type { Notice, Vintage } from '../pure/figures/vintage.ts'
import { noticeWords } from '../pure/pages/notice.tsx'

/** One value as it was published and what became of it, as the API gives it. */
export const vintageSchema = z
  .object({
    measure: z.string(),
    title: z.string(),
    place: z.string(),
    period: z.string(),
    clock: z.string(),
    unit: z.string(),
    value: z.number().nullable(),
    suppressed: z.boolean().openapi({
      description:
        'Sous le secret statistique (moins de 11, ou de quoi le retrouver) : le public n’a pas la valeur',
    }),
    status: z.string(),
    state: z.enum(['in-force', 'conflict', 'same', 'replaced', 'withdrawn']),
    kind: z.string(),
    reason: z.string().nullable(),
    publishedOn: z.string(),
    recordedAt: z.string(),
    shownAt: z.string(),
    replacedOn: z.string().nullable(),
    withdrawnAt: z.string().nullable().openapi({ description: 'Moment où son fichier a été retiré' }),
    withdrawalReason: z.string().nullable(),
    publisher: z.string(),
    document: z.string(),
    locator: z.string(),
    release: z.int(),
  })
  .openapi('Vintage')

/** A value ever published, for the API. */
export function vintageAnswer({ row, state, replacedOn }: Vintage): z.infer<typeof vintageSchema> {
  const { withdrawn, secret = false, source } = row
  return answerOf(vintageSchema, {
    ...row,
    suppressed: secret,
    state,
    replacedOn,
    withdrawnAt: withdrawn?.at,
    withdrawalReason: withdrawn?.reason,
    publisher: source,
  })
}

/** A change of a published figure, as the API gives it. */
export const noticeSchema = z
  .object({
    measure: z.string(),
    title: z.string(),
    place: z.string(),
    period: z.string(),
    change: z.enum(['revision', 'correction', 'methodology', 'withdrawal', 'republication']),
    reason: z.string().nullable(),
    before: z.number().nullable(),
    after: z.number().nullable(),
    publishedOn: z.string(),
    release: z.int(),
    text: z.string().openapi({ description: 'La même chose en français, à montrer à côté du chiffre' }),
  })
  .openapi('Notice')

/** A change of a published figure, for the API. */
export function noticeAnswer(notice: Notice): z.infer<typeof noticeSchema> {
  const { row, change, before, after } = notice
  return answerOf(noticeSchema, { ...row, change, before, after, text: noticeWords(notice) })
}

/** Every value ever published of some figures, for a spreadsheet. */
export function vintageRows(history: readonly Vintage[]): CsvTable {
  return csvTable(history, {
    mesure: ({ row }) => row.measure,
    titre: ({ row }) => row.title,
    lieu: ({ row }) => row.place,
    période: ({ row }) => row.period,
    valeur: ({ row }) => row.value,
    statut: ({ row }) => row.status,
    état: ({ state }) => state,
    nature: ({ row }) => row.kind,
    motif: ({ row }) => row.reason,
    'publié le': ({ row }) => row.publishedOn,
    'enregistré le': ({ row }) => row.recordedAt,
    'remplacé le': ({ replacedOn }) => replacedOn,
    source: ({ row }) => row.source,
    document: ({ row }) => row.document,
    'où dans le document': ({ row }) => row.locator,
    horloge: ({ row }) => row.clock,
    unité: ({ row }) => row.unit,
  })
}
