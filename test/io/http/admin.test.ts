import { afterAll, beforeAll, expect, test } from 'vitest'
import { createAdmin, leavingConnections } from '../../../src/io/http/admin.ts'
import { createMetrics } from '../../../src/io/http/metrics.ts'
import { appOver, ask } from '../../app.ts'
import { freshDatabase } from '../../database.ts'

let database: Awaited<ReturnType<typeof freshDatabase>>
beforeAll(async () => {
  database = await freshDatabase()
})
afterAll(() => database.close())

test('alive and ready, then ready no more once it leaves, on both ports', async () => {
  let leaving = false
  const draining = () => leaving
  const metrics = createMetrics(database)
  const admin = createAdmin({ db: database.db, metrics, draining })
  const app = appOver(database.db, { draining, watchers: [leavingConnections(draining)] })
  const ready = async () => [
    (await admin.request('/readyz')).status,
    (await ask(app, '/readyz')).status,
    (await ask(app, '/readyz')).headers.get('connection'),
  ]
  expect(await ready()).toEqual([200, 200, null])
  leaving = true
  expect(await ready()).toEqual([503, 503, 'close'])
  expect((await admin.request('/livez')).status).toBe(200)
})

test('counts requests by route, refusals and faults by code, files by kind; shows no value of a request', async () => {
  const metrics = createMetrics(database)
  const admin = createAdmin({ db: database.db, metrics, draining: () => false })
  const app = appOver(database.db, { watchers: [metrics.observe] })
  await ask(app, '/api/demand/16102?title=cni')
  await ask(app, '/api/demand/16102?titre=secret')
  await ask(app, '/api/nothing-secret')
  await ask(app, '/api/imports?kind=applications', {
    method: 'POST',
    body: 'mois;commune;titre;demandes\n2022-03;Cognax;cni;x\n2022-04;Cognax;cni;1',
  })
  const text = await (await admin.request('/metrics')).text()
  expect(text).toMatch(
    /vigie_http_request_seconds_count\{method="GET",route="\/api\/demand\/:insee",status="200"\} 1/,
  )
  expect(text).toMatch(/vigie_refusals_total\{code="invalid-parameter"\} 1/)
  expect(text).toMatch(/vigie_refusals_total\{code="import-refused"\} 1/)
  expect(text).toMatch(/vigie_import_faults_total\{code="invalid-insee"\} 2/)
  expect(text).toMatch(/vigie_import_faults_total\{code="not-a-number"\} 1/)
  expect(text).toMatch(/vigie_releases\{kind="issuance-delays"\} [1-9]/)
  expect(text).toMatch(/vigie_newest_release_timestamp_seconds 1\d{9}/)
  expect(text).toMatch(/vigie_database_connections\{state="waiting"\} 0/)
  expect(text).toMatch(/vigie_database_up 1/)
  expect(text).toMatch(/vigie_row_security_refusals_total 0/)
  expect(text).toContain('nodejs_eventloop_lag_seconds')
  expect(text).not.toContain('secret')
})

test('without its database: alive, not ready, metrics still given, and a program is told to come back', async () => {
  const away = await freshDatabase()
  await away.pool.end()
  const metrics = createMetrics(away)
  const admin = createAdmin({ db: away.db, metrics, draining: () => false })
  expect((await admin.request('/livez')).status).toBe(200)
  expect((await admin.request('/readyz')).status).toBe(503)
  expect(await (await admin.request('/metrics')).text()).toContain('vigie_database_up 0')
  await away.close().catch(() => undefined)
})
