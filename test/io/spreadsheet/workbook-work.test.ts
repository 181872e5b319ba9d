import { readdirSync } from 'node:fs'
import { getPriority } from 'node:os'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import { workbookFile } from '../../../src/io/spreadsheet/workbook-work.ts'
import { number, text } from '../../../src/pure/figures/table-export.ts'
import { compiled } from '../../compiled.ts'

const tableOf = (rows: number) => ({
  name: 'demande',
  title: 'Demande',
  columns: [text('commune', 'Commune', 'Nom'), number('demandes', 'Demandes', 'Par an', 0)],
  rows: Array.from({ length: rows }, (_, n) => [`Commune ${n}`, n]),
  origin: [],
})

test('a long workbook is written in a thread, a short one in place, and both say what they would say here', async () => {
  const started: unknown[] = []
  const count = (worker: unknown) => started.push(worker)
  process.on('worker', count)
  const apart: { workbookFile: typeof workbookFile } = await import(
    pathToFileURL(await compiled('src/io/spreadsheet/workbook-work.ts')).href
  )
  for (const format of ['xlsx', 'ods'] as const) {
    const long = [tableOf(3_000)]
    expect(Buffer.compare(await apart.workbookFile(format, long), await workbookFile(format, long))).toBe(0)
  }
  await apart.workbookFile('ods', [tableOf(3)])
  expect(started).toHaveLength(1)
  if (process.platform === 'linux') {
    const own = getPriority()
    const behind = readdirSync('/proc/self/task').filter(thread => getPriority(Number(thread)) > own)
    expect(behind).toHaveLength(1)
  }
  const wrong = [{ ...tableOf(3_000), columns: [undefined as never] }]
  await expect(apart.workbookFile('ods', wrong)).rejects.toThrow(TypeError)
  expect((await apart.workbookFile('ods', [tableOf(3_000)])).length).toBeGreaterThan(1_000)
  process.off('worker', count)
})
