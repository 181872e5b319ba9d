import { afterAll, beforeAll, expect, test } from 'vitest'
import { effectOf } from '../../src/imports/effect-queries.ts'
import { KIND_CODES } from '../../src/imports/kinds.ts'
import { LIMITS } from '../../src/imports/limits.ts'
import { appOver, ask, jsonOf, pageOf } from '../app.ts'
import { freshDatabase } from '../database.ts'

let database: Awaited<ReturnType<typeof freshDatabase>>
let app: ReturnType<typeof appOver>
beforeAll(async () => {
  database = await freshDatabase()
  app = appOver(database.db)
})
afterAll(() => database.close())

const post = (kind: string, body: string, headers: Record<string, string> = {}) =>
  ask(app, `/api/imports?kind=${kind}`, {
    method: 'POST',
    body,
    headers: { 'content-type': 'text/csv', ...headers },
  })

interface Refused {
  code: string
  total: number
  faults: { line: number; code: string; remedy: string }[]
}

async function rowsStored(): Promise<number> {
  const row = await database.db
    .selectFrom('observation')
    .select(eb => eb.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow()
  return Number(row.n)
}

const ring = [
  [-0.36, 45.66],
  [-0.29, 45.66],
  [-0.29, 45.72],
  [-0.36, 45.66],
]
const OUTLINE = {
  type: 'Feature',
  properties: { code: '16102' },
  geometry: { type: 'Polygon', coordinates: [ring] },
}

test('a file with five different faults lists the five with their lines, and stores nothing', async () => {
  const before = await rowsStored()
  const response = await post(
    'applications',
    [
      'mois;commune;titre;demandes',
      '2022-13;16102;cni;120',
      '2022-05;1999;cni;80',
      '2022-05;16102;visa;80',
      '2022-05;16102;passport;beaucoup',
      '2099-01;16102;cni;90',
      '2022-06;16102;cni;110',
    ].join('\n'),
  )
  expect(response.status).toBe(422)
  const problem = await jsonOf<Refused>(response)
  expect(problem.code).toBe('import-refused')
  expect(problem.faults.map(fault => [fault.line, fault.code])).toEqual([
    [2, 'invalid-period'],
    [3, 'lost-leading-zero'],
    [4, 'unknown-title'],
    [5, 'not-a-number'],
    [6, 'future-period'],
  ])
  expect(problem.faults.every(fault => fault.remedy !== '')).toBe(true)
  expect(await rowsStored()).toBe(before)
})

test('a sound file is stored once; the same bytes again write nothing', async () => {
  const file = 'mois;commune;titre;demandes\n2022-01;16102;cni;310\n2022-02;16102;cni;295\n'
  const first = await post('applications', file)
  expect(first.status).toBe(201)
  expect(await first.json()).toMatchObject({ rows: 2, alreadyKnown: false })
  const stored = await rowsStored()
  const second = await post('applications', file)
  expect(second.status).toBe(200)
  expect(await second.json()).toMatchObject({ rows: 2, alreadyKnown: true })
  expect(await rowsStored()).toBe(stored)
})

test('what a file changes is told before and after: added, revised, contradicted, unchanged', async () => {
  interface Told {
    effect: { figures: Record<'added' | 'revised' | 'contradicted' | 'unchanged', number> } | null
    changes: Told['effect']
  }
  const counts = (effect: Told['effect']) =>
    effect && ['added', 'revised', 'contradicted', 'unchanged'].map(name => Reflect.get(effect.figures, name))
  const head = '# source : Mairie de Confolens\n'
  const months = 'mois;commune;titre;demandes\n2021-01;16113;cni;110\n'
  expect(counts((await jsonOf<Told>(await post('applications', head + months))).effect)).toEqual([1, 0, 0, 0])
  const more = `${head}# nature : révision\n${months.replace('110', '120')}2021-02;16113;cni;90\n`
  const rows = await rowsStored()
  const preview = await ask(app, '/api/imports/preview', { method: 'POST', body: more })
  expect(counts((await jsonOf<Told>(preview)).changes)).toEqual([1, 1, 0, 0])
  const map = JSON.stringify({ type: 'FeatureCollection', features: [OUTLINE] })
  expect(await jsonOf(await ask(app, '/api/imports/preview', { method: 'POST', body: map }))).toMatchObject({
    kind: 'contours',
    rows: [{ insee: '16102', points: 4 }],
    faults: [],
  })
  const nowhere = await ask(app, '/api/imports/preview?place=99999', { method: 'POST', body: months })
  expect(nowhere.status).toBe(404)
  expect(await rowsStored()).toBe(rows)
  // As long as a long table, which an administrator may bring: it is none.
  const long = await ask(app, '/api/imports', { method: 'POST', body: map + ' '.repeat(LIMITS.bytes) })
  expect(await jsonOf(long)).toMatchObject({ kind: 'contours', rows: 1 })
  expect(counts((await jsonOf<Told>(await post('applications', more))).effect)).toEqual([1, 1, 0, 0])
  expect((await jsonOf<Told>(await post('applications', more))).effect).toBeNull()
  const wait = '# source : Mairie de Confolens\njour;lieu;délai rdv\n2022-04-04;16;90\n'
  const waits = await jsonOf<{ changes: { projections: { place: string; what: string; after: number }[] } }>(
    await ask(app, '/api/imports/preview', { method: 'POST', body: wait }),
  )
  expect(waits.changes.projections.find(({ place }) => place === '16')).toMatchObject({
    what: 'wait-now',
    reasons: [{ code: 'own-waits' }],
    href: '/rendez-vous?place=16',
  })
  const other = await post('applications', `# source : Autre\n${months.replace('110', '300')}`)
  expect(counts((await jsonOf<Told>(other)).effect)).toEqual([0, 0, 1, 0])
})

test('a file taken back since it was found standing changes nothing', async () => {
  const file = '# source : Mairie de Ruffec\nmois;commune;titre;demandes\n2021-01;16292;cni;5\n'
  const { release: id } = await jsonOf<{ release: number }>(await post('applications', file))
  const taken = await ask(app, `/api/releases/${id}/withdrawal`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ reason: 'erreur de saisie' }),
  })
  expect(taken.status).toBe(201)
  const reader = { role: 'public', place: '', account: '', name: '', scope: 'read' } as const
  const asked = { id, kind: 'applications', standing: 'public' } as const
  expect((await effectOf(database.db, asked, reader)).figures).toMatchObject({ added: 0, changes: [] })
})

