import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadPlaces, placeColumns } from '../../src/imports/geography-queries.ts'
import { readingSetting, sha256Of } from '../../src/imports/import-queries.ts'
import { isRefused } from '../../src/imports/imported-file.ts'
import { pastImports } from '../../src/imports/past-import-queries.ts'
import { importShippedFiles, readShipped, SHIPPED_FOLDER } from '../../src/imports/shipped-queries.ts'
import { readAnyFile } from '../../src/imports/workbook-work.ts'
import { readAhead, writeAhead } from '../../src/io/made-ahead.ts'
import { officialPlaces, placesOrigin } from '../../src/io/official-geography.ts'
import { projectRoot } from '../../src/io/project-root.ts'
import { placesByCode } from '../../src/places/place-queries.ts'
import { compiled } from '../compiled.ts'
import { freshDatabase } from '../database.ts'

let database: Awaited<ReturnType<typeof freshDatabase>>
beforeAll(async () => {
  database = await freshDatabase()
})
afterAll(() => database.close())

const TODAY = '2026-11-24'

describe('what ships with the program', () => {
  test('is imported once', async () => {
    await loadPlaces(database.db)
    expect(await importShippedFiles(database.db, `${projectRoot()}/sql/data`, TODAY)).toBe(0)
  })

  test('is imported from the oldest publication to the newest, each file once; a faulty one stops the program', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'vigie-shipped-'))
    const file = (name: string, head: string, days = '5') =>
      writeFile(
        join(folder, name),
        `# type : appointment-waits\n# document : ${name}\n${head}période;lieu;jours\nT1 2019;16102;${days}\n`,
      )
    try {
      await file('a.csv', '# publié le : 2020-03-01\n')
      await file('b.csv', '# publié le : 2020-02-01\n')
      await file('c.csv', '')
      await file('d.txt', '')
      expect(await importShippedFiles(database.db, folder, TODAY)).toBe(3)
      expect((await pastImports(database.db, 3)).map(({ document }) => document)).toEqual([
        'a.csv',
        'b.csv',
        'c.csv',
      ])
      expect(await importShippedFiles(database.db, folder, TODAY)).toBe(0)
      await file('e.csv', '', 'x')
      await expect(importShippedFiles(database.db, folder, TODAY)).rejects.toThrow(
        /^e\.csv:4 .*« x ».* nombre/,
      )
    } finally {
      await rm(folder, { recursive: true })
    }
  })
})

test('the build makes ahead exactly what the sources say of places and of these files, whatever the day', async () => {
  await compiled('src/main.ts')
  const origin = await placesOrigin()
  const places = await officialPlaces()
  const ahead = (name: string) => readAhead(name, origin, join(projectRoot(), 'dist', 'ahead'))
  expect(await ahead('places')).toEqual(placeColumns(places))
  const { files } = await readShipped(places, '2199-12-31')
  expect(files.size).toBe((await readdir(SHIPPED_FOLDER)).filter(name => name.endsWith('.csv')).length)
  expect(await ahead('shipped')).toStrictEqual({ day: expect.any(String), files })
})

test('what was read ahead is stored unread, and read again before its day', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'vigie-ahead-'))
  const head = '# type : appointment-waits\n# publié le : 2020-03-01\npériode;lieu;jours\n'
  const told = async (name: string, day: string) => {
    const content = `${head}${name === 'now.csv' ? 'T2' : 'T3'} 2019;16102;5\n`
    await writeFile(join(folder, name), content)
    const bytes = new TextEncoder().encode(content)
    const read = await readAnyFile(
      bytes,
      readingSetting(received(name), TODAY, await placesByCode(database.db)),
    )
    if (isRefused(read)) throw new Error(name)
    const files = new Map([
      [`${name} ${sha256Of(bytes)}`, { ...read, rows: [{ ...read.rows[0], value: 6 }] }],
    ])
    await writeAhead('shipped', await placesOrigin(), { day, files }, folder)
    await importShippedFiles(database.db, folder, TODAY, folder)
    const [{ document } = { document: '' }] = await pastImports(database.db, 1)
    const { rows } = await sql<{ value: number }>`
      select value from observation where release_id = (select max(id) from release)`.execute(database.db)
    return { document, values: rows.map(({ value }) => value) }
  }
  const received = (name: string) => ({ name, defaultPlace: 'FR', receivedFrom: 'vigie-titres' })
  try {
    expect(await told('now.csv', TODAY)).toEqual({ document: 'now.csv', values: [6] })
    expect(await told('later.csv', '2199-12-31')).toEqual({ document: 'later.csv', values: [5] })
  } finally {
    await rm(folder, { recursive: true })
  }
})
