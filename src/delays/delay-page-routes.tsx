import type { Context } from 'hono'
import { Refusal } from '../errors.ts'
import { type DatedFact, datedFacts } from '../figures/event-queries.ts'
import { html } from '../io/http/page.ts'
import { estimateDay } from '../io/http/parameters.ts'
import { createRouter, type Ground, queryOf } from '../io/http/router.ts'
import { othersFirst } from '../io/others-first.ts'
import { knownPlaceOrRefuse } from '../places/known-place-queries.ts'
import { placesMeasured } from '../places/place-queries.ts'
import { paths, ROUTES } from '../pure/access/paths.ts'
import { quartersBetween } from '../pure/calendar/period.ts'
import type { QuarterlySeries } from '../pure/figures/quarterly-series.ts'
import { TITLE_ADDRESSES, TITLE_NAMES, TITLES, type Title, titleAt } from '../pure/law/title.ts'
import { shownQuarters } from '../pure/pages/kept-choice.ts'
import { certOutlookView } from './cert-outlook-view.ts'
import { shownDelays } from './delay-answer.ts'
import { CERT_TITLES } from './delay-now.ts'
import { DelaysPage } from './delay-page.tsx'
import { delayPlaces, delayVintages, issuanceDelays, placeDelaysNow, projectedCert } from './delay-queries.ts'
import { delaysRequest } from './delay-routes.tsx'
import { isMissed, type Reasons } from './delay-words.ts'
import { explainQuarter } from './explain.ts'
import { TitlePage } from './title-page.tsx'

/** The pages of delays: the titles side by side, and one title. */
export function delayPageRoutes({ db, today, department }: Ground) {
  const router = createRouter()
  const choiceOf = async (c: Context) => {
    const { place: asked = department, title, ...rest } = queryOf(c, delaysRequest.query)
    const chosen = await knownPlaceOrRefuse(db, asked)
    // Titles are made for a department: a town keeps its name, and reads the delays of its own.
    const place = (chosen.kind === 'commune' ? chosen.parent : undefined) ?? asked
    const known = place === asked ? chosen : await knownPlaceOrRefuse(db, place)
    const [home, all, places, measured] = await Promise.all([
      knownPlaceOrRefuse(db, department),
      issuanceDelays(db, { place }),
      delayPlaces(db, place, rest.asOf ?? today()),
      placesMeasured(db, 'issuance-delay'),
    ])
    const facts = await datedFacts(
      db,
      places.map(({ code }) => code),
    )
    const every = all.flatMap(series => series.points.map(point => point.quarter)).sort()
    const { from, to, missed } = shownQuarters(rest, every)
    const { title: _, tableau, format, ...kept } = c.req.query()
    const addressOf = (one?: Title) =>
      one === undefined ? paths.delays(kept) : paths.titleDelays({ titre: TITLE_ADDRESSES[one], ...kept })
    const about = (one: string) => facts.filter(fact => fact.title === one)
    // A centre is a place of delays alone: the menu takes its department along.
    const elsewhere = known.kind === 'cert' ? known.parent : asked
    return {
      asked: { ...rest, place, from, to },
      title,
      all,
      about,
      addressOf,
      shared: {
        place: known,
        asOf: rest.asOf,
        chosen: {
          code: asked,
          name: place === asked ? known.name : `${chosen.name} (titres faits pour : ${known.name})`,
        },
        carried: elsewhere === department ? undefined : elsewhere,
        missed,
        places: measured.some(({ code }) => code === home.code) ? measured : [home, ...measured],
        quarters: every.length > 0 ? quartersBetween(every[0] ?? '', every.at(-1) ?? '') : [],
        from,
        to,
      },
    }
  }
  const toldIn = ({ place, asOf, recordedBy }: Awaited<ReturnType<typeof choiceOf>>['asked']) =>
    placeDelaysNow(db, place, { asOf: estimateDay(asOf, today()), recordedBy })
  router.get(ROUTES.delays, async c => {
    const { asked, title, about, addressOf, shared } = await choiceOf(c)
    if (title !== undefined) return c.redirect(addressOf(title))
    const [vintages, told] = await Promise.all([delayVintages(db, asked), toldIn(asked)])
    return html(
      c,
      DelaysPage({
        ...shared,
        ...shownDelays(vintages, asked),
        told,
        csv: paths.apiDelaysCsv({ place: asked.place, from: asked.from, to: asked.to }),
        late: one =>
          reasonsOf(one, about(one.title)).filter(({ quarter }) =>
            one.points.some(point => point.quarter === quarter && isMissed(point, one.targetDays)),
          ),
        addressOf: one => (one.title === '' ? '#tableau-comite' : addressOf(one.title)),
      }),
    )
  })
  router.get(ROUTES.titleDelays, async c => {
    const title = titleAt(c.req.param('titre'))
    if (title === undefined)
      throw new Refusal(
        'not-found',
        `Les titres suivis : ${TITLES.map(one => TITLE_ADDRESSES[one]).join(', ')}.`,
      )
    const { asked, all, about, addressOf, shared } = await choiceOf(c)
    const [vintages, told] = await Promise.all([delayVintages(db, { ...asked, title }), toldIn(asked)])
    const facts = about(title)
    const shown = shownDelays(vintages, asked)
    const atCert = CERT_TITLES.find(one => one === title)
    return html(
      c,
      TitlePage({
        ...shared,
        title,
        name: TITLE_NAMES[title],
        path: paths.titleDelays({ titre: TITLE_ADDRESSES[title] }),
        ...shown,
        csv: paths.apiDelaysCsv({ place: asked.place, from: asked.from, to: asked.to, title }),
        reasons: one => reasonsOf(one, facts),
        facts: facts.map(fact => ({ day: fact.from, label: fact.label })),
        told: told.get(title),
        outlook:
          atCert === undefined ||
          shown.series.length === 0 ||
          asked.asOf !== undefined ||
          asked.recordedBy !== undefined
            ? undefined
            : await certOutlookView(await projectedCert(db, asked.place, atCert, today()), othersFirst),
        otherTitles: TITLES.filter(
          one => one !== title && (told.has(one) || all.some(known => known.title === one)),
        ).map(one => ({
          label: TITLE_NAMES[one],
          href: addressOf(one),
        })),
        overview: addressOf(),
      }),
    )
  })
  return router
}

function reasonsOf(series: QuarterlySeries, events: readonly DatedFact[]): Reasons[] {
  return series.points.flatMap(({ quarter }) => {
    const lines = explainQuarter({
      quarter,
      quarters: series.points,
      events,
      ...(series.targetDays === null ? {} : { targetDays: series.targetDays }),
    })
    return lines ? [{ quarter, lines }] : []
  })
}
