import { isPlaceCode } from '../../pure/figures/place-code.ts'
import { type CellReader, column } from '../cells/column.ts'
import { readPlannedDay, reversedDays } from '../cells/day-cell.ts'
import { flawed, quoted } from '../cells/fault.ts'
import { readDayOrMonth } from '../cells/period-cell.ts'
import { isDepartment, own, readPlace } from '../cells/place-cell.ts'
import { textColumn } from '../cells/word-cell.ts'
import { factKind } from '../file-kind.ts'
import { locatorColumn, titleColumn } from './figure-columns.ts'

const CODE = /^[a-z0-9][a-z0-9-]{0,39}$/

/** Reads a code of ours, that of a centre for one: small letters, digits and hyphens. Capitals are read as small letters. */
export const readCertCode: CellReader<string> = text => {
  const code = text.toLowerCase()
  return CODE.test(code)
    ? { value: code }
    : flawed(
        'unknown-word',
        `${quoted(text)} n’est pas un code.`,
        'Écrivez des lettres sans accent, des chiffres et des tirets, 40 au plus : angouleme, cert-12.',
      )
}

/** Reads the code of a centre whose agents its sender may tell: known, unless the sender answers for all. */
export const readAnsweredCert: CellReader<string> = (text, context) => {
  const read = readCertCode(text, context)
  if (!('value' in read) || context.answersFor === undefined || context.knownCerts?.(read.value))
    return own(read, context)
  return flawed(
    'unknown-place',
    `${quoted(text)} n’est pas un centre connu.`,
    'Laissez la case vide, ou importez d’abord le fichier « Périmètres des CERT ».',
  )
}

/** A centre is a place of its own: its code is that of no other place. */
const readOwnCode: CellReader<string> = (text, context) =>
  isPlaceCode(text.toUpperCase())
    ? flawed(
        'unknown-word',
        `${quoted(text)} est le code d’un lieu, et non d’un centre.`,
        'Donnez au centre un code à lui : angouleme, cert-12.',
      )
    : readCertCode(text, context)

/** Reads the code of a department. */
export const readDepartment: CellReader<string> = (text, context) => {
  const place = readPlace(text, context)
  const isOwn = 'value' in place ? isDepartment(place.value) : place.flaw.code === 'foreign-place'
  return isOwn
    ? place
    : flawed(
        'unknown-place',
        `${quoted(text)} n’est pas un département.`,
        'Écrivez un code de département, par exemple 16 (2A, 971).',
      )
}

/** Which titles each centre examines, for which departments. */
export const certs = factKind({
  label: 'Périmètres des CERT',
  description:
    'Départements dont chaque centre d’expertise instruit un titre, d’un jour à un jour ; une ligne par titre et département.',
  columns: {
    code: column('code du cert', 'always', readOwnCode, {
      aliases: 'code | code cert | code centre | cert code | identifiant du cert',
      description: 'Code du centre, le même dans tous les fichiers.',
      example: 'angouleme',
    }),
    name: textColumn('nom du cert', 'always', 200, {
      aliases: 'nom | name | cert | libellé du cert | nom du centre',
      description: 'Nom du centre.',
      example: 'CERT d’Angoulême',
    }),
    title: titleColumn,
    department: column('département', 'always', readDepartment, {
      aliases: 'departement | department | département servi | dep',
      description: 'Code du département servi, ou plusieurs : 16, 17.',
      example: '16',
      each: text => (/[,;/]|\set\s/.test(text) ? text.split(/\s*(?:[,;/]|\set\s)\s*/) : undefined),
    }),
    since: column('depuis', 'always', readDayOrMonth, {
      aliases: 'since | à partir du | du',
      description: 'Premier jour, ou mois, où le centre instruit ces dossiers.',
      example: '2017-11',
    }),
    until: column('jusqu’au', 'optional', readPlannedDay, {
      aliases: 'until | jusque | au | fin',
      description: 'Dernier jour ; vide si cela continue.',
      example: '2026-12-31',
    }),
    locator: locatorColumn,
  },
  examples: [
    { code: 'angouleme', name: 'CERT d’Angoulême', title: 'permis', department: '16', since: '2017-11' },
    {
      code: 'angouleme',
      name: 'CERT d’Angoulême',
      title: 'CNI et passeports',
      department: '17',
      since: '2017-11',
    },
  ],
  check({ since, until }, reject) {
    if (until !== undefined && until < since) reject(reversedDays(since, until), 'until')
  },
  subject: ({ code, title, department, since }) => ({
    key: `${code}|${title}|${department}|${since}`,
    words: `${code}, ${title}, département ${department}, depuis ${since}`,
  }),
})
