import { expect, test } from 'vitest'
import {
  batchesOf,
  causeOfStatus,
  dividesWell,
  hasNextPage,
  isPassing,
  patience,
  sameQuestion,
  slotsQuestion,
} from '../../src/collectors/call.ts'

test('parameters repeat without brackets', () => {
  expect(slotsQuestion(['1', 'a&b'], 'CNI-PASSPORT', { from: '2026-11-29', to: '2026-11-30' })).toBe(
    '/availableTimeSlots?meeting_point_ids=1&meeting_point_ids=a%26b&start_date=2026-11-29&end_date=2026-11-30&reason=CNI-PASSPORT&documents_number=1',
  )
})

test('points of an editor go together as far as an address takes them, each once', () => {
  const points = Array.from({ length: 1_000 }, (_, i) => String(i))
  const batches = batchesOf(points)
  expect(batches.flat()).toEqual(points)
  expect(batches.length).toBeLessThan(6)
  expect(
    Math.max(...batches.map(one => slotsQuestion(one, 'CNI', { from: '', to: '' }).length)),
  ).toBeLessThan(6_200)
  expect(batchesOf([])).toEqual([])
})

test.each([
  [200, undefined],
  [401, 'token-refused'],
  [403, 'token-refused'],
  [404, 'question-refused'],
  [422, 'question-refused'],
  [429, 'too-many-calls'],
  [302, 'redirected'],
  [500, 'server-error'],
  [504, 'timeout'],
  [204, 'invalid-answer'],
])('%i: %s', (status, cause) => expect(causeOfStatus(status)).toBe(cause))

test('a refused token is asked neither again nor in halves; patience grows and obeys', () => {
  expect([isPassing('token-refused'), dividesWell('token-refused'), isPassing('redirected')]).toEqual([
    false,
    false,
    false,
  ])
  expect([isPassing('timeout'), dividesWell('timeout'), dividesWell('too-large')]).toEqual([true, true, true])
  expect([
    patience(1, {}),
    patience(2, {}),
    patience(1, { 'retry-after': '30' }),
    patience(1, { 'retry-after': 'Sun, 29 Nov 2026 10:00:00 GMT' }),
    patience(1, { 'retry-after': '3600' }),
  ]).toEqual([1_000, 2_000, 30_000, 60_000, undefined])
})

test.each([
  ['Mon, 30 Nov 2026 10:00:20 GMT', 20_000],
  // Gone by already, and further than a reading waits.
  ['Mon, 30 Nov 2026 09:00:00 GMT', 1_000],
  ['Mon, 30 Nov 2026 12:00:00 GMT', undefined],
  ['-1', 60_000],
  ['1.5', 60_000],
  ['demain', 60_000],
])('to be asked again at %s is by the clock of the editor', (retryAfter, millis) =>
  expect(patience(1, { 'retry-after': retryAfter, date: 'Mon, 30 Nov 2026 10:00:00 GMT' })).toBe(millis),
)

test.each([
  ['', false],
  ['</style.css>; rel=preload; as=style', false],
  ['<https://x.example/p?next=2>; rel="prev"', false],
  ['<https://x.example/p?page=2>; rel=next', true],
  ['<p?page=1>; rel="first", <p?page=2>; title="x"; rel="next last"', true],
])('another page follows %j: %j', (link, follows) => expect(hasNextPage(link)).toBe(follows))

test.each([
  ['/api/availableTimeSlots/?a=1', '/api/availableTimeSlots/?a=1'],
  ['https://rdv.example.fr/v2/availableTimeSlots?a=1', '/v2/availableTimeSlots?a=1'],
  ['/api/availableTimeSlots?a=1', undefined],
  ['/api/availableTimeSlots', undefined],
  ['/login?a=1', undefined],
  ['http://rdv.example.fr/api/availableTimeSlots?a=1', undefined],
  ['https://ailleurs.example.fr/api/availableTimeSlots?a=1', undefined],
  [undefined, undefined],
])('a redirect to %s is followed to %s', (location, followed) => {
  const asked = new URL('https://rdv.example.fr/api/availableTimeSlots?a=1')
  expect(sameQuestion(asked, location)?.href).toBe(followed && `https://rdv.example.fr${followed}`)
})
