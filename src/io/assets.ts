import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readWords } from '../pure/french/words.ts'
import { projectRoot } from './project-root.ts'

/** The text of a file of `src/io/assets`: styles, scripts and words, which people edit as they are. */
export function readAsset(name: string): string {
  return readFileSync(join(projectRoot(), 'src', 'io', 'assets', name), 'utf8')
}

/** The register of words, as it stands in its file. */
export const WORDS = readWords(readAsset('words.md'))
