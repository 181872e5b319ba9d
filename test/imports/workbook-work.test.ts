import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isRefused } from '../../src/imports/imported-file.ts'
import { KIND_CODES } from '../../src/imports/kinds.ts'
import { template } from '../../src/imports/template.ts'
import { readAnyFile } from '../../src/imports/workbook-work.ts'
import { appOver, ask } from '../app.ts'
import { freshDatabase } from '../database.ts'
import { office } from '../office.ts'
import { utf8 } from './reading.ts'

const SETTING = {
  today: '2026-11-24',
  knownCommunes: () => ({ state: 'current' as const }),
  defaultPlace: '16',
}

// A stranger's machine may lack LibreOffice; ours in continuous integration may not.
const absent = process.env['CI'] === undefined && spawnSync('soffice', ['--version']).error !== undefined
describe.skipIf(absent)('opened and saved by LibreOffice', { timeout: 120_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-round-'))
  const PUBLISHED = ['issuance-delays', 'appointment-waits', 'town-halls'] as const
  const PAGES = ['delays', 'waits', 'town-halls']
  const sent: Record<string, Uint8Array> = {}
  let database: Awaited<ReturnType<typeof freshDatabase>>

  /** The files of a folder, opened as text parted by `separator` where they are text, saved in another format. */
  const saved = (format: string, separator: string, ...from: string[]) =>
    office(
      folder,
      `--infilter=CSV:${separator.charCodeAt(0)},34,76,1,,1036`,
      '--convert-to',
      format,
      '--outdir',
      join(folder, format),
      ...from.flatMap(part => readdirSync(join(folder, part)).map(name => join(folder, part, name))),
    )

  /** What a file is read as, lines apart; LibreOffice keeps fifteen digits of a number. */
  async function readAs(bytes: Uint8Array) {
    const file = await readAnyFile(bytes, { ...SETTING })
    if (isRefused(file)) return file.faults
    const rows = file.rows.map(({ line, ...row }) =>
      'value' in row && typeof row.value === 'number'
        ? { ...row, value: Number(row.value.toPrecision(14)) }
        : row,
    )
    return { kind: file.kind, rows }
  }

  beforeAll(async () => {
    database = await freshDatabase()
    const app = appOver(database.db)
    for (const kind of KIND_CODES) sent[`modeles/${kind}.csv`] = utf8(template(kind))
    for (const kind of PUBLISHED) {
      const body = template(kind)
        .replace('# source : ', '# source : Préfecture de la Charente')
        .replace('# publié le : ', '# publié le : 2026-09-01')
      expect((await ask(app, '/api/imports', { method: 'POST', body })).status).toBe(201)
    }
    for (const page of PAGES)
      for (const format of ['xlsx', 'open.csv']) {
        const file = await ask(app, `/api/${page}.${format}`)
        sent[format === 'xlsx' ? `pages/page-${page}.xlsx` : `open/open-${page}.csv`] = new Uint8Array(
          await file.arrayBuffer(),
        )
      }
    for (const part of ['modeles', 'pages', 'open']) execFileSync('mkdir', [join(folder, part)])
    for (const [name, bytes] of Object.entries(sent)) writeFileSync(join(folder, name), bytes)
    saved('ods', ';', 'modeles', 'pages')
    saved('xlsx', ',', 'pages', 'open')
    saved('csv', ';', 'ods')
  }, 120_000)
  afterAll(async () => {
    rmSync(folder, { recursive: true })
    await database.close()
  })

  const FILES = [
    ...KIND_CODES.map(kind => [kind, `modeles/${kind}`, ['ods', 'csv']] as const),
    ...PAGES.map(page => [page, `pages/page-${page}`, ['ods', 'xlsx']] as const),
    ...PAGES.map(page => [page, `open/open-${page}`, ['xlsx']] as const),
  ]
  test.each(FILES)('%s of %s: the same rows, no fault', async (_, stem, formats) => {
    const original = await readAs(Object.entries(sent).find(([name]) => name.startsWith(`${stem}.`))![1])
    expect(original).toMatchObject({ rows: expect.arrayContaining([expect.anything()]) })
    const [, name] = stem.split('/')
    for (const format of formats)
      expect(await readAs(readFileSync(join(folder, format, `${name}.${format}`)))).toEqual(original)
  })
})
