import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import type { Kysely } from 'kysely'
import { Refusal } from '../errors.ts'
import type { Database } from '../io/database/schema.ts'
import { homePlace, identityOf } from '../io/http/identity.ts'
import { dayParameter, placeParameter, titleParameter } from '../io/http/parameters.ts'
import type { Day } from '../pure/calendar/day.ts'
import type { PiloteIndicator } from '../pure/figures/pilote-indicator.ts'
import type { Projections } from './effect-queries.ts'
import { isKind, KIND_CODES } from './kinds.ts'
import { readMapping } from './table/mapping.ts'
import { textDamage } from './text-damage.ts'

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
  .refine(text => textDamage(text) === undefined, {
    message: 'un texte d’une ligne, sans caractère invisible',
    params: { code: 'invalid-parameter' },
  })
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
export const FILE_CONTENTS = {
  'text/csv': binary,
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': binary,
  'application/vnd.ms-excel': binary,
  'application/vnd.oasis.opendocument.spreadsheet': binary,
  'application/octet-stream': binary,
}

/** What may be said of a file beside it. */
export const besideSchema = z.object({
  kind: kindParameter.optional(),
  source: words.optional().openapi({ description: 'Qui publie ces chiffres' }),
  publishedOn: dayParameter.optional(),
  fileName: words.optional().openapi({
    description: 'Nom du fichier, gardé avec lui ; il tient lieu de titre du document quand rien ne le dit',
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
})

/** Where files come in, and who may say more of them. */
export interface ImportGround {
  db: Kysely<Database>
  today: () => Day
  department: string
  piloteIndicators?: readonly PiloteIndicator[] | undefined
  /** What a file may move. */
  projections?: Projections | undefined
}

/** Who sends a file, and what is supposed of it. */
export function senderOf(c: Context, { department, piloteIndicators }: ImportGround) {
  return {
    defaultPlace: homePlace(c, department),
    receivedFrom: identityOf(c).account,
    sender: identityOf(c),
    pilote: piloteIndicators,
  }
}

/** @throws Refusal for a form around the file, whose separators would be read as its first lines. */
export function requireFileItself(c: Context): void {
  if (!c.req.header('content-type')?.startsWith('multipart/')) return
  throw new Refusal(
    'unsupported-media-type',
    'Envoyez le fichier lui-même, sans formulaire autour : curl --data-binary @fichier.csv.',
  )
}
