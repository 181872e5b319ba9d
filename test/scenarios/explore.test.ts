import { test } from 'vitest'
import { projectedCert } from '../../src/delays/queries.ts'
import { projectCertOutlook } from '../../src/delays/cert-outlook.ts'
import { LICENCES_2021, reconstruct } from '../../src/delays/reconstruction.ts'
import { freshDatabase } from '../database.ts'
test('x', async () => {
  const d = await freshDatabase()
  let t = Date.now()
  const tick = (s: string) => { console.log(s, Date.now() - t); t = Date.now() }
  for (const title of ['cni-passport', 'driving-licence'] as const) {
  const g = await projectedCert(d.db, '16', title, '2026-11-24')
  tick('ground')
  if ('reason' in g) throw new Error(JSON.stringify(g))
  const { months, demand, start, ...rest } = g.outlook
  console.log(JSON.stringify({ ...rest, d0: demand[0]?.slice(0, 6), n: demand.length }, null, 1))
  const p = projectCertOutlook(g.outlook)
  tick('project')
  const f = (b: any) => [b?.low90, b?.low50, b?.median, b?.high50, b?.high90].map(v => v?.toFixed(0)).join(' ') + ' P' + b?.probabilityOver.toFixed(2)
  for (const q of p.quarters) console.log(q.quarter, f(q.backward), '|', f(q.forward), '|', f(q.stockAtEnd))
  }
  for (const k of ['plain', 'express'] as const) console.log(JSON.stringify(reconstruct(LICENCES_2021[k].supposition, [{quarter:'2021-Q1',days:14}], '2021-Q4', '2021-08-31')))
  await d.close()
})
