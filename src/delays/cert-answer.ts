import { z } from '@hono/zod-openapi'
import { ASSUMED_PERIMETER, type Cert } from './cert.ts'

/** A centre as the API tells it. */
export const certAnswer = z
  .object({
    id: z.string().openapi({ example: 'cert-16' }),
    name: z.string(),
    titles: z.array(z.string()),
    departments: z.array(z.string()),
    assumed: z.boolean(),
    says: z.string().optional().openapi({ description: 'Ce que le périmètre suppose, quand il est supposé' }),
  })
  .openapi('Cert')

/** A centre, with the sentence that goes with a perimeter that nobody imported. */
export function certToTell(cert: Cert): z.infer<typeof certAnswer> {
  return { ...cert, ...(cert.assumed ? { says: ASSUMED_PERIMETER } : {}) }
}

const band = z.object({ mean: z.number(), p05: z.number(), p50: z.number(), p95: z.number() })
/** A figure over the futures. */
export type FlowBand = z.infer<typeof band>

const flowPoint = z.object({
  period: z.string().openapi({ description: 'Mois 2027-01, ou lundi de la semaine 2027-01-04' }),
  startStock: band.openapi({
    description: 'Stock du premier matin : avec les reçus et les décidés, celui de la fin',
  }),
  receipts: band,
  decisions: band,
  stock: band,
  stockByAge: z.object({ upTo7: band, upTo14: band, upTo30: band, upTo60: band, over: band }),
  forwardDelay: band.openapi({
    description: 'Jours à attendre pour ce qui arrive : stock et capacité à venir',
  }),
  backwardDelay: band
    .nullable()
    .openapi({ description: 'Âge moyen de ce qui est décidé : le délai publié ; null si rien ne l’est' }),
  shareWithinTarget: band.nullable(),
})
/** One period of the flow of a centre. */
export type FlowPoint = z.infer<typeof flowPoint>

/** The flow of a centre, period by period: what comes, what is decided, what waits, and for how long. */
export const flowAnswer = z
  .object({
    cert: certAnswer,
    title: z.string(),
    asOf: z.string(),
    targetDays: z.number(),
    status: z.literal('estimated'),
    assumptions: z.array(
      z.object({
        name: z.string(),
        value: z.number(),
        unit: z.string(),
        origin: z.string(),
        assumed: z.boolean(),
      }),
    ),
    points: z.array(flowPoint),
  })
  .openapi('CertFlow')
