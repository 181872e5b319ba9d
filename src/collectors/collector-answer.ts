import { z } from '@hono/zod-openapi'
import { CAUSES, COLLECTOR_KINDS, nextReading, REASONS, SLOT_STATES } from './collector.ts'
import type { HallProposal } from './hall-match.ts'
import type { CollectorPoint } from './point-queries.ts'

const codes = <Code extends string>(of: Record<Code, unknown>) => z.enum(Object.keys(of) as [Code, ...Code[]])
const readingState = z.enum(['running', 'read', 'partial', 'unreachable', 'refused', 'interrupted'])
const cause = codes(CAUSES).nullable()
const count = z.int().nullable()

const summary = z.object({
  id: z.int(),
  day: z.string(),
  startedAt: z.string(),
  endedAt: z.string().nullable(),
  state: readingState,
  cause,
  invalidPoints: z.int(),
  message: z.string().nullable().openapi({ description: 'Ce qui a manqué et ce qu’il faut faire' }),
})

/** A reading without its points. */
export type ReadingSummary = z.infer<typeof summary>
/** What became of a reading. */
export type ReadingState = ReadingSummary['state']

/** A collector as the API tells it: everything but its token. */
export const collectorSchema = z
  .object({
    id: z.int(),
    name: z.string(),
    kind: codes(COLLECTOR_KINDS),
    address: z.string(),
    department: z.string(),
    hasToken: z.boolean(),
    hour: z.string().openapi({ description: 'Heure de Paris à partir de laquelle il est lu chaque jour' }),
    paused: z.boolean(),
    lastReading: summary.nullable(),
    nextReading: z.string().nullable().openapi({ description: 'Heure de Paris, ou null en pause' }),
  })
  .openapi('Collector')

/** What is read every day, as its department sees it, since when, and with the last reading that told something. */
export type Collector = Omit<z.infer<typeof collectorSchema>, 'nextReading'> & {
  createdAt: string
  lastRead: string | null
}

/** A collector of the table, as `collectorSchema` describes it; `now` is on the clocks of Paris. */
export function collectorAnswer(
  { createdAt: _, lastRead: __, ...collector }: Collector,
  now: string,
): z.infer<typeof collectorSchema> {
  return { ...collector, nextReading: nextReading(collector, now) ?? null }
}

const pointSchema = z
  .object({
    editorId: z.string(),
    name: z.string(),
    hall: z
      .string()
      .nullable()
      .openapi({ description: 'Code INSEE, null tant que personne ne l’a confirmé' }),
    reason: codes(REASONS),
    state: codes(SLOT_STATES),
    cause,
    firstSlotDays: count.openapi({ description: 'Jours du relevé au premier créneau libre' }),
    slots: z.object({ within7: count, within30: count, within90: count }),
  })
  .openapi('CollectorPointReading')

/** A reading with what it told. */
export const readingSchema = summary
  .extend({
    horizon: z
      .string()
      .nullable()
      .openapi({ description: 'Dernier jour dont les créneaux ont été demandés' }),
    documentsNumber: count,
    calls: z.int(),
    outcome: z.looseObject({}),
    points: z.array(pointSchema),
  })
  .openapi('CollectorReading')

/** What a reading told of a point and a reason. */
export type ReadingPoint = z.infer<typeof pointSchema>
/** A reading with what it told of each point and reason. */
export type Reading = z.infer<typeof readingSchema>

/** A point of an editor, with its hall or the one that is proposed. */
export const knownPointSchema = z
  .object({
    editorId: z.string(),
    ugf: z.string().nullable(),
    name: z.string(),
    address: z.string(),
    zipCode: z.string(),
    city: z.string(),
    lat: z.number(),
    lon: z.number(),
    lastSeen: z.string(),
    hall: z.string().nullable(),
    proposed: z.object({ hall: z.string(), name: z.string(), because: z.string() }).nullable(),
  })
  .openapi('CollectorPoint')

/** A point of the table, as `knownPointSchema` describes it. */
export function knownPointAnswer(
  { point: _, ...known }: CollectorPoint,
  proposed: HallProposal | undefined,
): z.infer<typeof knownPointSchema> {
  return {
    ...known,
    ugf: known.ugf ?? null,
    hall: known.hall ?? null,
    proposed:
      proposed === undefined
        ? null
        : { hall: proposed.insee, name: proposed.name, because: proposed.because },
  }
}

const hour = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, { message: 'une heure s’écrit 06:00' })
  .openapi({ example: '06:00', description: 'Heure de Paris à partir de laquelle il est lu chaque jour' })
const token = z
  .string()
  .trim()
  .regex(/^[\x21-\x7e]{1,2000}$/, { message: 'un jeton s’écrit sans espace, accent ni retour à la ligne' })
  .openapi({ description: 'Gardé chiffré, jamais rendu' })

/** What is asked of a new collector. */
export const collectorOrder = z.strictObject({
  name: z.string().trim().min(1).max(120),
  kind: codes(COLLECTOR_KINDS),
  address: z.string().trim().min(1).max(2_000).openapi({ example: 'https://rdv.anct.gouv.fr/api/ants' }),
  token: token.optional(),
  hour: hour.optional(),
})
/** A new collector, its department known. */
export type CollectorOrder = z.infer<typeof collectorOrder> & { department: string }

/** What is asked of an existing one. */
export const collectorChange = z
  .strictObject({
    name: z.string().trim().min(1).max(120).optional(),
    address: z.string().trim().min(1).max(2_000).optional(),
    token: token.nullable().optional(),
    hour: hour.optional(),
    paused: z.boolean().optional(),
    halls: z
      .array(z.strictObject({ editorId: z.string(), hall: z.string().nullable() }))
      .max(5_000)
      .optional()
      .openapi({ description: 'Mairie (code INSEE) de chaque point, confirmée une fois ; null l’oublie' }),
  })
  .openapi('CollectorChange')
/** What changes of an existing one. */
export type CollectorChange = z.infer<typeof collectorChange>
