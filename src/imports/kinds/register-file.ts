import { paths } from '../../pure/access/paths.ts'
import { type CellReader, column } from '../cells/column.ts'
import { readDay, readPastDay, readPlannedDay } from '../cells/day-cell.ts'
import { flawed, quoted } from '../cells/fault.ts'
import { freeText, textColumn, words } from '../cells/word-cell.ts'
import { factKind, missingValue } from '../file-kind.ts'
import { readCertCode, readDepartment } from './cert-file.ts'
import { locatorColumn, placeColumn } from './figure-columns.ts'

/** What can be said in a committee, with its French name. */
export const ENTRY_KINDS = {
  suggestion: 'suggestion',
  request: 'demande',
  question: 'question',
  difficulty: 'difficulté',
  promise: 'annonce',
} as const

/** Code of what can be said in a committee. */
export type EntryKind = keyof typeof ENTRY_KINDS

/** Reads an organisation or a function: the register names nobody. */
const readVoice: CellReader<string> = (text, context) =>
  /^(m\.|(mr|mme|mlle|monsieur|madame|mademoiselle)\.?)\s/i.test(text) ||
  /[\s(,](M\.|(Mr|Mme|Mlle|Monsieur|Madame|Mademoiselle)\.?)\s+\p{Lu}/u.test(text)
    ? flawed(
        'person-named',
        `${quoted(text)} nomme une personne.`,
        'Écrivez l’organisation ou la fonction pour laquelle elle parle.',
      )
    : freeText(200)(text, context)

const readPage: CellReader<string> = text =>
  /^\/(?!\/)[\w/#?=&.-]*$/.test(text) && text.length <= 300
    ? { value: text }
    : flawed(
        'invalid-page',
        `${quoted(text)} n’est pas une page de ce site.`,
        'Écrivez son adresse depuis la racine : /delais.',
      )

const prose = (name: string, description: string, example: string) =>
  textColumn(name, 'optional', 2_000, { description, example })

/** What was asked and announced in a committee of users: who spoke for whom, the reply, what came, and where it shows. */
export const committeeRegister = factKind({
  label: 'Registre du comité des usagers',
  description:
    'Ce qui a été demandé ou annoncé en comité : qui parlait pour qui, la réponse, la suite, et la mesure qui la montre.',
  columns: {
    place: { ...placeColumn, read: readDepartment, description: 'Code du département.' },
    heldOn: column('séance', 'always', readPastDay, {
      aliases: 'jour de la séance | date de la séance | held on',
      description: 'Jour du comité.',
      example: '2022-04-05',
    }),
    code: column('repère', 'always', readCertCode, {
      aliases: 'code du point | entry',
      description: 'Repère du point, le même d’un fichier à l’autre : la suite se donne sous lui.',
      example: 'audit-qual-e-pref',
    }),
    kind: column(
      'nature du point',
      'always',
      words<EntryKind>({
        suggestion: `${ENTRY_KINDS.suggestion} | proposition`,
        request: `${ENTRY_KINDS.request}`,
        question: `${ENTRY_KINDS.question}`,
        difficulty: `${ENTRY_KINDS.difficulty}`,
        promise: `${ENTRY_KINDS.promise} | promesse | engagement`,
      }),
      {
        aliases: 'entry kind | nature | nature de la demande',
        description: `Une de ces natures : ${Object.values(ENTRY_KINDS).join(', ')}.`,
        example: 'annonce',
      },
    ),
    subject: textColumn('sujet', 'always', 200, {
      aliases: 'subject | objet',
      description: 'Le point en quelques mots.',
      example: 'Audit Qual-e-Pref',
    }),
    by: column('par', 'always', readVoice, {
      aliases: 'said by | qui parle',
      description: 'Organisation ou fonction, jamais une personne.',
      example: 'Préfecture',
      freeText: true,
    }),
    speaksFor: column('au nom de', 'always', readVoice, {
      aliases: 'speaks for',
      description: 'Pour qui elle parle.',
      example: 'l’administration',
      freeText: true,
    }),
    said: textColumn('dit', 'always', 2_000, {
      aliases: 'said | ce qui a été dit',
      description: 'Ce qui a été dit.',
      example: 'Un audit à blanc est annoncé.',
    }),
    locator: locatorColumn,
    repliedBy: column('réponse de', 'optional', readVoice, {
      description: 'Qui a répondu.',
      example: 'Préfecture',
      freeText: true,
    }),
    reply: prose('réponse', 'La réponse ; vide s’il n’y en a pas au compte rendu.', 'Prévu avant l’été.'),
    dueBy: column('échéance', 'optional', readPlannedDay, {
      description: 'Dernier jour du délai annoncé.',
      example: '2022-04-15',
    }),
    dueWords: prose('échéance annoncée', 'Ce délai avec les mots du compte rendu.', 'mi-avril 2022'),
    followedOn: column('suite le', 'optional', readPastDay, {
      description: 'Jour où la suite a été connue.',
      example: '2022-04-05',
    }),
    followUp: prose('suite', 'Ce qui est venu.', 'l’audit a eu lieu'),
    followUpSource: prose('source de la suite', 'Qui le dit, et où.', 'lettre de la préfecture'),
    settledOn: column('réglé le', 'optional', readDay, {
      description: 'Jour depuis lequel plus rien n’est attendu.',
      example: '2022-04-05',
    }),
    shownBy: prose('mesure', 'La mesure de ce site qui le montre.', 'Délais de délivrance'),
    shownAt: column('page de la mesure', 'optional', readPage, {
      description: 'Sa page, depuis la racine.',
      example: paths.delays(),
    }),
  },
  examples: [
    {
      place: '16',
      heldOn: '2022-03-15',
      code: 'audit-qual-e-pref',
      kind: 'annonce',
      subject: 'Audit Qual-e-Pref',
      by: 'Préfecture',
      speaksFor: 'l’administration',
      said: 'Un audit à blanc est annoncé.',
      locator: 'page 4',
      dueBy: '2022-04-15',
      dueWords: 'mi-avril 2022',
      followedOn: '2022-04-05',
      followUp: 'l’audit a eu lieu',
      followUpSource: 'lettre de la préfecture',
      settledOn: '2022-04-05',
      shownBy: 'Délais de délivrance',
      shownAt: paths.delays(),
    },
    {
      place: '16',
      heldOn: '2022-03-15',
      code: 'heures-de-midi',
      kind: 'demande',
      subject: 'Ouverture à midi',
      by: 'Délégué du Défenseur des droits',
      speaksFor: 'les usagers',
      said: 'Ouvrir entre midi et deux heures.',
      locator: 'page 6',
      repliedBy: 'Préfecture',
      reply: 'La demande sera étudiée.',
    },
  ],
  check(row, reject) {
    // What goes together comes together: a reply with who made it, a follow-up with its day and its source.
    for (const fields of [REPLY, MEASURE, FOLLOW_UP])
      for (const [field, name] of Object.entries(fields))
        if (isBlank(row, field) && Object.keys(fields).some(one => !isBlank(row, one)))
          reject(missingValue(name, ''), field as Together)
  },
  subject: ({ place, heldOn, code }) => ({
    key: [place, heldOn, code].join('|'),
    words: `le point « ${code} » du comité du ${heldOn}`,
  }),
})

const REPLY = { repliedBy: 'réponse de', reply: 'réponse' }
const MEASURE = { shownBy: 'mesure', shownAt: 'page de la mesure' }
const FOLLOW_UP = { followedOn: 'suite le', followUp: 'suite', followUpSource: 'source de la suite' }
type Together = keyof typeof REPLY | keyof typeof MEASURE | keyof typeof FOLLOW_UP

const isBlank = (row: object, field: string) => Reflect.get(row, field) === undefined
