import { afterAll, beforeAll, expect, test } from 'vitest'
import { appOver, ask, jsonOf } from '../app.ts'
import { freshDatabase } from '../database.ts'

let database: Awaited<ReturnType<typeof freshDatabase>>
let app: ReturnType<typeof appOver>
beforeAll(async () => {
  database = await freshDatabase()
  app = appOver(database.db)
})
afterAll(() => database.close())

const post = (body: unknown) =>
  ask(app, '/api/campaigns', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
const OLD_CARDS = {
  holders: 'old-card-adult',
  endsFrom: '2031-09',
  endsTo: '2033-12',
  sentIn: '2029-10',
  means: 'letter',
}

test('a campaign is kept, measured and shown, its halls making up its department', async () => {
  const body = { name: 'Anciennes cartes', place: '16', messages: [OLD_CARDS] }
  const made = await post(body)
  expect(made.status).toBe(201)
  const { id } = await jsonOf<{ id: string }>(made)
  expect(made.headers.get('location')).toBe(`/api/campaigns/${id}`)
  expect((await post(body)).status).toBe(200)
  const { effect, responses } = await jsonOf<{
    effect: {
      moved: { p50: number }
      told: { p50: number }
      euros: { p50: number }
      halls: { moved: number }[]
      quarters: { quarter: string; before: { p50: number }; after: { p50: number } }[]
    }
    responses: { means: string; learnt: boolean; origin: string }[]
  }>(await ask(app, `/api/campaigns/${id}`))
  expect(effect.told.p50).toBeGreaterThan(1_000)
  expect(effect.euros.p50).toBeCloseTo(effect.told.p50, 6)
  expect(effect.moved.p50).toBeGreaterThan(0)
  expect(effect.halls.every(({ moved }) => moved > 0)).toBe(true)
  expect(effect.quarters[0]!.after).toEqual(effect.quarters[0]!.before)
  expect(responses.every(({ learnt, origin }) => !learnt && origin !== '')).toBe(true)
  const page = await (await ask(app, `/campagnes/${id}`)).text()
  expect(page).toContain('Anciennes cartes')
  expect(page).toContain('<svg')
  const list = await jsonOf<{ campaigns: { id: string }[] }>(await ask(app, '/api/campaigns'))
  expect(list.campaigns.map(one => one.id)).toEqual([id])
})

test('every fault of a campaign is told at once, with its code', async () => {
  const refused = await post({
    name: ' ',
    place: '99',
    messages: [
      { ...OLD_CARDS, holders: 'passport-adult', endsFrom: '2031-01', endsTo: '2031-06' },
      { ...OLD_CARDS, sentIn: '2026-11', share: 2, hall: '75056' },
      { ...OLD_CARDS, endsFrom: '2031-13' },
    ],
    counted: [{ means: 'letter', told: 10, answered: 11, origin: '' }],
    euros: { letter: -1 },
  })
  expect(refused.status).toBe(422)
  const { code, errors } = await jsonOf<{ code: string; errors: { field: string; code: string }[] }>(refused)
  expect(code).toBe('invalid-campaign')
  expect(errors.map(({ field, code: own }) => `${field} ${own}`)).toEqual([
    'name name-needed',
    'place unknown-place',
    'messages.0.sentIn outside-lawful-window',
    'messages.1.share invalid-share',
    'messages.1.hall unknown-hall',
    'messages.1.sentIn month-outside',
    'messages.2.endsFrom invalid-month',
    'counted.0 invalid-count',
    'counted.0.origin origin-needed',
    'euros.letter invalid-cost',
  ])
  expect((await post({ name: 'x', place: '16' })).status).toBe(400)
  expect((await ask(app, '/api/campaigns/0000000000000000')).status).toBe(404)
})

test('the page compares three plans and takes a campaign without any script', async () => {
  const page = await (await ask(app, '/campagnes')).text()
  for (const words of ['Ne rien faire', 'Une lettre à tous', 'Le meilleur calendrier', 'chances? sur'])
    expect(page).toMatch(new RegExp(words))
  // The median of the highest quarters is no quarter of the chart, and one chance is told once.
  const lead = /<p class="fr-text--lead">(.*?)<\/p>/s.exec(page)?.[1] ?? ''
  expect(lead).toContain('le plus fort trimestre des cinq prochaines années')
  expect(lead.match(/9\schances\ssur\s10/g)).toHaveLength(1)
  expect(page).not.toContain('Le pic du')
  const tried = (fields: Record<string, string>) => ask(app, `/campagnes?${new URLSearchParams(fields)}`)
  const proposed = await (
    await tried({
      'messages.0.holders': 'old-card-adult',
      'messages.0.endsFrom': '2031-09',
      'messages.0.sentIn': '2029-10',
    })
  ).text()
  expect(proposed).toContain('Rien n’est enregistré')
  const late = await (
    await tried({ 'messages.0.holders': 'old-card-adult', 'messages.0.sentIn': 'x' })
  ).text()
  expect(late).toContain('champ-messages-0-sentIn')
  expect(late).not.toContain('Rien n’est enregistré')
  const form = (fields: Record<string, string>) =>
    ask(app, '/campagnes', { method: 'POST', body: new URLSearchParams(fields) })
  const wrong = await form({ name: '', 'messages.0.holders': 'card-minor', 'messages.0.sentIn': '2031-01' })
  expect(wrong.status).toBe(422)
  expect(await wrong.text()).toContain('champ-messages-0-endsFrom')
  const right = await form({
    name: 'Écoles',
    'messages.0.holders': 'card-minor',
    'messages.0.endsFrom': 'Mai 2031',
    'messages.0.sentIn': 'sept. 2030',
    'messages.0.means': 'web',
  })
  expect(right.status).toBe(303)
})
