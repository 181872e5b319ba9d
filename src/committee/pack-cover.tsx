import { demandSource } from '../demand/explanation.ts'
import type { PlaceDemand } from '../demand/place-demand-queries.ts'
import { ratioSteps, type TownHall } from '../places/town-hall.ts'
import { yearOf } from '../pure/calendar/period.ts'
import { type MapData, MapDrawing } from '../pure/charts/map.tsx'
import { groupBy } from '../pure/figures/group-by.ts'
import { frenchCount, frenchDay, frenchList, frenchNumber } from '../pure/french/french.ts'
import { listed, type Paper, type PaperBlock, section } from '../pure/pages/paper.tsx'
import type { Brief } from '../towns/brief.ts'
import { demandFigure, rankingTable, sinceTable } from '../towns/brief-paper.tsx'
import { absencesOf } from '../towns/brief-tables.ts'

/** What the cover of a meeting's pack tells of the department. */
export interface PackGround {
  department: { code: string; name: string }
  asOf: string
  demand: PlaceDemand | { reason: string }
  briefs: readonly Brief[]
  halls: readonly TownHall[]
  /** How many equipped halls the prefecture announces. */
  expected: number | undefined
  /** Names of the halls whose sheet could not be made. */
  failed: readonly string[]
}

/** The cover of a meeting's pack: the department's picture, the ranking of its halls, and what is missing. */
export function packCover(ground: PackGround): Paper {
  const { department, asOf, demand, briefs, halls, expected, failed } = ground
  const missing = [
    ...groupBy(
      briefs.flatMap(brief => absencesOf(brief).map(reason => ({ reason, name: brief.name }))),
      one => one.reason,
    ),
  ].map(([reason, of]) => ({
    title: of.length === halls.length ? 'Toutes les mairies' : frenchList(of.map(one => one.name)),
    text: reason,
  }))
  if (failed.length > 0)
    missing.push({ title: frenchList(failed), text: 'Fiche non faite : défaut du service, signalé.' })
  const known =
    expected === undefined || expected === halls.length
      ? frenchCount(halls.length, 'mairie')
      : `${frenchCount(halls.length, 'mairie')} nommées sur les ${frenchNumber(expected)} annoncées par la préfecture`
  return {
    title: `Réunion des mairies équipées : ${department.name}`,
    subtitle: `${frenchCount(briefs.length, 'fiche')} – ${known} – situation au ${frenchDay(asOf)}`,
    asOf,
    footer: `Vigie Titres – dossier de réunion, ${department.name}, situation au ${frenchDay(asOf)}`,
    blocks: [
      ...section('Le département', [
        'reason' in demand
          ? { kind: 'absence', title: 'Pas encore de projection', reason: demand.reason }
          : demandFigure(futureOf(demand, department.name), demandSource(demand.run)),
        ...mapFigure(ground),
      ]),
      ...section('Les mairies', [{ kind: 'table', table: rankingTable(briefs, halls, department.name) }]),
      ...sinceBlocks(ground),
      ...section('Ce qui n’a pas pu être calculé', listed(missing)),
    ],
  }
}

/** Waits published after the day of a replayed pack, each beside what its sheet said. */
function sinceBlocks({ briefs, asOf, department }: PackGround): PaperBlock[] {
  const [first] = briefs
  const shared = first && { ...first, since: first.since.filter(({ place }) => place === department.code) }
  const own = briefs.map(brief => ({ ...brief, since: brief.since.filter(isOwn(brief)) }))
  const sheets = [...(shared ? [shared] : []), ...own]
  if (sheets.every(({ since }) => since.length === 0)) return []
  const caption = `Attentes publiées après le ${frenchDay(asOf)}, ${department.name}, et ce que les fiches en disaient`
  return section('Ce qui est venu depuis', [{ kind: 'table', table: sinceTable(sheets, { caption }) }])
}

function isOwn({ insee }: Brief) {
  return ({ place }: Brief['since'][number]) => place === insee
}

function futureOf({ both, run }: PlaceDemand, name: string) {
  const quarters = both.filter(point => yearOf(point.quarter) >= yearOf(run.asOf))
  return { id: 'departement', name, quarters }
}

function mapFigure({ briefs, halls, department, demand }: PackGround): PaperBlock[] {
  const places = halls.flatMap(({ insee, name, lat, lon }) => {
    const brief = briefs.find(one => one.insee === insee)
    if (lat === undefined || lon === undefined || brief === undefined || 'reason' in brief.demand) return []
    return [{ name, lat, lon, value: brief.demand.next.mean, status: 'estimated' as const }]
  })
  const year = briefs.flatMap(brief => ('reason' in brief.demand ? [] : brief.demand.next.year))[0]
  if (places.length < 2 || year === undefined || 'reason' in demand) return []
  const data: MapData = {
    id: 'carte',
    title: `Où les demandes de ${year} sont attendues`,
    subtitle: `Demandes attendues par mairie en ${year}, ${department.name}, estimées.`,
    quantity: 'count',
    places,
    steps: ratioSteps(places.map(place => place.value)),
  }
  return [
    {
      kind: 'figure',
      figure: {
        id: data.id,
        title: data.title,
        subtitle: data.subtitle,
        alternative: `${data.title} : ${places.map(({ name, value }) => `${name} ${frenchNumber(value)}`).join(', ')}.`,
        wide: String(<MapDrawing {...data} variant="wide" />),
        narrow: String(<MapDrawing {...data} variant="narrow" />),
        source: demandSource(demand.run),
      },
    },
  ]
}
