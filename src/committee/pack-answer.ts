import { z } from '@hono/zod-openapi'
import { paths } from '../pure/access/paths.ts'
import type { Day } from '../pure/calendar/day.ts'
import type { PackContent, PackJob } from './pack-line-queries.ts'

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
  return { ...found, archive: found.state === 'ready' ? paths.apiPackArchive({ id: found.id }) : null }
}

/** File name of an archive. Example: fiches-16-2022-05-03.zip. */
export function packName(department: string, asOf: Day | undefined, content: PackContent = 'briefs'): string {
  return `${content === 'kits' ? 'kits' : 'fiches'}-${department}${asOf === undefined ? '' : `-${asOf}`}.zip`
}
