import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { contentDigest, contentTables } from '../../../scripts/backup/content.ts'
import { writeBackup } from '../../../scripts/backup/write.ts'
import { restoreBackup } from '../../../scripts/restore/read.ts'
import { projectRoot } from '../../../src/io/project-root.ts'
import { prepareDatabase } from '../../../src/service.ts'
import { appOver, ask } from '../../app.ts'
import { freshDatabase } from '../../database.ts'
import { roomyFolder } from '../../roomy-folder.ts'

type Opened = Awaited<ReturnType<typeof freshDatabase>>
const directory = join(projectRoot(), 'sql')
const FIGURE = '/api/waits?place=16&from=2021-Q1&to=2022-Q4'
const odd = 'mois;commune;titre;demandes;origine\n2022-03;16102;cni;310;"tab\t, \\N, \\. et ""guillemets"""\n'

let folder: string
let source: Opened
let file: string
let summary: Awaited<ReturnType<typeof writeBackup>>
beforeAll(async () => {
  folder = await mkdtemp(join(await roomyFolder(), 'vigie-drill-'))
  source = await freshDatabase({ statementMillis: 0 })
  const app = appOver(source.db)
  expect((await ask(app, '/api/imports?kind=applications', { method: 'POST', body: odd })).status).toBe(201)
  expect((await ask(app, '/api/demand?place=16')).status).toBe(200)
  file = join(folder, 'drill.backup')
  summary = await writeBackup(source.pool, file, 'test')
})
afterAll(async () => {
  await source.close()
  await rm(folder, { recursive: true })
})

async function emptied<T>(work: (empty: Opened) => Promise<T>): Promise<T> {
  const empty = await freshDatabase({ empty: true, statementMillis: 0 })
  try {
    return await work(empty)
  } finally {
    await empty.close()
  }
}

async function digestOf({ pool }: Opened): Promise<string> {
  const client = await pool.connect()
  try {
    return await contentDigest(client, await contentTables(client))
  } finally {
    client.release()
  }
}

test('the drill: a restored database has the digest, the answers and the next number of the first', async () => {
  await emptied(async restored => {
    expect(await restoreBackup(restored.pool, file, { directory })).toEqual(summary)
    await prepareDatabase(restored)
    expect(await digestOf(restored)).toBe(summary.sha256)
    const [before, after] = [appOver(source.db), appOver(restored.db)]
    expect(await (await ask(after, FIGURE)).json()).toEqual(await (await ask(before, FIGURE)).json())
    const more = () => ({ method: 'POST', body: odd.replace('310', '311') })
    const answers = await Promise.all(
      [before, after].map(async app => (await ask(app, '/api/imports?kind=applications', more())).json()),
    )
    expect(answers[1]).toEqual(answers[0])
  })
})

test('one value changed in the file is found before anything is kept', async () => {
  const text = gunzipSync(await readFile(file)).toString('utf8')
  expect(text).toContain('\tCognac\t')
  const changed = join(folder, 'changed.backup')
  await writeFile(changed, gzipSync(text.replace('\tCognac\t', '\tCognak\t')))
  await emptied(async empty => {
    await expect(restoreBackup(empty.pool, changed, { directory })).rejects.toThrow(/rien n’a été gardé/)
    expect((await empty.pool.query('select from place')).rows).toEqual([])
    // And the sound file still enters.
    expect(await restoreBackup(empty.pool, file, { directory })).toEqual(summary)
  })
})

describe('refused', () => {
  test('a database that holds something', async () => {
    await expect(restoreBackup(source.pool, file, { directory })).rejects.toThrow(/n’est pas vide/)
  })

  test.each<[string, (bytes: Buffer) => Buffer, RegExp]>([
    ['a file cut short', bytes => bytes.subarray(0, bytes.length / 2), /abîmé|tronquée/],
    ['a file without its end', bytes => gzipSync(gunzipSync(bytes).subarray(0, 50_000)), /tronquée/],
    ['another file', () => Buffer.from('mois;commune\n'), /abîmé ou n’est pas une sauvegarde/],
    ['another gzip', () => gzipSync('mois;commune\n'), /pas une sauvegarde/],
    [
      'a newer version',
      bytes => gzipSync(gunzipSync(bytes).toString().replace('0001_places', '0099_places')),
      /plus récente/,
    ],
  ])('%s', async (name, spoil, reason) => {
    const path = join(folder, `${name}.backup`)
    await writeFile(path, spoil(await readFile(file)))
    await emptied(empty => expect(restoreBackup(empty.pool, path, { directory })).rejects.toThrow(reason))
  })
})
