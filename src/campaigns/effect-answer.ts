import { z } from '@hono/zod-openapi'
import { HOLDERS } from '../demand/engine/cohort-flow.ts'
import { endsSchema } from '../figures/band-answer.ts'
import { MEANS_CODES } from './response.ts'

/** Messages of one campaign, at most. */
export const MOST_MESSAGES = 200

const month = z.string().openapi({ example: '2030-03' })
const messageSchema = z
  .strictObject({
    holders: z.enum(HOLDERS).openapi({ description: 'Qui est prévenu : titre, format et âge' }),
    endsFrom: month.openapi({ description: 'Premier mois de fin légale des titres' }),
    endsTo: month,
    sentIn: month.openapi({ description: 'Mois de l’envoi, après le mois en cours' }),
    means: z.enum(MEANS_CODES),
    share: z.number().default(1).openapi({ description: 'Part d’entre eux qui est prévenue' }),
    hall: z
      .string()
      .optional()
      .openapi({ description: 'Code INSEE d’une mairie équipée ; toutes celles du département sinon' }),
  })
  .openapi('CampaignMessage')
const countedSchema = z
  .strictObject({
    means: z.enum(MEANS_CODES),
    told: z.number(),
    answered: z.number().openapi({ description: 'Personnes prévenues venues grâce à l’envoi' }),
    origin: z.string().max(300),
  })
  .openapi('CountedCampaign')

/** Who is told, when and by what means: those of some holders whose titles end in some months. */
export type Message = z.infer<typeof messageSchema>
/** A campaign that was made and counted: people told, and those among them who came because of it. */
export type CountedCampaign = z.infer<typeof countedSchema>
/** A campaign as it is sent. */
export const campaignBody = z
  .strictObject({
    name: z.string(),
    place: z.string().openapi({ example: '16', description: 'Département' }),
    messages: z.array(messageSchema).max(MOST_MESSAGES),
    counted: z
      .array(countedSchema)
      .max(50)
      .default([])
      .openapi({ description: 'Campagnes passées et comptées : elles resserrent la réponse attendue' }),
    euros: z
      .strictObject({ letter: z.number(), sms: z.number(), web: z.number() })
      .partial()
      .optional()
      .openapi({ description: 'Coût par personne prévenue, s’il est connu' }),
  })
  .openapi('Campaign')
/** A campaign as it is kept: its digest is made of all this. */
export type Campaign = z.infer<typeof campaignBody>

const band = endsSchema.openapi({ description: 'Une borne nulle : rien n’est gagné de ce côté' })
/** What a campaign does, on the same futures as what would be without it. Days, requests, euros, agents. */
export const effectSchema = z
  .object({
    told: band,
    moved: band,
    monthsGivenUp: z.number().openapi({ description: 'Mois de validité perdus par qui vient plus tôt' }),
    euros: band,
    peak: z.object({
      quarter: z
        .string()
        .openapi({ description: 'Le plus haut trimestre de chaque futur, et ce dont il baisse' }),
      before: band,
      after: band,
      percentDown: band,
      chanceOfGain: z.number(),
    }),
    wait: z.object({
      from: z.string().openapi({ description: 'Premier des quatre trimestres de la moyenne' }),
      days: band,
      personDays: band,
      eurosPerPersonDay: band.nullable(),
    }),
    cert: z.object({ agents: band, euros: band }),
    quarters: z.array(
      z.object({
        quarter: z.string(),
        before: band,
        after: band,
        slots: z.number(),
        daysGained: band,
      }),
    ),
    halls: z.array(
      z.object({
        insee: z.string(),
        name: z.string(),
        peakBefore: z.number(),
        peakAfter: z.number(),
        moved: z.number(),
      }),
    ),
    messages: z.array(z.object({ ...messageSchema.shape, told: z.number() })),
  })
  .openapi('CampaignEffect')
/** What a campaign does, as it is measured and answered. */
export type Effect = z.infer<typeof effectSchema>
/** A quantity with 9 chances in 10; a bound is null where nothing is gained on that side. */
export type Band = z.infer<typeof band>
