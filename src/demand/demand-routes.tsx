import { z } from '@hono/zod-openapi'
import { projectedOrRefuse } from '../errors.ts'
import { chapter, csvRoute, described, refused } from '../io/http/description.ts'
import { csvAnswer } from '../io/http/file-answer.ts'
import { html } from '../io/http/page.ts'
import {
  dayParameter,
  estimateDay,
  placeParameter,
  quarterParameter,
  titleAmong,
} from '../io/http/parameters.ts'
import { createRouter, type Ground, queryOf } from '../io/http/router.ts'
import { knownPlaceOrRefuse } from '../places/known-place-queries.ts'
import { toldName } from '../places/town-hall.ts'
import { toldHallOrRefuse, toldHalls } from '../places/town-hall-queries.ts'
import { paths, ROUTES, templateOf } from '../pure/access/paths.ts'
import { shownQuarters } from '../pure/pages/kept-choice.ts'
import { demandAnswer, demandRows, demandSchema } from './answer.ts'
import { DemandPage } from './demand-page.tsx'
import { NATION } from './engine/national-projection.ts'
import type { ProjectedTitle } from './engine/projection.ts'
import { isOwnTitle, NO_PERMITS, NOT_AT_A_HALL, type OwnTitle, TOLD_TITLES } from './own-title.ts'
import { type OwnDemand, ownTitleDemand } from './own-title-queries.ts'
import { type DemandRequest, type PlaceDemand, placeDemand } from './place-demand-queries.ts'

const { get } = chapter('Demande')

const range = {
  from: quarterParameter.optional(),
  to: quarterParameter.optional(),
  title: titleAmong(TOLD_TITLES, 'un titre projeté :').optional().openapi({
    description: 'Les deux titres séparément quand il est absent ; cni-passport pour leur somme',
  }),
  asOf: dayParameter.optional(),
  recordedBy: dayParameter.optional().openapi({ description: 'Ce qui était enregistré ici ce jour-là' }),
}
const response = {
  200: described('Demandes observées et projetées par trimestre et par titre', demandSchema),
  404: refused('Lieu ou mairie équipée inconnus'),
  409: refused('Pas encore de projection : la réponse dit ce qu’il faut importer'),
}

const demandOfPlace = get(ROUTES.apiDemand, {
  summary: 'Demandes attendues dans un département ou en France',
  description:
    'Cartes d’identité et passeports demandés en mairie, par trimestre : observées où toutes les mairies du lieu ont compté le trimestre, estimées ailleurs. La somme des mairies fait le département. « asOf » refait la projection avec ce qui était publié ce jour-là, « recordedBy » avec ce qui était enregistré ici.',
  request: { query: z.object({ place: placeParameter.optional(), ...range }) },
  responses: response,
})

const demandOfTownHall = get(templateOf('apiTownDemand'), {
  summary: 'Demandes attendues dans une mairie équipée',
  request: {
    params: z.object({
      insee: z.string().openapi({ example: '16102', description: 'Code INSEE de la commune' }),
    }),
    query: z.object(range),
  },
  responses: response,
})

const demandCsv = csvRoute(demandOfPlace, ROUTES.apiDemandCsv, {
  summary: 'Les mêmes demandes, pour un tableur',
})

type TitleRequest = Omit<DemandRequest, 'place' | 'title'> & { title?: ProjectedTitle | OwnTitle | undefined }

/** The projected demand: data, spreadsheet and page. */
export function demandRoutes({ db, today, department, here }: Ground) {
  const router = createRouter()
  const demandAt = async (place: string, request: Omit<DemandRequest, 'place'>) => {
    const known = await knownPlaceOrRefuse(db, place)
    const hall = known.kind === 'commune' ? await toldHallOrRefuse(db, place) : undefined
    estimateDay(request.asOf, today())
    const found = await placeDemand(db, hall?.department ?? place, { place, ...request }, today())
    return { place: { code: place, name: known.name }, found }
  }
  const toldAt = async (place: string, { title, ...request }: TitleRequest) => {
    const { kind } = await knownPlaceOrRefuse(db, place)
    if (kind === 'commune' && (isOwnTitle(title) || title === 'residence-renewal'))
      return { reason: NOT_AT_A_HALL }
    if (!isOwnTitle(title)) {
      const { found } = await demandAt(place, { ...request, title })
      const none = title === 'residence-renewal' && 'permits' in found && found.permits.length === 0
      return none ? { reason: NO_PERMITS } : found
    }
    estimateDay(request.asOf, today())
    return ownTitleDemand(db, { place, title, ...request }, today())
  }
  router.openapi(demandOfPlace, async c => {
    const { place = department, ...request } = c.req.valid('query')
    const found = await toldAt(place, request)
    return c.json(answered(found), 200)
  })
  router.openapi(demandOfTownHall, async c => {
    const { insee } = await toldHallOrRefuse(db, c.req.valid('param').insee)
    return c.json(answered(await toldAt(insee, c.req.valid('query'))), 200)
  })
  router.openapi(demandCsv, async c => {
    const { place = department, ...request } = c.req.valid('query')
    const found = projectedOrRefuse(await toldAt(place, request))
    return csvAnswer(c, `demande-${place}.csv`, demandRows(found))
  })
  router.get(ROUTES.demand, async c => {
    const {
      place = department,
      from,
      to,
      ...known
    } = queryOf(
      c,
      z.object({
        place: placeParameter.optional(),
        from: quarterParameter.optional(),
        to: quarterParameter.optional(),
        asOf: dayParameter.optional(),
        recordedBy: dayParameter.optional(),
      }),
    )
    const whole = here()
    const [at, halls] = await Promise.all([demandAt(place, known), toldHalls(db, whole.code)])
    const places = [
      { code: whole.code, name: `${whole.name} (toutes ses mairies)` },
      ...halls.map(hall => ({ code: hall.insee, name: toldName(hall) })),
      { code: NATION, name: 'France' },
    ]
    const told =
      'reason' in at.found ? [] : [...at.found.observed, ...at.found.both].map(point => point.quarter).sort()
    const asked = Object.fromEntries(
      Object.entries({ from, to, ...known }).filter(([, value]) => value !== undefined),
    )
    return html(
      c,
      DemandPage({
        places,
        place: at.place,
        carried: place === department ? undefined : place,
        ...shownQuarters({ from, to }, told),
        known,
        today: today(),
        demand: at.found,
        csv: paths.apiDemandCsv({ place, title: 'cni-passport', ...asked }),
      }),
    )
  })
  return router
}

function answered(found: PlaceDemand | OwnDemand | { reason: string }) {
  return demandAnswer(projectedOrRefuse(found))
}
