import type { Child } from 'hono/jsx'
import type { Status } from '../figures/measure.ts'
import { frenchBareQuantity, frenchQuantity, frenchShortQuantity, type Quantity } from '../pages/french.ts'
import { Table } from '../pages/table.tsx'
import { shortened, textWidth } from './dodge.ts'
import { paint } from './ink.ts'
import { Drawing, Plate, type Variant, Words } from './plate.tsx'
import { round, tickLabel, valueScale } from './scale.ts'

/** One place in a ranking; `value` is `undefined` where nothing is published. */
export interface RankedPlace {
  name: string
  value: number | undefined
  status?: Status
}

/** What a bar chart shows: the highest value first, the places without a value last. */
export interface RankingData {
  id: string
  title: string
  subtitle: string
  quantity: Quantity
  places: readonly RankedPlace[]
  target?: number
}

/** Places from the highest value to the lowest; equal values keep their order, absent ones go last. */
export function ranked(places: readonly RankedPlace[]): RankedPlace[] {
  return [...places].sort(
    (a, b) => (b.value ?? Number.NEGATIVE_INFINITY) - (a.value ?? Number.NEGATIVE_INFINITY) || 0,
  )
}

const ESTIMATED: readonly Status[] = ['estimated', 'censored']

/** The drawing of a ranking, wide or narrow, without its captions. */
export function BarDrawing(props: RankingData & { variant: Variant }) {
  const { id, variant, quantity, target } = props
  const wide = variant === 'wide'
  const places = ranked(props.places)
  const width = wide ? 860 : 340
  // A telephone has no room for names beside the bars: each stands above its own.
  const nameWidth = Math.min(260, Math.max(...places.map(place => textWidth(place.name, 13)), 80))
  const [left, right] = wide ? [Math.ceil(nameWidth) + 14, 810] : [8, 318]
  const rowHeight = wide ? 24 : 36
  const top = 30
  const bottom = top + places.length * rowHeight
  const x = valueScale([...places.map(place => place.value ?? 0), target ?? 0], [left, right], wide ? 6 : 4)
  const hatch = `${id}-${variant}-hatch`
  const above =
    target === undefined
      ? 0
      : places.filter(place => place.value !== undefined && place.value > target).length
  const first = places[0]
  const description = [
    first?.value === undefined
      ? ''
      : `Le plus haut : ${first.name}, ${frenchQuantity(first.value, quantity)}.`,
    target === undefined
      ? ''
      : `${above} au-dessus de l’objectif de ${frenchShortQuantity(target, quantity)}, sur ${places.length}.`,
  ]
    .filter(Boolean)
    .join(' ')
  return (
    <Drawing
      id={id}
      variant={variant}
      width={width}
      height={bottom + 24}
      title={props.title}
      description={description || 'Aucune valeur publiée.'}
    >
      <defs>
        <pattern id={hatch} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <line x1="1" x2="1" y1="0" y2="6" {...paint({ stroke: 'paper' })} stroke-width={2} />
        </pattern>
      </defs>
      {x.ticks.map(tick => (
        <>
          <line
            x1={x.at(tick)}
            x2={x.at(tick)}
            y1={top - 4}
            y2={bottom}
            {...paint({ stroke: tick === 0 ? 'axis' : 'grid' })}
          />
          <Words x={x.at(tick)} y={bottom + 16} anchor="middle" size={11} ink="faint">
            {tickLabel(tick)}
          </Words>
        </>
      ))}
      {places.map((place, i) => {
        const row = top + i * rowHeight
        const bar = wide ? row + 3 : row + 17
        const thickness = wide ? 18 : 13
        const over = target !== undefined && place.value !== undefined && place.value > target
        const estimated = place.status !== undefined && ESTIMATED.includes(place.status)
        return (
          <g>
            <title>
              {place.value === undefined
                ? `${place.name} : non publié`
                : `${place.name} : ${frenchQuantity(place.value, quantity)}${estimated ? ' (estimé)' : ''}`}
            </title>
            <Words
              x={wide ? left - 10 : left}
              y={wide ? row + 16 : row + 13}
              anchor={wide ? 'end' : 'start'}
              size={wide ? 13 : 12}
              ink="title"
            >
              {shortened(place.name, wide ? 13 : 12, wide ? 262 : 320)}
            </Words>
            {place.value === undefined ? (
              <Words x={left + 6} y={bar + thickness - 4} size={11} ink="faint" halo="paper">
                non publié
              </Words>
            ) : (
              <>
                <rect
                  x={left}
                  y={bar}
                  width={round(x.at(place.value) - left)}
                  height={thickness}
                  {...paint({ fill: over || target === undefined ? 'step4' : 'step2' })}
                />
                {estimated && (
                  <rect
                    x={left}
                    y={bar}
                    width={round(x.at(place.value) - left)}
                    height={thickness}
                    fill={`url(#${hatch})`}
                    fill-opacity={0.55}
                  />
                )}
              </>
            )}
          </g>
        )
      })}
      {target !== undefined && (
        <g>
          {/* On a telephone the names stand where the line would pass: it is cut to the bars. */}
          {(wide
            ? [[top - 6, bottom]]
            : places.map((_, n) => [top + n * rowHeight + 15, top + n * rowHeight + 32])
          ).map(([from, to]) => (
            <line
              x1={x.at(target)}
              x2={x.at(target)}
              y1={from}
              y2={to}
              {...paint({ stroke: 'target' })}
              stroke-width={2}
              {...(wide ? { 'stroke-dasharray': '8 3 2 3' } : {})}
            />
          ))}
          <Words x={x.at(target)} y={15} anchor="middle" ink="target" bold>
            objectif {frenchShortQuantity(target, quantity)}
          </Words>
        </g>
      )}
      {places.map(
        (place, i) =>
          place.value !== undefined && (
            <Words
              x={wide ? x.at(place.value) + 5 : 332}
              y={top + i * rowHeight + (wide ? 16 : 13)}
              anchor={wide ? 'start' : 'end'}
              size={12}
              ink="title"
              bold
              halo="paper"
            >
              {frenchBareQuantity(place.value, quantity)}
            </Words>
          ),
      )}
    </Drawing>
  )
}

interface BarChartProps extends RankingData {
  source: string
  csv?: string
  children?: Child
}

/** Places ranked by one value, with the target they should stand under. */
export function BarChart({ source, csv, children, ...data }: BarChartProps) {
  const estimated = data.places.some(place => place.status !== undefined && ESTIMATED.includes(place.status))
  return (
    <Plate
      id={data.id}
      title={data.title}
      subtitle={data.subtitle}
      source={source}
      csv={csv}
      notes={
        data.target !== undefined || estimated ? (
          <p>
            {data.target !== undefined && 'Barres foncées : au-dessus de l’objectif. '}
            {estimated && 'Barres hachurées : valeurs estimées.'}
          </p>
        ) : undefined
      }
      table={
        children ?? (
          <Table
            id={`${data.id}-table`}
            caption={data.subtitle}
            rows={ranked(data.places)}
            columns={[
              { label: 'Lieu', cell: place => place.name },
              {
                label: 'Valeur',
                numeric: true,
                cell: place =>
                  place.value === undefined ? 'non publié' : frenchBareQuantity(place.value, data.quantity),
              },
              {
                label: 'Nature',
                cell: place => {
                  if (place.value === undefined) return '–'
                  return place.status !== undefined && ESTIMATED.includes(place.status) ? 'estimé' : 'observé'
                },
              },
            ]}
          />
        )
      }
    >
      <BarDrawing {...data} variant="wide" />
      <BarDrawing {...data} variant="narrow" />
    </Plate>
  )
}
