import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openStand, type Stand } from '../../../../scripts/lab/chaos/stand.ts'
import { FAULTS, provoke } from '../../../../scripts/lab/chaos/suite.ts'
import { seededRandom } from '../../../../src/pure/numerics/series/random.ts'
import { compiled } from '../../../compiled.ts'
import { quietLog } from '../../../database.ts'
import { roomyFolder } from '../../../roomy-folder.ts'

const SEED = 10
const QUICK = [
  'server-killed-during-imports',
  'postgres-killed',
  'connections-cut-mid-query',
  'uploads-aborted',
  'requests-malformed',
  'killed-during-backup',
]

let folder: string
let stand: Stand
beforeAll(async () => {
  folder = await mkdtemp(join(await roomyFolder(), 'vigie-chaos-test-'))
  stand = await openStand({
    folder,
    program: [process.execPath, await compiled('src/main.ts')],
    random: seededRandom(SEED),
    log: quietLog(),
  })
})
afterAll(async () => {
  await stand?.close()
  await rm(folder, { recursive: true, force: true })
})

test.each(QUICK)(
  '%s: what was acknowledged is there, whole, once, and nothing is corrupt',
  async name => {
    const fault = FAULTS.find(one => one.name === name)
    expect(fault).toBeDefined()
    const report = await provoke(stand, fault!, SEED, 1)
    expect({ lost: report.lost, partial: report.partial, findings: report.findings }).toEqual({
      lost: 0,
      partial: 0,
      findings: [],
    })
    if (name !== 'killed-during-backup') expect(report.acknowledged).toBeGreaterThan(0)
  },
  180_000,
)

test('the suite knows more than thirty faults, each under its own name', () => {
  expect(new Set(FAULTS.map(({ name }) => name)).size).toBe(FAULTS.length)
  expect(FAULTS.length).toBeGreaterThan(30)
})
