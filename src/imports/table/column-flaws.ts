import { STOCK_AGE_NAMES, STOCK_AGES } from '../../pure/figures/stock-age.ts'
import { frenchChoice, frenchList } from '../../pure/french/french.ts'
import { type Flaw, flawed, quoted } from '../cells/fault.ts'
import { closest, closestName, nameKey } from '../cells/name.ts'
import { namesOf } from '../header.ts'
import type { AnyKind } from './spread.ts'

/** The column that a name, which is of none, was meant to be. */
export function meantColumn(
  name: string,
  kind: AnyKind,
  positions: ReadonlyMap<string, number>,
  given: ReadonlySet<string>,
) {
  const open = namesOf(kind.columns).filter(({ field }) => !positions.has(field) && !given.has(field))
  return closest(name, open)
}

/** Whether a name is another mistyped: two letters apart at most, and most of them the same. */
export function alike(name: string, word: string): boolean {
  const [a, b] = [nameKey(name), nameKey(word)]
  return (
    a.length >= 5 &&
    Math.abs(a.length - b.length) <= 1 &&
    closestName(name.slice(0, 40), [word]) !== undefined &&
    a[0] === b[0]
  )
}

/** The flaw of a column whose name is nearly another. */
export function unknownFlaw(name: string, meant: string): Flaw {
  return flawed(
    'unknown-column',
    `Colonne ${quoted(name)} inconnue : vouliez-vous dire ${quoted(meant)} ?`,
    `Renommez-la ${quoted(meant)}, ou supprimez-la si elle dit autre chose.`,
  ).flaw
}

/** The flaw of a column of cards and passports that is not the sum of those beside it. */
export function sumFlaw(name: string): Flaw {
  return flawed(
    'duplicate-column',
    `${quoted(name)} n’est pas la somme des deux colonnes de cartes et de passeports.`,
    'Si chacune de ces demandes vaut une carte et un passeport, ajoutez-les aux deux colonnes ; puis supprimez celle-ci.',
  ).flaw
}

/** The flaw of a column that shares figures of other titles than permits between first requests and renewals. */
export function splitFlaw(name: string): Flaw {
  return flawed(
    'duplicate-column',
    `La colonne ${quoted(name)} partage chaque chiffre entre premières demandes et renouvellements, qui ne se suivent ici que pour les titres de séjour.`,
    'Additionnez les deux lignes de chaque nombre et supprimez cette colonne ; des délais ne s’additionnent pas : gardez alors ceux de l’ensemble.',
  ).flaw
}

/** The flaw of a column that says of which part of the public each figure is. */
export function partsFlaw(name: string): Flaw {
  return flawed(
    'duplicate-column',
    `La colonne ${quoted(name)} partage les chiffres entre plusieurs publics : chacun n’est que celui d’une partie.`,
    'Additionnez les lignes de même mois, lieu et titre, puis supprimez cette colonne ; si elle ne donne qu’une partie, ou si ce sont des délais, demandez les chiffres de l’ensemble.',
  ).flaw
}

/** Whether a column is headed with an age: « > 30 jours », « 8 à 14 j ». */
export function isBand(name: string): boolean {
  return (
    /\d\s*(?:j|jours?|semaines?|mois|ans?)$/i.test(name.trim()) &&
    /(?:à|-|–|<|>|≥|≤|moins|plus|de)\s*\d/i.test(name)
  )
}

/** The flaw of columns of ages that are none of those followed here: each holds a part of the stock only. */
export function bandsFlaw(names: readonly string[]): Flaw {
  return flawed(
    'unknown-word',
    `${frenchList(names.slice(0, 6).map(quoted))} : ces âges ne sont pas ceux qui sont suivis ici, et chaque colonne ne donne qu’une partie du stock.`,
    `Regroupez-les sous ${frenchList(STOCK_AGE_NAMES.map(age => quoted(STOCK_AGES[age].label)))}, ou additionnez toutes les tranches dans une colonne « Dossiers en stock ».`,
  ).flaw
}

/** The flaw of figures that nobody counted, by the columns that say so. */
export function estimates(columns: readonly string[]): Flaw {
  return flawed(
    'estimated-figures',
    `Ce tableau donne des estimations (${columns.map(quoted).join(', ')}) : ce ne sont pas des faits.`,
    'Envoyez ce qui a été compté ou publié ; si c’en est, supprimez ces colonnes et les lignes estimées.',
  ).flaw
}

const BESIDE: Partial<Record<string, string>> = { title: 'title', place: 'place', commune: 'place' }

/** Whether what a column would say may be told for the whole file when it is sent. */
export function isToldBeside(field: string): boolean {
  return BESIDE[field] !== undefined
}

/** What heads a part of the public, or one class of licences. */
const PART = /mineur|majeur|adulte|enfant|homme|femme|premi[eè]re|1[eè]?re|renouv|\s[A-D]\d?E?$/i

/**
 * The flaw of a column that a kind must have.
 * @param candidates names of the columns that could be it.
 */
export function missingFlaw(kind: AnyKind, field: string, candidates: readonly string[]): Flaw {
  const { name, description, example } = kind.columns[field]!
  const beside = BESIDE[field]
  if (candidates.length > 1)
    return flawed(
      'missing-column',
      `Colonne ${quoted(name)} manquante : ${frenchChoice(candidates.slice(0, 6).map(quoted))} ?`,
      candidates.some(one => PART.test(one))
        ? `Additionnez-les dans une colonne ${quoted(name)}, car chacune ne donne qu’une partie ; si ce sont des délais, demandez ceux de l’ensemble.`
        : `Renommez ${quoted(name)} celle qui la donne, et supprimez les autres ou faites-en un autre fichier.`,
    ).flaw
  return flawed(
    'missing-column',
    `Colonne ${quoted(name)} manquante.`,
    `Ajoutez-la : ${description} Exemple : ${example}.${beside ? ` Si tout le fichier porte sur une seule valeur, donnez-la à l’envoi (${beside}).` : ''}`,
  ).flaw
}

/** The flaw of a second table whose titles speak of another kind. */
export function anotherKind(label: string): Flaw {
  return flawed(
    'kind-mismatch',
    `Un second tableau commence ici, d’un autre type : « ${label} ».`,
    'Mettez chaque tableau dans son fichier, ou dans une feuille que vous nommez à l’envoi.',
  ).flaw
}

/** The flaw of a column without a name that holds something. */
export function unnamedFlaw(index: number, text: string, line: number): Flaw {
  return flawed(
    'unnamed-column',
    `La colonne ${index + 1} n’a pas de nom, mais ${quoted(text)} s’y trouve ligne ${line}.`,
    'Nommez cette colonne ou videz-la.',
  ).flaw
}
