import type { CellReader, CommuneLookup, Context } from './column.ts'
import { type NamedCommune, writtenCommune } from './commune-name.ts'
import { headsDepartments } from './department-name.ts'
import { flawed, quoted, type Reading } from './fault.ts'
import { nameKey } from './name.ts'

const COMMUNE = /^(0[1-9]|[1-8]\d|9[0-8]|2[AB])\d{3}$/
const DEPARTMENT = /^(0[1-9]|1\d|2[1-9AB]|[3-8]\d|9[0-5]|97[1-8]|98[678])$/

/** Whether a text is the code of a department. */
export function isDepartment(text: string): boolean {
  return DEPARTMENT.test(text)
}

/** The code of a department written by its code or its name, or `undefined`. */
export function departmentCode(text: string, { departmentNamed }: Context): string | undefined {
  const code = text.toUpperCase().padStart(2, '0')
  return isDepartment(code) ? code : departmentNamed?.(text)
}

/** What spreadsheets make of a code when they take it for a number: 16015,0 or 1,6E+4. */
const NUMBER_OF_CODE = /^\d+[.,]0+$|^\d([.,]\d+)?E\+?\d+$/

/** Reads a commune in force by its INSEE code (`16015`, `2A004`) or its name. A lost zero is put back where it can be told. */
export const readCommune: CellReader<string> = (written, context) => {
  // What a program took for a number and wrote whole: 16015.0.
  const text = written.replace(/^(\d{4,5})[.,]0+$/, '$1')
  const code = text.toUpperCase()
  const whole = /^\d{4}$/.test(code) ? `0${code}` : undefined
  if (whole !== undefined && context.tellZero && 'value' in knownCommune(whole, context.knownCommunes)) {
    context.tellZero(whole)
    return own({ value: whole }, context)
  }
  const malformed = codeFlaw(code, text, context)
  const named = malformed !== undefined && isName(text) ? communeNamed(text, context) : undefined
  if (named === undefined && code.length > 1 && departmentCode(code, context) !== undefined)
    return {
      flaw: {
        code: 'invalid-insee',
        message: `${quoted(text)} est un département, et non une commune.`,
        remedy:
          'Écrivez la commune, ou supprimez la ligne si elle est la somme des autres. Des demandes de tout un département s’envoient comme « Indicateurs » (# type : indicators), avec une colonne « mesure » remplie de « Demandes reçues ».',
        once: true,
      },
    }
  if (named !== undefined)
    return own('value' in named ? knownCommune(named.value, context.knownCommunes) : named, context)
  return malformed ?? own(knownCommune(code, context.knownCommunes), context)
}

/** Reads a place: `FR`, a department (`16`, `2A`, `971`) or a commune by its INSEE code. */
export const readPlace: CellReader<string> = (text, context) => {
  const heading = context.heading ?? ''
  // The number of a commune within its department is the code of no department: 021 is not Côte-d’Or.
  if (/^\d{1,3}$/.test(text) && /com(?:munes?)?(?![a-z])/i.test(heading) && !headsDepartments(heading))
    return flawed(
      'invalid-insee',
      `${quoted(text)} n’est pas le code d’une commune.`,
      'Écrivez ses 5 caractères, le département d’abord (80021), ou son nom ; le code d’un département va dans une colonne « lieu ».',
    )
  const code = text.toUpperCase().replace(/^0(?=[\dAB]{2}$)/, '')
  if (code === 'FR' || /^(?:france(?:entiere)?|(?:niveau)?national)$/.test(nameKey(text)))
    return own({ value: 'FR' }, context)
  if (DEPARTMENT.test(code)) return own({ value: code }, context)
  if (/^[1-9]$/.test(code)) {
    if (context.tellZero === undefined) return lostZero(text, `0${code}`)
    context.tellZero(`0${code}`)
    return own({ value: `0${code}` }, context)
  }
  if (/^\d{4,5}$|^\d[0-9AB]\d{3}$/.test(code) || (code.length > 4 && NUMBER_OF_CODE.test(code)))
    return readCommune(text, context)
  const named = isName(text) ? placeNamed(text, context) : undefined
  if (named !== undefined) return own(named, context)
  return flawed(
    'unknown-place',
    `${quoted(text)} n’est pas un lieu.`,
    'Écrivez FR, un département ou une commune, par son code (16, 2A, 971, 16015) ou son nom.',
  )
}

