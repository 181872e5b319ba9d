import { mkdtemp, readFile, rm, truncate } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readAhead, writeAhead } from '../../src/io/made-ahead.ts'

test('what was made of another origin, was cut or is missing is never taken', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'vigie-ahead-'))
  try {
    const read = (origin: string) => readAhead('thing', origin, folder)
    expect(await read('1')).toBeUndefined()
    const made = new Map([['a', { b: undefined, c: ['é'] }]])
    await writeAhead('thing', '1', made, folder)
    expect(await read('1')).toStrictEqual(made)
    expect(await read('2')).toBeUndefined()
    const { length } = await readFile(join(folder, 'thing'))
    for (let kept = 0; kept < length; kept++) {
      await writeAhead('thing', '1', made, folder)
      await truncate(join(folder, 'thing'), kept)
      expect(await read('1')).toBeUndefined()
    }
  } finally {
    await rm(folder, { recursive: true })
  }
})
