import type { Context } from '../cells/column.ts'
import { type Flaw, flawed, quoted } from '../cells/fault.ts'
import { nameKey } from '../cells/name.ts'
import { communesWritten, departmentOf, isDepartment } from '../cells/place-cell.ts'
import type { RemarkLog } from '../cells/remark.ts'
import type { FileSetting } from '../file-setting.ts'
import { type FrontMatter, readMetadataRow } from '../front-matter.ts'
import { KINDS, type Kind } from '../kinds.ts'
import type { TableOrigin } from './about.ts'
import type { FoundHeader } from './header-row.ts'
import { isPlace } from './named-columns.ts'
import type { BesideTable, PlanDraft } from './plan.ts'
import { readNames, readTitles } from './titles.ts'

const TITLE_WORDS = 8

/** Where a table stands, and what its sender says. */
interface Around {
  setting: FileSetting
  origin: TableOrigin
}

/** What cells are read against. */
export function contextOf({ place, ...setting }: FileSetting): Context {
  return { ...setting, defaultPlace: place ?? setting.defaultPlace, suggesting: true }
}

/** Texts around a table: name of its sheet and of its file. */
export function namesAround({ fileName }: FileSetting, { sheet }: TableOrigin): string[] {
  return [sheet, fileName].flatMap(name => name || [])
}

/** What is said of a table beside its columns: by its sender, by its titles, by the names of its sheet and of its file. */
export function saidBeside(found: FoundHeader, { setting, origin }: Around, context: Context): BesideTable {
  const { frontMatter, sheet, year } = origin
  const { title, place = frontMatter.place, mapping, remembered, fileName, defaultPlace } = setting
  // A short comment is a title: « # année : 2025 »; a long one is a remark.
  const notes = frontMatter.notes
    .filter(text => text.split(/\s+/).length <= TITLE_WORDS)
    .map(text => ({ text }))
  const above = readTitles([...found.titles, ...notes], context)
  const named = readNames({ sheet, file: fileName }, context)
  const where = above.place ?? named.place
  const isWithin = communesWritten(where ?? '', context).some(({ department }) => department === place)
  const given = isWithin ? where : place
  return {
    given: { title, place: given, commune: given },
    titles: {
      period: above.period ?? named.period,
      title: above.title ?? named.title,
      place: where,
      commune: where,
    },
    year: above.year ?? named.year ?? year,
    whole:
      above.areSeveral || found.titles.some(({ text }) => INCOMPLETE.test(text))
        ? undefined
        : (above.year ?? named.year ?? year),
    mapping: mapping ?? remembered?.(headKey(found.names)),
    spoken: found.titles.map(({ text }) => text),
    hasDefaultPlace: defaultPlace !== undefined,
  }
}

/** The department that titles speak of is that of the communes under them, unless their sender is of it, or says another. */
export function contextUnder({ given, titles }: BesideTable, context: Context): Context {
  const department = titles['place']
  return given['place'] !== undefined ||
    department === undefined ||
    !isDepartment(department) ||
    departmentOf(context.defaultPlace) === department
    ? context
    : { ...context, defaultPlace: department }
}

/** What a title says of a year of which it does not tell the whole: « 2025 (à fin octobre) ». */
const INCOMPLETE = /(?<!\p{L})(?:à fin|premiers mois|à ce jour|\d{1,2} mois)(?!\p{L})|jusqu/iu

/** What is neither a department nor a commune; « préfecture de région » is who publishes. */
const TERRITORY =
  /(?<!préfecture de (?:la )?)\b(?:région|arrondissement|communauté|agglomération|métropole|canton|france métropolitaine)(?!\p{L})/iu

/** The flaw of figures without a place, whose titles speak of a territory that nobody follows here: they are not of the sender's own. */
export function otherTerritory(
  { positions, spread }: PlanDraft,
  { given, titles, spoken }: BesideTable,
): Flaw | undefined {
  const isPlaced =
    [...positions.keys(), ...(spread?.fields ?? [])].some(isPlace) || (given['place'] ?? titles['place'])
  const said = isPlaced ? undefined : spoken.find(text => TERRITORY.test(text))
  return said === undefined
    ? undefined
    : flawed(
        'unknown-place',
        `${quoted(said)} : de quel département ou de quelle commune sont ces chiffres ?`,
        'Donnez-le à l’envoi (place) ; les chiffres d’un autre territoire ne sont pas suivis ici.',
      ).flaw
}

/** Tells what was taken from around a table: its kind, and values of all its rows. */
export function tellAround(
  { kind, inWords, draft }: { kind: Kind; inWords: boolean; draft: PlanDraft },
  {
    found,
    frontMatter,
    beside: { given, titles },
  }: { found: FoundHeader; frontMatter: FrontMatter; beside: BesideTable },
  remarks: RemarkLog,
): void {
  draft.tell(remarks)
  for (const { line, cells, row } of found.titles)
    if (!readMetadataRow(row, line, frontMatter) && cells > 1)
      remarks.add('note-left-aside', 'Ligne au-dessus de l’en-tête, lue comme un titre', line)
  if (inWords)
    remarks.add('kind-recognised', `Lu comme « ${KINDS[kind].label} », d’après ce qui entoure le tableau`)
  for (const field of ['title', 'place', 'commune']) {
    const said = given[field]
    // What the cells leave open is said beside: which permits, where communes are.
    if (said === undefined || /^residence|^\d[\dab]\d?$/i.test(said) || !draft.positions.has(field)) continue
    const own = field === 'title' ? [titles[field], ...found.headings.map(one => one?.title)] : []
    const other = own.find(one => one && one !== said)
    const words = draft.constants.some(one => one.field === field)
      ? other && `l’emporte sur ${quoted(other)}, que dit le tableau : vérifiez lequel est le bon`
      : 'ne sert pas : le fichier le dit de chaque chiffre'
    if (words) remarks.add('given-beside', `${quoted(said)}, dit à l’envoi, ${words}`)
  }
  for (const { field, text } of draft.constants)
    if (given[field] === undefined)
      remarks.add(
        'given-beside',
        `${quoted(text)} vient du titre ou de l’en-tête du tableau et vaut pour toutes ses lignes`,
      )
}

/** What identifies the head of a table, to know the next file that has it. */
export function headKey(names: readonly string[]): string {
  return names.map(nameKey).join('|')
}