/** Reads a place, or a centre (CERT) by its code: `cert-16` is the one supposed for a department. */
export const readPlaceOrCert: CellReader<string> = (text, context) => {
  const code = text.toLowerCase()
  if (context.knownCerts?.(code)) return own({ value: code }, context)
  if (/^certs?\b/.test(code)) return unknownCert(text)
  const read = readPlace(text, context)
  // A centre bears the name of its town, and is none.
  return 'value' in read && COMMUNE.test(read.value) && /^(?:cert|centre)\b/i.test(context.heading ?? '')
    ? unknownCert(text)
    : read
}

function unknownCert(text: string) {
  return flawed(
    'unknown-place',
    `${quoted(text)} n’est pas un centre connu.`,
    'Écrivez cert-16 pour le centre supposé d’un département, ou le code d’un centre des fichiers « Périmètres des CERT ».',
  )
}

/** Refuses a sound place that the sender does not answer for. */
export function own(reading: Reading<string>, { answersFor }: Context): Reading<string> {
  if (!('value' in reading) || answersFor === undefined || answersFor(reading.value)) return reading
  return flawed(
    'foreign-place',
    `Votre compte ne répond pas de ${quoted(reading.value)}.`,
    'Retirez cette ligne : ses chiffres sont apportés par la mairie concernée ou par la préfecture.',
  )
}

function isName(text: string): boolean {
  return /\p{L}{2}/u.test(text) || /^[yoöÿ]$/i.test(text)
}

/** The department or the commune of a name: of those that share one, the heading of the column says which. */
function placeNamed(text: string, context: Context): Reading<string> | undefined {
  const department = context.departmentNamed?.(text)
  const commune = communeNamed(text, context)
  if (department === undefined)
    return commune !== undefined && 'value' in commune
      ? knownCommune(commune.value, context.knownCommunes)
      : commune
  const heading = context.heading ?? ''
  if (commune === undefined || 'flaw' in commune || headsDepartments(heading)) return { value: department }
  if (/mairie|commune|ville/i.test(heading)) return commune
  return flawed(
    'ambiguous-commune',
    `${quoted(text)} est un département et une commune.`,
    `Écrivez ${department} pour le département, ${commune.value} pour la commune.`,
  )
}

const CANDIDATES_NAMED = 6
const LONGEST_NAME = 200

/** A name with a code behind it, INSEE's or postal: `Cognac (16102)`, `Cognac 16100`. */
const CODED = /^(.*\p{L}.*?)\s*[-–,(]?\s*(\d{5}|2[AB]\d{3})\)?$/iu
/** A name with that of its department: `Cognac (Charente)`. */
const LOCATED = /^(.+?)\s*(?:\((.+)\)|,\s*(.+))$/u

/** The communes that a text may name, alone or with a code or its department. */
export function communesWritten(
  text: string,
  { communesNamed, departmentNamed }: Pick<Context, 'communesNamed' | 'departmentNamed'>,
): readonly NamedCommune[] {
  if (communesNamed === undefined || text.length > LONGEST_NAME) return []
  const all = communesNamed(text)
  if (all.length > 0) return all
  const [, name = '', code = ''] = CODED.exec(text) ?? []
  const coded = name === '' ? [] : communesNamed(name)
  const same = coded.filter(one => one.code === code.toUpperCase())
  if (coded.length > 0)
    return same.length > 0 ? same : coded.filter(({ department }) => isPostal(code, department))
  const [, before = '', within, behind] = LOCATED.exec(text) ?? []
  const department = before === '' ? undefined : departmentNamed?.(within ?? behind!)
  return department === undefined ? [] : communesNamed(before).filter(one => one.department === department)
}

const isPostal = (code: string, department: string) =>
  departmentOf(code) === department || (code.startsWith('20') && /^2[AB]$/.test(department))

