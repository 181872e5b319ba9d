import { expect, test } from 'vitest'
import { readSettings, SETTING_NAMES } from '../../src/config.ts'
import { SETTINGS } from '../../src/docs/setting.ts'

test('the table says every setting that the program reads, in its order, and no other', () => {
  expect(SETTINGS.map(({ name }) => name)).toEqual(SETTING_NAMES)
})

test('the value it gives for an absent one is the one that holds', () => {
  const held = readSettings({})
  const told = (name: string) => SETTINGS.find(setting => setting.name === name)?.otherwise
  expect(told('HOST')).toBe(held.host)
  expect(told('PORT')).toBe(String(held.port))
  expect(told('DATA_DIR')).toBe(held.dataDir)
  expect(told('DEPARTMENT')).toBe(held.department)
  expect(told('LOG_LEVEL')).toBe(held.logLevel)
  expect(told('DRAIN_SECONDS')).toBe(String(held.drainSeconds))
})
