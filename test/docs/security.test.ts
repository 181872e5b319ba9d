import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { CONTROLS } from '../../src/docs/security.ts'
import { projectRoot } from '../../src/io/project-root.ts'

test('every piece of evidence exists, and what is said done has some', () => {
  const cited = CONTROLS.flatMap(({ evidence }) => evidence)
  expect(cited.filter(path => !existsSync(join(projectRoot(), path)))).toEqual([])
  expect(
    CONTROLS.filter(({ state, evidence }) => ['fait', 'en partie'].includes(state) && evidence.length === 0),
  ).toEqual([])
})

test('what is said done or done in part is shown by a test, or by a document that somebody reads', () => {
  const shows = (path: string) =>
    /\.test\.tsx?$|^\.(deploy|github)\/|^(package-lock|tsconfig)\.json$/.test(path)
  expect(
    CONTROLS.filter(
      ({ state, evidence }) => ['fait', 'en partie'].includes(state) && !evidence.some(shows),
    ).map(({ section }) => section),
  ).toEqual([])
})

test('every chapter of the standard is answered, each section once', () => {
  const chapters = new Set(CONTROLS.map(({ section }) => section.split('.')[0]))
  expect([...chapters]).toEqual(Array.from({ length: 17 }, (_, i) => `V${i + 1}`))
  expect(new Set(CONTROLS.map(({ section }) => section)).size).toBe(CONTROLS.length)
})
