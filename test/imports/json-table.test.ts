import { expect, test } from 'vitest'
import { parsedJson } from '../../src/imports/json-table.ts'

test('JSON nested without end is not read: its reader would hold seventy bytes a bracket', () => {
  const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`
  expect(parsedJson(nested(900))).toBeDefined()
  expect(parsedJson(nested(1_100))).toBeUndefined()
  expect(parsedJson(`[${'{"a":[1]},'.repeat(5_000)}2]`)).toHaveLength(5_001)
})
