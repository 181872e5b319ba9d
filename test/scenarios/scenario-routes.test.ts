import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { appOver, ask, jsonOf, pageOf } from '../app.ts'
import { freshDatabase } from '../database.ts'

let database: Awaited<ReturnType<typeof freshDatabase>>
let app: ReturnType<typeof appOver>
beforeAll(async () => {
  database = await freshDatabase()
  app = appOver(database.db)
})
afterAll(() => database.close())

const HOURS = {
  name: 'Horaires élargis',
  place: '16',
  levers: [
    {
      code: 'more-hours',
      amount: { low: 2, central: 4, high: 6 },
      startsOn: '2027-01-15',
      leadWeeks: 6,
      trigger: { aboveDays: 60, probability: 0.5 },
    },
  ],
}
const STATION = {
  name: 'Une station à Cognac',
  place: '16',
  levers: [
    {
      code: 'more-stations',
      hall: '16102',
      amount: 1,
      startsOn: '2027-01-04',
      leadWeeks: 20,
      cost: { once: 10_000, perYear: 16_000, origin: 'ID.CiTé a41763, 2019, sans les agents' },
    },
  ],
}
const AGENTS = {
  name: 'Trois agents de plus',
  place: '16',
  title: 'cni-passport',
  agents: 20,
  levers: [{ code: 'more-agents', amount: 3, startsOn: '2022-01-10', leadWeeks: 16 }],
}

