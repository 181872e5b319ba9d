import type { Status } from '../figures/measure.ts'
import {
  frenchBareQuantity,
  frenchNumber,
  frenchQuantity,
  frenchShortNumber,
  type Quantity,
} from '../french/french.ts'
import { spread, textWidth } from './dodge.ts'
import { type Ink, paint } from './ink.ts'
import { type Coordinates, fitted } from './lambert.ts'
import { type Box, box, boxAround, meets, nameSpots, type Region } from './name-spots.ts'
import { Drawing, Key, type KeyEntry, keyHeight, Plate, type Variant, Words } from './plate.tsx'
import { round } from './scale.ts'

/** One town hall on the map; `value` is `undefined` where nothing is published. */
export interface MappedPlace extends Coordinates {
  name: string
  value: number | undefined
  status?: Status | undefined
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

/** The drawing of a map, wide or narrow, without its captions. Where discs would overlap, the place is drawn larger aside. */
export function MapDrawing(props: MapData & { variant: Variant }) {
  const { id, variant, places, outlines = [], quantity } = props
  const wide = variant === 'wide'
  const size = wide ? 12 : 10
  const radii = places.map(place => Math.max(wide ? 18 : 15, labelRadius(place, quantity, size)))
  const land = outlines.flatMap(ring => ring.map(([lon, lat]) => ({ lat, lon })))
  const mapIn = (width: number) => {
    const region = { x: 0, y: 0, width, height: wide ? 520 : 330 }
    const margin = wide ? 44 : 26
    return { region, at: fitted(land.length > 0 ? land : places, { ...region, margin }) }
  }
  const whole = mapIn(wide ? 860 : 340)
  const crowd = crowded(places.map(whole.at), radii)
  const { region, at } = crowd.length > 0 && wide ? mapIn(600) : whole
  const inset: Region = wide
    ? { x: 612, y: 120, width: 244, height: 280 }
    : { x: 2, y: region.height + 4, width: 336, height: 190 }
  const drawn = (some: readonly number[], where: Region, spot: typeof at) =>
    placedDiscs(
      some.map(i => ({ place: places[i]!, radius: radii[i]! })),
      where,
      spot,
    )
  const around = drawn(
    places.map((_, i) => i).filter(i => !crowd.includes(i)),
    region,
    at,
  )
  const marker = boxAround(crowd.map(i => at(places[i]!)))
  const entries = stepKey(props)
  const columns = wide ? 5 : 2
  const bottom = !wide && crowd.length > 0 ? inset.y + inset.height : region.height
  const enlarged = fitted(
    crowd.map(i => places[i]!),
    { ...inset, margin: wide ? 62 : 48 },
  )
  const inInset = (point: Coordinates) => {
    const { x, y } = enlarged(point)
    return { x: inset.x + x, y: inset.y + y }
  }
  return (
    <Drawing
      id={id}
      variant={variant}
      width={wide ? 860 : 340}
      height={bottom + 10 + keyHeight(entries.length, columns)}
      title={props.title}
      description={mapDescription(props)}
    >
      <Land outlines={outlines} at={at} />
      {crowd.length > 0 && (
        <>
          <path
            d={sightLines(marker, inset, wide)}
            {...paint({ fill: 'none', stroke: 'axis' })}
            stroke-width={0.7}
          />
          <rect {...rectangle(marker)} {...paint({ fill: 'grid', stroke: 'text' })} />
        </>
      )}
      <Discs {...props} discs={around} taken={crowd.length > 0 ? [marker] : []} region={region} size={size} />
      {crowd.length > 0 && (
        <g>
          <clipPath id={`${id}-${variant}-loupe`}>
            <rect {...inset} />
          </clipPath>
          <rect {...inset} {...paint({ fill: 'paper', stroke: 'text' })} />
          <g clip-path={`url(#${id}-${variant}-loupe)`}>
            <Land outlines={outlines} at={inInset} within={inset} />
          </g>
          <Words x={inset.x + 8} y={inset.y + 15} size={size - 1} halo="paper">
            Agrandissement
          </Words>
          <Discs
            {...props}
            discs={drawn(crowd, inset, inInset)}
            taken={[box(inset.x, inset.y, 90, 20)]}
            region={inset}
            size={size}
          />
        </g>
      )}
      <Key entries={entries} x={8} y={bottom + 6} width={(wide ? 860 : 340) - 12} columns={columns} />
    </Drawing>
  )
}

/** The places of the largest group whose discs would overlap, by rank; none when every disc has room. */
function crowded(homes: readonly { x: number; y: number }[], radii: readonly number[]): number[] {
  const overlap = (i: number, j: number) =>
    Math.hypot(homes[i]!.x - homes[j]!.x, homes[i]!.y - homes[j]!.y) < radii[i]! + radii[j]!
  let widest: number[] = []
  const seen = new Set<number>()
  homes.forEach((_, first) => {
    if (seen.has(first)) return
    const group = [first]
    seen.add(first)
    for (const i of group) {
      homes.forEach((_, j) => {
        if (seen.has(j) || !overlap(i, j)) return
        seen.add(j)
        group.push(j)
      })
    }
    if (group.length > Math.max(1, widest.length)) widest = group
  })
  return widest.sort((a, b) => a - b)
}

function placedDiscs(
  some: readonly { place: MappedPlace; radius: number }[],
  region: Region,
  at: (point: Coordinates) => { x: number; y: number },
): PlacedDisc[] {
  const homes = some.map(({ place }) => at(place))
  const spots = spread(
    homes.map(({ x, y }, i) => ({ x: x - region.x, y: y - region.y, radius: some[i]!.radius })),
    region,
  )
  return some.map(({ place, radius }, i) => ({
    place,
    radius,
    home: homes[i]!,
    x: round(spots[i]!.x + region.x),
    y: round(spots[i]!.y + region.y),
  }))
}

/** The outlines, or those of them that show inside a frame. */
function Land(props: {
  outlines: NonNullable<MapData['outlines']>
  at: (point: Coordinates) => { x: number; y: number }
  within?: Region
}) {
  const { outlines, at, within } = props
  const rings = outlines
    .map(ring => ring.map(([lon, lat]) => at({ lat, lon })))
    .filter(
      ring =>
        within === undefined || meets(boxAround(ring), box(within.x, within.y, within.width, within.height)),
    )
  if (rings.length === 0) return null
  return (
    <path d={rings.map(ringPath).join('')} {...paint({ fill: 'land', stroke: 'grid' })} stroke-width={0.7} />
  )
}

/** Discs with their values and names; a hairline leads home from one that was pushed away. */
function Discs(
  props: Pick<MapData, 'steps' | 'quantity'> & {
    discs: readonly PlacedDisc[]
    taken: readonly Box[]
    region: Region
    size: number
  },
) {
  const { discs, taken, region, size, steps, quantity } = props
  const names = nameSpots(
    discs.map(({ place, ...disc }) => ({ ...disc, name: place.name })),
    taken,
    region,
    size,
  )
  return (
    <>
      {names.map(
        (spot, i) =>
          spot !== undefined && (
            <Words x={spot.x} y={spot.y} anchor={spot.anchor} size={size} halo="paper">
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
              size={size}
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
    </>
  )
}

/** From the crowded place to its enlargement: the eye follows two lines. */
function sightLines(from: Box, to: Region, wide: boolean): string {
  return wide
    ? `M${from.right},${from.top}L${to.x},${to.y}M${from.right},${from.bottom}L${to.x},${to.y + to.height}`
    : `M${from.left},${from.bottom}L${to.x},${to.y}M${from.right},${from.bottom}L${to.x + to.width},${to.y}`
}

function rectangle({ left, top, right, bottom }: Box) {
  return { x: left, y: top, width: round(right - left), height: round(bottom - top) }
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
  const known = places.filter(place => place.value !== undefined).toSorted((a, b) => a.value! - b.value!)
  const [lowest, highest] = [known[0], known.at(-1)]
  if (highest?.value === undefined || lowest?.value === undefined) return 'Aucune valeur publiée.'
  return `${known.length} lieux sur ${places.length} ont une valeur. Le plus haut : ${highest.name}, ${frenchQuantity(highest.value, quantity)}. Le plus bas : ${lowest.name}, ${frenchQuantity(lowest.value, quantity)}.`
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
}

/** Town halls where they stand, with their value in a disc; those that would overlap are drawn larger in an inset. */
export function PlaceMap({ source, csv, ...data }: PlaceMapProps) {
  const estimated = data.places.some(place => place.status === 'estimated' || place.status === 'censored')
  return (
    <Plate
      {...data}
      source={source}
      csv={csv}
      notes={
        <p>
          Là où les disques se chevaucheraient, le lieu est agrandi dans un cadre. Un trait relie à sa commune
          un disque écarté ; un nom qui ne tient pas est dans le tableau.
          {estimated && ' Contour tireté : valeur estimée.'}
        </p>
      }
    >
      <MapDrawing {...data} variant="wide" />
      <MapDrawing {...data} variant="narrow" />
    </Plate>
  )
}
