// The editor of `test-editor.ts`, in JavaScript so that Node runs it as it is.
import { createServer } from 'node:http'

let script = { points: [], slots: {} }
let inFlight = 0
const calls = []
process.on('message', message => {
  if (message.play !== undefined) {
    script = message.play
    calls.length = 0
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
  const json = (status, body) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  if (script.token !== undefined && request.headers['x-hub-rdv-auth-token'] !== script.token)
    return json(401, { detail: 'X-HUB-RDV-AUTH-TOKEN header invalid' })
  const asksSlots = url.pathname === '/api/availableTimeSlots'
  const ids = url.searchParams.getAll('meeting_point_ids')
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
      return response.writeHead(429, { 'retry-after': '1' }).end()
    case 'redirected':
      return response.writeHead(302, { location: '/login' }).end()
    case 'silent':
      return
    case 'no-json':
      return response.writeHead(200, { 'content-type': 'application/json' }).end('{"506": [')
    case 'cut':
      return response.writeHead(200).write('{', () => response.destroy())
    case 'ten-megabytes':
      return json(200, { padding: 'x'.repeat(10 * 1024 * 1024) })
  }
  if (url.pathname === '/api/getManagedMeetingPoints') return json(200, script.points)
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
