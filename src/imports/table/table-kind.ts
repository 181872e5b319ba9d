import type { Measure } from '../../pure/figures/measure.ts'
import { type Column, type Context, valueIn } from '../cells/column.ts'
import { type Flaw, flawed, quoted } from '../cells/fault.ts'
import { nameKey } from '../cells/name.ts'
import { RemarkLog } from '../cells/remark.ts'
import { FaultLog } from '../fault-log.ts'
import type { FrontMatter } from '../front-matter.ts'
import { nameKeys } from '../header.ts'
import { KIND_CODES, KINDS, type Kind, kindChoice, readKind } from '../kinds.ts'
import { holdsOnly, holdsText, readable } from './column-content.ts'
import { estimates, isBand, isToldBeside } from './column-flaws.ts'
import type { FoundHeader } from './header-row.ts'
import { isTotal } from './heading.ts'
import { labelledFromAbove } from './merged-labels.ts'
import { type BesideTable, draftPlan, type PlanDraft } from './plan.ts'
import { plannedRows } from './planned-rows.ts'
import type { TableRow } from './row.ts'
import type { AnyKind } from './spread.ts'
import { kindInWords } from './titles.ts'

/** A table whose kind is looked for. */
export interface UnknownTable {
  frontMatter: FrontMatter
  found: FoundHeader
  body: readonly TableRow[]
  beside: BesideTable
  context: Context
  /** Texts around the table: its titles, the name of its sheet. */
  words: readonly string[]
}

/** Columns that only some kinds have: headings that are values do not say what the figures are, these do. */
const TELLING = ['target', 'validity', 'minors', 'clock', 'measure']
const SAMPLE = 50
/** Names of the columns of figures that say what they count. */
const FIGURES = /^(?:nombrede)?demandes?$|delai|attente|^titresdelivres|^montant$|^jours$/

/** The kind of a table, and how it is read: what it says, else what its sender says, else what its header fits. */
export function kindOfTable(table: UnknownTable, said: Kind | undefined): Choice {
  const choice = chosenKind(table, said)
  const other = 'flaw' in choice ? undefined : otherSubject(table, choice)
  return other === undefined ? choice : { line: table.found.line, flaw: other }
}

function chosenKind(table: UnknownTable, said: Kind | undefined): Choice {
  const { frontMatter, found } = table
  const bounds = boundsAmong(found, table.beside.mapping)
  if (bounds !== undefined) return { line: found.line, flaw: estimates(bounds) }
  const drafts = new Map<Kind, PlanDraft>()
  const draftOf: DraftOf = (kind, inWords = false) => {
    const draft = drafts.get(kind) ?? draftOfKind(table, kind)
    drafts.set(kind, draft)
    return { kind, inWords, draft }
  }
  if (frontMatter.type !== undefined) {
    const line = frontMatter.lines.type!
    const written = readKind(frontMatter.type)
    if ('flaw' in written) return { line, flaw: unknownKind(`Type ${quoted(frontMatter.type)} inconnu.`) }
    if (said !== undefined && said !== written.value) return { line, flaw: mismatch(written.value, said) }
    return draftOf(written.value)
  }
  if (said !== undefined) return draftOf(said)
  const guess = guessedKind(table, draftOf)
  if (!('flaw' in guess) && isEither(table, guess))
    return { line: found.line, flaw: ambiguousKind(['appointment-waits', 'issuance-delays']) }
  return 'flaw' in guess || !isForeign(table, guess)
    ? guess
    : { line: found.line, flaw: unknownHeader(found) }
}

const MEASURE_OF: Partial<Record<Kind, Measure>> = {
  applications: 'applications',
  'titles-issued': 'titles-issued',
  'issuance-delays': 'issuance-delay',
  'appointment-waits': 'appointment-wait',
}

