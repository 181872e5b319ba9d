import type { Child } from 'hono/jsx'
import type { Status } from '../figures/measure.ts'
import {
  frenchBareQuantity,
  frenchNumber,
  frenchQuantity,
  frenchShortNumber,
  type Quantity,
} from '../pages/french.ts'
import { spread, textWidth } from './dodge.ts'
import { type Ink, paint } from './ink.ts'
import { type Coordinates, fitted } from './lambert.ts'
import { Drawing, Key, type KeyEntry, keyHeight, Plate, type Variant, Words } from './plate.tsx'
import { round } from './scale.ts'

/** One town hall on the map; `value` is `undefined` where nothing is published. */
export interface MappedPlace extends Coordinates {
  name: string
  value: number | undefined
  status?: Status
}

/** What a map shows. */
export interface MapData {
  id: string
  title: string
  subtitle: string
  quantity: Quantity
  places: readonly MappedPlace[]
  /** The three values between the four steps of colour, rising; such as 15, 30 and 60 days. */
  steps: readonly [number, number, number]
  /** Outlines behind the discs: rings of `[longitude, latitude]`, as in GeoJSON. */
  outlines?: readonly (readonly (readonly [number, number])[])[]
}

const STEP_INKS = ['step1', 'step2', 'step3', 'step4'] as const satisfies Ink[]
const STEP_TEXT_INKS = ['on-step1', 'on-step2', 'on-step3', 'on-step4'] as const satisfies Ink[]

/** The step of colour, 0 to 3, of a value: it is the number of limits that the value exceeds. */
export function stepOf(value: number, steps: readonly number[]): number {
  return steps.filter(limit => value > limit).length
}

interface PlacedDisc {
  place: MappedPlace
  home: { x: number; y: number }
  x: number
  y: number
  radius: number
}

/** The drawing of a map, wide or narrow, without its captions. */
export function MapDrawing(props: MapData & { variant: Variant }) {
  const { id, variant, places, steps, quantity, outlines = [] } = props
  const wide = variant === 'wide'
  const frame = wide ? { width: 860, height: 520, margin: 44 } : { width: 340, height: 330, margin: 26 }
  const radius = wide ? 18 : 15
  const at = fitted(
    outlines.length > 0 ? outlines.flatMap(ring => ring.map(([lon, lat]) => ({ lat, lon }))) : places,
    frame,
  )
  const homes = places.map(at)
  const radii = places.map(place => Math.max(radius, labelRadius(place, quantity, wide ? 12 : 10)))
  const discs: PlacedDisc[] = spread(
    homes.map((home, i) => ({ ...home, radius: radii[i]! })),
    frame,
  ).map((spot, i) => ({ place: places[i]!, home: homes[i]!, ...spot, radius: radii[i]! }))
  const nameSize = wide ? 12 : 10
  const names = nameSpots(discs, frame, nameSize)
  const entries = stepKey(props)
  const columns = wide ? 5 : 2
  return (
    <Drawing
      id={id}
      variant={variant}
      width={frame.width}
      height={frame.height + 10 + keyHeight(entries.length, columns)}
      title={props.title}
      description={mapDescription(props)}
    >
      {outlines.length > 0 && (
        <path
          d={outlines.map(ring => ringPath(ring.map(([lon, lat]) => at({ lat, lon })))).join('')}
          {...paint({ fill: 'land', stroke: 'grid' })}
          stroke-width={0.7}
        />
      )}
      {names.map(
        (spot, i) =>
          spot !== undefined && (
            <Words x={spot.x} y={spot.y} anchor={spot.anchor} size={nameSize} halo="paper">
              {discs[i]!.place.name}
            </Words>
          ),
      )}
      {discs.map(disc => {
        const { value } = disc.place
        const step = value === undefined ? 0 : stepOf(value, steps)
        const estimated = disc.place.status === 'estimated' || disc.place.status === 'censored'
        return (
          <g>
            <title>
              {value === undefined
                ? `${disc.place.name} : non publié`
                : `${disc.place.name} : ${frenchQuantity(value, quantity)}${estimated ? ' (estimé)' : ''}`}
            </title>
            <circle
              cx={disc.x}
              cy={disc.y}
              r={disc.radius}
              {...paint({
                fill: value === undefined ? 'paper' : STEP_INKS[step]!,
                stroke: value === undefined ? 'faint' : 'observed',
              })}
              stroke-width={estimated ? 2 : 1}
              {...(value === undefined || estimated ? { 'stroke-dasharray': '3 3' } : {})}
            />
            <Words
              x={disc.x}
              y={round(disc.y + 4)}
              anchor="middle"
              size={wide ? 12 : 10}
              bold
              ink={value === undefined ? 'text' : STEP_TEXT_INKS[step]!}
            >
              {value === undefined ? '–' : discLabel(value, quantity)}
            </Words>
          </g>
        )
      })}
      {discs.map(disc => {
        const [dx, dy] = [disc.home.x - disc.x, disc.home.y - disc.y]
        const away = Math.hypot(dx, dy)
        return (
          away > disc.radius + 2 && (
            <g>
              <line
                x1={round(disc.x + (dx / away) * disc.radius)}
                y1={round(disc.y + (dy / away) * disc.radius)}
                x2={round(disc.home.x)}
                y2={round(disc.home.y)}
                {...paint({ stroke: 'text' })}
              />
              <circle cx={round(disc.home.x)} cy={round(disc.home.y)} r={2} {...paint({ fill: 'text' })} />
            </g>
          )
        )
      })}
      <Key entries={entries} x={8} y={frame.height + 6} width={frame.width - 12} columns={columns} />
    </Drawing>
  )
}

