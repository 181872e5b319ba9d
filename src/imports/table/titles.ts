import type { Context } from '../cells/column.ts'
import { isDepartment } from '../cells/place-cell.ts'
import type { Kind } from '../kinds.ts'
import { readHeading } from './heading.ts'

/** What the titles above a table say of all of it. */
export interface SaidByTitles {
  period: string | undefined
  title: string | undefined
  place: string | undefined
  year: string | undefined
  /** Whether they say several periods: figures are of none of them. */
  areSeveral: boolean
}

const MOST_WORDS = 7
/** What stands between the parts of a title: « Vannes – rendez-vous 2026 ». */
const APART = /\s+[-–—|]\s+|\s*[;|]\s*/
/** Neither « carte nationale » nor « site national » speaks of the whole country. */
const NATIONAL =
  /france entière|niveau national|(?:délais?|demandes|moyennes?)\s(?:moyens?\s|reçues\s)?nationa(?:l|le|ux|les)(?!\p{L})/iu

/** What the name of a sheet, or of a file, says of its figures: a sheet may bear the name of a hall, a file is often dated by its export. */
export function readNames(
  { sheet, file }: { sheet: string | undefined; file: string | undefined },
  context: Context,
) {
  const told = (name: string | undefined) => {
    const text = (name ?? '')
      .replace(/\.\w{2,5}$/, '')
      .replaceAll('_', ' ')
      .trim()
    return { text, said: readTitles([{ text }], context) }
  }
  const [ofSheet, ofFile] = [told(sheet), told(file)]
  const isDated = /(?:19|20)\d{2}[-. ]?\d{2}/.test(ofFile.text)
  return {
    ...ofSheet.said,
    place: ofSheet.said.place ?? readHeading(ofSheet.text, context)?.place,
    year: ofSheet.said.year ?? (isDated ? undefined : ofFile.said.year),
  }
}

/** Reads the titles above a table: « Demandes de CNI — mars 2022 », « Mairie de Cognac », « Année 2021 ». */
export function readTitles(titles: readonly { text: string }[], context: Context): SaidByTitles {
  const periods = new Set<string>()
  const subjects = new Set<string>()
  const places = new Set<string>()
  const departments = new Set<string>()
  const years = new Set<string>()
  for (const { text } of titles.slice(0, 20)) {
    const words = text
      .slice(0, 300)
      .split(/[\s\u00a0\u202f,;:()]+/)
      .filter(word => /[\p{L}\d]/u.test(word))
    for (const year of text.match(/(?<!\d)(?:19|20)\d{2}(?!\d)/g) ?? []) years.add(year)
    const whole = context.departmentNamed?.(text)
    if (whole !== undefined) departments.add(whole)
    if (NATIONAL.test(text)) departments.add('FR')
    for (const [, code = ''] of text.matchAll(IN_BRACKETS)) if (isDepartment(code)) departments.add(code)
    for (let at = 0; at < words.length; at++) {
      const article = /^(?:en|du|des|la)$/i.test(words[at - 1] ?? '')
      for (let length = Math.min(MOST_WORDS, words.length - at); length > 0; length--) {
        const window = words.slice(at, at + length).join(' ')
        const department = departmentSaid(window, context, article)
        if (department !== undefined) departments.add(department)
        const heading = readHeading(window, context)
        const office = /^(mairie|ville|commune)\s/i.test(window)
        // « CNI – Ville de Rennes » : its end says the town by itself.
        if (heading?.place !== undefined && heading.title !== undefined) continue
        if (heading?.place !== undefined && office) places.add(heading.place)
        if (heading?.title !== undefined) subjects.add(heading.title)
        if (heading?.period !== undefined && heading.place === undefined) periods.add(heading.period)
        if (heading?.title === undefined && heading?.period === undefined && !(office && heading?.place))
          continue
        at += length - 1
        break
      }
    }
  }
  if (places.size === 0 && departments.size === 0)
    for (const part of titles.slice(0, 20).flatMap(({ text }) => text.slice(0, 300).split(APART))) {
      const named = OTHER_WORDS.test(part) ? undefined : context.departmentNamed?.(part)
      const heading = /^\p{Lu}/u.test(part) ? readHeading(part, context) : undefined
      if (named !== undefined) departments.add(named)
      else if (heading?.place !== undefined && heading.title === undefined) places.add(heading.place)
    }
  const only = (set: Set<string>) => (set.size === 1 ? [...set][0] : undefined)
  const [town, department] = [only(places), only(departments)]
  const isLocated = town !== undefined && department !== undefined && /^\D+$/.test(town)
  const both = subjects.size === 2 && subjects.has('cni') && subjects.has('passport')
  return {
    period: only(periods),
    title: both ? 'cni-passport' : only(subjects),
    place: isLocated ? `${town} (${department})` : (town ?? department),
    year: only(years),
    areSeveral: periods.size > 1,
  }
}

