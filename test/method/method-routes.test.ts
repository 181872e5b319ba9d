import { afterAll, beforeAll, expect, test } from 'vitest'
import { appOver, ask } from '../app.ts'
import { freshDatabase } from '../database.ts'

let database: Awaited<ReturnType<typeof freshDatabase>>
beforeAll(async () => {
  database = await freshDatabase()
})
afterAll(() => database.close())

test('the method page says what the published volumes taught the model, and on which day', async () => {
  const page = await (await ask(appOver(database.db), '/methode')).text()
  const table = page.slice(page.indexOf('Ce que les volumes publiés ont appris'))
  expect(table).toMatch(/(cartes|passeports) de 202\d \(/)
  expect(table.slice(0, table.indexOf('</table>'))).toMatch(/\d{1,2}(er)?\s\S+\s202\d/)
})