/** The flaw of a table one of whose columns, which its kind leaves aside, says that its figures are of something else. */
function otherSubject({ found, body, context }: UnknownTable, { kind, draft }: Fitting): Flaw | undefined {
  const own = MEASURE_OF[kind]
  if (own === undefined) return undefined
  const used = new Set([
    ...draft.positions.values(),
    ...(draft.spread?.columns ?? []).map(({ index }) => index),
  ])
  const readAs = (column: Column, text: string) => valueIn(column, text, context)
  const { measure } = KINDS.indicators.columns as unknown as { measure: Column }
  const title = KINDS['issuance-delays'].columns['title']!
  // Whoever waits for an appointment asks for a card or a passport.
  const isOther = (text: string) =>
    (readAs(measure, text) ?? own) !== own ||
    (kind === 'appointment-waits' &&
      !/^(?:cni|passport|cni-passport)$/.test(String(readAs(title, text) ?? 'cni')))
  const says = (text: string) => readAs(measure, text) !== undefined || readAs(title, text) !== undefined
  for (const [i, name] of found.names.entries()) {
    if (used.has(i) || !holdsOnly(i, body, says)) continue
    const said = body.map(({ cells }) => (cells[i] ?? '').trim()).find(text => text !== '' && isOther(text))
    if (said !== undefined) return anotherSubject(name, said, kind)
  }
  return undefined
}

function anotherSubject(name: string, said: string, kind: Kind): Flaw {
  return flawed(
    'kind-mismatch',
    `La colonne ${quoted(name)} dit ${quoted(said)}, ce qui n’est pas du type ${quoted(KINDS[kind].label)}.`,
    `Choisissez le type de ces chiffres (${quoted(KINDS.indicators.label)} en mêle plusieurs), ou ne gardez que les lignes de ce type.`,
  ).flaw
}

type Fitting = { kind: Kind; draft: PlanDraft; inWords: boolean }

type DraftOf = (kind: Kind, inWords?: boolean) => Fitting

type Choice = Fitting | { line: number; flaw: Flaw }

/** The kind that the header of a table fits, or what its titles say when it fits several or none. */
function guessedKind(table: UnknownTable, draftOf: DraftOf): Choice {
  const { found, words } = table
  const spoken = kindInWords(words) ?? kindInWords(found.names.filter(name => !isTotal(name)))
  const figures = found.names.flatMap((name, i) => (nameKeys(name).some(key => FIGURES.test(key)) ? [i] : []))
  const fitting = KIND_CODES.map(kind => draftOf(kind)).filter(
    ({ kind, draft }) =>
      fits(draft) &&
      // What tells figures is about them: a kind that would leave them aside is another.
      (KINDS[kind].figure !== undefined || figures.every(i => [...draft.positions.values()].includes(i))),
  )
  const evident = fitting.filter(
    ({ draft }) =>
      !draft.isGuess && (draft.spread === undefined || TELLING.some(field => draft.positions.has(field))),
  )
  const best = preferred(table, evident)
  if (best.length === 1) {
    if (!contradicts(best[0]!, found, spoken)) return best[0]!
    return spoken === undefined ? { line: found.line, flaw: SILENT } : draftOf(spoken, true)
  }
  const among = best.length > 0 ? best : fitting
  if (
    spoken !== undefined &&
    (among.length === 0
      ? (table.words.length > 0 && found.headings.some(heading => heading !== undefined)) ||
        draftOf(spoken).draft.named >= 2
      : among.some(({ kind }) => kind === spoken) || draftOf(spoken).draft.missing.every(isToldBeside))
  )
    return draftOf(spoken, true)
  const isSilent =
    fitting.length > 0 ||
    KIND_CODES.some(kind => {
      const { missing, named } = draftOf(kind).draft
      return named > 0 && missing.length === 1 && missing[0] === KINDS[kind].figure
    })
  const nearest = best.length === 0 ? nearestKind(table, fitting.length > 0, draftOf) : undefined
  if (nearest !== undefined) return draftOf(nearest)
  if (best.length === 0 && isSilent) return { line: found.line, flaw: SILENT }
  if (among.length === 0 && isStock(found)) return draftOf('indicators')
  if (among.length === 0) return { line: found.line, flaw: isData(found) ? HEADLESS : unknownHeader(found) }
  return { line: found.line, flaw: ambiguousKind(among.map(({ kind }) => kind)) }
}

/** Whether the words around a table speak of other days or counts than its columns fit, or neither says of what days are. */
function contradicts({ kind, draft }: Fitting, { names }: FoundHeader, spoken: Kind | undefined): boolean {
  const { figure } = KINDS[kind]
  const named = names[draft.positions.get(figure ?? '') ?? -1] ?? ''
  if (spoken === undefined)
    return figure === 'days' && /^val(?:eur|ue)s?$/.test(nameKey(named)) && !draft.positions.has('clock')
  return spoken !== kind && KINDS[spoken].figure === figure && kindInWords([named]) !== kind
}

