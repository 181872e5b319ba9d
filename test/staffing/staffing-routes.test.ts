import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { importFile } from '../../src/imports/import-queries.ts'
import { monthsBetween } from '../../src/pure/calendar/period.ts'
import { appOver, ask, jsonOf, pageOf } from '../app.ts'
import { freshDatabase } from '../database.ts'
import { listening } from '../sockets.ts'

interface PlanBody {
  id: string
  demandRun: string | null
  previous: string | null
  months: {
    month: string
    agents: number
    hires: number
    arrivals: { contract: string; agents: number }[]
    overtime: number
    cost: number
    lateProbability: number
    delay: { p50: number }
  }[]
  jointLateProbability: number
  worstMonthLateProbability: number
  cost: number
  nothing: { jointLateProbability: number }
  curve: { kind: string; jointLateProbability: number; cost: number }[]
  explanation: { title: string; text: string }[]
  difference: { months: unknown[]; explanation: unknown[] } | null
  origins: Record<string, string>
  question: Record<string, unknown>
}

interface ProblemBody {
  code: string
  status: number
  detail: string
  binding?: string[]
  remedies?: { limit: string; amount: number; text: string }[]
}

/** Enough to tell a promise kept from one that is not. */
const FUTURES = 200

let database: Awaited<ReturnType<typeof freshDatabase>>
let app: ReturnType<typeof appOver>
beforeAll(async () => {
  database = await freshDatabase()
  app = appOver(database.db, { futures: FUTURES })
})
afterAll(() => database.close())

