import type { Context } from 'hono'
import { requireOwn } from '../access/own-place-queries.ts'
import { Refusal } from '../errors.ts'
import { monthMeans } from '../figures/month-mean-queries.ts'
import { actAsOwner } from '../io/database/acting.ts'
import { refusedInWords } from '../io/http/form.ts'
import { homePlace, identityOf } from '../io/http/identity.ts'
import { html } from '../io/http/page.ts'
import { createRouter } from '../io/http/router.ts'
import { nameAmong, placesByCode } from '../places/place-queries.ts'
import { paths, ROUTES } from '../pure/access/paths.ts'
import { frenchPeriod } from '../pure/french/french.ts'
import { appointmentWaits } from '../waits/wait-queries.ts'
import { collectorChange, collectorOrder } from './collector-answer.ts'
import { CollectorsPage } from './collector-page.tsx'
import { closeCollector, collectors } from './collector-queries.ts'
import {
  type CollectorsGround,
  changeOf,
  collectorOrRefuse,
  orderOf,
  recogniseHalls,
} from './collector-work.ts'
import { CollectorPage } from './one-collector-page.tsx'
import { proposedPoints } from './point-queries.ts'
import { publishedWaits, readings } from './reading-queries.ts'
import { beginToRead } from './reading-work.ts'
import type { WaitChartData } from './wait-chart.tsx'

const CHARTS = 12
const CHART_DAYS = 366

/** The pages of the collectors, for people. */
export function collectorPageRoutes(ground: CollectorsGround) {
  const { db, department } = ground
  const router = createRouter()
  const list = async (c: Context, fault?: string) =>
    html(
      c,
      CollectorsPage({
        collectors: await collectors(db),
        now: ground.clock(),
        allows: {
          tokens: ground.secretKey !== undefined,
          hosts: ground.outside.hosts,
          folder: ground.importDir !== undefined,
        },
        placeName: nameAmong(await placesByCode(db)),
        fault,
      }),
      fault === undefined ? 200 : 422,
    )
  const one = async (c: Context, id: number, outcome: { done?: string; fault?: string } = {}) => {
    const collector = await collectorOrRefuse(db, id)
    const [points, last, charts, places] = await Promise.all([
      proposedPoints(db, collector),
      readings(db, { collector: id, limit: 31 }),
      chartsOf(ground, id),
      placesByCode(db),
    ])
    const placeName = nameAmong(places)
    return html(
      c,
      CollectorPage({
        collector,
        now: ground.clock(),
        points,
        readings: last,
        charts: charts.map(chart => ({ ...chart, hall: placeName(chart.hall), source: collector.name })),
        placeName,
        ...outcome,
      }),
      outcome.fault === undefined ? 200 : 422,
    )
  }
  router.get(ROUTES.collectors, c => list(c))
  router.post(ROUTES.collectors, async c => {
    const form = Object.fromEntries(
      Object.entries(await c.req.parseBody()).filter(([, value]) => value !== ''),
    )
    const given = collectorOrder.safeParse(form)
    if (!given.success)
      return list(
        c,
        given.error.issues.map(issue => `${issue.path.join('.')} : ${issue.message}`).join(' ; '),
      )
    const home = homePlace(c, department)
    await requireOwn(c, db, given.data.kind === 'folder' ? department : home)
    const created = await refusedInWords(() => orderOf(ground, { ...given.data, department: home }))
    return typeof created === 'string' ? list(c, created) : c.redirect(paths.collector({ id: created }), 303)
  })
  router.get(ROUTES.collector, c => one(c, Number(c.req.param('id'))))
  router.post(ROUTES.collector, async c => {
    const id = Number(c.req.param('id'))
    const collector = await collectorOrRefuse(db, id)
    const form = await c.req.parseBody()
    switch (form['geste']) {
      case 'lire': {
        const by = identityOf(c).account
        const begun = await actAsOwner(() => beginToRead(ground, id, by))
        begun?.done.catch(error => ground.report(error, { id: '', method: 'POST', path: c.req.path }))
        return one(c, id, { done: 'Lecture commencée : rechargez cette page dans une minute' })
      }
      case 'suspendre':
      case 'reprendre': {
        await changeOf(ground, collector, { paused: form['geste'] === 'suspendre' })
        return one(c, id, {
          done: form['geste'] === 'suspendre' ? 'Lectures suspendues' : 'Lectures reprises',
        })
      }
      case 'abandonner':
        await closeCollector(db, id)
        return c.redirect(paths.collectors(), 303)
      case 'confirmer': {
        const halls = Object.entries(form).flatMap(([name, value]) =>
          name.startsWith('hall-') && typeof value === 'string' && value.trim() !== ''
            ? [{ editorId: name.slice('hall-'.length), hall: value.trim().toUpperCase() }]
            : [],
        )
        const given = collectorChange.safeParse({ halls })
        if (!given.success || halls.length === 0)
          return one(c, id, { fault: 'Donnez le code INSEE d’au moins un point.' })
        const fault = await refusedInWords(() =>
          recogniseHalls(ground, collector, halls, { c, by: identityOf(c).account }),
        )
        return one(c, id, typeof fault === 'string' ? { fault } : { done: 'Mairies confirmées' })
      }
      default:
        throw new Refusal('invalid-body', 'Choisissez un des boutons de la page.')
    }
  })
  return router
}

async function chartsOf(
  { db }: Pick<CollectorsGround, 'db'>,
  id: number,
): Promise<Omit<WaitChartData, 'source'>[]> {
  const waits = await publishedWaits(db, id)
  const halls = [...new Set(waits.map(wait => wait.hall))].slice(0, CHARTS)
  return Promise.all(
    halls.map(async hall => {
      const [months, series] = await Promise.all([
        monthMeans(db, { measure: 'appointment-wait', places: [hall] }),
        appointmentWaits(db, { place: hall }),
      ])
      const quarters = series.find(one => one.clock === 'first-free-slot')?.points ?? []
      return {
        id: `attente-${hall}`,
        hall,
        waits: waits.filter(wait => wait.hall === hall).slice(-CHART_DAYS),
        months: months
          .filter(month => month.clock === 'first-free-slot')
          .map(({ period, value, status }) => ({ month: period, days: value ?? 0, status })),
        quarters: quarters.map(({ quarter, days, status }) => ({
          quarter: frenchPeriod(quarter),
          days,
          status,
        })),
      }
    }),
  )
}
