import { join } from 'node:path'
import { projectRoot } from '../src/io/project-root.ts'
import { askDesk } from './desk.ts'

/**
 * The compiled file of a source such as `src/main.ts`, as the operator runs it; whatever is younger than the last
 * compile is compiled first, once for all test files.
 */
export async function compiled(source: string): Promise<string> {
  await askDesk('compile')
  return join(projectRoot(), 'dist', source.replace(/ts$/, 'js'))
}
