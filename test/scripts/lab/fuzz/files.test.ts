import { expect, test } from 'vitest'
import { fileCampaign } from '../../../../scripts/lab/fuzz/files.ts'

test('a template with some bytes changed is read or refused with its line and reason, never worse', () => {
  const { accepted, refused, breaches } = fileCampaign(3_000, 26)
  expect(breaches.filter(({ what }) => !/^\d+ ms$/.test(what))).toEqual([])
  expect(accepted).toBeGreaterThan(0)
  expect(refused).toBeGreaterThan(accepted)
})
