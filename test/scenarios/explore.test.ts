import { test } from 'vitest'
import { projectedWaits } from '../../src/waits/queries.ts'
import { sampleDemand } from '../../src/waits/demand-sample.ts'
import { projectOutlook, slotsOf } from '../../src/waits/wait-outlook.ts'
import { freshDatabase } from '../database.ts'
test('x', async () => {
  const d = await freshDatabase()
  let t = Date.now()
  const tick = (s: string) => { console.log(s, Date.now() - t); t = Date.now() }
  const g = await projectedWaits(d.db, '16', '2026-11-24')
  tick('ground')
  const g2 = await projectedWaits(d.db, '16', '2026-11-24')
  tick('ground2')
  if ('reason' in g || 'reason' in g2) throw new Error(JSON.stringify(g))
  console.log(g.outlook.from, g.outlook.requestsPerWeek, JSON.stringify(g.outlook.capacity.readings, null, 1), g.outlook.capacity.spread)
  const s1 = sampleDemand(g.run.inputs, 400); tick('sample ' + s1.paths.length)
  slotsOf(g.outlook, g.outlook.months.slice(0, 24)); tick('slots')
  const p = projectOutlook(g.outlook, { limitDays: 30 })
  tick('project')
  const f = (b: any) => b.map((q: any) => `${q.quarter} ${[q.wait.low90, q.wait.low50, q.wait.median, q.wait.high50, q.wait.high90].map(v => v?.toFixed(0)).join(' ')} P${q.wait.probabilityOver.toFixed(2)}`).join('\n')
  console.log(f(p.meanOfRequests)); console.log('pooled\n' + f(p.pooled))
  const h = p.halls[0]!; if ('quarters' in h) console.log(h.hall + '\n' + f(h.quarters))
  await d.close()
})