test('a page of another site cannot send a file', async () => {
  const response = await post('applications', 'x', {
    origin: 'https://example.org',
    'sec-fetch-site': 'cross-site',
  })
  expect(response.status).toBe(403)
  expect(await response.json()).toMatchObject({ code: 'cross-site-request' })
})

test.each(KIND_CODES)('the template of %s can be downloaded', async kind => {
  const response = await ask(app, `/api/imports/templates/${kind}.csv`)
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toContain('text/csv')
})

test('a template sent back as it is does not enter as facts', async () => {
  const template = await (await ask(app, '/api/imports/templates/applications.csv')).text()
  const response = await post('applications', template)
  expect(response.status).toBe(422)
  expect((await jsonOf<Refused>(response)).faults[0]).toMatchObject({ code: 'untouched-template' })
})

test('the page shows the faults in place, in French, with what to do', async () => {
  const form = new FormData()
  form.set('type', 'applications')
  form.set('fichier', new File(['mois;commune;titre;demandes\n2022-05;16102;cni;-4\n'], 'demandes.csv'))
  const response = await ask(app, '/donnees', { method: 'POST', body: form })
  expect(response.status).toBe(422)
  const page = await response.text()
  expect(page).toContain('Rien n’a été enregistré')
  expect(page).toContain('Ce qu’il faut faire')
})

