/** What stands in the place of a figure that is not given, or that is given as a bound or roughly. */
export type Mark =
  | { unknown: 'missing' | 'secret' }
  | { atLeast: string }
  | { atMost: string }
  | { about: string }

const MISSING =
  /^(n\.?\s?[dcasr]\.?|n\/[dcas]|[-–—−.…/?]+|nan|null|non\s(disponible|dispo|communiqu\S*|renseign\S*|connue?s?|significati\S*|parvenue?s?)|inconnue?s?|manquante?s?|absente?s?|indisponibles?|sans objet|s\.?\s?o\.?|à venir|en attente|vide|complet|sans (?:rdv|rendez-vous)|(aucune?|pas de)\s(créneaux?|rdv|rendez-vous|disponibilités?|données?)|suspendue?s?|fermée?s?|#n\/?a!?)$/i
const SECRET =
  /^(ss?|c|\[[csx]\]|\*+|secret(\s(statistique|stat\.?))?|sous secret|confidentiel(le)?s?|masqué|(entre\s)?[01]\s?(-|–|à|et)\s?\d{1,2})$/i
const NUMBER = String.raw`(\d+(?:[ \u00a0\u202f]\d{3})*(?:[.,]\d+)?(?:\s?sem(?:aines?|\.)?)?)`
const UNIT = String.raw`(?:\s?(?:j|jrs?|jours?|demandes?|dossiers?|titres?))?\.?`
const AT_MOST = new RegExp(
  String.raw`^(?:[<≤]=?|moins de|au plus|inf[ée]rieure? à|inf\.? à)\s?${NUMBER}${UNIT}$|^${NUMBER}\s?(?:et|ou) moins$`,
  'i',
)
const AT_LEAST = new RegExp(
  String.raw`^(?:[>≥]=?|\+\s?de|plus de|au moins|au[- ]delà de|sup[ée]rieure? à|sup\.? à)\s?${NUMBER}${UNIT}$`,
  'i',
)
const AND_MORE = new RegExp(String.raw`^${NUMBER}\s?(?:\+|(?:j|jours?)?\s?(?:et|ou) plus)$`, 'i')
const ABOUT = String.raw`(?:env(?:iron|\.)?|approx(?:imativement|\.)?|à peu près|[~≈≃])`
const ROUGHLY = new RegExp(`^${ABOUT}\\s?${NUMBER}${UNIT}$|^${NUMBER}${UNIT}\\s?${ABOUT}$`, 'i')

/**
 * Reads what people write when there is no figure: nothing known (`n.d.`, `-`, empty), a statistical secret (`s`,
 * `***`), a bound (`<11`, `moins de 5`), a censored value (`> 60`, `60 et plus`), a rough one (`environ 20`, `~20`). `undefined` when the cell should hold a figure.
 */
export function readMark(text: string): Mark | undefined {
  if (text === '' || MISSING.test(text)) return { unknown: 'missing' }
  if (SECRET.test(text)) return { unknown: 'secret' }
  const [, under, orLess] = AT_MOST.exec(text) ?? []
  if (under !== undefined || orLess !== undefined) return { atMost: under ?? orLess! }
  const [, about, roughly = about] = ROUGHLY.exec(text) ?? []
  if (roughly !== undefined) return { about: roughly }
  const bound = AT_LEAST.exec(text)?.[1] ?? AND_MORE.exec(text)?.[1]
  return bound === undefined ? undefined : { atLeast: bound }
}
