import { frenchDay } from '../../pure/french/french.ts'
import { TITLE_NAMES } from '../../pure/law/title.ts'
import { column } from '../cells/column.ts'
import { number } from '../cells/number-cell.ts'
import { readDayOrMonth } from '../cells/period-cell.ts'
import { textColumn } from '../cells/word-cell.ts'
import { factKind, missingValue } from '../file-kind.ts'
import { readAnsweredCert } from './cert-file.ts'
import { locatorColumn, titleColumn } from './figure-columns.ts'

/** How many agents instruct, and how fast. */
export const certCapacity = factKind({
  label: 'Capacité des CERT',
  description: 'Agents au travail dans un centre d’expertise (ETPO), par titre, à partir d’un jour.',
  columns: {
    cert: textColumn('cert', 'optional', 200, {
      aliases: 'centre | center | centre d’expertise | nom du cert | nom',
      description: 'Nom du centre d’expertise et de ressources titres ; vide si son code est donné.',
      example: 'CERT de Limoges',
    }),
    code: column('code du cert', 'optional', readAnsweredCert, {
      aliases: 'code | code cert | code centre | cert code | identifiant du cert',
      description: 'Code du centre, celui du fichier « Périmètres des CERT ».',
      example: 'limoges',
    }),
    title: titleColumn,
    since: column('depuis', 'always', readDayOrMonth, {
      aliases: 'since | à partir du | à partir de | mois | date | jour',
      description: 'Premier jour, ou mois, de cet effectif.',
      example: '2021-09',
    }),
    etpo: column('etpo', 'always', number({ min: 0, max: 5_000 }), {
      aliases: 'agents | effectif | effectifs | etp | etpt | fte',
      description: 'Équivalents temps plein au travail.',
      example: '23,5',
    }),
    filesPerAgentDay: column('dossiers par jour et par agent', 'optional', number({ min: 0.1, max: 1_000 }), {
      aliases: 'productivité | dossiers par agent et par jour | dossiers/jour/agent | files per agent day',
      description: 'Dossiers instruits par agent et par jour ouvré ; vide si inconnu.',
      example: '18,5',
    }),
    locator: locatorColumn,
  },
  oneOf: ['cert', 'code'],
  examples: [
    {
      cert: 'CERT de Limoges',
      title: 'CNI et passeports',
      since: '2021-01',
      etpo: '23,5',
      filesPerAgentDay: '65',
    },
    {
      cert: 'CERT de Limoges',
      title: 'CNI et passeports',
      since: '2022-04',
      etpo: '28',
      filesPerAgentDay: '65',
    },
  ],
  wide: { from: 'since', value: 'etpo' },
  check(row, reject) {
    // A team told by its code alone goes by it.
    row.cert ??= row.code
    if (row.cert === undefined) reject(missingValue('cert', 'CERT de Limoges'), 'cert')
  },
  subject: ({ cert, title, since }) => ({
    key: `${cert}|${title}|${since}`,
    words: `${cert}, ${TITLE_NAMES[title]}, depuis le ${frenchDay(since)}`,
  }),
})