test('a file dropped on the page is stored under who is said to publish it, once', async () => {
  const drop = async (source?: string) => {
    const form = new FormData()
    if (source !== undefined) form.set('source', source)
    form.set('type', 'appointment-waits')
    form.set(
      'fichier',
      new File([`# note : ${source}\npériode;lieu;jours\nT1 2020;16102;7\n`], 'attentes.csv'),
    )
    const response = await ask(app, '/donnees', { method: 'POST', body: form })
    const { imports } = await jsonOf<{ imports: { publisher: string; fileName: string }[] }>(
      await ask(app, '/api/imports'),
    )
    return [response.status, await response.text(), imports[0]?.publisher] as const
  }
  const [status, page, publisher] = await drop('Mairie de Cognac')
  expect([status, publisher]).toEqual([200, 'Mairie de Cognac'])
  expect(page).toContain('Fichier enregistré')
  expect((await drop('Mairie de Cognac'))[1]).toContain('Ce fichier était déjà importé')
  for (const nobody of ['', undefined]) expect((await drop(nobody))[2]).toBe('Import sans source déclarée')
})

test('a form without a file is told so', async () => {
  const form = new FormData()
  form.set('fichier', new File([], ''))
  const response = await ask(app, '/donnees', {
    method: 'POST',
    body: form,
    headers: { accept: 'text/html' },
  })
  expect(response.status).toBe(400)
  expect(await response.text()).toContain('Choisissez un fichier')
})

test('past imports are listed with their source and their day of publication', async () => {
  const { imports } = await jsonOf<{ imports: { publisher: string; publishedOn: string }[] }>(
    await ask(app, '/api/imports'),
  )
  expect(
    imports.some(one => one.publisher === 'Préfecture de la Charente' && one.publishedOn === '2022-04-13'),
  ).toBe(true)
})

test('every value published for a figure is told, with what became of it', async () => {
  const { vintages } = await jsonOf<{
    vintages: { value: number; state: string; publishedOn: string; document: string; locator: string }[]
  }>(await ask(app, '/api/vintages?measure=appointment-wait&place=16&period=2021-Q3'))
  expect(vintages.map(({ value, state, publishedOn }) => [value, state, publishedOn])).toEqual([
    [40, 'in-force', '2022-04-05'],
    [39, 'conflict', '2022-04-13'],
  ])
  expect(vintages.every(({ document, locator }) => document !== '' && locator !== '')).toBe(true)
  const page = await pageOf(
    await ask(app, '/donnees?measure=appointment-wait&title=&place=16&period=2021-Q3'),
  )
  expect(page).toMatch(/en vigueur[\s\S]*en conflit/)
  expect(page).toContain('chiffres en conflit')
})

test('a measure that does not exist is refused', async () => {
  expect((await ask(app, '/donnees?measure=humeur')).status).toBe(400)
})

test('outlines of communes are dropped on the same page', async () => {
  const form = new FormData()
  form.set('type', 'contours')
  form.set('fichier', new File(['{}'], 'communes.geojson'))
  const response = await ask(app, '/donnees', { method: 'POST', body: form })
  expect(response.status).toBe(422)
  expect(await response.text()).toContain('FeatureCollection')
  const named = new FormData()
  named.set('geste', 'apercu')
  named.set('place', 'Confolens')
  named.set('fichier', new File(['mois;titre;demandes\n2021-01;cni;110\n'], 'demandes.csv'))
  const read = await ask(app, '/donnees', { method: 'POST', body: named })
  expect(read.status).toBe(200)
  const rows = await rowsStored()
  const map = '{"type":"FeatureCollection","features":[]}'
  form.set('geste', 'apercu')
  form.set('fichier', new File([map.replace('[]', `[${JSON.stringify(OUTLINE)}]`)], 'communes.geojson'))
  const preview = await ask(app, '/donnees', { method: 'POST', body: form })
  expect(await preview.text()).toMatch(/compris[\s\S]{0,60}Contours des communes/)
  expect(await rowsStored()).toBe(rows)
})
