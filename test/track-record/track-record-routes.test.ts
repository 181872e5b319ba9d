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

interface Answer {
  records: { title: string; horizon: number; model: { claims: number; wapePct: number } }[]
  scores: { place: string; quarter: string; said: number; came: number; horizon: number }[]
}

test('nothing has been judged on the first day, and the page says what would change that', async () => {
  expect(await jsonOf<Answer>(await ask(app, '/api/track-record'))).toEqual({ records: [], scores: [] })
  expect(await (await ask(app, '/fiabilite')).text()).toContain(
    'Aucune projection n’a encore rencontré les faits',
  )
})

test('a projection kept before the facts is judged when they are imported', async () => {
  await ask(app, '/api/demand/16102')
  const file = [
    'mois;commune;titre;demandes',
    ...['04', '05', '06'].map(month => `2022-${month};16102;cni;300`),
  ]
  await ask(app, '/api/imports?kind=applications', { method: 'POST', body: file.join('\n') })
  const { records, scores } = await jsonOf<Answer>(await ask(app, '/api/track-record'))
  expect(scores).toHaveLength(1)
  expect(scores[0]).toMatchObject({ place: '16102', quarter: '2022-Q2', came: 900, horizon: 0 })
  expect(records[0]?.model.claims).toBe(1)
  expect(await (await ask(app, '/fiabilite')).text()).toContain('Cognac')
})
