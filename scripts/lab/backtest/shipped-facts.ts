import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { VolumeFact } from '../../../src/demand/engine/national-volumes.ts'
import { isRefused } from '../../../src/imports/imported-file.ts'
import { readFile } from '../../../src/imports/read-file.ts'
import { projectRoot } from '../../../src/io/project-root.ts'
import { isTitle } from '../../../src/pure/law/title.ts'

/** The files shipped with the program, as an import reads them; refused ones are left out. */
export function shippedFiles() {
  const folder = join(projectRoot(), 'sql', 'data')
  return readdirSync(folder)
    .filter(name => name.endsWith('.csv'))
    .flatMap(name => {
      const read = readFile(readFileSync(join(folder, name)), {
        today: '9999-12-31',
        knownCommunes: () => ({ state: 'current' }),
        defaultPlace: 'FR',
      })
      return isRefused(read) ? [] : [read]
    })
}

/** National volumes of the files shipped with the program, and the requests that were not made, in order of publication. */
export function shippedFacts(): { issued: VolumeFact[]; notMade: VolumeFact[] } {
  const facts = shippedFiles()
    .flatMap(read => {
      if (!('rows' in read)) return []
      const { publishedOn = '', source = '' } = read.frontMatter
      return read.rows.flatMap(row =>
        'measure' in row &&
        row.place === 'FR' &&
        /^\d{4}$/.test(row.period) &&
        row.value !== undefined &&
        isCounted(row.title)
          ? [
              {
                measure: row.measure,
                title: row.title,
                year: Number(row.period),
                value: row.value,
                status: row.status,
                publishedOn,
                source,
              },
            ]
          : [],
      )
    })
    .sort((a, b) => a.publishedOn.localeCompare(b.publishedOn))
  const of = (measure: string): VolumeFact[] => {
    // Where two sources say the same figure, the first one stands.
    const first = new Map<string, VolumeFact>()
    for (const { measure: own, ...fact } of facts)
      if (own === measure && !first.has(`${fact.title} ${fact.year}`))
        first.set(`${fact.title} ${fact.year}`, fact)
    return [...first.values()]
  }
  return { issued: of('titles-issued'), notMade: of('requests-not-made') }
}

function isCounted(title = ''): title is VolumeFact['title'] {
  return isTitle(title) && (title === 'cni' || title === 'passport' || title === 'cni-passport')
}
