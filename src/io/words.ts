import { readWords } from '../pure/french/words.ts'
import { readAsset } from './assets.ts'

/** The register of words, as it stands in its file. */
export const WORDS = readWords(readAsset('words.md'))