/** Whether a table tells delays of halls, and not which: people wait for an appointment there, titles are issued elsewhere. */
function isEither({ found, words }: UnknownTable, { kind, draft }: Fitting): boolean {
  const place = nameKey(found.names[draft.positions.get('place') ?? -1] ?? '')
  const told = [...words, ...found.names].join(' ')
  return (
    kind === 'issuance-delays' &&
    /^(?:mairie|commune|ville)/.test(place) &&
    !/délivrance|traitement|instruction|fabrication|obtention|\bcert\b/i.test(told)
  )
}

function draftOfKind({ found, body, beside, context }: UnknownTable, kind: Kind): PlanDraft {
  return draftPlan(found, body, kind, beside, context)
}

function fits({ missing, faults, unknown, named, spread }: PlanDraft): boolean {
  return (
    missing.length === 0 &&
    faults.length === 0 &&
    (unknown === 0 || spread !== undefined || (named >= 2 && unknown <= named * 2))
  )
}

/**
 * The only kind that lacks one column, has its figure and knows most of the others: what it lacks is then told.
 * @param sure whether its figure must be named, as others fit that guess theirs.
 */
function nearestKind(table: UnknownTable, sure: boolean, draftOf: DraftOf): Kind | undefined {
  const near = KIND_CODES.flatMap(kind => {
    const { missing, named, unknown, positions, isGuess } = draftOf(kind).draft
    const { figure } = KINDS[kind]
    const isNear =
      missing.length <= 1 &&
      named > unknown &&
      (figure === undefined ? !sure : tellsFigure(table, kind, positions) && !(sure && isGuess))
    return isNear && named >= 2 ? [{ kind, known: named - unknown }] : []
  }).toSorted((a, b) => b.known - a.known)
  const [first, second] = near
  return first !== undefined && first.known > (second?.known ?? 0) ? first.kind : undefined
}

/** Whether columns are headed with ages: those of files in stock. */
const isStock = ({ names }: FoundHeader) => names.filter(isBand).length >= 2

/** Whether a table is of no kind, though it looked like one: no row reads, and two columns are missing or hold nothing of the sort. */
function isForeign(table: UnknownTable, { kind, draft, inWords }: Fitting): boolean {
  const { missing, unknown } = draft
  const unread = unreadFields(table, { kind, draft })
  const isLacking = !missing.every(isToldBeside) && !isStock(table.found)
  return (
    missing.length + unknown > 0 &&
    (unread.length >= 2 ||
      unread.includes('measure') ||
      (isLacking &&
        (missing.length >= 2 || (inWords && unknown >= 2 && !tellsFigure(table, kind, draft.positions))))) &&
    soundRows(table, kind, draft) === 0
  )
}

/** Whether the column of the figures says what they are, or another does. */
function tellsFigure({ found }: UnknownTable, kind: Kind, positions: PlanDraft['positions']): boolean {
  const name = found.names[positions.get(KINDS[kind].figure ?? '') ?? -1] ?? ''
  return positions.has('measure') || nameKeys(name).some(key => FIGURES.test(key))
}

/** The fields whose columns hold something, and nothing that a kind reads. */
function unreadFields(
  { body, context, found }: UnknownTable,
  { kind, draft }: Pick<Fitting, 'kind' | 'draft'>,
) {
  const { columns } = KINDS[kind] as unknown as AnyKind
  return [...draft.positions].flatMap(([field, i]) =>
    i < found.names.length && holdsText(i, body) && readable(columns[field]!, i, body, context) === 0
      ? [field]
      : [],
  )
}

/** Of several kinds that fit, those whose columns hold what they say, that leave fewest aside, and whose first rows are sound. */
function preferred(table: UnknownTable, fitting: readonly Fitting[]): readonly Fitting[] {
  const costs: ((one: Fitting) => number)[] = [
    one => Number(lacksValues(table, one) && unreadFields(table, one).length > 0),
    ({ draft }) => draft.unknown,
    ({ kind, draft }) => -soundRows(table, kind, draft),
  ]
  return costs.reduce((left, cost) => (left.length < 2 ? left : cheapest(left, cost)), fitting)
}

