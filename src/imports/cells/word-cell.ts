import { frenchChoice, frenchNumber } from '../../pure/french/french.ts'
import { isTitle, TITLE_NAMES, TITLES, type Title } from '../../pure/law/title.ts'
import {
  type CellReader,
  type Column,
  type ColumnAbout,
  type Context,
  column,
  type Presence,
} from './column.ts'
import { type Flaw, flawed, quoted, type Reading } from './fault.ts'
import { NOTE_CALL } from './mark.ts'
import { closest, nameKey, namesIn } from './name.ts'

/**
 * Reads one of a few words into its code: the code itself, or one of its French names (`namesIn`), the first of which is
 * shown to people. Accents, case and punctuation do not count.
 */
export function words<T extends string>(
  names: Record<T, string>,
): (text: string, context?: Pick<Context, 'suggesting'>) => Reading<T> {
  const known = (Object.keys(names) as T[]).map(code => ({ code, names: namesIn(names[code]) }))
  const codes = new Map(known.flatMap(one => [one.code, ...one.names].map(name => [nameKey(name), one.code])))
  const all = known.flatMap(one => [one.code, ...one.names]).map(name => ({ name, key: nameKey(name) }))
  const remedy = `Écrivez ${frenchChoice(known.slice(0, 20).map(one => one.names[0]!))}.`
  return (text, context) => {
    const code = codes.get(nameKey(text))
    if (code !== undefined) return { value: code }
    const meant = context?.suggesting === false ? undefined : closest(text, all)
    return flawed(
      'unknown-word',
      `${quoted(text)} n’est pas un mot connu ici${meant ? ` : vouliez-vous dire ${quoted(meant.name)} ?` : '.'}`,
      remedy,
    )
  }
}

const TITLE_WORDS: Record<Title, string> = {
  'cni-passport': `${TITLE_NAMES['cni-passport']} | CNI et passeports | CNI et passeport | CNI/passeport
    | CNI/passeports | Passeport et CNI | Passeports et CNI | Passeports/CNI | CNI-P
    | Carte d’identité et passeport | Titres d’identité et de voyage`,
  cni: `${TITLE_NAMES.cni} | CNI | CNIe | Carte nationale d’identité | Carte d’identité
    | Cartes d’identité | Identity card | ID card`,
  passport: `${TITLE_NAMES.passport} | Passeport | Passports | Passeport biométrique`,
  'vehicle-registration': `${TITLE_NAMES['vehicle-registration']} | Certificat d’immatriculation
    | Certificat d’immatriculation des véhicules | Certificats d’immatriculation des véhicules
    | Carte grise | Cartes grises | CIV | SIV | Immatriculation | Immatriculations`,
  'driving-licence': `${TITLE_NAMES['driving-licence']} | Permis | PC | Permis de conduire (PC) | Driving license
    | Driver’s license`,
  'residence-first': `${TITLE_NAMES['residence-first']} | Premier titre de séjour | Première demande de titre de séjour
    | Premières demandes de titre de séjour | Titre de séjour (première demande)
    | Titres de séjour (premières demandes)`,
  'residence-renewal': `${TITLE_NAMES['residence-renewal']} | Renouvellement de titre de séjour
    | Renouvellement de titres de séjour | Renouvellement du titre de séjour
    | Titre de séjour (renouvellement) | Titres de séjour (renouvellements) | Renouvellement
    | Renouvellements`,
}
const readTitleWord = words(TITLE_WORDS)

/** Words that say nothing of which title it is, and what stands for the others. */
const EMPTY_WORDS = new Set(
  'de du des d la le les l et en pour demande demandes delivrance delivrances biometrique biometriques electronique electroniques'.split(
    ' ',
  ),
)
const SAME_WORD: Readonly<Record<string, string>> = {
  psp: 'passeport',
  ppt: 'passeport',
  pass: 'passeport',
  pas: 'passeport',
  ci: 'cni',
  passport: 'passeport',
  cnie: 'cni',
  cnis: 'cni',
  '1er': 'premier',
  '1ere': 'premier',
  '1re': 'premier',
  premiere: 'premier',
  primo: 'premier',
  renouv: 'renouvellement',
  ts: 'sejour titre',
  tds: 'sejour titre',
}

/** The words of a title in one form and order: « 1ère demande de TS » is `premier sejour titre`. */
function titleWords(text: string): string {
  const plain = text.slice(0, 80).normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
  return (plain.match(/[a-z0-9]+/g) ?? [])
    .filter(word => !EMPTY_WORDS.has(word))
    .map(word => (word.length > 3 ? word.replace(/[sx]$/, '') : word))
    .flatMap(word => (SAME_WORD[word] ?? word).split(' '))
    .toSorted()
    .join(' ')
}

const TITLES_BY_WORDS = new Map(
  TITLES.flatMap(title => namesIn(TITLE_WORDS[title]).map(name => [titleWords(name), title] as const)),
)

/** Reads a title by its code or its French name: `passeport`, `carte grise`, `CNI et passeports`. */
export const readTitle: CellReader<Title> = (text, context) => {
  // « Permis (B) » is one class of licences, and calls no note.
  const bare = /\([A-D]\)$/.test(text) ? text : text.replace(NOTE_CALL, '')
  if (isTitle(bare)) return { value: bare }
  const reading = readTitleWord(bare, context)
  if ('value' in reading) return reading
  const known = titleWords(bare)
  const title = TITLES_BY_WORDS.get(known)
  if (title !== undefined) return { value: title }
  if (/^(titre|sejour|carte sejour|sejour titre)$/.test(known)) {
    const said = context.title
    return said === 'residence-first' || said === 'residence-renewal'
      ? { value: said }
      : { flaw: { ...whichPermit(text), once: true } }
  }
  return flawed(
    'unknown-title',
    reading.flaw.message.replace('un mot connu ici', 'un titre suivi ici'),
    `Écrivez l’un des codes ${TITLES.join(', ')}, ou son nom français.`,
  )
}

function whichPermit(text: string): Flaw {
  return flawed(
    'unknown-title',
    `${quoted(text)} : premier titre ou renouvellement ?`,
    'Écrivez l’un des codes residence-first, residence-renewal sur chacune de ces lignes, ou donnez-le une fois à l’envoi (title=residence-renewal) ; si le document ne les distingue pas, supprimez-les.',
  ).flaw
}

const readYesNo = words<'yes' | 'no'>({
  yes: 'oui | o | y | vrai | true | 1 | x',
  no: 'non | n | faux | false | 0',
})

/** Reads a yes or a no: `oui`, `non`, `1`, `0`, `vrai`, `faux`. */
export function readBoolean(text: string): Reading<boolean> {
  const reading = readYesNo(text)
  return 'flaw' in reading ? reading : { value: reading.value === 'yes' }
}

/** Describes a column of free text of so many characters at most. */
export function textColumn<P extends Presence>(
  name: string,
  presence: P,
  characters: number,
  about: ColumnAbout,
): Column<string, P> {
  return column(name, presence, freeText(characters), { ...about, freeText: true })
}

/** Reads free text, kept as it is, formulas included: they are neutralised where files are written. */
export function freeText(maximumCharacters: number): CellReader<string> {
  return text =>
    text.length <= maximumCharacters
      ? { value: text }
      : flawed(
          'text-too-long',
          `Texte de ${frenchNumber(text.length)} caractères : ${quoted(text)}.`,
          `Restez sous ${maximumCharacters} caractères.`,
        )
}
