import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectRoot } from './project-root.ts'

/** The text of a file of `src/io/assets`: styles, scripts and words, which people edit as they are. */
export function readAsset(name: string): string {
  return readFileSync(join(projectRoot(), 'src', 'io', 'assets', name), 'utf8')
}