const post = (path: string, body: unknown) =>
  ask(app, path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
const saved = async (body: unknown) => (await jsonOf<{ id: string }>(await post('/api/scenarios', body))).id

interface Side {
  name: string
  waits: {
    points: { quarter: string; quantiles: { p50: number }; probabilityOver: number }[]
    at: string
    daysSaved: number
    gains: { quarter: string; days: { p05: number; p50: number; p95: number } }[] | null
    worth: { personWeeks: { p50: number }; eurosPerDay: { p50: number } | null } | null
    medianRange: { low: number; high: number } | null
  } | null
  delays: { points: { quantiles: { p50: number } }[]; daysSaved: number } | null
  cost: { once: number; perYear: number; leversWithoutCost: number } | null
  levers: { actsFrom: string; actsWithinProjection: boolean; leadWeeks: number }[]
}
const sides = async (ids: string[]) => {
  const response = await ask(app, `/api/scenarios/compare?ids=${ids.join(',')}`)
  expect(response.status).toBe(200)
  const text = await response.text()
  expect(text).not.toMatch(/NaN|Infinity/)
  return JSON.parse(text) as { sides: Side[]; waitRun: { id: string } | null; recomputedOn: string }
}

describe('a saved scenario', () => {
  test('has the digest of its content as its address: the same content is not stored twice', async () => {
    const first = await post('/api/scenarios', HOURS)
    expect(first.status).toBe(201)
    const { id, address } = await jsonOf<{ id: string; address: string }>(first)
    expect(id).toMatch(/^[0-9a-f]{16}$/)
    expect(address).toBe(`/scenarios/${id}`)
    expect((await post('/api/scenarios', HOURS)).status).toBe(200)
    expect((await post('/api/scenarios', { ...HOURS, name: 'Autre nom' })).status).toBe(201)
    const { scenario } = await jsonOf<{ scenario: unknown }>(await ask(app, `/api/scenarios/${id}`))
    expect(scenario).toEqual(HOURS)
  })

  test('never changes, whoever asks the database', async () => {
    await saved(HOURS)
    await expect(sql`update scenario set name = 'x'`.execute(database.db)).rejects.toThrow('append-only')
    await expect(sql`delete from scenario`.execute(database.db)).rejects.toThrow('append-only')
  })

  test('is refused with each of its faults under a stable code', async () => {
    const response = await post('/api/scenarios', {
      name: '',
      place: '16',
      levers: [{ code: 'more-stations', amount: -1, startsOn: 'demain', leadWeeks: 0 }],
    })
    expect(response.status).toBe(422)
    const problem = await jsonOf<{ code: string; errors: { code: string }[] }>(response)
    expect(problem.code).toBe('invalid-scenario')
    expect(problem.errors.map(error => error.code)).toEqual([
      'name-needed',
      'invalid-amount',
      'invalid-day',
      'hall-needed',
    ])
    const half = await post('/api/scenarios', { ...AGENTS, name: '\ud800' })
    expect([half.status, await half.json()]).toEqual([
      400,
      expect.objectContaining({ code: 'invalid-parameter' }),
    ])
  })

  test('is refused for each word that nobody reads, with what else is wrong, whatever depth', async () => {
    const [lever] = STATION.levers
    const { name: _, ...nameless } = STATION
    const answer = await post('/api/scenarios', {
      ...nameless,
      title_: 'cni-passport',
      agent: 3,
      levers: [{ ...lever, weeksLead: 3, cost: { ...lever!.cost, perMonth: 1 } }],
    })
    const { errors, ...problem } = await jsonOf<{
      code: string
      errors: { parameter: string; code: string }[]
    }>(answer)
    expect([answer.status, problem.code, errors.map(one => one.parameter).sort()]).toEqual([
      400,
      'invalid-parameter',
      ['agent', 'levers.0.cost.perMonth', 'levers.0.weeksLead', 'name', 'title_'],
    ])
    for (const path of ['/api/briefs', '/api/kits'])
      expect(await jsonOf(await post(path, { departement: '16' }))).toMatchObject({
        status: 400,
        detail: 'departement : nom inconnu : retirez-le, ou corrigez-le',
      })
  })

  test('of a department that does not exist is refused, even where its levers name no hall', async () => {
    const overtime = [{ code: 'overtime', amount: 0.1, startsOn: '2022-01-10', leadWeeks: 4 }]
    for (const place of ['99', '', '16999', 'FR']) {
      const response = await post('/api/scenarios', { ...AGENTS, place, levers: overtime })
      expect(response.status).toBe(422)
      expect(await response.json()).toMatchObject({ errors: [{ field: 'place', code: 'unknown-place' }] })
    }
  })

  test('and its comparison say in the documentation how they are refused', async () => {
    const { paths } = await jsonOf<{
      paths: Record<string, Record<string, { responses: Record<string, { headers?: object }> }>>
    }>(await ask(app, '/openapi.json'))
    const statuses = (path: string, method: string) => Object.keys(paths[path]?.[method]?.responses ?? {})
    expect(statuses('/api/scenarios', 'post')).toEqual(expect.arrayContaining(['200', '201', '422']))
    expect(paths['/api/scenarios']?.['post']?.responses['201']?.headers).toHaveProperty('location')
    expect(statuses('/api/scenarios/{id}', 'get')).toEqual(expect.arrayContaining(['200', '404']))
    expect(statuses('/api/scenarios/compare', 'get')).toEqual(
      expect.arrayContaining(['200', '400', '404', '422']),
    )
    for (const [path, method] of [
      ['/api/allocations', 'post'],
      ['/api/waits/{place}/projection', 'get'],
      ['/api/delays/projection', 'get'],
    ] as const)
      expect(statuses(path, method)).toEqual(expect.arrayContaining(['200', '400', '404', '409']))
  })

  test('that nobody saved is refused', async () => {
    const response = await ask(app, '/api/scenarios/0000000000000000')
    expect(response.status).toBe(404)
    expect(await response.json()).toMatchObject({ code: 'scenario-not-found' })
  })
})

describe('scenarios side by side', () => {
  test('more slots shorten the wait, within the range of their amounts; costs are known or not', async () => {
    const { sides: shown, waitRun, recomputedOn } = await sides([await saved(HOURS), await saved(STATION)])
    const [base, hours, station] = shown
    expect(shown.map(side => side.name)).toEqual([
      'Rien de décidé',
      'Horaires élargis',
      'Une station à Cognac',
    ])
    // They start today, and are read a year after the last of them first acts.
    expect(base?.waits?.points.map(point => point.quarter).slice(0, 2)).toEqual(['2026-Q4', '2027-Q1'])
    expect(base?.waits).toMatchObject({ at: '2028-Q2', gains: null, worth: null })
    const median = (side: Side | undefined) =>
      side?.waits?.points.find(point => point.quarter === side.waits?.at)?.quantiles.p50 ?? Number.NaN
    expect(hours?.waits?.daysSaved).toBeGreaterThan(0)
    expect(station?.waits?.daysSaved).toBeGreaterThan(0)
    expect(median(hours)).toBeLessThan(median(base))
    const range = hours?.waits?.medianRange
    expect(range?.high).toBeLessThan(median(hours))
    expect(range?.low).toBeGreaterThan(median(hours))
    expect(range?.low).toBeLessThan(median(base))
    expect(hours?.waits?.worth?.eurosPerDay).toBeNull()
    expect(station?.waits?.worth?.eurosPerDay?.p50).toBeGreaterThan(0)
    expect(station?.waits?.worth?.personWeeks.p50).toBeGreaterThan(0)
    expect(hours?.cost).toEqual({ once: 0, perYear: 0, leversWithoutCost: 1 })
    expect(station?.cost).toEqual({ once: 10_000, perYear: 16_000, leversWithoutCost: 0 })
    expect(station?.levers[0]).toMatchObject({
      actsFrom: '2027-05-24',
      leadWeeks: 20,
      actsWithinProjection: true,
    })
    expect(waitRun?.id).toMatch(/^[0-9a-f]{16}$/)
    expect(recomputedOn).toBe('2026-11-24')
  })

  test('a lever dated 2030 prepares the wave of 2031: only what it changes is told so far', async () => {
    const late = {
      ...HOURS,
      name: 'Avant la vague',
      levers: [{ ...HOURS.levers[0], startsOn: '2030-03-01' }],
    }
    const { sides: shown } = await sides([await saved(late)])
    const waits = shown[1]?.waits
    expect(waits?.points).toHaveLength(12)
    expect(waits?.at).toBe('2031-Q2')
    const gain = (quarter: string) => waits?.gains?.find(one => one.quarter === quarter)?.days
    expect(gain('2029-Q4')).toEqual({ p05: 0, p50: 0, p95: 0 })
    expect(gain('2031-Q2')?.p50).toBe(waits?.daysSaved)
    expect(waits?.daysSaved).toBeGreaterThan(0)
    expect(waits?.gains?.at(-1)?.quarter).toBe('2033-Q4')
  })

  test('agents shorten the issuance delay; a scenario of the CERT says nothing of waits', async () => {
    const { sides: shown } = await sides([await saved(AGENTS)])
    expect(shown[1]?.waits).toBeNull()
    expect(shown[1]?.delays?.daysSaved).toBeGreaterThan(0)
  })

  test('too many or none are refused', async () => {
    expect((await ask(app, '/api/scenarios/compare?ids=')).status).toBe(400)
    expect((await ask(app, '/api/scenarios/compare?ids=0000000000000000')).status).toBe(404)
  })
})

test('a threshold that the projection passes at the first effect is triggered, and the home page says so', async () => {
  const low = {
    ...HOURS,
    name: 'Seuil bas',
    levers: [{ ...HOURS.levers[0], trigger: { aboveDays: 5, probability: 0.5 } }],
  }
  const [id, calm] = [await saved(low), await saved(HOURS)]
  const { triggers } = await jsonOf<{
    triggers: { scenario: { id: string }; triggered: boolean; quarter: string; probability: number }[]
  }>(await ask(app, '/api/triggers'))
  const own = triggers.find(one => one.scenario.id === id)
  expect(own).toMatchObject({ triggered: true, quarter: '2027-Q1' })
  expect(own?.probability).toBeGreaterThan(0.5)
  expect(triggers.find(one => one.scenario.id === calm)).toMatchObject({ triggered: false })
  expect(await (await ask(app, '/')).text()).toContain('Seuil bas')
})

test('mobile stations are sent by both objectives, each better at its own', async () => {
  const response = await post('/api/allocations', { stations: 3, weeks: 26 })
  expect(response.status).toBe(200)
  const { allocations } = await jsonOf<{
    allocations: Record<
      'person-weeks' | 'longest-wait',
      { stations: number; personWeeksSaved: number; longestWaitAfter: number }[]
    >
  }>(response)
  const sum = (
    halls: { stations: number; personWeeksSaved: number }[],
    of: 'stations' | 'personWeeksSaved',
  ) => halls.reduce((all, hall) => all + hall[of], 0)
  const worst = (halls: { longestWaitAfter: number }[]) =>
    Math.max(...halls.map(hall => hall.longestWaitAfter))
  const { 'person-weeks': people, 'longest-wait': longest } = allocations
  expect([sum(people, 'stations'), sum(longest, 'stations')]).toEqual([3, 3])
  expect(sum(people, 'personWeeksSaved')).toBeGreaterThanOrEqual(sum(longest, 'personWeeksSaved'))
  expect(worst(longest)).toBeLessThanOrEqual(worst(people))
})

describe('pages', () => {
  const form = (fields: Record<string, string>) =>
    ask(app, '/scenarios', {
      method: 'POST',
      headers: { accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(fields),
      redirect: 'manual',
    })
  const FIELDS = {
    name: 'Depuis la page',
    place: '16',
    rows: '1',
    'levers.0.code': 'more-hours',
    'levers.0.amount': '2 à 4',
    'levers.0.startsOn': '2022-05-01',
    'levers.0.leadWeeks': '6',
  }

  test('a scenario is made without script, and its address shows it beside nothing decided', async () => {
    const response = await form({ ...FIELDS, action: 'save' })
    expect(response.status).toBe(303)
    const address = response.headers.get('location') ?? ''
    const page = await (await ask(app, address, { headers: { accept: 'text/html' } })).text()
    expect(page).toContain('Depuis la page')
    expect(page).toContain('Rien de décidé')
    expect(page).toContain('Jours gagnés par trimestre')
    expect(page).not.toContain('ne dit rien d’aujourd’hui')
    expect(page).toContain('estimé')
    expect(page).not.toMatch(/undefined|NaN|Infinity|\[object/)
  })

  test('faults stand in their place, and what was written is kept', async () => {
    const response = await form({ ...FIELDS, name: '', 'levers.0.amount': 'beaucoup', action: 'save' })
    expect(response.status).toBe(422)
    const page = await response.text()
    expect(page).toContain('id="faute-levers-0-amount"')
    expect(page).toContain('value="beaucoup"')
    expect(page).toContain('2\u00a0points à corriger')
  })

  test('what the form would do stands beside it at an address, and a further lever loses nothing', async () => {
    const tried = (fields: Record<string, string>) =>
      ask(app, `/scenarios?${new URLSearchParams({ ...FIELDS, ...fields })}`, {
        headers: { accept: 'text/html' },
      })
    const response = await tried({ name: '', action: 'more' })
    expect(response.status).toBe(200)
    const page = await response.text()
    expect(page).toContain('Levier 2')
    expect(page).toContain('value="2 à 4"')
    expect(page).toMatch(/«\sCet essai\s» ferait gagner environ \d+\sjours?\./)
    expect(await (await tried({ 'levers.0.amount': 'beaucoup' })).text()).toMatch(
      /<a href="#champ-levers-0-amount">Quantité\s: Un nombre/,
    )
  })

  test('mobile stations have their page', async () => {
    const scenario = await (await ask(app, `/scenarios/${await saved(STATION)}`)).text()
    const atCert = /href="(\/certs\?[^"]*stations=1[^"]*)"/.exec(scenario)![1]!.replaceAll('&amp;', '&')
    expect(await (await ask(app, atCert)).text()).toMatch(/Avec 1\sstation de plus/)
    const page = await (await ask(app, '/scenarios/stations-mobiles?stations=2')).text()
    expect(page).toContain('favorise les grandes villes')
    expect(page).toContain('le second les petites')
  })
})

test('before any scenario, two examples are compared in one gesture, and one gains most in the wave of 2031', async () => {
  expect(await pageOf(await ask(app, '/scenarios?place=86'))).toContain('Comparer ces deux exemples')
  const answer = await ask(app, '/scenarios?place=86', {
    method: 'POST',
    body: new URLSearchParams({ action: 'examples' }),
  })
  const page = await pageOf(await ask(app, answer.headers.get('location')!))
  expect(page).toContain('href="/effectifs?place=86"')
  expect(page).toMatch(
    /« Exemple : [^»]*» gagne le plus : environ \d+\sjours? de moins au \de\strimestre\s2031/,
  )
})

test.each(['2A', '974'])(
  'a planner compares two scenarios of %s, halls and workforce assumed',
  async place => {
    const form = async (fields: Record<string, string>) => {
      const answer = await ask(app, `/scenarios?place=${place}`, {
        method: 'POST',
        body: new URLSearchParams({ place, 'levers.0.startsOn': '2026-11-24', ...fields }),
      })
      expect(answer.status, await answer.clone().text()).toBe(303)
      return /[0-9a-f]{16}/.exec(answer.headers.get('location') ?? '')![0]
    }
    const hours = await form({ name: 'Plus d’heures', 'levers.0.code': 'more-hours', 'levers.0.amount': '4' })
    const agents = await form({ name: 'Agents', 'levers.0.code': 'more-agents', 'levers.0.amount': '2' })
    const page = await pageOf(await ask(app, `/scenarios/comparer?ids=${hours},${agents}&place=${place}`))
    expect(page).toMatch(/communes sont supposées l’être/)
    expect(page).not.toContain('Effet non calculé')
    expect(page).toContain('id="attente')
    expect(page).toContain('id="delai')
    const supposed = Number(/suppose ([\d,]+)\sETPO au centre/.exec(page)![1]!.replace(',', '.'))
    const flow = await jsonOf<{ assumptions: { name: string; value: number }[] }>(
      await ask(
        app,
        `/api/certs/cert-${place.toLowerCase()}/flow?title=cni-passport&from=2026-Q4&to=2026-Q4`,
      ),
    )
    const capacity = flow.assumptions.find(({ name }) => name === 'capacity')!.value
    expect(supposed).toBeCloseTo(capacity / (95 * (9.56 / 12)), 1)
    expect(supposed).toBe(flow.assumptions.find(({ name }) => name === 'agents')!.value)
  },
)
