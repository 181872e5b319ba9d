import { afterAll, beforeAll, expect, test } from 'vitest'
import { medianWaits } from '../../src/waits/median-wait.ts'
import { monthBand } from '../../src/waits/wait-now.ts'
import { hallWaitsNow, placeWaitNow, waitKnowledge } from '../../src/waits/wait-now-queries.ts'
import { appOver, ask } from '../app.ts'
import { freshDatabase } from '../database.ts'

let database: Awaited<ReturnType<typeof freshDatabase>>
const AS_OF = '2026-11-24'

beforeAll(async () => {
  database = await freshDatabase()
  const app = appOver(database.db)
  const send = async (kind: string, body: string) => {
    const headers = { 'content-type': 'text/csv' }
    const sent = await ask(app, `/api/imports?kind=${kind}`, { method: 'POST', body, headers })
    expect(sent.status).toBe(201)
  }
  // Soyaux closes as the quarter ends and beyond it: who waits three weeks today waits through it.
  await send('closures', '# source : Mairie de Soyaux\ncommune;du;au\n16374;2026-12-01;2027-02-28\n')
  await send(
    'town-halls',
    '# source : Préfecture\ncommune;stations\n97411;4\n97416;3\n97415;2\n79191;4\n79049;1\n79202;1\n',
  )
  await send('appointment-waits', '# source : Mairie de Ruffec\npériode;lieu;jours\n2026-10;16292;35\n')
})
afterAll(() => database.close())

test.each(['16', '974', '79'])(
  'the list of the halls of %s tells the wait that the page of each tells',
  async department => {
    const list = await hallWaitsNow(database.db, department, AS_OF)
    const { halls, largest } = list!.department.question.place
    expect(halls.length).toBeGreaterThan(1)
    const asked = ['16374', '16292', '16102', largest, ...halls.slice(0, 2)]
    for (const code of asked.filter((one): one is string => one !== undefined && halls.includes(one))) {
      const page = await placeWaitNow(database.db, code, { asOf: AS_OF })
      expect(list!.days.get(code)).toBe(monthBand(page!.now, '2026-11', 30).median)
    }
    expect([...list!.days.keys()]).toEqual(halls)
  },
)

test('what an import would move is told from the same figures, of the day and a year later', async () => {
  const knowledge = await waitKnowledge(database.db, '16', { asOf: AS_OF })
  const told = medianWaits(knowledge, AS_OF, ['16', '16374', '16292', '16102'], ['2026-11', '2027-11'])
  for (const [code, days] of told) {
    const page = await placeWaitNow(database.db, code, { asOf: AS_OF })
    expect(days).toEqual(['2026-11', '2027-11'].map(month => monthBand(page!.now, month, 30).median))
  }
  expect(told.get('16374')![0]).toBeGreaterThan(told.get('16102')![0]! + 30)
})
