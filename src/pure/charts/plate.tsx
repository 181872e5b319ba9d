import { type Child, useContext } from 'hono/jsx'
import { EMBEDDED, embeddingCode } from '../elements/embedding.ts'
import { DrawingSource, PageReading } from '../elements/page-reading.tsx'
import { type Ink, paint } from './ink.ts'

/** The two drawings of one chart: for a page with room, and for a telephone. The stylesheet shows one of them. */
export type Variant = 'wide' | 'narrow'

interface DrawingProps {
  id: string
  variant?: Variant
  width: number
  height: number
  title: string
  description: string
  children?: Child
}

/** The SVG around a drawing, named by its title and description; text is sized in real pixels. */
export function Drawing({ id, variant, width, height, title, description, children }: DrawingProps) {
  const name = variant === undefined ? id : `${id}-${variant}`
  return (
    <svg
      xmlns="http://www.w3.org/2000/svg"
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
      class={variant === undefined ? 'drawing' : `drawing drawing-${variant}`}
      role="img"
      aria-labelledby={`${name}-title ${name}-desc`}
      font-family="Arial, sans-serif"
      font-size="12"
    >
      <title id={`${name}-title`}>{title}</title>
      <desc id={`${name}-desc`}>{description}</desc>
      {children}
    </svg>
  )
}

/** What every plate says: its finding, its measure, its source, and where its numbers are as a file. */
export interface PlateCaption {
  id: string
  title: string
  subtitle: string
  source: string
  csv?: string | undefined
}

interface PlateProps extends PlateCaption {
  table?: Child
  /** Remarks under the drawing: events, conflicts, signs. */
  notes?: Child
  children?: Child
}

/**
 * What surrounds a chart: the finding as its title, the measure as its subtitle, the drawing, the source, the
 * numbers as a table and as a file.
 */
export function Plate({ id, title, subtitle, source, csv, table, notes, children }: PlateProps) {
  const reading = useContext(PageReading)
  const figure = { id, title, subtitle, source, drawing: children, notes }
  reading?.figures.push(figure)
  const code = reading && EMBEDDED.test(reading.path) ? embeddingCode(reading, figure) : undefined
  return (
    // biome-ignore lint/a11y/noRedundantRoles: RGAA 1.9.1 asks for the written role, with the caption's words.
    <figure class="plate" id={id} role="figure" aria-label={title}>
      <figcaption class="plate-caption">
        <span class="plate-title">{title}</span>
        <span class="plate-subtitle">{subtitle}</span>
      </figcaption>
      <DrawingSource.Provider value={source}>{children}</DrawingSource.Provider>
      {notes !== undefined && <div class="plate-notes">{notes}</div>}
      <p class="plate-source">
        Source&nbsp;: {source}
        {/* A table has its own menu of files, this one among them. */}
        {csv !== undefined && table === undefined && (
          <span class="no-print">
            {' · '}
            <a href={withFilters(csv)} download>
              Télécharger les nombres (CSV)
            </a>
          </span>
        )}
      </p>
      {table !== undefined && (
        <details class="fold no-print">
          <summary>Voir les nombres en tableau{code !== undefined && ', intégrer ce graphique'}</summary>
          <DrawingSource.Provider value={source}>{table}</DrawingSource.Provider>
          {code !== undefined && (
            <>
              <p>À copier dans la page d’un autre site&nbsp;:</p>
              <pre class="code" tabindex={0}>
                {code}
              </pre>
            </>
          )}
        </details>
      )}
    </figure>
  )
}

/** A file of a table of the page takes the filters of the page along. */
function withFilters(csv: string): string {
  const query = useContext(PageReading)?.query ?? ''
  return query !== '' && csv.startsWith('?tableau=') ? `?${query}&${csv.slice(1)}` : csv
}

interface WordsProps {
  x: number
  y: number
  anchor?: 'start' | 'middle' | 'end'
  size?: number
  ink?: Ink
  bold?: boolean
  /** Draws this colour around the letters, where they cross lines. */
  halo?: Ink
  children?: Child
}

/** One line of text in a drawing. */
export function Words({ x, y, anchor, size, ink = 'text', bold, halo, children }: WordsProps) {
  return (
    <text
      x={x}
      y={y}
      {...paint({ fill: ink, stroke: halo })}
      stroke-width={halo && 4}
      paint-order={halo && 'stroke'}
      stroke-linejoin={halo && 'round'}
      text-anchor={anchor === 'start' ? undefined : anchor}
      font-size={size}
      font-weight={bold ? 'bold' : undefined}
    >
      {children}
    </text>
  )
}

/** One entry of the key under a narrow drawing. */
export interface KeyEntry {
  text: string
  /** The sign itself, drawn in a box of 22 by 12 pixels whose corner is at 0, 0. */
  sign: Child
}

/** The sign of a line in a key. */
export function LineSign({
  ink,
  width = 2,
  dashes,
}: {
  ink: Ink
  width?: number
  dashes?: string | undefined
}) {
  return (
    <line
      x1={0}
      x2={22}
      y1={6}
      y2={6}
      {...paint({ stroke: ink })}
      stroke-width={width}
      stroke-dasharray={dashes}
    />
  )
}

/** Height that a key of so many entries takes, in two columns or one. */
export function keyHeight(entries: number, columns: number): number {
  return Math.ceil(entries / columns) * 18
}

/** The key of a drawing, in columns from left to right. */
export function Key(props: { entries: KeyEntry[]; x: number; y: number; width: number; columns: number }) {
  const { entries, x, y, width, columns } = props
  return (
    <g>
      {entries.map((entry, i) => (
        <g
          transform={`translate(${x + (i % columns) * (width / columns)} ${y + Math.floor(i / columns) * 18})`}
        >
          {entry.sign}
          <Words x={28} y={10} size={11}>
            {entry.text}
          </Words>
        </g>
      ))}
    </g>
  )
}
