import { expect, test } from 'vitest'
import { DEMO_SOURCE, demoFiles } from '../../../scripts/demo-nation/files.ts'
import { isRefused } from '../../../src/imports/imported-file.ts'
import { readFile } from '../../../src/imports/read-file.ts'

const OPTIONS = {
  halls: [
    { insee: '16015', department: '16', inhabitants: 40_000 },
    { insee: '2A004', department: '2A', inhabitants: 70_000 },
  ],
  described: new Set(['16015']),
  lastMonth: '2025-12',
  years: 2,
  waitMonths: 3,
  seed: 7,
}
const textOf = (file: ReturnType<typeof demoFiles>[number]) => [...file.pieces()].join('')

test('every file is sound, as long as it says, and says that it is synthetic', () => {
  for (const file of demoFiles(OPTIONS)) {
    const read = readFile(new TextEncoder().encode(textOf(file)), {
      today: '2026-11-24',
      knownCommunes: () => ({ state: 'current' }),
      defaultPlace: 'FR',
    })
    if (isRefused(read)) throw new Error(JSON.stringify(read.faults[0]))
    expect(read.kind).toBe(file.kind)
    expect(read.frontMatter.source).toBe(DEMO_SOURCE)
    expect(read.rows).toHaveLength(file.rows)
    expect(read.rows.filter(row => 'status' in row && row.status === 'observed')).toEqual([])
  }
})

test('the same options give the same bytes, whatever the other halls', () => {
  const [, all] = demoFiles(OPTIONS)
  const [, again] = demoFiles(OPTIONS)
  const [, alone] = demoFiles({ ...OPTIONS, halls: OPTIONS.halls.slice(0, 1) })
  expect(textOf(all!)).toBe(textOf(again!))
  expect(textOf(all!).startsWith(textOf(alone!))).toBe(true)
})

test('each hall was looked at every day of the months asked for', () => {
  const waits = demoFiles(OPTIONS).find(file => file.kind === 'appointment-waits')
  expect(waits?.rows).toBe(2 * (31 + 30 + 31))
  const lines = textOf(waits!).trim().split('\n').slice(6)
  expect([lines[0]?.slice(0, 16), lines.at(-1)?.slice(0, 16)]).toEqual([
    '2025-10-01;16015',
    '2025-12-31;2A004',
  ])
})

test('requests follow the inhabitants: about 3,300 identity cards a year for 40,000 of them', () => {
  const [, applications] = demoFiles(OPTIONS)
  const rows = textOf(applications!)
    .split('\n')
    .filter(line => line.includes(';16015;cni;'))
    .map(line => Number(line.split(';')[3]))
  const yearly = rows.reduce((sum, count) => sum + count, 0) / OPTIONS.years
  expect(yearly).toBeGreaterThan(2_900)
  expect(yearly).toBeLessThan(3_700)
})
