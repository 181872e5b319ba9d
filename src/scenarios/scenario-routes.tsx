import { z } from '@hono/zod-openapi'
import { requireOwn } from '../access/own-place-queries.ts'
import { Refusal } from '../errors.ts'
import { chapter, csvRoute, described, json, jsonBody, refused } from '../io/http/description.ts'
import { csvAnswer } from '../io/http/file-answer.ts'
import { createRouter, type Ground } from '../io/http/router.ts'
import { paths, ROUTES, templateOf } from '../pure/access/paths.ts'
import { comparisonAnswer, comparisonOf } from './comparison-answer.ts'
import { compared } from './comparison-queries.ts'
import { comparisonRows } from './comparison-rows.ts'
import { MOST_COMPARED, type ScenarioFault } from './scenario.ts'
import { savedAnswer, scenarioBody } from './scenario-answer.ts'
import {
  checkedScenario,
  savedScenarios,
  saveScenario,
  scenariosById,
  wantedScenarios,
} from './scenario-queries.ts'
import { triggerSchema } from './trigger-answer.ts'
import { triggers } from './trigger-queries.ts'

const { get, post } = chapter('Scénarios')

const create = post(ROUTES.apiScenarios, {
  summary: 'Enregistrer un scénario',
  description:
    'Le scénario est gardé sous l’empreinte de son contenu : il ne change jamais, et son adresse se partage. Le même contenu donne le même identifiant (réponse 200).',
  request: { body: jsonBody(scenarioBody) },
  responses: {
    201: {
      description: 'Enregistré ; l’en-tête « Location » donne son adresse',
      headers: z.object({
        location: z.string().openapi({ example: paths.apiScenario({ id: 'a1b2c3d4e5f60718' }) }),
      }),
      content: json(savedAnswer),
    },
    200: described('Déjà enregistré', savedAnswer),
    422: refused('Refusé : chaque défaut avec son champ, un code stable et ce qu’il faut faire'),
  },
})

const list = get(ROUTES.apiScenarios, {
  summary: 'Scénarios enregistrés, du plus récent au plus ancien',
  responses: {
    200: described('Scénarios du département', z.object({ scenarios: z.array(savedAnswer) })),
  },
})

const comparisonRefusals = {
  400: refused('Aucun identifiant, ou plus que le nombre permis'),
  404: refused('Un identifiant n’est celui d’aucun scénario : lequel est dit'),
  422: refused('Scénarios de départements ou de titres différents'),
}
const idsParameter = z
  .string()
  .transform(text => [...new Set(text.split(',').filter(id => id !== ''))])
  .refine(ids => ids.length >= 1 && ids.length <= MOST_COMPARED, {
    message: `de 1 à ${MOST_COMPARED} identifiants, séparés par des virgules`,
  })
  .openapi({ type: 'string', example: 'a1b2c3d4e5f60718,0123456789abcdef' })
const compare = get(ROUTES.apiScenarioComparison, {
  summary: 'Scénarios côte à côte, avec « rien de décidé »',
  description:
    'Attente ou délai par trimestre, probabilité de dépasser la limite, coûts connus et inconnus, délais avant effet. Les effets sont recalculés sur les projections du jour.',
  request: { query: z.object({ ids: idsParameter }) },
  responses: {
    200: described('Comparaison', comparisonAnswer),
    ...comparisonRefusals,
  },
})

const compareCsv = csvRoute(compare, ROUTES.apiScenarioComparisonCsv, {
  summary: 'La même comparaison, pour un tableur',
  description: 'Une ligne par scénario, mesure et trimestre, avec les leviers et les coûts connus.',
})

const one = get(templateOf('apiScenario'), {
  summary: 'Un scénario enregistré',
  request: { params: z.object({ id: z.string() }) },
  responses: {
    200: described('Le scénario', savedAnswer),
    404: refused('Aucun scénario enregistré ne porte cet identifiant'),
  },
})

const triggerList = get(ROUTES.apiTriggers, {
  summary: 'Leviers à décider : ceux dont le seuil est franchi',
  description:
    'Chaque levier enregistré avec un seuil, comparé à la projection du jour de son premier effet si rien n’est décidé.',
  responses: {
    200: described('Leviers à seuil, ceux à décider d’abord', z.object({ triggers: z.array(triggerSchema) })),
  },
})

/** Scenarios: storage, comparison, thresholds; their pages are `scenario-page-routes.tsx`. */
export function scenarioRoutes({ db, today, department }: Ground) {
  const router = createRouter()
  router.openapi(create, async c => {
    const scenario = c.req.valid('json')
    const { department: own, faults } = await checkedScenario(db, scenario, department, today())
    if (faults.length > 0) throw refusalOf(faults)
    await requireOwn(c, db, scenario.place)
    const { id, created } = await saveScenario(db, scenario, own)
    const [saved] = await scenariosById(db, [id])
    if (saved === undefined) throw new Error(`scenario ${id} was not stored`)
    return c.json(saved, created ? 201 : 200, { location: paths.apiScenario({ id }) })
  })
  router.openapi(list, async c => {
    return c.json({ scenarios: await savedScenarios(db, department) }, 200)
  })
  router.openapi(compare, async c => {
    const found = await wantedScenarios(db, c.req.valid('query').ids)
    return c.json(comparisonOf(await compared(db, found, today()), today()), 200)
  })
  router.openapi(compareCsv, async c => {
    const found = await wantedScenarios(db, c.req.valid('query').ids)
    const { sides } = await compared(db, found, today())
    return csvAnswer(c, 'scenarios-compares.csv', comparisonRows(sides))
  })
  router.openapi(one, async c => {
    const [saved] = await wantedScenarios(db, [c.req.valid('param').id])
    if (saved === undefined) throw new Refusal('scenario-not-found', 'Ce scénario n’est pas enregistré.')
    return c.json(saved, 200)
  })
  router.openapi(triggerList, async c => c.json({ triggers: await triggers(db, department, today()) }, 200))

  return router
}

function refusalOf(faults: readonly ScenarioFault[]): Refusal {
  return new Refusal(
    'invalid-scenario',
    faults.map(fault => `${fault.field} : ${fault.message}`).join(' ; '),
    { errors: faults },
  )
}
