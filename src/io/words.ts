import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readWords } from '../pure/french/words.ts'
import { projectRoot } from './project-root.ts'

/** The register of words, as it stands in its file. */
export const WORDS = readWords(readFileSync(join(projectRoot(), 'src', 'io', 'assets', 'words.md'), 'utf8'))