const post = (path: string, body: unknown) =>
  ask(app, path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
const plain = { title: 'cni-passport', months: 8, targetDays: 14, probability: 0.9 }
const planOf = async (body: unknown) => {
  const response = await post('/api/staffing/plans', body)
  const answer = await jsonOf<PlanBody>(response)
  expect([response.status, 'detail' in answer ? answer.detail : '']).toEqual([201, ''])
  return answer
}
const problemOf = async (body: unknown) => {
  const response = await post('/api/staffing/plans', body)
  const problem = await jsonOf<ProblemBody>(response)
  expect(response.headers.get('content-type')).toContain('application/problem+json')
  expect(response.status).toBe(problem.status)
  return problem
}

describe('a plan', () => {
  let plan: PlanBody
  beforeAll(async () => {
    plan = await planOf(plain)
  }, 180_000)

  it('needs no more than a title, months, a target and a probability', () => {
    expect(plan.months.map(month => month.month)).toEqual(monthsBetween('2026-12', '2027-07'))
    expect(plan.jointLateProbability).toBeGreaterThan(0.05)
    expect(plan.jointLateProbability).toBeLessThan(0.13)
    expect(plan.nothing.jointLateProbability).toBeGreaterThan(plan.jointLateProbability)
    expect(plan.months.reduce((sum, month) => sum + month.cost, 0)).toBeCloseTo(plan.cost, 6)
    expect(plan.origins['filesPerWorkingDay']).toContain('comme à la page Centres d’expertise')
    expect(plan.demandRun).toMatch(/^[0-9a-f]{16}$/)
    expect(plan.explanation.length).toBeGreaterThan(8)
  })

  it('is kept: read again, listed, as a file, and never changed', async () => {
    const read = await ask(app, `/api/staffing/plans/${plan.id}`)
    expect(await read.json()).toEqual(plan)
    const { plans } = await jsonOf<{ plans: { id: string }[] }>(await ask(app, '/api/staffing/plans'))
    expect(plans.map(one => one.id)).toContain(plan.id)
    const csv = await (await ask(app, `/api/staffing/plans/${plan.id}/months.csv`)).text()
    expect(csv.split('\r\n')).toHaveLength(8 + 2)
    await expect(
      database.db.updateTable('staffing_plan').set({ cost: 1 }).where('id', '=', plan.id).execute(),
    ).rejects.toThrow('append-only')
  })

  it('is the same for the same question', async () => {
    expect((await planOf(plain)).id).toBe(plan.id)
    expect((await planOf({ ...plain, seed: 7 })).id).not.toBe(plan.id)
  })

  it('keeps its promise on fresh paths of the engine', async () => {
    const check = await jsonOf<{ jointLateProbability: number }>(
      await post(`/api/staffing/plans/${plan.id}/checks`, { seed: 99, paths: 4_000 }),
    )
    expect(check.jointLateProbability).toBeGreaterThan(0.05)
    expect(check.jointLateProbability).toBeLessThan(0.14)
  })

  it('is taken over by another, with its decided arrivals, and the difference is shown', async () => {
    const decided = plan.months.filter(month => month.hires > 0 && month.month < '2027-05')
    const next = await planOf({
      ...plain,
      firstMonth: '2027-02',
      previous: plan.id,
      startStock: 30_000,
      received: [{ month: '2026-12', files: 38_000 }],
    })
    expect(next.previous).toBe(plan.id)
    expect(next.question['decided']).toEqual(
      decided
        .filter(month => month.month >= '2027-02')
        .flatMap(({ month, arrivals }) =>
          arrivals.map(({ contract, agents }) => ({ month, agents, contract })),
        ),
    )
    expect(next.origins['filesPerWorkingDay']).toContain('Corrigé par 1 mois')
    expect(next.difference?.months).toHaveLength(6)
    const page = await (await ask(app, `/effectifs/${next.id}`)).text()
    expect(page).toContain('Ce qui change depuis le dernier plan')
  })

  it('is called off by who leaves before its end, over a real line', async () => {
    const answers: Promise<Response>[] = []
    const faults: unknown[] = []
    const fetch = (request: Request) => {
      const answer = Promise.resolve(app.fetch(request))
      answers.push(answer)
      return answer
    }
    const server = await listening(fetch, { report: fault => faults.push(fault) })
    const body = JSON.stringify({ ...plain, months: 60, seed: 5 })
    const socket = connect({ host: '127.0.0.1', port: server.port })
    socket.write(
      `POST /api/staffing/plans HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
    )
    await expect.poll(() => answers.length).toBe(1)
    socket.destroy()
    await expect(answers[0]).rejects.toMatch('closed')
    await server.close()
    expect(faults).toEqual([])
  })

  it('follows what was imported: agents, productivity', async () => {
    const file = [
      '# type : cert-capacity',
      '# source : essai',
      '# publié le : 2026-11-01',
      'cert;titre;depuis;etpo;dossiers par jour et par agent;origine',
      'Essai;driving-licence;2026-10-01;6;80;note de service',
    ].join('\n')
    const stored = await importFile(
      database.db,
      { bytes: new TextEncoder().encode(file), name: 'essai.csv', defaultPlace: '16', receivedFrom: 'essai' },
      '2026-11-24',
    )
    expect(stored).toMatchObject({ rows: 1 })
    const licences = await planOf({ ...plain, title: 'driving-licence' })
    expect(licences.question).toMatchObject({ agents: 6, filesPerAgentDay: 80, filesPerWorkingDay: 345 })
    expect(licences.origins['agents']).toContain('note de service')
    expect(licences.demandRun).toBeNull()
  })

  it('tells its progress line by line when asked', async () => {
    const response = await ask(app, '/api/staffing/plans', {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/x-ndjson' },
      body: JSON.stringify({ ...plain, seed: 11 }),
    })
    const lines = (await response.text())
      .trim()
      .split('\n')
      .map(line => JSON.parse(line) as object)
    expect(lines.length).toBeGreaterThan(5)
    expect(lines[0]).toMatchObject({ step: 'futures', of: 2 * FUTURES })
    expect(lines).toContainEqual({ solved: 1, step: 'linear' })
    expect(lines.at(-1)).toHaveProperty('plan.id')
  })
})

describe('the limits of a plan', () => {
  it('answers each of them clearly', async () => {
    expect(await problemOf({ ...plain, budget: 0 })).toMatchObject({
      code: 'staffing-infeasible',
      status: 422,
      remedies: expect.any(Array),
    })
    expect(await problemOf({ ...plain, agents: 0 })).toMatchObject({
      code: 'staffing-without-agents',
      status: 422,
    })
    const many = { filesPerWorkingDay: 2_037, targetDays: 0.1, maxHiresPerMonth: 1 }
    const impossible = await problemOf({ ...plain, ...many })
    expect(impossible).toMatchObject({ code: 'staffing-infeasible' })
    expect(impossible.detail).toMatch(/objectif de|augmentez/)
    expect(await problemOf({ ...plain, title: 'residence-first' })).toMatchObject({
      code: 'staffing-inflow-unknown',
    })
  })

  it('refuses what is no number, by name', async () => {
    expect(await problemOf('{"title":"cni-passport","months":NaN}')).toMatchObject({
      code: 'invalid-body',
      status: 400,
    })
    for (const wrong of [
      { months: null },
      { months: 0 },
      { months: 61 },
      { months: 2.5 },
      { targetDays: 0 },
      { targetDays: 'NaN' },
      { probability: 1 },
      { agents: -1 },
      { presence: [1] },
      { firstMonth: '2027-13' },
    ]) {
      const problem = await problemOf({ ...plain, ...wrong })
      expect(problem.code).toBe('invalid-parameter')
      expect(problem.detail).toContain(Object.keys(wrong)[0])
    }
    expect((await problemOf({ ...plain, title: 'passe' })).code).toBe('invalid-title')
    const unknown = await ask(app, '/api/staffing/plans/nothing')
    expect([unknown.status, (await jsonOf<ProblemBody>(unknown)).code]).toEqual([
      404,
      'staffing-plan-not-found',
    ])
  })

  it('plans one month', async () => {
    expect((await planOf({ ...plain, months: 1 })).months).toHaveLength(1)
  })
})

describe('the pages', () => {
  it('offer a form with the origin of every default, and lead to the plan', async () => {
    const form = await (await ask(app, '/effectifs?titre=driving-licence')).text()
    expect(form).toContain('Permis de conduire')
    expect(form).toContain('note de service')
    expect(form).toMatch(/chances? sur \d+ de tenir 14\sjours sur 18\smois\./)
    expect(form).not.toMatch(/undefined|NaN|\[object/)
    const fields = new URLSearchParams({
      title: 'driving-licence',
      targetDays: '14',
      probability: '90',
      months: '8',
      promise: 'joint',
      filesPerWorkingDay: '360',
      agents: '',
      contractEnds: '2027-03 1, 2027-09 0,5',
    })
    const sent = await ask(app, '/effectifs', { method: 'POST', body: fields })
    expect(sent.status).toBe(303)
    const page = await (await ask(app, sent.headers.get('location') ?? '')).text()
    expect(page).toContain('Si rien n’est décidé')
    expect(page.match(/<h1/g)).toHaveLength(1)
    expect(page).not.toMatch(/undefined|NaN|\[object|Infinity| style="/)
  })

  const sent = (fields: Record<string, string>, headers = { accept: 'text/html' }) =>
    ask(app, '/effectifs', { method: 'POST', headers, body: new URLSearchParams(fields) })
  const promise = { assumed: 'driving-licence', title: 'driving-licence', targetDays: '14', months: '8' }

  it('refuse each field in words beside it, linked from a summary, with what was typed', async () => {
    for (const accept of ['text/html', 'application/x-ndjson']) {
      const refused = await sent({ ...promise, months: 'douze', probability: '30', agents: '-2' }, { accept })
      expect(refused.status).toBe(400)
      const page = await refused.text()
      expect(page).toMatch(/<title>Erreur\s: Effectifs/)
      expect(page.replace(/\s/g, ' ')).toContain('3 points à revoir')
      for (const [field, typed, words] of [
        ['months', 'douze', 'un nombre entier de 1 à 60'],
        ['probability', '30', 'de 50 à 99,9 pour cent'],
        ['agents', '-2', 'un nombre de 0 à 100'],
      ]) {
        expect(page).toContain(`href="#champ-${field}"`)
        expect(page).toMatch(new RegExp(`id="faute-${field}">${words}`.replaceAll(' ', '\\s')))
        expect(page).toMatch(new RegExp(`name="${field}"[^>]*value="${typed}"`))
      }
      expect(page).toContain('<details class="fold" open=""><summary>Équipe en place')
    }
  })

  it('say under its field what would make a plan possible, streamed or not', async () => {
    const page = await sent({ ...promise, probability: '90', budget: '0', agents: '3' })
    expect(page.status).toBe(422)
    expect((await page.text()).replace(/\s/g, ' ')).toMatch(
      /id="faute-budget">suffirait, seul : un budget plus grand de/,
    )
    const lines = await sent(
      { ...promise, probability: '90', agents: '0' },
      { accept: 'application/x-ndjson' },
    )
    const last = JSON.parse((await lines.text()).trim().split('\n').at(-1) ?? '') as { page: string }
    expect(last.page).toContain('id="faute-agents">Sans aucun agent')
  })

  it('ask for the volume of a title that nobody publishes, the rest filled in', async () => {
    const page = await (await ask(app, '/effectifs?title=residence-first&targetDays=30')).text()
    expect(page).toMatch(/name="filesPerWorkingDay" required=""[^>]*value=""/)
    expect(page).toMatch(/name="targetDays"[^>]*value="30"/)
    expect(page).toMatch(/name="attritionPerMonth"[^>]*value="0,012"/)
  })

  it('change a copy of a plan, what was left keeping its value and origin, and show both', async () => {
    const first = await planOf({ ...plain, title: 'driving-licence', agents: 7 })
    const form = await (await ask(app, `/effectifs?modifie=${first.id}`)).text()
    expect(form).toMatch(/name="agents"[^>]*value="7"/)
    const cells = [
      ...form.matchAll(/<input[^>]*name="(\w+)"[^>]*value="([^"]*)"/g),
      ...form.matchAll(/<textarea[^>]*name="(\w+)"[^>]*>([^<]*)/g),
    ]
    const typed = Object.fromEntries(cells.map(([, name = '', value = '']) => [name, value]))
    const changed = await sent({ ...typed, agents: '8' })
    const [, id] = /^\/effectifs\/(\w+)\?modifie=(\w+)$/.exec(changed.headers.get('location') ?? '') ?? []
    const second = await jsonOf<PlanBody>(await ask(app, `/api/staffing/plans/${id}`))
    expect(second.question).toEqual({
      ...first.question,
      agents: 8,
      unpromisedMonths: expect.any(Number),
    })
    expect(second.origins).toEqual(first.origins)
    const both = await (await ask(app, `/effectifs/comparer?ids=${first.id}&ids=${id}`)).text()
    expect(both).toContain('Agents à l’instruction')
    expect(both).toContain('agents-compares')
    const file = await ask(
      app,
      `/effectifs/comparer?ids=${first.id}&ids=${id}&tableau=plans-compares&format=open.csv`,
    )
    expect((await file.text()).split(/\r?\n/)[1]).toMatch(/^A,[0-9a-f]{16},14,90,8,[\d.]+,[\d.]+,tenue/)
    expect((await ask(app, '/effectifs/comparer?ids=x')).status).toBe(400)
  })
})

it.each(['974', '987'])(
  'start from the delay that /certs tells of %s, and say why they end elsewhere',
  async place => {
    const page = await (await ask(app, `/effectifs?place=${place}`)).text()
    const { assumptions } = await jsonOf<{ assumptions: { name: string; value: number }[] }>(
      await ask(app, `/api/certs/cert-${place}/flow?title=cni-passport&from=2026-Q4&to=2026-Q4`),
    )
    const start = assumptions.find(({ name }) => name === 'startDelay')!.value
    const field = /<input[^>]*name="startDelayDays"[^>]*>/.exec(page)![0]
    expect(Number(/value="(\d+)"/.exec(field)![1])).toBe(Math.round(start))
    expect(page).toMatch(/Délai médian à la fin/)
    expect(page).toMatch(/garde l’effectif\s+d’aujourd’hui/)
  },
)

it.each(['16', '974', '59', '2A'])(
  'tell the same files and workforce of %s as /certs, on pages and in APIs',
  async place => {
    const flow = await ask(
      app,
      `/api/certs/cert-${place.toLowerCase()}/flow?title=cni-passport&from=2026-Q4&to=2026-Q4`,
    )
    const { assumptions } = await jsonOf<{ assumptions: { name: string; value: number }[] }>(flow)
    const told = (name: string) => assumptions.find(one => one.name === name)!.value
    const agents = told('agents')
    expect(agents / (told('requests') / 252 / (95 * (9.56 / 12)))).toBeCloseTo(1, 2)
    const [form, centre] = await Promise.all(
      [`/effectifs?place=${place}`, `/certs?place=${place}`].map(async path => pageOf(await ask(app, path))),
    )
    const typed = (name: string) =>
      Number(
        new RegExp(`<input[^>]*name="${name}"[^>]*value="([^"]*)"`)
          .exec(form!)![1]!
          .replace(/\s/g, '')
          .replace(',', '.'),
      )
    expect(typed('agents')).toBeCloseTo(agents, 1)
    expect(typed('filesPerWorkingDay')).toBeCloseTo(told('requests') / 252, 0)
    expect(centre).toContain(
      `${(agents < 10 ? agents : Math.round(10 * agents) / 10).toLocaleString('fr-FR')} ETPO supposés`,
    )
    const { id, question, origins } = await planOf({ ...plain, place, months: 1, startDelayDays: 5 })
    const listed = await ask(app, `/api/staffing/plans?place=cert-${place.toLowerCase()}`)
    expect((await jsonOf<{ plans: { id: string }[] }>(listed)).plans[0]).toMatchObject({ id })
    expect(question).toMatchObject({ agents, filesPerWorkingDay: told('requests') / 252 })
    expect(origins['filesPerWorkingDay']).toContain('comme à la page Centres d’expertise')
  },
  60_000,
)

it('give an imported team whose perimeter is supposed one volume, in its flow and in its plan', async () => {
  const file = [
    '# type : cert-capacity',
    '# source : essai',
    '# publié le : 2026-11-01',
    'cert;titre;depuis;etpo;dossiers par jour et par agent;origine',
    'Ailleurs;cni-passport;2026-10-01;4,5;90;note',
  ].join('\n')
  const sent = { bytes: new TextEncoder().encode(file), name: 'essai17.csv', receivedFrom: 'essai' }
  await importFile(database.db, { ...sent, defaultPlace: '17' }, '2026-11-24')
  const flow = await ask(app, '/api/certs/cert-17/flow?title=cni-passport&from=2026-Q4&to=2026-Q4')
  const { assumptions } = await jsonOf<{
    assumptions: { name: string; value: number; origin: string; assumed: boolean }[]
  }>(flow)
  const requests = assumptions.find(({ name }) => name === 'requests')!
  const { question, origins } = await planOf({ ...plain, place: 'cert-17', months: 1, startDelayDays: 5 })
  expect(question['filesPerWorkingDay']).toBe(Math.round(requests.value / 252))
  expect(requests).toMatchObject({ assumed: true, origin: expect.stringContaining('équipe importée') })
  expect(origins['filesPerWorkingDay']).toContain('équipe importée')
  expect((await problemOf({ ...plain, place: 'FR' })).code).toBe('invalid-parameter')
}, 60_000)

describe('the network and the halls', () => {
  it('plan several teams under one budget', async () => {
    const response = await post('/api/staffing/networks', {
      ...plain,
      wholeRecruits: false,
      lending: { maxShare: 0.2, cost: 300, productivity: 0.9 },
      teams: [
        { name: 'Un', filesPerWorkingDay: 2_000, agents: 36, startStock: 10_000 },
        { name: 'Deux', filesPerWorkingDay: 1_000, agents: 18, startStock: 5_000 },
      ],
    })
    expect(response.status).toBe(200)
    const { teams } = await jsonOf<{ teams: { name: string; jointLateProbability: number }[] }>(response)
    expect(teams.map(team => team.name)).toEqual(['Un', 'Deux'])
  })

  it('say what hours each town hall needs for thirty days', async () => {
    const response = await ask(app, '/api/staffing/town-halls?targetDays=30')
    expect(response.status).toBe(200)
    const { halls } = await jsonOf<{ halls: { need: { longestWaitDays: number } | null }[] }>(response)
    expect(halls.length).toBeGreaterThan(10)
    for (const { need } of halls) if (need) expect(need.longestWaitDays).toBeLessThanOrEqual(30 + 1e-6)
  })
})