/** A department behind a name: « CERT de Limoges (87) »; « Janvier (22) » is a year. */
const IN_BRACKETS =
  /(?!(?:Janv|Févr|Mars|Avril|Mai|Juin|Juil|Août|Sept|Oct|Nov|Déc)\p{Ll}*\s)\p{Lu}[\p{L}’'-]+\s\((\d{2,3}|2[AB])\)/gu

/** A name that no other word is: « Haute-Vienne », « l’Ardèche », and behind an article « la Creuse ». */
const ALONE = /^(?:\p{Lu}\p{L}+-\p{L}|l['’]\p{Lu})/u
/** What a date or a sum may be called too. */
const OTHER_WORDS = /^(?:la )?réunion$|^somme$/i

/** « Département de l'Ardèche », « Département : 07 », « Préfecture de l'Ardèche », « en Ardèche », « Haute-Vienne ». */
function departmentSaid(
  text: string,
  { departmentNamed }: Context,
  behindArticle: boolean,
): string | undefined {
  if ((ALONE.test(text) || (behindArticle && /^\p{Lu}/u.test(text))) && !OTHER_WORDS.test(text)) {
    const named = departmentNamed?.(text)
    if (named !== undefined) return named
  }
  const [, said] = /^(?:département|departement|dépt|dpt|préfecture|prefecture)\s+(.+)$/i.exec(text) ?? []
  if (said === undefined) return undefined
  return isDepartment(said.toUpperCase()) ? said.toUpperCase() : departmentNamed?.(text)
}

/** What the words around a table say that its figures are, and no kind of file holds: an index, a rate, what is foreseen. */
const OTHER_FIGURES =
  /\btaux\b|\bnon honoré|\bindices?\b|base 100|pour 1(?:0|00)?[\s.]?000|cumul|prévisions?\b|prévue?s?\b|projections?\b|projetée?s?\b|^objectif|refusée?s?\b|rejetée?s?\b|annulée?s?\b|nombre moyen|(?:demandes|titres|dossiers)\b.*\bpar (?:jour|semaine)|(?:nombre|nb) (?:de |d['’])(?:créneaux|rendez-vous|rdv)|(?:créneaux|rendez-vous|rdv) (?:ouverts|offerts|proposés|pris|honorés)/

const KIND_WORDS: readonly (readonly [Kind, RegExp])[] = [
  ['appointment-waits', /(?:obtention|obtenir|prise)\s(?:d['’]un\s|des?\s)?(?:rendez-vous|rdv)/],
  [
    'issuance-delays',
    /(?:demande|dépôt|recueil)\b.*\s(?:et|à)\s.*(?:remise|réception)|(?:délais?|durées?)\s(?:(?:moyen(?:ne)?s?|médiane?s?|maximums?|nationaux|constatés|observés)\s)*(?:de\s|d['’])?(?:délivrance|traitement|instruction|fabrication|obtention)|délais? par titre|délais?\s(?:moyens?\s)?(?:des?\s|du\s|de la\s|pour\s)?(?:passeport|cni|carte|permis|titre)/,
  ],
  ['appointment-waits', /rendez-vous|\brdv\b|attente|créneau/],
  [
    'titles-issued',
    /^(?!.*\b(?:délai|durée)).*(?:(?:titres?|cartes?|passeports?|cni|permis|certificats?)\b.{0,40}(?:délivré|produit)|délivrance|production)/,
  ],
  ['issuance-delays', /délais?\s(?:moyens?|médians?)/],
  ['grants', /\bdts\b|dotations?/],
  ['applications', /demandes?|applications?|requests|recueils?|dépôts?|dossiers (?:reçus|déposés)/],
]

/** The kind of file that the words around a table speak of: its titles, the name of its sheet. */
export function kindInWords(texts: readonly string[]): Kind | undefined {
  const all = texts
    .join(' ')
    .normalize('NFC')
    .toLowerCase()
    .replace(/_|\s*\([^)]*\)\s*/g, ' ')
  if (OTHER_FIGURES.test(all)) return undefined
  return KIND_WORDS.find(([, words]) => words.test(all))?.[0]
}
