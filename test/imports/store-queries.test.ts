import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { STORES, storeOf, toldColumns } from '../../src/imports/store-queries.ts'
import { projectRoot } from '../../src/io/project-root.ts'

const root = projectRoot()
let folder: string
beforeAll(async () => {
  await mkdir(join(root, '.data'), { recursive: true })
  folder = await mkdtemp(join(root, '.data/broken-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** What the compiler says of the table of stores after a change. */
async function compiled(change: (text: string) => string): Promise<string> {
  const text = await readFile(join(root, 'src/imports/store-queries.ts'), 'utf8')
  const changed = change(text)
  expect(changed).not.toBe(text)
  await writeFile(
    join(folder, 'stores.ts'),
    changed
      .replaceAll("from '../", `from '${root}/src/`)
      .replaceAll("from './", `from '${root}/src/imports/`),
  )
  const options = {
    extends: join(root, 'tsconfig.json'),
    compilerOptions: { noEmit: true },
    include: [],
    files: ['stores.ts'],
  }
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(options))
  return promisify(execFile)(join(root, 'node_modules/.bin/tsc'), ['-p', folder]).then(
    () => '',
    error => String((error as { stdout: string }).stdout),
  )
}

test('a kind without its store, and a store without a column of its table, do not compile', async () => {
  const without = await compiled(text => text.replace(/ {2}closures: \{\n[\s\S]*?\n {2}\},\n/, ''))
  expect(without).toContain("Property 'closures' is missing")
  const short = await compiled(text => text.replace(", reason: 'reason'", ''))
  expect(short).toMatch(/error TS\d+: .*reason|Property 'reason' is missing/s)
}, 240_000)

test('a file tells the columns of the fields that it has', () => {
  expect(toldColumns('closures', new Set(['commune', 'from']))).toEqual(['insee', 'first_day'])
  expect(toldColumns('applications', new Set(['place']))).toEqual([])
  expect(storeOf('weather')).toBeUndefined()
  expect(storeOf('contours')).toMatchObject({ table: 'commune_contour_version' })
  expect(STORES.applications).toBe('figures')
})
