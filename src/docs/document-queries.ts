import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectRoot } from '../io/project-root.ts'
import { type Document, titleOf } from './document.ts'
import { type Guide, readGuide } from './guide.ts'

const FOLDER = join(projectRoot(), 'src', 'docs')

/** The documents that engineers write for whoever asks how good, how fast and why: read once. */
export function documents(): Document[] {
  return ['accuracy', 'performance', 'glossary'].map(name => documentAt(`${name}.md`, name))
}

/** The guides of those who start, run and change the service, and the security file, pre-filled for the homologation of a State service. */
export const GUIDES = ['premier-jour', 'exploiter', 'contribuer', 'securite'] as const

/** A guide, as it stands in the repository. */
export function guideAt(slug: (typeof GUIDES)[number]): Guide {
  return readGuide(slug, readFileSync(join(FOLDER, `${slug}.md`), 'utf8'))
}

/** The decisions, oldest first. */
export function decisions(): Document[] {
  return readdirSync(join(FOLDER, 'decisions'))
    .filter(name => name.endsWith('.md'))
    .sort()
    .map(name => documentAt(join('decisions', name), `decisions/${name.slice(0, -3)}`))
}

function documentAt(path: string, slug: string): Document {
  const text = readFileSync(join(FOLDER, path), 'utf8')
  return { slug, title: titleOf(text), text }
}
