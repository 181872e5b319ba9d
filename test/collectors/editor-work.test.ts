import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readEditor } from '../../src/collectors/editor-work.ts'
import type { EditorReading } from '../../src/collectors/slot-count.ts'
import { type Fault, type Script, type TestEditor, testEditor } from '../test-editor.ts'

const day = '2026-11-29'
const point = (id: unknown, changes: object = {}) => ({
  id,
  name: `Mairie ${id}`,
  longitude: 0.1,
  latitude: 45.6,
  public_entry_address: `1 place de la Mairie 16000`,
  zip_code: '16000',
  city_name: 'ANGOULEME',
  ...changes,
})
const script: Script = {
  points: [point('1'), point('2'), point('3'), point('4')],
  slots: { 1: ['2026-12-05T10:00Z'], 2: ['2027-01-10T10:00Z'], 3: [], 4: ['2026-12-01T10:00Z'] },
}
let editor: TestEditor
beforeAll(async () => {
  editor = await testEditor(script)
})
afterAll(() => editor.close())

async function reading(
  played: Script,
  // Only silence is waited for: ten megabytes take long on a slow machine.
  callMillis = [played.fault, played.slotsFault, played.faultyPoint?.fault].includes('silent')
    ? 1_000
    : 15_000,
): Promise<EditorReading> {
  await editor.play(played)
  return readEditor(
    {
      address: editor.address,
      token: 'secret',
      outside: { hosts: ['127.0.0.1'], userAgent: 'VigieTitres/test (+https://vigie.example)' },
      turn: async () => undefined,
      sleep: async () => undefined,
      callMillis,
    },
    `${day}T06:00`,
  )
}
const told = ({ counts }: EditorReading, reason = 'CNI') =>
  counts
    .filter(one => one.reason === reason)
    .map(({ editorId, count }) => `${editorId} ${count.state} ${count.firstSlotDays ?? count.cause ?? '-'}`)

test('every point, one call a reason and month, no person’s data, one call at a time', async () => {
  const read = await reading(script)
  expect(told(read)).toEqual(['1 read 6', '2 read 42', '3 no-slot-within-horizon -', '4 read 2'])
  expect(told(read, 'CNI-PASSPORT')).toEqual(told(read))
  const calls = await editor.calls()
  expect(calls).toHaveLength(1 + 3 * 7)
  expect(read.calls).toBe(calls.length)
  expect(Math.max(...calls.map(call => call.inFlight))).toBe(1)
  expect(calls.every(({ token, agent }) => token === 'secret' && agent?.includes('+https://'))).toBe(true)
  expect(calls.some(({ url }) => url.includes('searchApplicationIds'))).toBe(false)
  expect(calls[1]?.url).toContain('meeting_point_ids=1&meeting_point_ids=2&meeting_point_ids=3')
})

test('slots of one reason are not those of another', async () => {
  const read = await reading({ ...script, reasons: { PASSPORT: { 1: ['2026-11-30T10:00Z'] } } })
  expect([told(read)[0], told(read, 'PASSPORT')[0]]).toEqual(['1 read 6', '1 read 1'])
})

describe('a fault of the whole editor', () => {
  test.each<[Fault, string]>([
    ['refused', 'token-refused'],
    ['invalid-question', 'question-refused'],
    ['broken', 'server-error'],
    ['redirected', 'redirected'],
    ['silent', 'timeout'],
    ['no-json', 'invalid-answer'],
    ['error-in-200', 'invalid-answer'],
    ['compressed-bomb', 'too-large'],
    ['ten-megabytes', 'too-large'],
    ['too-many', 'too-many-calls'],
    ['cut', 'no-connection'],
    ['more-pages', 'invalid-answer'],
  ])('%s', async (fault, cause) => {
    const read = await reading({ ...script, fault })
    expect([read.cause, read.counts]).toEqual([cause, []])
    expect(read.calls).toBeLessThanOrEqual(3)
  })
})

describe('a fault of slots alone', () => {
  test.each<[Fault, string]>([
    ['refused', 'refused token-refused'],
    ['invalid-question', 'refused question-refused'],
    ['broken', 'unreachable server-error'],
    ['redirected', 'unreachable redirected'],
    ['silent', 'unreachable timeout'],
    ['no-json', 'unreachable invalid-answer'],
    ['error-in-200', 'unreachable invalid-answer'],
    ['no-date', 'unreachable invalid-answer'],
    ['ten-megabytes', 'unreachable too-large'],
    ['too-many', 'unreachable too-many-calls'],
  ])('%s', async (slotsFault, state) => {
    const read = await reading({ ...script, slotsFault })
    expect(told(read)).toEqual([`1 ${state}`, `2 ${state}`, `3 ${state}`, `4 ${state}`])
    expect(read.calls).toBeLessThanOrEqual(40)
  })
})

