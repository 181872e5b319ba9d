import { afterEach, expect, test, vi } from 'vitest'
import { xlsxFile } from '../../../src/io/spreadsheet/xlsx.ts'

afterEach(() => {
  vi.useRealTimers()
})

test('the same table gives the same bytes, whatever the day', async () => {
  const table = {
    name: 'attentes',
    title: 'Attentes',
    columns: [{ name: 'place', label: 'Commune', type: 'text' as const, description: 'Code INSEE' }],
    rows: [['16102']],
    origin: [{ label: 'Source', text: 'Comité des usagers' }],
  }
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-01-01T10:00:00Z') })
  const before = await xlsxFile([table])
  vi.setSystemTime(new Date('2026-11-26T10:00:00Z'))
  expect(Buffer.compare(await xlsxFile([table]), before)).toBe(0)
})
