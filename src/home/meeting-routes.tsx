import type { Context } from 'hono'
import { html } from '../io/http/page.ts'
import { createRouter, type Ground } from '../io/http/router.ts'
import { knownPlaceOrRefuse } from '../places/known-place-queries.ts'
import { toldHallOrRefuse } from '../places/town-hall-queries.ts'
import { ROUTES } from '../pure/access/paths.ts'
import { figureOf, meetingPictures } from './meeting.ts'
import { MeetingPage, type MeetingSlide } from './meeting-page.tsx'

interface MeetingGround extends Ground {
  /** Answers as the service does, in the name of who asks. */
  ask: (request: Request, c: Context) => Response | Promise<Response>
}

/** The meeting of a place on a projector: the charts of its pages, one a screen. */
export function meetingRoutes({ db, department, ask }: MeetingGround) {
  const router = createRouter()
  router.get(ROUTES.meeting, async c => {
    const code = c.req.param('place')
    const known = await knownPlaceOrRefuse(db, code)
    const hall = known.kind === 'commune' ? await toldHallOrRefuse(db, code) : undefined
    const asked = hall ? { hall: code } : code === department ? {} : { place: code }
    const pages = new Map<string, string>()
    const slides: MeetingSlide[] = []
    const missing: string[] = []
    for (const [i, { page, figure, missing: lacked }] of meetingPictures(asked).entries()) {
      const known = pages.get(page) ?? (await pageText(page, c))
      pages.set(page, known)
      const drawn = figureOf(known, figure, `vue-${i + 1}`)
      if (drawn !== undefined) slides.push({ address: `${page}#${figure}`, figure: drawn })
      else if (lacked !== undefined) missing.push(lacked)
    }
    return html(c, MeetingPage({ place: { code, name: known.name }, slides, missing }))
  })
  const pageText = async (path: string, c: Context) => {
    const headers = new Headers(c.req.raw.headers)
    for (const name of ['accept-encoding', 'if-none-match', 'if-modified-since', 'range'])
      headers.delete(name)
    const answer = await ask(new Request(new URL(path, c.req.url), { headers, signal: c.req.raw.signal }), c)
    return answer.status === 200 ? answer.text() : ''
  }
  return router
}
