import { hindcastApart } from '../demand/apart-work.ts'
import { nationalFactsOf } from '../demand/input-queries.ts'
import { chapter, described } from '../io/http/description.ts'
import { html } from '../io/http/page.ts'
import { createRouter, type Ground } from '../io/http/router.ts'
import { soon } from '../io/soon.ts'
import { network } from '../places/town-hall-queries.ts'
import { ROUTES } from '../pure/access/paths.ts'
import { nationHindcast } from '../waits/wait-now-queries.ts'
import { judgedWaits } from '../waits/wait-run-queries.ts'
import { scores, trackRecords } from './track-record.ts'
import { trackRecordAnswer, trackRecordSchema } from './track-record-answer.ts'
import { TrackRecordPage } from './track-record-page.tsx'
import { claims, facts } from './track-record-queries.ts'

const { get } = chapter('Demande')

const record = get(ROUTES.apiTrackRecord, {
  summary: 'Ce que les projections annonçaient, ce qui est venu',
  description:
    'Erreur, biais et couverture par titre et par horizon, à côté de deux prévisions naïves. Une projection qui connaissait déjà un mois du trimestre n’est pas jugée sur lui.',
  responses: {
    200: described('Bilan, et chaque prévision jugée', trackRecordSchema),
  },
})

/** The track record of the projections: data and page. */
export function trackRecordRoutes({ db, today, department: own, here }: Ground) {
  const judged = async (department: string) => {
    const { townHalls } = await network(db, department)
    const places = ['FR', department, ...townHalls.map(hall => hall.insee)]
    const [came, said, keptWaits] = await Promise.all([
      facts(db, department),
      claims(db, department),
      judgedWaits(db, places, today()),
    ])
    return { all: scores(came, said), keptWaits, townHalls }
  }
  const replay = async () => hindcastApart(await nationalFactsOf(db))
  const router = createRouter()
  router.openapi(record, async c => {
    const [{ all, keptWaits }, replayed, waits] = await Promise.all([
      judged(own),
      replay(),
      nationHindcast(db, today()),
    ])
    return c.json(trackRecordAnswer({ all, keptWaits, replayed, waits }), 200)
  })
  router.get(ROUTES.trackRecord, async c => {
    const { code: department, name } = here()
    const [{ all, keptWaits, townHalls }, hindcast, waits] = await Promise.all([
      judged(department),
      soon(replay(), PATIENCE_MILLIS),
      soon(nationHindcast(db, today()), PATIENCE_MILLIS),
    ])
    const names = new Map([[department, name], ...townHalls.map(hall => [hall.insee, hall.name] as const)])
    return html(
      c,
      TrackRecordPage({ records: trackRecords(all), scores: all, names, hindcast, waits, keptWaits }),
    )
  })
  return router
}

/** How long a page waits for what is still being computed: it says so, and shows the rest. */
const PATIENCE_MILLIS = 3_000
