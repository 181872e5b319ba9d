import { afterAll, beforeAll, expect, test } from 'vitest'
import { requestProjections, workOnProjections } from '../../src/demand/job-work.ts'
import { openQueue } from '../../src/io/queue/queue.ts'
import { appOver, ask, jsonOf } from '../app.ts'
import { freshDatabase } from '../database.ts'

let database: Awaited<ReturnType<typeof freshDatabase>>
beforeAll(async () => {
  database = await freshDatabase()
})
afterAll(() => database.close())

const page = async () => (await ask(appOver(database.db), '/projections')).text()

test('nothing asked for is said, with the commands that ask', async () => {
  const empty = await page()
  expect(empty).toContain('Aucune projection n’a été demandée.')
  expect(empty).toContain('npm run project')
  expect(empty).not.toContain('<progress')
})

test('projections are followed to their end', async () => {
  const queue = await openQueue(database.db)
  await requestProjections(database.db, queue, ['17', '19'])
  const asked = await page()
  expect(asked).toMatch(/0\sprojection finie sur 3/)
  expect(asked).toMatch(/Corrèze<\/th><td>en attente</)
  await workOnProjections(database.db, queue, () => '2026-11-24')
  for (let ended = ''; !/3\sprojections finies sur 3/.test(ended); ended = await page())
    await new Promise(resolve => setTimeout(resolve, 200))
  const { byState } = await jsonOf<{ byState: object }>(await ask(appOver(database.db), '/api/jobs'))
  expect(byState).toEqual({ completed: 3 })
  expect(await page()).toMatch(/France<\/th><td>finie</)
  await queue.stop({ graceful: false })
})
