/** People who live around a point: a commune, or an arrondissement of the largest cities. */
export interface Residents {
  code: string
  department: string
  population: number
  lat: number
  lon: number
}

/** A town hall that people choose among others; attraction is in inhabitants (`attractions`). */
export interface HallSite {
  insee: string
  department: string
  attraction: number
  lat: number
  lon: number
}

/** Where residents go: for each of them, the halls that they may choose and the share that goes to each. */
export interface Flows {
  /** Residents `i` have the choices `first[i]` to `first[i + 1]`. */
  first: Int32Array
  hall: Int32Array
  km: Float64Array
  share: Float64Array
}

/** What a hall draws. */
export interface Catchment {
  insee: string
  /** Inhabitants whose requests it receives: of each commune, its population times the share that comes. */
  people: number
  /** Standard deviation of the logarithm of `people`: the exponents of the model, and what it does not know of halls. */
  spread: number
}

/** What the choice of a hall rests on where nothing was counted; the exponents are those of Huff (1964). */
export const CATCHMENT = {
  sizeExponent: {
    label: 'Attrait d’une mairie : exposant de sa taille',
    unit: 'sans unité',
    value: 0.55,
    spread: 0.15,
    origin:
      'Hypothèse (Huff, 1964) : entre 0,5 et 0,7, choisie après avoir vu les volumes de Nantes et de La Rochelle ; à remplacer par les comptes d’une préfecture. Taille : stations, ou à défaut habitants',
  },
  distanceExponent: {
    label: 'Attrait d’une mairie : exposant de l’éloignement',
    unit: 'sans unité',
    value: 2,
    spread: 0.4,
    origin: 'Hypothèse (Huff, 1964) : 2 dans la plupart des études de fréquentation ; de 1,5 à 3',
  },
  floorKm: {
    label: 'Éloignement compté à qui habite sur place',
    unit: 'km',
    value: 3,
    spread: 0,
    origin: 'Hypothèse : une commune n’est pas un point',
  },
  reachKm: {
    label: 'Éloignement au-delà duquel on ne va que faute de plus proche',
    unit: 'km',
    value: 40,
    spread: 0,
    origin: 'Hypothèse : moins d’une heure de route ; la mairie la plus proche reste toujours possible',
  },
  hallEffect: {
    label:
      'Ce que le modèle ignore d’une mairie (horaires, accueil, accès), en logarithme de ce qu’elle reçoit',
    unit: 'écart-type du logarithme',
    value: 0.25,
    spread: 0,
    origin:
      'Hypothèse : non-résidents de 27 % (Nantes) à 40 % (Livarot), que la distance seule n’explique pas',
  },
} as const

/** The numbers of one choice model. */
export interface Choice {
  sizeExponent: number
  distanceExponent: number
  floorKm: number
  reachKm: number
}

/** Every assumption at its central value. */
export const CENTRAL_CHOICE: Choice = {
  sizeExponent: CATCHMENT.sizeExponent.value,
  distanceExponent: CATCHMENT.distanceExponent.value,
  floorKm: CATCHMENT.floorKm.value,
  reachKm: CATCHMENT.reachKm.value,
}

/** Whose positions of communes these are, as every map and list that rests on them must say. */
export const POSITIONS_CREDIT =
  'GeoNames (licence CC-BY-4.0) ; code officiel géographique (INSEE, Etalab, Licence Ouverte) ; arrondissements, geo.api.gouv.fr'

const RADIANS = Math.PI / 180
/** Kilometres from one degree of latitude to the next. */
export const KM_PER_DEGREE = 111.195

interface Point {
  lat: number
  lon: number
}

/**
 * Kilometres between two points a department apart or less, on a sphere of 6,371 km flattened at their mean latitude.
 * @example Angoulême (45.6492, 0.1566) to Cognac (45.6937, −0.3274): 37.9 km.
 */
export function kilometres(a: Point, b: Point): number {
  const east = Math.cos(((a.lat + b.lat) / 2) * RADIANS) * (a.lon - b.lon)
  return KM_PER_DEGREE * Math.hypot(a.lat - b.lat, east)
}

/**
 * Where residents go (Huff 1964): the share of commune i that goes to hall j is in proportion to
 * A_j^α / (floor + d_ij)^β among the halls within reach, or goes to the nearest one when none is.
 *
 * @example Two halls of 1,000 and 8,000 inhabitants, 0 and 9 km away, α = 2/3, β = 2: 100/9 against 400/144, 80 % stay.
 */
export function flows(
  residents: readonly Residents[],
  halls: readonly HallSite[],
  choice: Choice = CENTRAL_CHOICE,
): Flows {
  const near = nearby(residents, halls, choice.reachKm)
  return { ...near, share: shares(near, halls, choice) }
}

type Near = Omit<Flows, 'share'>

