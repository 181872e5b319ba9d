import { z } from '@hono/zod-openapi'

/** What a hall needs, as the API tells it. */
export const hallStaffed = z.object({
  requestsPerWeek: z.number().openapi({ description: 'Demandes qu’elle doit pouvoir recevoir par semaine' }),
  stations: z.int(),
  hoursPerStation: z.number(),
  stationHours: z.number(),
  moreStationHours: z.number().openapi({ description: 'De plus que ce qu’elle offre' }),
  moreStations: z.int(),
  longestWaitDays: z.number().openapi({ description: 'Attente la plus longue qui reste' }),
})
/** What a hall needs: more hours of its stations first, then more stations. */
export type HallStaffing = z.infer<typeof hallStaffed>
