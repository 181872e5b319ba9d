import { actAsOwner } from '../io/database/acting.ts'
import { chapter, described } from '../io/http/description.ts'
import { html } from '../io/http/page.ts'
import { createRouter, type Ground } from '../io/http/router.ts'
import { nameAmong, placesByCode } from '../places/place-queries.ts'
import { ROUTES } from '../pure/access/paths.ts'
import { jobsAnswer } from './job-answer.ts'
import { JobsPage } from './job-page.tsx'
import { projectionJobs } from './job-work.ts'

const { get } = chapter('Demande')

const MOST_JOBS = 1_000

const jobs = get(ROUTES.apiJobs, {
  summary: 'Projections demandées aux processus de calcul, et leur avance',
  responses: { 200: described('Tâches, celles en cours d’abord', jobsAnswer) },
})

/** The projections asked of the workers: data and page. */
export function jobRoutes({ db }: Ground) {
  const router = createRouter()
  router.openapi(jobs, async c => {
    const found = await actAsOwner(() => projectionJobs(db, MOST_JOBS))
    const byState: Record<string, number> = {}
    for (const { state } of found) byState[state] = (byState[state] ?? 0) + 1
    return c.json({ byState, jobs: found }, 200)
  })
  router.get(ROUTES.projections, async c => {
    const [jobs, places] = await Promise.all([
      actAsOwner(() => projectionJobs(db, MOST_JOBS)),
      placesByCode(db),
    ])
    return html(c, JobsPage({ jobs, placeName: nameAmong(places) }))
  })
  return router
}