/** The halls within reach of each commune: by squares of one reach, so that a nation costs its neighbours only. */
function nearby(residents: readonly Residents[], halls: readonly HallSite[], reachKm: number): Near {
  const side = reachKm / KM_PER_DEGREE
  const rowOf = (lat: number) => Math.floor(lat / side)
  const square = (row: number, column: number) => row * 100_000 + column
  // As wide as the reach at the northern edge of its row, where degrees of longitude are shortest.
  const columnOf = (row: number, lon: number) =>
    Math.floor(lon / (side / Math.max(0.2, Math.cos((Math.abs(row) + 2) * side * RADIANS))))
  const bySquare = new Map<number, number[]>()
  halls.forEach((hall, h) => {
    const row = rowOf(hall.lat)
    const key = square(row, columnOf(row, hall.lon))
    const there = bySquare.get(key)
    if (there) there.push(h)
    else bySquare.set(key, [h])
  })
  const first = new Int32Array(residents.length + 1)
  const found: number[] = []
  const distances: number[] = []
  residents.forEach((point, i) => {
    const start = found.length
    for (let row = rowOf(point.lat) - 1; row <= rowOf(point.lat) + 1; row++) {
      const column = columnOf(row, point.lon)
      for (let c = column - 1; c <= column + 1; c++) {
        for (const h of bySquare.get(square(row, c)) ?? []) {
          const km = kilometres(point, halls[h]!)
          if (km > reachKm) continue
          found.push(h)
          distances.push(km)
        }
      }
    }
    if (found.length === start && halls.length > 0) {
      const [nearest, km] = nearestOf(point, halls)
      found.push(nearest)
      distances.push(km)
    }
    first[i + 1] = found.length
  })
  return { first, hall: Int32Array.from(found), km: Float64Array.from(distances) }
}

function nearestOf(point: Residents, halls: readonly HallSite[]): [hall: number, km: number] {
  const own = halls.flatMap((hall, h) => (hall.department === point.department ? [h] : []))
  let [best, least] = [0, Number.POSITIVE_INFINITY]
  for (const h of own.length > 0 ? own : halls.keys()) {
    const km = kilometres(point, halls[h]!)
    if (km < least) [best, least] = [h, km]
  }
  return [best, least]
}

function shares({ first, hall, km }: Near, halls: readonly HallSite[], choice: Choice): Float64Array {
  const pull = halls.map(({ attraction }) => Math.max(1, attraction) ** choice.sizeExponent)
  const share = new Float64Array(hall.length)
  for (let i = 0; i + 1 < first.length; i++) {
    let total = 0
    for (let k = first[i]!; k < first[i + 1]!; k++) {
      const weight = pull[hall[k]!]! / (choice.floorKm + km[k]!) ** choice.distanceExponent
      share[k] = weight
      total += weight
    }
    for (let k = first[i]!; k < first[i + 1]!; k++) share[k]! /= total
  }
  return share
}

function peopleOf(
  residents: readonly Residents[],
  { first, hall }: Near,
  share: Float64Array,
  halls: number,
): Float64Array {
  const people = new Float64Array(halls)
  residents.forEach(({ population }, i) => {
    for (let k = first[i]!; k < first[i + 1]!; k++) people[hall[k]!]! += population * share[k]!
  })
  return people
}

/**
 * What each hall draws, and how well that is known: the variance of what the model ignores of a hall, and those of both
 * exponents by differences of one standard deviation on each side. On synthetic nations whose exponents are drawn
 * between 0.4 and 0.9 and between 1.5 and 3, nine halls in ten lie inside the band that this gives.
 *
 * @param near the halls within reach of each commune, where they were found already.
 */
export function catchments(
  residents: readonly Residents[],
  halls: readonly HallSite[],
  choice: Choice = CENTRAL_CHOICE,
  near: Near = nearby(residents, halls, choice.reachKm),
): Catchment[] {
  const peopleUnder = (other: Choice) => peopleOf(residents, near, shares(near, halls, other), halls.length)
  const people = peopleUnder(choice)
  const variance = new Float64Array(halls.length).fill(CATCHMENT.hallEffect.value ** 2)
  for (const exponent of ['sizeExponent', 'distanceExponent'] as const) {
    const { spread } = CATCHMENT[exponent]
    const above = peopleUnder({ ...choice, [exponent]: choice[exponent] + spread })
    const below = peopleUnder({ ...choice, [exponent]: choice[exponent] - spread })
    for (let h = 0; h < halls.length; h++) {
      if (people[h]! > 0) variance[h]! += (Math.log(above[h]! / below[h]!) / 2) ** 2
    }
  }
  return halls.map(({ insee }, h) => ({ insee, people: people[h]!, spread: Math.sqrt(variance[h]!) }))
}

/** Where the requests of a department are made, and who makes those that it receives, in inhabitants. */
export interface DepartmentBalance {
  residents: number
  /** Residents who go to a hall of another department. */
  leaving: number
  /** Residents of other departments who come. */
  entering: number
  /** What its halls receive: residents − leaving + entering. */
  received: number
}

/** What leaves a department and what enters it. */
export function departmentBalance(
  residents: readonly Residents[],
  halls: readonly HallSite[],
  { first, hall, share }: Flows,
  department: string,
): DepartmentBalance {
  const balance = { residents: 0, leaving: 0, entering: 0, received: 0 }
  residents.forEach(({ department: home, population }, i) => {
    if (home === department) balance.residents += population
    for (let k = first[i]!; k < first[i + 1]!; k++) {
      const there = halls[hall[k]!]!.department
      const coming = population * share[k]!
      if (there === department) balance.received += coming
      if (home === department && there !== department) balance.leaving += coming
      if (home !== department && there === department) balance.entering += coming
    }
  })
  return balance
}
