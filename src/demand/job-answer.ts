import { z } from '@hono/zod-openapi'

const job = z
  .object({
    id: z.string(),
    name: z.string(),
    subject: z.string().openapi({ description: 'Code du département, ou FR' }),
    state: z.string(),
    attempts: z.int(),
    startedAt: z.string().nullable(),
    endedAt: z.string().nullable(),
    outcome: z.string().nullable(),
  })
  .openapi('Job')
/** A job of the queue, as people watch it. */
export type Job = z.infer<typeof job>

/** The jobs of the queue, and how many there are in each state. */
export const jobsAnswer = z.object({ byState: z.record(z.string(), z.int()), jobs: z.array(job) })
