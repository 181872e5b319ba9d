import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { expect, test } from 'vitest'
import { projectRoot } from '../../../src/io/project-root.ts'

const root = projectRoot()

/** Every file that one file reaches by its imports, itself included. */
function reachedFrom(...starts: string[]): Set<string> {
  const reached = new Set<string>()
  const toRead = [...starts]
  for (let path = toRead.pop(); path !== undefined; path = toRead.pop()) {
    if (reached.has(path) || !existsSync(join(root, path))) continue
    reached.add(path)
    const text = readFileSync(join(root, path), 'utf8')
    for (const [, target] of text.matchAll(/(?:from|import\() ?'(\.[^']+)'/g))
      toRead.push(normalize(join(dirname(path), target!)))
  }
  return reached
}

const isModel = (path: string) => /^src\/(demand\/engine|pure\/numerics)\//.test(path)
const service = reachedFrom('src/main.ts', 'scripts/worker.ts')
const laboratory = reachedFrom('scripts/lab/backtest.ts')

test('the laboratory measures no model that the service does not call', () => {
  const own = [...laboratory].filter(path => isModel(path) && !service.has(path))
  // Measures of error and the methods that a forecast is compared with are no models of the house.
  expect(own.filter(path => !/\/naive\.ts$/.test(path))).toEqual([])
})

test('every file of the engine is called by the service', () => {
  const files = readdirSync(join(root, 'src/demand/engine')).map(name => `src/demand/engine/${name}`)
  expect(files.filter(path => !service.has(path))).toEqual([])
})

test('both sides project by the same functions', () => {
  const shared = [
    'src/demand/engine/renewal.ts',
    'src/demand/engine/forecast.ts',
    'src/demand/engine/past-errors.ts',
    'src/demand/engine/interval.ts',
    'src/pure/numerics/series/exposure-gate.ts',
    'src/pure/numerics/series/series-ensemble.ts',
  ]
  expect(shared.filter(path => !service.has(path) || !laboratory.has(path))).toEqual([])
})
