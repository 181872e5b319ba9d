/**
 * Every fault a file can have: stable code → what it means, in French. A code is never reused. The message of
 * each fault says what was read; this title only names the family.
 */
export const FAULTS = {
  'empty-file': 'Fichier vide',
  'file-too-large': 'Fichier trop volumineux',
  'spreadsheet-file': 'Classeur de tableur au lieu d’un CSV',
  'damaged-workbook': 'Classeur illisible',
  'protected-workbook': 'Classeur protégé par un mot de passe',
  'workbook-macros': 'Classeur à macros',
  'workbook-links': 'Classeur lié à d’autres',
  'workbook-too-large': 'Classeur démesuré',
  'empty-workbook': 'Classeur sans tableau',
  'ambiguous-sheet': 'Plusieurs feuilles possibles',
  'unknown-sheet': 'Feuille inconnue',
  'compressed-file': 'Archive compressée au lieu d’un CSV',
  'pdf-file': 'PDF au lieu d’un CSV',
  'markup-file': 'Page web ou XML au lieu d’un CSV',
  'json-file': 'JSON au lieu d’un CSV',
  'binary-file': 'Fichier qui n’est pas du texte',
  'unreadable-encoding': 'Encodage illisible',
  'control-character': 'Caractère de contrôle ou invisible',
  'double-encoded': 'Accents abîmés par un double encodage',
  'damaged-text': 'Caractères perdus',
  'line-too-long': 'Ligne démesurée',
  'too-many-rows': 'Trop de lignes',
  'too-many-columns': 'Trop de colonnes',
  'too-many-vertices': 'Contour trop détaillé',
  'no-rows': 'Aucune ligne de données',
  'separator-not-found': 'Séparateur introuvable',
  'unclosed-quote': 'Guillemet jamais fermé',
  'stray-quote': 'Guillemet mal placé',
  'record-too-large': 'Enregistrement démesuré',
  'ragged-row': 'Nombre de cellules différent de l’en-tête',
  'comment-in-body': 'Commentaire parmi les données',
  'front-matter-too-long': 'Métadonnées trop longues',
  'duplicate-metadata': 'Métadonnée donnée deux fois',
  'invalid-address': 'Adresse web illisible',
  'invalid-moment': 'Jour et heure illisibles',
  'cannot-wait': 'Attente impossible',
  'unknown-kind': 'Type de fichier inconnu',
  'ambiguous-kind': 'Type de fichier ambigu',
  'estimated-figures': 'Estimations au lieu de faits',
  'kind-mismatch': 'Type de fichier contradictoire',
  'unknown-column': 'Colonne inconnue',
  'duplicate-column': 'Colonne en double',
  'missing-column': 'Colonne manquante',
  'unnamed-column': 'Colonne sans nom',
  'missing-value': 'Valeur manquante',
  'unexpected-value': 'Valeur en trop',
  formula: 'Formule au lieu d’une valeur',
  'spreadsheet-error': 'Erreur de tableur au lieu d’une valeur',
  'not-a-number': 'Nombre illisible',
  'not-an-integer': 'Nombre entier attendu',
  'ambiguous-number': 'Nombre ambigu',
  'percent-or-fraction': 'Pour cent ou fraction',
  'out-of-range': 'Valeur hors des bornes',
  'wrong-unit': 'Autre unité que celle attendue',
  'invalid-period': 'Période illisible',
  'week-period': 'Semaine au lieu d’un mois',
  'wrong-granularity': 'Période d’une autre durée',
  'future-period': 'Période à venir',
  'invalid-day': 'Jour illisible',
  'future-day': 'Jour à venir',
  'implausible-year': 'Année invraisemblable',
  'two-digit-year': 'Année à deux chiffres',
  'invalid-time': 'Heure illisible',
  'invalid-insee': 'Code INSEE illisible',
  'lost-leading-zero': 'Zéro de tête perdu',
  'unknown-commune': 'Commune inconnue',
  'merged-commune': 'Commune fusionnée',
  'ambiguous-commune': 'Nom de plusieurs communes',
  'unknown-place': 'Lieu inconnu',
  'place-mismatch': 'Deux colonnes, deux lieux',
  'foreign-place': 'Lieu dont le compte ne répond pas',
  'unknown-title': 'Titre inconnu',
  'unknown-word': 'Mot inconnu',
  'unknown-indicator': 'Indicateur inconnu',
  'invalid-desk-number': 'Numéro de guichet illisible',
  'text-too-long': 'Texte trop long',
  'person-named': 'Personne nommée',
  'invalid-page': 'Page de ce site illisible',
  'reversed-days': 'Jours dans le mauvais ordre',
  'reversed-hours': 'Heures dans le mauvais ordre',
  'conflicting-days': 'Jours donnés de deux façons',
  'incomplete-position': 'Position incomplète',
  'outside-france': 'Position hors de France',
  'swapped-position': 'Latitude et longitude inversées',
  'outline-elsewhere': 'Contour d’une autre commune',
  'overlapping-hours': 'Horaires qui se chevauchent',
  'duplicate-row': 'Ligne en double',
  contradiction: 'Lignes contradictoires',
  'not-geojson': 'Fichier qui n’est pas un GeoJSON de communes',
  'missing-commune-code': 'Commune sans code INSEE',
  'invalid-geometry': 'Contour illisible',
  'duplicate-commune': 'Commune dessinée deux fois',
  'untouched-template': 'Modèle renvoyé tel quel',
  'early-publication': 'Publication avant la fin de la période',
} as const satisfies Record<string, string>

/** Stable code of a fault, for programs. */
export type FaultCode = keyof typeof FAULTS

/** What is wrong with one thing read, wherever it stands. */
export interface Flaw {
  code: FaultCode
  /** What was read, in French. */
  message: string
  /** What to do, in French. */
  remedy: string
  /** Whether the same text further down is mended by the same gesture: it is told once. */
  once?: true
}

/** What is wrong, and where: the line as an editor numbers it, the column as the header names it. */
export interface Fault extends Flaw {
  line: number
  column?: string
  columnNumber?: number
  /** Name of the sheet, in a workbook: the line is then its row. */
  sheet?: string
}

/** What reading one thing gave: its value, or what is wrong with it. */
export type Reading<T> = { value: T } | { flaw: Flaw }

/** A reading that failed. */
export function flawed(code: FaultCode, message: string, remedy: string): { flaw: Flaw } {
  return { flaw: { code, message, remedy } }
}

const EXCERPT_CHARACTERS = 60

/** A text between French quotation marks, on one line and short enough for a message. */
export function quoted(text: string): string {
  const flat = text.replace(/\s+/g, ' ').trim()
  return `« ${flat.length > EXCERPT_CHARACTERS ? `${flat.slice(0, EXCERPT_CHARACTERS)}…` : flat} »`
}
