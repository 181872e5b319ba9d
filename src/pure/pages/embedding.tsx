import type { Child } from 'hono/jsx'
import { paths } from '../access/paths.ts'
import { shortened } from '../charts/dodge.ts'
import { INKS } from '../charts/ink.ts'
import { DrawingSource, type ReadFigure, type Reading } from '../elements/page-reading.tsx'
import { Dress, SERVICE_NAME } from './layout.tsx'

/** A chart alone, as a page of another site shows it: its source, and the way to the page that it comes from. */
export function EmbeddedChart(props: {
  figure: ReadFigure
  address: string
  assetVersion: string | undefined
}) {
  const { figure, address, assetVersion } = props
  return (
    <html lang="fr">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>{`${figure.title} – ${SERVICE_NAME}`}</title>
        <Dress assetVersion={assetVersion} />
      </head>
      <body class="embedded">
        <main>
          {/* biome-ignore lint/a11y/noRedundantRoles: RGAA 1.9.1 asks for the written role, with the caption's words. */}
          <figure class="plate" id={figure.id} role="figure" aria-label={figure.title}>
            <figcaption class="plate-caption">
              <h1 class="plate-title">{figure.title}</h1>
              <span class="plate-subtitle">{figure.subtitle}</span>
            </figcaption>
            <DrawingSource.Provider value={figure.source}>{figure.drawing as Child}</DrawingSource.Provider>
            {figure.notes !== undefined && <div class="plate-notes">{figure.notes as Child}</div>}
            <p class="plate-source">
              Source&nbsp;: {figure.source}.{' '}
              <a href={address} target="_blank" rel="noopener">
                Les nombres et la méthode sur {SERVICE_NAME}
              </a>
            </p>
          </figure>
        </main>
      </body>
    </html>
  )
}

/** What programs that show a link to a page say of it: its first chart as an image, at an absolute address. */
export function cardTags({ origin, path, query, title, figures }: Reading): string {
  const [first] = figures
  if (first === undefined) return ''
  const image = `${origin}${paths.embedded().replace('/*', path)}.png${query === '' ? '' : `?${query}`}`
  const tags = {
    'og:type': 'website',
    'og:title': `${title} – ${SERVICE_NAME}`,
    'og:description': first.title,
    'og:image': image,
    'og:image:width': String(CARD.width),
    'og:image:height': String(CARD.height),
    'og:image:alt': `${first.title}. ${first.subtitle}`,
  }
  return [
    ...Object.entries(tags).map(([property, content]) =>
      String(<meta property={property} content={content} />),
    ),
    String(<meta name="twitter:card" content="summary_large_image" />),
  ].join('')
}

/** Pixels of a card, as those who show links ask for them. */
const CARD = { width: 1200, height: 630 }
const MARGIN = 48

/** The card of a chart: its finding, its drawing, its source, as one SVG that stands alone. */
export async function cardDrawing(figure: ReadFigure): Promise<string> {
  const drawn = await (<g>{figure.drawing as Child}</g>).toString()
  const [, attributes = '', inside = ''] = /<svg([^>]*)>([\s\S]*?)<\/svg>/.exec(drawn) ?? []
  const view = /viewBox="([^"]+)"/.exec(attributes)?.[1] ?? '0 0 1 1'
  const room = CARD.width - 2 * MARGIN
  const words = (y: number, size: number, ink: keyof typeof INKS, text: string, bold = false) => (
    <text x={MARGIN} y={y} font-size={size} fill={INKS[ink].light} font-weight={bold ? 'bold' : 'normal'}>
      {shortened(text, size, room)}
    </text>
  )
  const [first, second] = inTwoLines(figure.title)
  const before = (
    <>
      <rect width={CARD.width} height={CARD.height} fill={INKS.paper.light} />
      {words(76, 36, 'title', first, true)}
      {second !== '' && words(120, 36, 'title', second, true)}
      {words(second === '' ? 116 : 156, 22, 'faint', figure.subtitle)}
      {words(606, 18, 'faint', `${SERVICE_NAME} – Source : ${figure.source}`)}
    </>
  )
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${CARD.width}" height="${CARD.height}" font-family="Source Sans 3">${before}<svg x="${MARGIN}" y="172" width="${room}" height="404" viewBox="${view}" font-size="12">${inside}</svg></svg>`
}

const TITLE_LETTERS = 62

function inTwoLines(title: string): [string, string] {
  if (title.length <= TITLE_LETTERS) return [title, '']
  const cut = title.lastIndexOf(' ', TITLE_LETTERS)
  return cut < 0 ? [title, ''] : [title.slice(0, cut), title.slice(cut + 1)]
}