// Whole numbers from 100 on: `127,4` does not fit in a disc.
function discLabel(value: number, quantity: Quantity): string {
  return value >= 100 ? frenchNumber(value) : frenchBareQuantity(value, quantity)
}

// A count of five figures needs more room than a delay.
function labelRadius({ value }: MappedPlace, quantity: Quantity, fontSize: number): number {
  return value === undefined ? 0 : Math.ceil(textWidth(discLabel(value, quantity), fontSize) / 2 + 3)
}

const GRID = 2

/**
 * The outline of a commune on a grid of two pixels. Neighbours are cut on the same grid, so that their common
 * border stays common, and a department of 400 communes weighs some tens of kilobytes.
 */
function ringPath(points: readonly { x: number; y: number }[]): string {
  const corners = points.map(({ x, y }) => `${GRID * Math.round(x / GRID)},${GRID * Math.round(y / GRID)}`)
  const drawn = corners.filter((corner, i) => corner !== corners[i - 1])
  return drawn.length < 3 ? '' : `M${drawn.join('L')}Z`
}

function mapDescription({ places, quantity }: MapData): string {
  const known = places.filter(place => place.value !== undefined)
  const highest = known.reduce<MappedPlace | undefined>(
    (best, place) => (best?.value === undefined || place.value! > best.value ? place : best),
    undefined,
  )
  const lowest = known.reduce<MappedPlace | undefined>(
    (best, place) => (best?.value === undefined || place.value! < best.value ? place : best),
    undefined,
  )
  if (highest?.value === undefined || lowest?.value === undefined) return 'Aucune valeur publiée.'
  return `${known.length} lieux sur ${places.length} ont une valeur. Le plus haut : ${highest.name}, ${frenchQuantity(highest.value, quantity)}. Le plus bas : ${lowest.name}, ${frenchQuantity(lowest.value, quantity)}.`
}

interface NameSpot {
  x: number
  y: number
  anchor: 'start' | 'middle' | 'end'
}

