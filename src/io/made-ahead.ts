import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { deserialize, serialize } from 'node:v8'

/** Beside the compiled program alone: from the sources, nothing was made ahead. */
const FOLDER = fileURLToPath(new URL('../ahead', import.meta.url))

/** What the build made of `origin` for this program; `undefined` where it made none, or of something else. */
export async function readAhead<T>(name: string, origin: string, folder = FOLDER): Promise<T | undefined> {
  const kept = await readFile(join(folder, name))
    .then(deserialize)
    .catch(() => undefined)
  return kept?.origin === origin ? kept.made : undefined
}

/** Keeps what was made of `origin`, which names all that it depends on besides the program. */
export async function writeAhead(
  name: string,
  origin: string,
  made: unknown,
  folder = FOLDER,
): Promise<void> {
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, name), serialize({ origin, made }))
}
