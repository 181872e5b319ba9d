import { bounded, STATUS_WORDS } from '../elements/key-figure.tsx'
import { Table } from '../elements/table.tsx'
import { CLOCKS, MEASURES } from '../figures/measure.ts'
import type { PublishedRow } from '../figures/observation.ts'
import type { Vintage, VintageState } from '../figures/vintage.ts'
import { frenchDay, frenchInstant, frenchPeriod, frenchQuantity, longQuarter } from '../french/french.ts'
import { TITLE_NAMES } from '../law/title.ts'

const STATE_WORDS: Record<VintageState, string> = {
  'in-force': 'en vigueur',
  conflict: 'en conflit',
  same: 'identique à la valeur en vigueur',
  replaced: 'remplacé',
  withdrawn: 'retiré',
}

/** The name of a published figure in full: measure, title, place and period. */
export function figureName(
  row: Pick<PublishedRow, 'measure' | 'title' | 'place' | 'period'>,
  placeName: (code: string) => string,
): string {
  const title = row.title === '' ? '' : `, ${TITLE_NAMES[row.title].toLowerCase()}`
  return `${MEASURES[row.measure].name}${title}, ${placeName(row.place)}, ${frenchPeriod(row.period)}`
}

/** What became of a published value, in words: `en vigueur`, `remplacé le 13 avril 2022`. */
export function stateWords({ row, state, replacedOn }: Vintage): string {
  if (row.withdrawn) return `import retiré le ${frenchInstant(row.withdrawn.at)} : ${row.withdrawn.reason}`
  return replacedOn === undefined ? STATE_WORDS[state] : `${STATE_WORDS[state]} le ${frenchDay(replacedOn)}`
}

/** A published value with its unit, or the words that say that it was taken back or is secret. */
export function vintageValue({ row }: Vintage): string {
  if (row.value === undefined) return row.secret ? 'secret statistique' : 'retiré'
  const value = frenchQuantity(row.value, MEASURES[row.measure].unit)
  const told = bounded(row.status, value)
  return row.secret ? `${told} (secret statistique pour le public)` : told
}

interface FigureHistoryProps {
  id: string
  caption: string
  vintages: readonly Vintage[]
  placeName: (code: string) => string
}

/** Every published value with its days, its document, and what became of it. */
export function FigureHistory({ id, caption, vintages, placeName }: FigureHistoryProps) {
  const several = (of: (row: PublishedRow) => string) => new Set(vintages.map(one => of(one.row))).size > 1
  return (
    <Table
      id={id}
      caption={caption}
      rows={vintages}
      empty="Aucune valeur publiée pour ce choix : élargissez-le."
      columns={[
        {
          label: 'Période',
          cell: ({ row }) =>
            row.granularity === 'quarter' ? longQuarter(row.period) : frenchPeriod(row.period),
        },
        ...(several(row => row.title)
          ? [
              {
                label: 'Titre',
                cell: ({ row }: Vintage) => (row.title === '' ? 'tous' : TITLE_NAMES[row.title]),
              },
            ]
          : []),
        ...(several(row => row.place)
          ? [{ label: 'Lieu', cell: ({ row }: Vintage) => placeName(row.place) }]
          : []),
        {
          label: 'Valeur',
          numeric: true,
          cell: vintageValue,
          file: [
            { value: ({ row }) => row.value, type: 'number' },
            { label: 'Mesure', value: ({ row }) => MEASURES[row.measure].name },
            { label: 'Code lieu', value: ({ row }) => row.place },
            { label: 'Code titre', value: ({ row }) => row.title },
            { label: 'Unité', value: ({ row }) => MEASURES[row.measure].unit },
            { label: 'Statut', value: ({ row }) => STATUS_WORDS[row.status] },
          ],
        },
        { label: 'État', cell: stateWords },
        {
          label: 'Publié le',
          cell: ({ row }) => frenchDay(row.publishedOn),
          file: [{ value: ({ row }) => row.publishedOn, type: 'day' }],
        },
        { label: 'Enregistré le', cell: ({ row }) => frenchInstant(row.recordedAt) },
        {
          label: 'Document',
          cell: ({ row }) => `${row.source}, ${row.document}${row.locator === '' ? '' : ` (${row.locator})`}`,
        },
        ...(several(row => row.clock)
          ? [{ label: 'Ce qui est mesuré', cell: ({ row }: Vintage) => CLOCKS[row.clock] }]
          : []),
      ]}
    />
  )
}
