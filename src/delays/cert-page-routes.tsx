import { z } from '@hono/zod-openapi'
import { unprojected } from '../errors.ts'
import type { Db } from '../io/database/schema.ts'
import { html } from '../io/http/page.ts'
import { placeOrCertParameter } from '../io/http/parameters.ts'
import { createRouter, type Ground, queryOf } from '../io/http/router.ts'
import { knownPlaceOrRefuse } from '../places/known-place-queries.ts'
import { placeOf } from '../places/place-queries.ts'
import { ROUTES } from '../pure/access/paths.ts'
import { addMonths, firstDay, lastDay, monthOf, monthsBetween } from '../pure/calendar/period.ts'
import { readFrenchNumber } from '../pure/french/french-number.ts'
import type { Cert } from './cert.ts'
import { certFlow, FLOW_TITLES, type FlowRequest, flowPoints, teamsOfCentre } from './cert-flow-queries.ts'
import { type CertMonths, CertPage, type FlowLevers } from './cert-page.tsx'
import { certServing, certsKnown, examining, foundOrRefuse } from './cert-queries.ts'

const amount = z
  .string()
  .default('')
  .transform(text => (text.trim() === '' ? 0 : (readFrenchNumber(text) ?? -1)))
  .refine(value => value >= 0 && value <= 10_000, { message: 'un nombre de 0 à 10 000' })
const pageQuery = z.object({
  cert: placeOrCertParameter.optional(),
  titre: z.string().max(40).optional(),
  stations: amount,
  agents: amount,
})
/** Months told, from the next one on. */
const MONTHS_TOLD = 12

/** The page of centres: one at a time, that of the department first. */
export function certPageRoutes({ db, today, here }: Ground) {
  const router = createRouter()
  router.get(ROUTES.certs, async c => {
    const { cert: asked, titre, ...levers } = queryOf(c, pageQuery)
    const day = today()
    const department = here().code
    const known = asked === undefined ? undefined : await placeOf(db, asked)
    const near = known?.kind === 'cert' ? known.parent : known?.kind === 'department' ? asked : undefined
    const certs = await certsKnown(db, [department, ...(near === undefined ? [] : [near])], day)
    const titled = FLOW_TITLES.find(one => one === titre)
    const servingOf = async (code: string) => {
      const own = titled && (await certServing(db, code, titled, day))
      return certs.find(({ id, departments }) => (own ? id === own.id : departments.includes(code)))
    }
    // A department asks for its own centre.
    const cert = foundOrRefuse(
      asked === undefined
        ? ((await servingOf(department)) ?? certs[0])
        : (certs.find(one => one.id === asked) ?? (near === asked ? await servingOf(asked) : undefined)),
      asked ?? '',
    )
    const titles = FLOW_TITLES.filter(one => cert.titles.includes(one))
    const title = titles.find(one => one === titled) ?? titles[0] ?? 'cni-passport'
    const serving = await examining(db, cert, title, day)
    const places = await Promise.all(serving.departments.map(code => knownPlaceOrRefuse(db, code)))
    const teams = await teamsOfCentre(db, serving, title, day)
    return html(
      c,
      CertPage({
        today: day,
        certs,
        cert,
        departments: places.map(({ name, code }) => `${name} (${code})`),
        title,
        titles: titles.length === 0 ? [title] : titles,
        teams: teams.flat(),
        levers,
        months:
          titles.length === 0
            ? { reason: noTitle(cert) }
            : await monthsOf(db, { cert: serving, title, today: day }, levers),
      }),
    )
  })
  return router
}

function noTitle({ name }: Cert): string {
  return `${name} n’examine aucun titre dont le flux est calculé (cartes et passeports, permis).`
}

async function monthsOf(
  db: Db,
  request: Pick<FlowRequest, 'cert' | 'title' | 'today'>,
  { stations, agents }: FlowLevers,
): Promise<CertMonths | { reason: string }> {
  const first = addMonths(monthOf(request.today), 1)
  const months = monthsBetween(first, addMonths(first, MONTHS_TOLD - 1))
  const to = lastDay(months.at(-1)!)
  const periods = months.map(period => ({ period, first: firstDay(period), last: lastDay(period) }))
  const stationsToo = request.title === 'cni-passport' ? stations : 0
  try {
    const { flow, origins } = await certFlow(db, { ...request, to })
    const unchanged = await flowPoints(flow, periods)
    const levers = stationsToo > 0 || agents > 0
    const points = levers
      ? await flowPoints(
          (await certFlow(db, { ...request, to, stations: stationsToo, agents })).flow,
          periods,
        )
      : unchanged
    return { points, unchanged, origins, targetDays: flow.targetDays }
  } catch (error) {
    return unprojected(error)
  }
}