/** The commune of a name, among those of the department of the file when one is known; `undefined` when none has it. */
function communeNamed(text: string, context: Context): Reading<string> | undefined {
  const { defaultPlace, knownCommunes } = context
  const all = communesWritten(text, context)
  if (all.length === 0) return undefined
  // What is written beside the name goes before what is said of the file.
  const coded = /(?<!\w)(\d{5}|2[AB]\d{3})\)?$/i.exec(text)?.[1]?.toUpperCase()
  if (all.length === 1 && all[0]!.code === coded) return { value: coded }
  const department = writtenCommune(text).department ?? departmentOf(defaultPlace)
  const near = department === undefined ? all : all.filter(one => one.department === department)
  if (near.length === 1) return { value: near[0]!.code }
  const candidates = near.length > 1 ? near : all
  const list = candidates
    .slice(0, CANDIDATES_NAMED)
    .map(({ name, code, department }: NamedCommune) => {
      const known = knownCommunes(code)
      const one =
        known.state === 'merged' ? { name: known.successorName, code: known.successor } : { name, code }
      return `${one.name} (${one.code}, département ${department})`
    })
    .join(', ')
  const more = candidates.length > CANDIDATES_NAMED ? '…' : ''
  return near.length === 0
    ? flawed(
        'unknown-commune',
        `Aucune commune du département ${department} ne s’appelle ${quoted(text)}.`,
        `Écrivez son code INSEE ; ailleurs en France, c’est ${list}${more}.`,
      )
    : flawed(
        'ambiguous-commune',
        `Plusieurs communes s’appellent ${quoted(text)} : ${list}${more}.`,
        `Écrivez le code INSEE de la bonne, par exemple ${candidates[0]!.code}.`,
      )
}

/** The department of a place by its code alone; none of the whole country. */
export function departmentOf(place: string | undefined): string | undefined {
  if (place === undefined || place === 'FR') return undefined
  return place.length < 5 ? place : place.slice(0, place.startsWith('97') ? 3 : 2)
}

const WRITE_COMMUNE =
  'Écrivez le code INSEE de la commune, en 5 caractères (16015, 2A004), ou son nom officiel, seul.'

function codeFlaw(
  code: string,
  text: string,
  { knownCommunes }: Pick<Context, 'knownCommunes'>,
): Reading<never> | undefined {
  if (COMMUNE.test(code)) return undefined
  if (/^\d{4}$/.test(code) && COMMUNE.test(`0${code}`))
    return knownCommunes(`0${code}`).state === 'unknown'
      ? flawed(
          'lost-leading-zero',
          `${quoted(text)} n’est pas un code INSEE, même avec un zéro devant.`,
          WRITE_COMMUNE,
        )
      : lostZero(text, `0${code}`)
  return flawed(
    'invalid-insee',
    `${quoted(text)} n’est ni un code INSEE ni le nom d’une commune.`,
    NUMBER_OF_CODE.test(code)
      ? 'Un tableur en a fait un nombre : mettez la colonne au format « Texte » et retapez le code en 5 caractères.'
      : WRITE_COMMUNE,
  )
}

function lostZero(text: string, code: string) {
  return flawed(
    'lost-leading-zero',
    `${quoted(text)} a perdu son zéro de tête.`,
    `S’il s’agit de ${code}, mettez la colonne au format « Texte » dans le tableur et retapez ${code}.`,
  )
}

function knownCommune(code: string, lookup: CommuneLookup): Reading<string> {
  const known = lookup(code)
  if (known.state === 'current') return { value: code }
  if (known.state === 'merged') {
    const { name, successor, successorName } = known
    const part = /arrondissement/i.test(name ?? '')
      ? 'un arrondissement municipal'
      : 'une commune déléguée ou absorbée'
    return flawed(
      'merged-commune',
      `${code} est ${part} ; sa commune est ${successorName} (${successor}).`,
      `Écrivez ${successor}. Si la commune a alors plusieurs lignes, additionnez des nombres de demandes ou de titres ; pour des délais ou des taux, n’en gardez qu’une, car une moyenne ne s’additionne pas.`,
    )
  }
  const near = swaps(code).filter(other => COMMUNE.test(other) && lookup(other).state === 'current')
  const hint = near.length > 0 ? ` Vouliez-vous dire ${near.join(' ou ')} ?` : ''
  return flawed(
    'unknown-commune',
    `Aucune commune n’a le code INSEE ${code}.${hint}`,
    code.startsWith('20')
      ? 'En Corse, les codes INSEE commencent par 2A ou 2B.'
      : /0$/.test(code)
        ? 'Est-ce un code postal ? Cherchez le code INSEE de la commune sur insee.fr.'
        : 'Vérifiez le code INSEE de la commune sur insee.fr.',
  )
}

/** The code with two neighbouring characters swapped, the commonest slip when codes are typed. */
function swaps(code: string): string[] {
  const swapped = [0, 1, 2, 3].map(i => code.slice(0, i) + code[i + 1] + code[i] + code.slice(i + 2))
  return [...new Set(swapped)].filter(other => other !== code)
}
