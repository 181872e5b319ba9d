import { z } from '@hono/zod-openapi'
import { dayParameter } from '../io/http/parameters.ts'
import type { Day } from '../pure/calendar/day.ts'
import { DEPARTMENT_CODE } from '../pure/figures/place-code.ts'
import type { PackContent, PackJob } from './pack-line-queries.ts'

/** Which pack: a department, and the day of which it tells. */
export const packQuery = z.object({
  department: z
    .string()
    .regex(DEPARTMENT_CODE, { message: 'un code de département : 16, 2A, 971…' })
    .optional()
    .openapi({ example: '16' }),
  asOf: dayParameter
    .optional()
    .openapi({ description: 'Le dossier qui aurait pu être remis ce jour-là, et ce qui est venu depuis' }),
})
/** What is asked of the line: sheets, or kits of communication. */
export const packOrder = packQuery.extend({ content: z.enum(['briefs', 'kits']).optional() })

/** A pack in the line. */
export const packJobSchema = z
  .object({
    id: z.uuid(),
    state: z.enum(['waiting', 'making', 'ready', 'failed']),
    place: z.int().nullable().openapi({ description: 'Place dans la file : 1, il se fait' }),
    department: z.string(),
    asOf: z.string().nullable(),
    content: z.enum(['briefs', 'kits']),
    halls: z.int().openapi({ description: 'Fiches qu’il tiendra' }),
    sheets: z.int().openapi({ description: 'Fiches faites' }),
    archive: z.string().nullable().openapi({ description: 'Adresse du ZIP, quand il est prêt' }),
  })
  .openapi('PackJob')

/** A pack in the line, with the address of its archive once it is ready. */
export function packJobAnswer(found: PackJob): z.infer<typeof packJobSchema> {
  return { ...found, archive: found.state === 'ready' ? `/api/briefs/jobs/${found.id}/archive` : null }
}

/** File name of an archive. Example: fiches-16-2022-05-03.zip. */
export function packName(department: string, asOf: Day | undefined, content: PackContent = 'briefs'): string {
  return `${content === 'kits' ? 'kits' : 'fiches'}-${department}${asOf === undefined ? '' : `-${asOf}`}.zip`
}
