import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { Refusal } from '../errors.ts'
import { identityOf } from '../io/http/identity.ts'
import { html } from '../io/http/page.ts'
import { createRouter, queryOf } from '../io/http/router.ts'
import { nameAmong, placesByCode } from '../places/place-queries.ts'
import type { Identity } from '../pure/access/identity.ts'
import { ROUTES } from '../pure/access/paths.ts'
import { isDay } from '../pure/calendar/day.ts'
import type { Measure } from '../pure/figures/measure.ts'
import { isTitle } from '../pure/law/title.ts'
import { withEffect } from './effect-queries.ts'
import type { FaultReport } from './fault-log.ts'
import { DataPage } from './import-page.tsx'
import { importContours, importFile, isGeoJson } from './import-queries.ts'
import { CONTOURS } from './kinds/contour-file.ts'
import { isKind, KINDS, type Kind } from './kinds.ts'
import { pastImports } from './past-import-queries.ts'
import type { Preview } from './preview-answer.ts'
import { previewFile } from './preview-queries.ts'
import { mayWithdraw, type StoredRelease } from './release-queries.ts'
import { type ImportGround, senderOf } from './sent-file-routes.ts'
import { publishedSources } from './source-queries.ts'
import type { DailyReading } from './source-watch.tsx'
import { readMapping } from './table/mapping.ts'
import { contestedFigures, figureChoices, figureVintages } from './vintage-queries.ts'
import { figureQuery, measureParameter } from './vintage-routes.ts'

/** What is shown before anybody chooses: the figure that people ask for first. */
const DEFAULT_MEASURE: Measure = 'appointment-wait'

interface Ground extends ImportGround {
  /** What is read without anybody typing, as far as somebody may see it. */
  dailyReadings: (reader: Identity) => Promise<readonly DailyReading[]>
}

/** The page of the data: a file is dropped there, and what came in is told. */
export function dataRoutes(ground: Ground) {
  const { db, today, department, projections } = ground
  const router = createRouter()
  const page = async (
    c: Context,
    outcome?: StoredRelease | FaultReport,
    chosen?: Kind,
    preview?: Preview,
  ) => {
    const asked = queryOf(c, z.object({ measure: measureParameter.optional(), ...figureQuery }))
    const { measure = DEFAULT_MEASURE, title, period } = asked
    const place = asked.place ?? (asked.measure === undefined ? department : undefined)
    const [imports, sources, readings, contested, choices, found, places] = await Promise.all([
      pastImports(db, 100),
      publishedSources(db),
      ground.dailyReadings(identityOf(c)),
      contestedFigures(db),
      figureChoices(db, measure, place),
      figureVintages(db, { measure, title, place, period }),
      placesByCode(db),
    ])
    return html(
      c,
      DataPage({
        imports,
        deposits: identityOf(c).role !== 'public',
        kinds: KINDS,
        outcome,
        preview,
        chosen,
        watch: { sources, readings, today: today() },
        contested,
        history: {
          measure,
          title,
          place,
          period,
          asked: asked.measure !== undefined,
          choices,
          vintages: found,
        },
        placeName: nameAmong(places),
        mayWithdraw: row => mayWithdraw(identityOf(c), row, places.get(row.place)?.parent),
      }),
      outcome !== undefined && 'faults' in outcome ? 422 : 200,
    )
  }
  router.get(ROUTES.data, c => page(c))
  router.post(ROUTES.data, async c => {
    const form = await c.req.parseBody()
    const file = form['fichier']
    const kind = typeof form['type'] === 'string' && isKind(form['type']) ? form['type'] : undefined
    if (!(file instanceof File) || file.size === 0) {
      throw new Refusal('invalid-body', 'Choisissez un fichier CSV avant de l’envoyer.')
    }
    const bytes = new Uint8Array(await file.arrayBuffer())
    const said = saidBeside(form)
    const received = {
      bytes,
      name: file.name,
      kind,
      ...said,
      signal: c.req.raw.signal,
      ...senderOf(c, ground),
    }
    if (form['geste'] === 'apercu')
      return page(c, undefined, kind, await previewFile(db, received, today(), projections))
    if (form['type'] === CONTOURS || isGeoJson(bytes))
      return page(c, await importContours(db, received, today()))
    const outcome = await importFile(db, received, today())
    if ('release' in outcome) return page(c, await withEffect(db, outcome, identityOf(c), projections), kind)
    const unread = 'faults' in outcome && Object.keys(outcome.byCode).some(code => ASKS.includes(code))
    return page(c, outcome, kind, unread ? await previewFile(db, received, today(), projections) : undefined)
  })
  return router
}

/** Faults that a person may settle by saying what each column is. */
const ASKS: readonly string[] = [
  'unknown-kind',
  'ambiguous-kind',
  'missing-column',
  'unknown-column',
  'estimated-figures',
]

/** What a person says of a file beside it, in the form of the page. */
function saidBeside(form: Record<string, unknown>) {
  const text = (name: string) => {
    const value = form[name]
    return typeof value === 'string' && value.trim() !== '' ? value.trim().slice(0, 200) : undefined
  }
  const day = text('publishedOn')
  const title = text('title')
  const columns = Object.entries(form).flatMap(([name, value]) =>
    name.startsWith('colonne:') && typeof value === 'string' ? [[name.slice(8), value] as const] : [],
  )
  return {
    source: text('source'),
    place: text('place'),
    sheet: text('sheet'),
    ...(title !== undefined && isTitle(title) ? { title } : {}),
    ...(day !== undefined && isDay(day) ? { publishedOn: day } : {}),
    ...(columns.length > 0 ? { mapping: readMapping(JSON.stringify(Object.fromEntries(columns))) } : {}),
  }
}