/** Whether a column that a kind must have is there for another: nothing stands in it. */
function lacksValues({ body, found }: UnknownTable, { kind, draft }: Fitting): boolean {
  const { columns } = KINDS[kind] as unknown as AnyKind
  return [...draft.positions].some(
    ([field, i]) => columns[field]!.presence === 'always' && i < found.names.length && !holdsText(i, body),
  )
}

function cheapest<T>(all: readonly T[], cost: (one: T) => number): readonly T[] {
  const costs = all.map(cost)
  const least = costs.reduce((a, b) => Math.min(a, b))
  return all.filter((_, i) => costs[i] === least)
}

/** How many of the first rows are sound under a plan. */
export function soundRows({ body, context }: UnknownTable, kind: Kind, draft: PlanDraft): number {
  const log = new FaultLog()
  const read = (KINDS[kind] as unknown as AnyKind).rowReader(draft, context, log, new RemarkLog())
  return body
    .slice(0, SAMPLE)
    .map(labelledFromAbove(draft.merged))
    .flatMap(row => plannedRows(draft, row))
    .filter(row => read(row) !== undefined).length
}

/** Whether what stands where a header should is a row of figures. */
function isData({ names, headings }: FoundHeader): boolean {
  const isFigure = (name: string, i: number) => headings[i] === undefined && /^\d[\d\s.,]*$/.test(name)
  return names.some(isFigure) && !names.some(name => FIGURES.test(nameKeys(name)[0] ?? ''))
}

const SILENT: Flaw = flawed(
  'ambiguous-kind',
  'Ce tableau ne dit pas ce que ses chiffres comptent : des délais, des attentes, des demandes, des titres délivrés ?',
  'Choisissez le type de fichier, ou ajoutez en tête une ligne « # type : applications » (ou un autre type).',
).flaw

function unknownKind(message: string): Flaw {
  return flawed(
    'unknown-kind',
    message,
    `Choisissez le type, ou ajoutez en tête « # type : … » avec l’un de ceux-ci : ${kindChoice(KIND_CODES)}.`,
  ).flaw
}

function unknownHeader({ names }: FoundHeader): Flaw {
  const shown = names.filter(name => name !== '').slice(0, 4)
  return unknownKind(
    `Cet en-tête n’est celui d’aucun type de fichier : ${shown.map(quoted).join(', ')}… De ce service reviennent les tables de faits seules : délais, attentes, mairies.`,
  )
}

/** What the columns of a lower and of an upper bound are called. */
const BOUNDS = [
  [/[pq]0?5$/, /[pq]95$/],
  [/bas(?:se)?$|inf(?:erieure?)?$/, /haute?$|sup(?:erieure?)?$/],
] as const

/** The columns between whose values a table says that its figures lie: what was counted has no such bounds. */
function boundsAmong(
  { names, headings }: FoundHeader,
  mapping: BesideTable['mapping'],
): string[] | undefined {
  const isLeft = (name: string) => mapping?.get(nameKey(name)) === ''
  const named = (pattern: RegExp) =>
    names.find(
      (name, i) =>
        headings[i]?.place === undefined && !isLeft(name) && nameKeys(name).some(key => pattern.test(key)),
    )
  return BOUNDS.map(pair => pair.flatMap(bound => named(bound) ?? [])).find(({ length }) => length === 2)
}

const HEADLESS: Flaw = flawed(
  'unknown-kind',
  'Aucune ligne ne nomme les colonnes : la première porte déjà des chiffres.',
  'Ajoutez au-dessus une ligne qui les nomme, par exemple « mois;commune;titre;demandes », comme dans le modèle de fichier.',
).flaw

function mismatch(written: Kind, said: Kind): Flaw {
  return flawed(
    'kind-mismatch',
    `Le fichier se dit ${quoted(KINDS[written].label)}, mais il est envoyé comme ${quoted(KINDS[said].label)}.`,
    'Corrigez le type choisi ou la ligne « # type ».',
  ).flaw
}

function ambiguousKind(fitting: readonly Kind[]): Flaw {
  return flawed(
    'ambiguous-kind',
    `Cet en-tête peut être celui de plusieurs types de fichiers : ${kindChoice(fitting)}.`,
    `Choisissez le type, ou ajoutez en tête une ligne « # type : ${fitting[0]} » ou l’un des autres.`,
  ).flaw
}
