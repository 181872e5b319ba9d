import { mkdirSync, writeFileSync } from 'node:fs'
import { test } from 'vitest'
import { briefPaper } from '../../src/briefs/brief-paper.tsx'
import { departmentBriefs } from '../../src/briefs/queries.ts'
import { printPaper } from '../../src/io/pdf/print-paper.ts'
import { freshDatabase } from '../database.ts'

test('look', async () => {
  const { db, close } = await freshDatabase()
  console.time('briefs')
  const briefs = await departmentBriefs(db, '16', '2026-11-24')
  console.timeEnd('briefs')
  console.time('again')
  await departmentBriefs(db, '16', '2026-11-24')
  console.timeEnd('again')
  mkdirSync('/tmp/briefs', { recursive: true })
  console.time('print')
  for (const brief of briefs) {
    const { pdf, ...rest } = await printPaper(briefPaper(brief))
    writeFileSync(`/tmp/briefs/${brief.insee}.pdf`, pdf)
    if (rest.pages !== 2 || rest.warnings.length || rest.unknownCharacters.length)
      console.log(brief.name, rest)
  }
  console.timeEnd('print')
  writeFileSync(
    '/tmp/briefs/16102.json',
    JSON.stringify(
      briefs.find(b => b.insee === '16102'),
      null,
      1,
    ),
  )
  await close()
})
