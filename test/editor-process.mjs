// The editor of `test-editor.ts`, in JavaScript so that Node runs it as it is.
import { createServer } from 'node:http'
import { gzipSync } from 'node:zlib'

let script = { points: [], slots: {} }
let inFlight = 0
let failed = ''
const calls = []
process.on('message', message => {
  if (message.play !== undefined) {
    script = message.play
    calls.length = 0
    failed = ''
    process.send('playing')
  } else process.send(calls)
})
process.on('disconnect', () => process.exit())

const server = createServer((request, response) => {
  inFlight += 1
  response.on('close', () => {
    inFlight -= 1
  })
  const token = request.headers['x-hub-rdv-auth-token']
  calls.push({ at: Date.now(), url: request.url, token, agent: request.headers['user-agent'], inFlight })
  setTimeout(() => answer(request, response), script.delayMillis ?? 0)
})
server.listen(0, '127.0.0.1', () => process.send(server.address().port))

function answer(request, response) {
  const url = new URL(request.url, 'http://editor')
  const json = (status, body) => {
    const text = JSON.stringify(body)
    const head = more => response.writeHead(status, { 'content-type': 'application/json', ...more })
    if (script.fault === 'compressed') head({ 'content-encoding': 'gzip' }).end(gzipSync(text))
    else if (script.fault === 'byte-order-mark') head().end(`\uFEFF${text}`)
    else if (script.fault === 'more-pages') head({ link: '<?page=2>; rel="next"' }).end(text)
    else if (script.fault === 'one-byte-at-a-time') {
      head()
      for (const byte of Buffer.from(text)) response.write(Buffer.of(byte))
      response.end()
    } else head().end(text)
  }
  if (script.token !== undefined && request.headers['x-hub-rdv-auth-token'] !== script.token)
    return json(401, { detail: 'X-HUB-RDV-AUTH-TOKEN header invalid' })
  const route = url.pathname.replace(/\/$/, '')
  const asksSlots = route === '/api/availableTimeSlots'
  const asked = url.searchParams.getAll('meeting_point_ids')
  const ids = script.keepsLastPoint ? asked.slice(-1) : asked
  const ofPoint = ids.includes(script.faultyPoint?.id ?? '') ? script.faultyPoint?.fault : undefined
  const fault = asksSlots ? (ofPoint ?? script.slotsFault ?? script.fault) : script.fault
  switch (fault) {
    case 'refused':
      return json(401, { detail: 'X-HUB-RDV-AUTH-TOKEN header invalid' })
    case 'invalid-question':
      return json(422, { detail: [{ loc: ['query'], msg: 'bad', type: 'value_error' }] })
    case 'broken':
      return response.writeHead(500).end('Internal Server Error')
    case 'too-many':
      return response.writeHead(429, { 'retry-after': script.retryAfter ?? '1' }).end()
    case 'redirected':
      return response.writeHead(302, { location: '/login' }).end()
    case 'silent':
      return
    case 'no-content':
      return response.writeHead(204).end()
    case 'no-json':
      return response.writeHead(200, { 'content-type': 'application/json' }).end('{"506": [')
    case 'cut':
      return response.writeHead(200).write('{', () => response.destroy())
    case 'error-in-200':
      return json(200, { error: { code: 500, message: 'database' } })
    case 'no-date':
      return json(200, Object.fromEntries(ids.map(id => [id, [{ datetime: 'demain' }]])))
    case 'compressed-bomb':
      return response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(' '.repeat(20_000_000)))
    case 'slash-redirect':
      if (url.pathname.endsWith('/')) break
      return response.writeHead(307, { location: `${url.pathname}/${url.search}` }).end()
    case 'flapping':
      if (failed === request.url) break
      failed = request.url
      return response.writeHead(503).end()
    case 'ten-megabytes':
      return json(200, { padding: 'x'.repeat(10 * 1024 * 1024) })
  }
  if (route === '/api/getManagedMeetingPoints') return json(200, script.points)
  if (ids.length > (script.mostPoints ?? ids.length)) return response.writeHead(500).end()
  if (!asksSlots) return json(404, { detail: 'Not Found' })
  const reason = url.searchParams.get('reason') ?? ''
  if (!['CNI', 'PASSPORT', 'CNI-PASSPORT'].includes(reason) || url.search.includes('%5B%5D'))
    return json(422, { detail: [] })
  const [from, to] = [url.searchParams.get('start_date') ?? '', url.searchParams.get('end_date') ?? '']
  const found = {}
  for (const id of ids) {
    const all = script.reasons?.[reason]?.[id] ?? script.slots[id] ?? []
    const slots = all
      .filter(slot => script.ignoresDays || (slot.slice(0, 10) >= from && slot.slice(0, 10) <= to))
      .map(datetime => ({ datetime, callback_url: 'https://editor.example/book' }))
    if (slots.length > 0 || !script.absent) found[id] = slots
  }
  json(200, found)
}