/** Where each name can stand without covering a disc or another name; `undefined` where it cannot. */
function nameSpots(
  discs: readonly PlacedDisc[],
  { width, height }: { width: number; height: number },
  size: number,
): (NameSpot | undefined)[] {
  const taken = discs.map(({ x, y, radius }) => box(x - radius, y - radius, 2 * radius, 2 * radius))
  return discs.map(({ place, x, y, radius }) => {
    const long = textWidth(place.name, size) * 1.06
    const candidates: (NameSpot & { box: Box })[] = [
      { x: x + radius + 4, y: y + 4, anchor: 'start', box: box(x + radius + 2, y - 7, long + 4, 14) },
      { x: x - radius - 4, y: y + 4, anchor: 'end', box: box(x - radius - long - 6, y - 7, long + 4, 14) },
      { x, y: y + radius + 13, anchor: 'middle', box: box(x - long / 2, y + radius + 2, long, 14) },
      ...([1, -1] as const).flatMap(side =>
        ([1, -1] as const).map(way => {
          const [left, top] = [x + side * (radius - 4), y + way * (radius + 9)]
          return {
            x: left,
            y: top + 4,
            anchor: side > 0 ? ('start' as const) : ('end' as const),
            box: box(side > 0 ? left : left - long, top - 7, long, 14),
          }
        }),
      ),
      { x, y: y - radius - 5, anchor: 'middle', box: box(x - long / 2, y - radius - 16, long, 14) },
    ]
    const spot = candidates.find(
      candidate =>
        candidate.box.left >= 0 &&
        candidate.box.right <= width &&
        candidate.box.top >= 0 &&
        candidate.box.bottom <= height &&
        taken.every(other => !meets(candidate.box, other)),
    )
    if (spot === undefined) return undefined
    taken.push(spot.box)
    return { x: round(spot.x), y: round(spot.y), anchor: spot.anchor }
  })
}

interface Box {
  left: number
  top: number
  right: number
  bottom: number
}

function box(left: number, top: number, width: number, height: number): Box {
  return { left, top, right: left + width, bottom: top + height }
}

function meets(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
}

function stepKey({ steps, places, quantity }: MapData): KeyEntry[] {
  const unit = quantity === 'day' ? '\u00a0jours' : quantity === 'percent' ? '\u00a0%' : ''
  const written = steps.map(step => frenchShortNumber(step))
  const texts = [
    `jusqu’à ${written[0]}${unit}`,
    `plus de ${written[0]} à ${written[1]}`,
    `plus de ${written[1]} à ${written[2]}`,
    `plus de ${written[2]}${unit}`,
  ]
  const entries: KeyEntry[] = texts.map((text, i) => ({
    text,
    sign: <circle cx={12} cy={6} r={7} {...paint({ fill: STEP_INKS[i]!, stroke: 'observed' })} />,
  }))
  if (places.some(place => place.value === undefined)) {
    entries.push({
      text: 'non publié',
      sign: (
        <circle cx={12} cy={6} r={7} {...paint({ fill: 'paper', stroke: 'faint' })} stroke-dasharray="3 3" />
      ),
    })
  }
  return entries
}

interface PlaceMapProps extends MapData {
  source: string
  csv?: string
  /** The same values as a table, sorted; a page may also put it beside the map. */
  children?: Child
}

/** Town halls where they stand, with their value in a disc; discs that would overlap are drawn apart. */
export function PlaceMap({ source, csv, children, ...data }: PlaceMapProps) {
  const estimated = data.places.some(place => place.status === 'estimated' || place.status === 'censored')
  return (
    <Plate
      id={data.id}
      title={data.title}
      subtitle={data.subtitle}
      source={source}
      csv={csv}
      table={children}
      notes={
        <p>
          Les disques qui se chevaucheraient sont écartés ; un trait relie à sa commune celui qui en est loin.
          {estimated && ' Contour tireté : valeur estimée.'}
        </p>
      }
    >
      <MapDrawing {...data} variant="wide" />
      <MapDrawing {...data} variant="narrow" />
    </Plate>
  )
}