test.each<Fault>(['invalid-question', 'broken', 'silent', 'ten-megabytes', 'no-json'])(
  'one point that answers %s does not take the others with it',
  async fault => {
    const read = await reading({ ...script, faultyPoint: { id: '2', fault } })
    expect(told(read).filter(line => !line.startsWith('2'))).toEqual([
      '1 read 6',
      '3 no-slot-within-horizon -',
      '4 read 2',
    ])
    expect(told(read)[1]).toMatch(/^2 (refused|unreachable)/)
  },
)

test('absent keys, numbers for names, an invalid point, duplicates, disorder, hours around the changes of clocks', async () => {
  const played: Script = {
    points: [point(1), point('2', { latitude: null }), point(3), point(1), point(4)],
    slots: {
      1: ['2027-03-29T00:30Z', '2027-03-28T23:30Z', '2027-03-28T02:30Z', '2027-03-28T02:30Z'],
      2: ['2026-11-30T10:00Z'],
      4: ['2026-12-31T23:30:00+0000'],
    },
    absent: true,
  }
  const read = await reading(played)
  expect(read.read.invalid).toBe(1)
  expect(told(read)).toEqual(['1 read 119', '3 no-slot-within-horizon -', '4 read 33'])
})

test('slots before the day and beyond the horizon are none', async () => {
  const slots = {
    1: ['2026-11-28T10:00Z', '2027-05-30T10:00Z', '2031-01-01T10:00Z', '9999-12-31T23:59:59-1200'],
  }
  expect(told(await reading({ points: [point('1')], slots, ignoresDays: true }))).toEqual([
    '1 no-slot-within-horizon -',
  ])
})

test.each<Fault>(['compressed', 'byte-order-mark', 'one-byte-at-a-time', 'slash-redirect', 'flapping'])(
  '%s keeps nothing from being read',
  async fault => {
    const read = await reading({ ...script, fault })
    expect([read.cause, ...told(read)]).toEqual([undefined, ...told(await reading(script))])
    expect(read.calls).toBeLessThanOrEqual(2 * 22)
  },
)

test.each([
  [{}, '4 read 2'],
  // The last one has no slot at first, and says nothing then.
  [
    { absent: true, slots: { ...script.slots, 2: ['2026-11-30T10:00Z'], 4: ['2027-03-01T10:00Z'] } },
    '4 read 92',
  ],
])(
  'an editor that reads a repeated parameter once is asked for each point alone: %j',
  async (played, last) => {
    const slots = { ...script.slots, 2: ['2026-11-30T10:00Z'] }
    const read = await reading({ ...script, slots, keepsLastPoint: true, ...played })
    expect(told(read)).toEqual(['1 read 6', '2 read 1', '3 no-slot-within-horizon -', last])
  },
)

test('nothing to tell (204) is no slot, and no point', async () => {
  const none = ['1', '2', '3', '4'].map(id => `${id} no-slot-within-horizon -`)
  expect(told(await reading({ ...script, slotsFault: 'no-content' }))).toEqual(none)
  expect((await reading({ ...script, fault: 'no-content' })).cause).toBe('no-point')
})

test('points that an editor cannot answer for together stay apart', async () => {
  const read = await reading({ ...script, mostPoints: 1 })
  expect(told(read)).toEqual(told(await reading(script)))
  expect(read.calls).toBeLessThanOrEqual(1 + 3 * 7 * 4 + 2 * 3)
})

test('an editor that asks to be left alone for an hour is, at once', async () => {
  const read = await reading({ ...script, slotsFault: 'too-many', retryAfter: '3600' })
  expect([read.calls, ...new Set(told(read).map(line => line.slice(2)))]).toEqual([
    2,
    'unreachable too-many-calls',
  ])
})

test.each([
  [[], 'no-point', 0],
  [[point('1', { zip_code: null }), null], 'invalid-answer', 2],
])('an editor without a point to read: %j', async (points, cause, invalid) => {
  expect(await reading({ points, slots: {} })).toMatchObject({
    cause,
    counts: [],
    read: { invalid },
    calls: 1,
  })
})
