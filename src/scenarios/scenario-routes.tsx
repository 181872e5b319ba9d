import { createRoute, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import type { Kysely } from 'kysely'
import { requireOwn } from '../access/own-place-queries.ts'
import { Refusal } from '../errors.ts'
import { bandOf, bandSchema, runSchema } from '../figures/band-answer.ts'
import type { Database } from '../io/database/schema.ts'
import { csvAnswer } from '../io/http/csv.ts'
import { html } from '../io/http/page.ts'
import { refused } from '../io/http/problem.ts'
import { createRouter, queryOf } from '../io/http/router.ts'
import { knownPlaceOrRefuse } from '../places/known-place-queries.ts'
import { townHall } from '../places/town-hall-queries.ts'
import type { Day } from '../pure/calendar/day.ts'
import type { PathBand } from '../pure/numerics/series/path-band.ts'
import type { Site } from '../pure/pages/layout.tsx'
import { AllocationPage } from './allocation-page.tsx'
import { actsInTime, costOf, costPer, daysSaved, type Outcome, type Side } from './comparison.ts'
import { ComparisonPage } from './comparison-page.tsx'
import { comparisonRows } from './comparison-rows.ts'
import {
  actsFrom,
  LEVER_CODES,
  LEVERS,
  MOST_LEVERS,
  type PlannedLever,
  type Scenario,
  type ScenarioFault,
  scenarioFaults,
} from './scenario.ts'
import { type FormFields, rowsOf, scenarioOfForm } from './scenario-form.ts'
import { ScenariosPage } from './scenario-page.tsx'
import {
  allocated,
  type Comparison,
  compared,
  type SavedScenario,
  savedScenarios,
  saveScenario,
  scenariosById,
  surroundings,
  type TriggerReport,
  triggers,
} from './scenario-queries.ts'

/** Scenarios compared at once, at most. */
const MOST_COMPARED = 6

const amount = z
  .union([z.number(), z.object({ low: z.number(), central: z.number(), high: z.number() })])
  .transform(value => (typeof value === 'number' ? { low: value, central: value, high: value } : value))
  .openapi({
    description: 'Un nombre, ou une fourchette { low, central, high } dans l’unité du levier',
    example: 1,
  })
const plannedLever = z
  .object({
    code: z.enum(LEVER_CODES),
    hall: z
      .string()
      .optional()
      .openapi({ description: 'Code INSEE ; toutes les mairies du département sinon' }),
    amount,
    startsOn: z.string().openapi({ example: '2027-04-01', description: 'Jour de la décision' }),
    until: z.string().optional(),
    leadWeeks: z.number().openapi({ description: 'Semaines avant le premier effet' }),
    minutesSaved: z
      .number()
      .optional()
      .openapi({ description: 'Minutes gagnées par une pré-demande : aucune source' }),
    cost: z
      .object({ once: z.number(), perYear: z.number(), origin: z.string().max(300) })
      .optional()
      .openapi({ description: 'Inconnu quand il est absent, jamais nul' }),
    trigger: z.object({ aboveDays: z.number(), probability: z.number() }).optional().openapi({
      description:
        'À décider si la valeur projetée, le jour du premier effet, passe ce seuil plus probablement que cela',
    }),
  })
  .openapi('PlannedLever')
const scenarioBody = z
  .object({
    name: z.string(),
    place: z.string().openapi({ example: '16', description: 'Département, ou mairie équipée' }),
    title: z.enum(['cni-passport', 'driving-licence']).optional(),
    agents: z
      .number()
      .positive()
      .optional()
      .openapi({ description: 'ETPO supposés du CERT, faute d’import' }),
    filesPerAgentDay: z.number().positive().optional(),
    levers: z.array(plannedLever).max(MOST_LEVERS),
  })
  .openapi('Scenario')
const savedAnswer = z
  .object({
    id: z.string(),
    address: z.string(),
    department: z.string(),
    savedAt: z.string(),
    scenario: scenarioBody,
  })
  .openapi('SavedScenario')

const create = createRoute({
  method: 'post',
  path: '/api/scenarios',
  summary: 'Enregistrer un scénario',
  description:
    'Le scénario est gardé sous l’empreinte de son contenu : il ne change jamais, et son adresse se partage. Le même contenu donne le même identifiant (réponse 200).',
  tags: ['Scénarios'],
  request: { body: { content: { 'application/json': { schema: scenarioBody } }, required: true } },
  responses: {
    201: {
      description: 'Enregistré ; l’en-tête « Location » donne son adresse',
      headers: z.object({ location: z.string().openapi({ example: '/api/scenarios/a1b2c3d4e5f60718' }) }),
      content: { 'application/json': { schema: savedAnswer } },
    },
    200: { description: 'Déjà enregistré', content: { 'application/json': { schema: savedAnswer } } },
    422: refused('Refusé : chaque défaut avec son champ, un code stable et ce qu’il faut faire'),
  },
})

const list = createRoute({
  method: 'get',
  path: '/api/scenarios',
  summary: 'Scénarios enregistrés, du plus récent au plus ancien',
  tags: ['Scénarios'],
  responses: {
    200: {
      description: 'Scénarios du département',
      content: { 'application/json': { schema: z.object({ scenarios: z.array(savedAnswer) }) } },
    },
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
const bandEnds = z.object({
  p05: z.number().nullable(),
  p50: z.number().nullable(),
  p95: z.number().nullable(),
})
const outcomeSchema = z
  .object({
    points: z.array(bandSchema).openapi({
      description: 'Douze trimestres au plus : au-delà, seules les différences entre scénarios sont dites',
    }),
    at: z.string().openapi({
      description: 'Trimestre où les scénarios se comparent : un an après le dernier premier effet',
    }),
    daysSaved: z.number().nullable().openapi({
      description: 'Jours gagnés à ce trimestre : médiane, trajectoire par trajectoire',
    }),
    gains: z.array(z.object({ quarter: z.string(), days: bandEnds })).nullable(),
    worth: z
      .object({
        personWeeks: bandEnds,
        meanDays: bandEnds,
        years: z.number(),
        eurosPerPersonWeek: bandEnds.nullable(),
        eurosPerDay: bandEnds.nullable(),
      })
      .nullable()
      .openapi({ description: 'Sur toute la période ; une borne nulle : rien n’est gagné de ce côté' }),
    medianRange: z.object({ low: z.number().nullable(), high: z.number().nullable() }).nullable().openapi({
      description: 'Médiane à ce trimestre avec les quantités les plus basses et les plus hautes',
    }),
  })
  .nullable()
const comparisonAnswer = z
  .object({
    status: z.literal('estimated'),
    recomputedOn: z
      .string()
      .openapi({ description: 'Les effets sont recalculés sur les projections de ce jour' }),
    department: z.string(),
    place: z.string(),
    limitDays: z.number(),
    targetDays: z.number().nullable(),
    waitRun: runSchema.nullable(),
    delayRun: runSchema.nullable(),
    reasons: z.array(z.string()),
    sides: z.array(
      z.object({
        id: z.string().nullable(),
        name: z.string(),
        waits: outcomeSchema,
        delays: outcomeSchema,
        cost: z.object({ once: z.number(), perYear: z.number(), leversWithoutCost: z.int() }).nullable(),
        levers: z.array(
          z.object({
            code: z.enum(LEVER_CODES),
            name: z.string(),
            unit: z.string(),
            hall: z.string().nullable(),
            amount: z.object({ low: z.number(), central: z.number(), high: z.number() }),
            startsOn: z.string(),
            leadWeeks: z.number(),
            actsFrom: z.string(),
            actsWithinProjection: z.boolean(),
          }),
        ),
      }),
    ),
  })
  .openapi('ScenarioComparison')

const compare = createRoute({
  method: 'get',
  path: '/api/scenarios/compare',
  summary: 'Scénarios côte à côte, avec « rien de décidé »',
  description:
    'Attente ou délai par trimestre, probabilité de dépasser la limite, coûts connus et inconnus, délais avant effet. Les effets sont recalculés sur les projections du jour.',
  tags: ['Scénarios'],
  request: { query: z.object({ ids: idsParameter }) },
  responses: {
    200: { description: 'Comparaison', content: { 'application/json': { schema: comparisonAnswer } } },
    ...comparisonRefusals,
  },
})

const compareCsv = createRoute({
  method: 'get',
  path: '/api/scenarios/compare.csv',
  summary: 'La même comparaison, pour un tableur',
  description: 'Une ligne par scénario, mesure et trimestre, avec les leviers et les coûts connus.',
  tags: ['Scénarios'],
  request: { query: z.object({ ids: idsParameter }) },
  responses: {
    200: { description: 'CSV', content: { 'text/csv': { schema: z.string() } } },
    ...comparisonRefusals,
  },
})

const one = createRoute({
  method: 'get',
  path: '/api/scenarios/{id}',
  summary: 'Un scénario enregistré',
  tags: ['Scénarios'],
  request: { params: z.object({ id: z.string() }) },
  responses: {
    200: { description: 'Le scénario', content: { 'application/json': { schema: savedAnswer } } },
    404: refused('Aucun scénario enregistré ne porte cet identifiant'),
  },
})

const allocationBody = z.object({
  stations: z.number().int().min(1).max(50),
  weeks: z.number().int().min(1).max(52).default(26),
  department: z.string().optional(),
})
const allocatedHall = z.object({
  insee: z.string(),
  name: z.string(),
  stations: z.int(),
  personWeeksSaved: z.number(),
  longestWaitBefore: z.number(),
  longestWaitAfter: z.number(),
})
const allocate = createRoute({
  method: 'post',
  path: '/api/allocations',
  summary: 'Où envoyer des stations mobiles, selon deux objectifs',
  description:
    '« person-weeks » épargne le plus de semaines d’attente, personne par personne, et favorise les grandes villes ; « longest-wait » soulage la plus longue attente. Les deux répartitions sont exactes, et toujours données ensemble.',
  tags: ['Scénarios'],
  request: { body: { content: { 'application/json': { schema: allocationBody } }, required: true } },
  responses: {
    200: {
      description: 'Les deux répartitions',
      content: {
        'application/json': {
          schema: z
            .object({
              status: z.literal('estimated'),
              run: runSchema,
              from: z.string(),
              stations: z.int(),
              weeks: z.int(),
              requestsPerStationWeek: z.number(),
              allocations: z.object({
                'person-weeks': z.array(allocatedHall),
                'longest-wait': z.array(allocatedHall),
              }),
            })
            .openapi('Allocation'),
        },
      },
    },
    400: refused('Nombre de stations ou de semaines hors bornes : chaque défaut est dit'),
    404: refused('Aucun département ne porte ce code'),
    409: refused('Pas de projection pour ce département : ce qu’il faut importer est dit'),
  },
})

const triggerList = createRoute({
  method: 'get',
  path: '/api/triggers',
  summary: 'Leviers à décider : ceux dont le seuil est franchi',
  description:
    'Chaque levier enregistré avec un seuil, comparé à la projection du jour de son premier effet si rien n’est décidé.',
  tags: ['Scénarios'],
  responses: {
    200: {
      description: 'Leviers à seuil, ceux à décider d’abord',
      content: {
        'application/json': {
          schema: z.object({
            triggers: z.array(
              z
                .object({
                  scenario: z.object({ id: z.string(), name: z.string() }),
                  code: z.enum(LEVER_CODES),
                  name: z.string(),
                  about: z.string(),
                  aboveDays: z.number(),
                  ifMoreLikelyThan: z.number(),
                  startsOn: z.string(),
                  actsFrom: z.string(),
                  quarter: z.string().nullable(),
                  probability: z.number().nullable(),
                  triggered: z.boolean(),
                  reason: z.enum(['outside-horizon', 'no-projection']).nullable(),
                  status: z.literal('estimated'),
                })
                .openapi('Trigger'),
            ),
          }),
        },
      },
    },
  },
})

interface Ground {
  db: Kysely<Database>
  today: () => Day
  department: string
  site: Site
}

/** Scenarios: storage, comparison, allocation of mobile stations, thresholds; data and pages. */
export function scenarioRoutes({ db, today, department, site }: Ground) {
  const router = createRouter()
  const departmentOf = async (place: string) => {
    const hall = /^\d{5}$|^2[AB]\d{3}$/.test(place) ? await townHall(db, place) : undefined
    return hall?.department ?? (place === '' ? department : place)
  }
  const checked = async (scenario: Scenario): Promise<{ department: string; faults: ScenarioFault[] }> => {
    const own = await departmentOf(scenario.place)
    return {
      department: own,
      faults: scenarioFaults(scenario, await surroundings(db, own, scenario.title, today())),
    }
  }
  const wanted = async (ids: readonly string[]) => {
    const found = await scenariosById(db, ids)
    const missing = ids.filter(id => !found.some(saved => saved.id === id))
    if (missing.length > 0) {
      throw new Refusal(
        'scenario-not-found',
        `Aucun scénario enregistré ne porte l’identifiant ${missing.join(', ')} : la liste est à /scenarios.`,
        { ids: missing },
      )
    }
    const departments = new Set(found.map(saved => saved.department))
    const titles = new Set(found.flatMap(saved => saved.scenario.title ?? []))
    if (departments.size > 1 || titles.size > 1) {
      throw new Refusal(
        'scenarios-not-comparable',
        'Comparez des scénarios d’un même département et, pour le CERT, d’un même titre.',
      )
    }
    return found
  }

  router.openapi(create, async c => {
    const scenario = c.req.valid('json')
    const { department: own, faults } = await checked(scenario)
    if (faults.length > 0) throw refusalOf(faults)
    await requireOwn(c, db, scenario.place)
    const { id, created } = await saveScenario(db, scenario, own)
    const [saved] = await scenariosById(db, [id])
    if (saved === undefined) throw new Error(`scenario ${id} was not stored`)
    return c.json(savedOf(saved), created ? 201 : 200, { location: `/api/scenarios/${id}` })
  })
  router.openapi(list, async c => {
    const scenarios = await savedScenarios(db, department)
    return c.json({ scenarios: scenarios.map(savedOf) }, 200)
  })
  router.openapi(compare, async c => {
    const found = await wanted(c.req.valid('query').ids)
    return c.json(comparisonOf(await compared(db, found, today()), today()), 200)
  })
  router.openapi(compareCsv, async c => {
    const found = await wanted(c.req.valid('query').ids)
    const { sides } = await compared(db, found, today())
    return csvAnswer(c, 'scenarios-compares.csv', comparisonRows(sides))
  })
  router.openapi(one, async c => {
    const [saved] = await wanted([c.req.valid('param').id])
    if (saved === undefined) throw new Refusal('scenario-not-found', 'Ce scénario n’est pas enregistré.')
    return c.json(savedOf(saved), 200)
  })
  router.openapi(allocate, async c => {
    const { stations, weeks, department: asked } = c.req.valid('json')
    const { code } = await knownPlaceOrRefuse(db, asked ?? department)
    const found = await allocated(db, code, { stations, weeks }, today())
    if ('reason' in found) throw new Refusal('no-projection', found.reason)
    const { run, allocations, ...rest } = found
    return c.json(
      {
        status: 'estimated' as const,
        run: { id: run.id, asOf: run.asOf, version: run.version, seed: run.seed },
        ...rest,
        allocations,
      },
      200,
    )
  })
  router.openapi(triggerList, async c =>
    c.json({ triggers: (await triggers(db, department, today())).map(triggerOf) }, 200),
  )

  const formPage = async (c: Context, fields: FormFields, faults: readonly ScenarioFault[]) => {
    const [scenarios, place, around] = await Promise.all([
      savedScenarios(db, department),
      knownPlaceOrRefuse(db, department),
      surroundings(db, department, undefined, today()),
    ])
    return html(
      c,
      ScenariosPage({
        site,
        department: { code: department, name: place.name },
        halls: around.halls,
        scenarios,
        fields: { 'levers.0.startsOn': today(), ...fields },
        rows: rowsOf(fields),
        faults,
      }),
      faults.length > 0 ? 422 : 200,
    )
  }
  router.get('/scenarios', c => formPage(c, {}, []))
  router.post('/scenarios', async c => {
    const fields = await formOf(c)
    if (fields['action'] === 'more') return formPage(c, { ...fields, rows: String(rowsOf(fields) + 1) }, [])
    const { scenario, faults: unread } = scenarioOfForm(fields)
    const { department: own, faults } = await checked(scenario)
    // A cell that could not be read is one fault, not also a wrong amount.
    const all = [...unread, ...faults.filter(fault => !unread.some(one => one.field === fault.field))]
    if (all.length > 0) return formPage(c, fields, all)
    await requireOwn(c, db, scenario.place)
    const { id } = await saveScenario(db, scenario, own)
    return c.redirect(`/scenarios/${id}`, 303)
  })
  const comparisonPage = async (c: Context, ids: readonly string[]) => {
    const found = await wanted(ids)
    const comparison = await compared(db, found, today())
    const around = await surroundings(db, comparison.department, undefined, today())
    const place = await knownPlaceOrRefuse(db, comparison.place)
    const reports = (await triggers(db, comparison.department, today())).filter(report =>
      ids.includes(report.scenario.id),
    )
    return html(
      c,
      ComparisonPage({
        site,
        comparison,
        placeName: place.name,
        around,
        today: today(),
        reports,
        path: c.req.path,
      }),
    )
  }
  router.get('/scenarios/comparer', c => {
    const ids = [
      ...new Set((c.req.queries('ids') ?? []).flatMap(text => text.split(',')).filter(id => id !== '')),
    ]
    if (ids.length === 0 || ids.length > MOST_COMPARED) {
      throw new Refusal('invalid-parameter', `Cochez de 1 à ${MOST_COMPARED} scénarios avant de comparer.`)
    }
    return comparisonPage(c, ids)
  })
  router.get('/scenarios/stations-mobiles', async c => {
    const asked = queryOf(
      c,
      z.object({
        stations: z.coerce.number().int().min(1).max(50).default(2),
        weeks: z.coerce.number().int().min(1).max(52).default(26),
      }),
    )
    const [found, place] = await Promise.all([
      allocated(db, department, asked, today()),
      knownPlaceOrRefuse(db, department),
    ])
    return html(c, AllocationPage({ site, placeName: place.name, asked, found }))
  })
  router.get('/scenarios/:id', c => comparisonPage(c, [c.req.param('id')]))
  return router
}

async function formOf(c: Context): Promise<FormFields> {
  const body = await c.req.parseBody()
  return Object.fromEntries(
    Object.entries(body).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  )
}

function refusalOf(faults: readonly ScenarioFault[]): Refusal {
  return new Refusal(
    'invalid-scenario',
    faults.map(fault => `${fault.field} : ${fault.message}`).join(' ; '),
    { errors: faults },
  )
}

function savedOf({ id, department, savedAt, scenario }: SavedScenario) {
  return { id, address: `/scenarios/${id}`, department, savedAt, scenario }
}

function comparisonOf(comparison: Comparison, today: Day): z.infer<typeof comparisonAnswer> {
  const { sides, waits, delays, department, place, limitDays } = comparison
  const baseline = sides[0]
  const mark = (run: { id: string; asOf: string; version: string; seed: number } | undefined) =>
    run === undefined ? null : { id: run.id, asOf: run.asOf, version: run.version, seed: run.seed }
  return {
    status: 'estimated',
    recomputedOn: today,
    department,
    place,
    limitDays,
    targetDays: delays !== undefined && !('reason' in delays) ? delays.outlook.targetDays : null,
    waitRun: mark(waits !== undefined && !('reason' in waits) ? waits.run : undefined),
    delayRun: mark(delays !== undefined && !('reason' in delays) ? delays.run : undefined),
    reasons: [waits, delays].flatMap(part => (part !== undefined && 'reason' in part ? [part.reason] : [])),
    sides: sides.map(side => ({
      id: side.id ?? null,
      name: side.name,
      waits: outcomeOf(baseline?.waits, side.waits, side.scenario),
      delays: outcomeOf(baseline?.delays, side.delays, side.scenario),
      cost: side.scenario === undefined ? null : costAnswer(side.scenario),
      levers: (side.scenario?.levers ?? []).map(lever => leverAnswer(lever, side)),
    })),
  }
}

function costAnswer(scenario: Scenario) {
  const { once, perYear, unknown } = costOf(scenario)
  return { once, perYear, leversWithoutCost: unknown }
}

function leverAnswer(lever: PlannedLever, { waits, delays }: Side) {
  const { name, unit, acts } = LEVERS[lever.code]
  return {
    code: lever.code,
    name,
    unit,
    hall: lever.hall ?? null,
    amount: lever.amount,
    startsOn: lever.startsOn,
    leadWeeks: lever.leadWeeks,
    actsFrom: actsFrom(lever),
    actsWithinProjection: actsInTime(lever, acts === 'waits' ? waits : delays),
  }
}

function outcomeOf(
  baseline: Outcome | undefined,
  outcome: Outcome | undefined,
  scenario: Scenario | undefined,
): z.infer<typeof outcomeSchema> {
  if (outcome === undefined) return null
  const { quarters, at, gains, worth, range } = outcome
  const per = (brought: PathBand, years: number) => {
    const cost = scenario && costPer(costOf(scenario), years, brought)
    return cost ? { p05: cost.low ?? null, p50: cost.median ?? null, p95: cost.high ?? null } : null
  }
  return {
    points: quarters.map(({ quarter, band }) => bandOf(quarter, band)),
    at,
    daysSaved: daysSaved(baseline, outcome) ?? null,
    gains: gains?.map(({ quarter, gained }) => ({ quarter, days: endsOf(gained) })) ?? null,
    worth: worth
      ? {
          personWeeks: endsOf(worth.personWeeks),
          meanDays: endsOf(worth.days),
          years: worth.years,
          eurosPerPersonWeek: per(worth.personWeeks, worth.years),
          eurosPerDay: per(worth.days, worth.years),
        }
      : null,
    medianRange: range ? { low: range.low ?? null, high: range.high ?? null } : null,
  }
}

function endsOf({ low90, median, high90 }: PathBand) {
  return { p05: low90 ?? null, p50: median ?? null, p95: high90 ?? null }
}

function triggerOf({ scenario, lever, about, actsFrom: from, state }: TriggerReport) {
  const known = 'triggered' in state ? state : undefined
  return {
    scenario,
    code: lever.code,
    name: LEVERS[lever.code].name,
    about,
    aboveDays: lever.trigger?.aboveDays ?? 0,
    ifMoreLikelyThan: lever.trigger?.probability ?? 0,
    startsOn: lever.startsOn,
    actsFrom: from,
    quarter: known?.quarter ?? null,
    probability: known?.probability ?? null,
    triggered: known?.triggered ?? false,
    reason: 'reason' in state ? state.reason : null,
    status: 'estimated' as const,
  }
}
