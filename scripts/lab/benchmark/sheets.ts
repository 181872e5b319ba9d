import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { placeDemand } from '../../../src/demand/place-demand-queries.ts'
import { type OfficialPlace, officialPlaces } from '../../../src/io/official-geography.ts'
import { type PrintedPaper, printingPeakBytes, printPaper } from '../../../src/io/pdf/print-paper.ts'
import { network } from '../../../src/places/town-hall-queries.ts'
import type { Quantiles } from '../../../src/pure/numerics/quantiles.ts'
import { openService } from '../../../src/service.ts'
import type { BriefFacts } from '../../../src/towns/brief.ts'
import { briefPaper } from '../../../src/towns/brief-paper.tsx'
import { briefGround } from '../../../src/towns/brief-queries.ts'
import { leversAt, townBrief } from '../../../src/towns/town-brief.ts'
import { hallLevers } from '../../../src/waits/hall-lever.ts'
import { placeWaitNow } from '../../../src/waits/wait-now-queries.ts'
import { WAIT_LIMIT_DAYS } from '../../../src/waits/wait-now-view.ts'

const DEPARTMENT = '16'
const TODAY = '2026-11-24'
/** Sheets of one meeting: the halls that the prefecture of Charente announces. */
const PACK = 19
const IN_PRESS = 3

/**
 * Sheets of so many halls, each computed (four levers on the queues of 600 futures, grant) and printed, as a batch does: the next
 * one is computed while those before are printed. The halls are the largest communes of France in the place of those of Charente, with
 * their names, their populations and a demand of their own, so that no two sheets are the same. `today` is fixed.
 *
 * `packSeconds` is when the nineteenth was printed, the first of the process. `sheetPeakMegabytes` adds the peaks of this process and of the printing processes: a bound, since they may not coincide.
 */
export async function sheetsPerSecond(count: number): Promise<Record<string, number>> {
  const dataDir = await mkdtemp(join(tmpdir(), 'vigie-sheets-'))
  const quiet = () => undefined
  const service = await openService(
    { dataDir, databaseUrl: undefined },
    { info: quiet, warn: quiet, error: quiet },
  )
  try {
    const { townHalls } = await network(service.db, DEPARTMENT)
    const ground = await briefGround(service.db, DEPARTMENT, TODAY)
    const models: BriefFacts[] = []
    for (const hall of townHalls) {
      const demand = await placeDemand(service.db, DEPARTMENT, { place: hall.insee }, TODAY)
      const told = await placeWaitNow(service.db, hall.insee, { asOf: TODAY })
      const offer = ground.offers.find(one => one.insee === hall.insee)
      models.push({ ...ground, hall, demand, ownWaits: [], now: told?.now, offer, levers: undefined })
    }
    const communes = (await officialPlaces())
      .filter(place => place.kind === 'commune' && place.mergedInto === undefined)
      .sort((a, b) => (b.population ?? 0) - (a.population ?? 0))
      .slice(0, count)
    const start = performance.now()
    const before = process.cpuUsage()
    let pages = 0
    let bytes = 0
    let printed = 0
    let packSeconds = Number.NaN
    const inPress: Promise<PrintedPaper>[] = []
    const add = async (coming: Promise<PrintedPaper>) => {
      const one = await coming
      pages += one.pages
      bytes += one.pdf.byteLength
      printed += 1
      if (printed === PACK) packSeconds = (performance.now() - start) / 1_000
    }
    for (const [i, commune] of communes.entries()) {
      const model = models[i % models.length]
      if (model === undefined) throw new Error('no hall to start from')
      const facts = standIn(model, commune, 0.9 + (0.2 * i) / count)
      const levers =
        facts.now && facts.offer && hallLevers(facts.now, facts.offer, leversAt(TODAY), WAIT_LIMIT_DAYS)
      const paper = briefPaper(townBrief({ ...facts, levers }))
      inPress.push(printPaper(paper))
      if (inPress.length >= IN_PRESS) await add(inPress.shift()!)
    }
    for (const coming of inPress) await add(coming)
    const seconds = (performance.now() - start) / 1_000
    const used = process.cpuUsage(before)
    const own = process.resourceUsage().maxRSS / 1_024
    return {
      sheets: communes.length,
      packSeconds,
      sheetSeconds: seconds,
      sheetsPerSecond: communes.length / seconds,
      // What computing alone takes of a core: where it is far below the elapsed time, the machine was busy elsewhere.
      sheetComputingCpuSeconds: (used.user + used.system) / 1e6,
      sheetPages: pages,
      sheetMegabytes: bytes / 2 ** 20,
      sheetPeakMegabytes: own + printingPeakBytes() / 2 ** 20,
    }
  } finally {
    await service.close()
    await rm(dataDir, { recursive: true, force: true })
  }
}

/** The facts of a hall under the name of a commune, its demand scaled. */
function standIn(model: BriefFacts, { code, name, population }: OfficialPlace, scale: number): BriefFacts {
  const { hall, demand, offer, requestsOf } = model
  const scaled = (values: readonly number[]) => values.map(value => value * scale)
  return {
    ...model,
    hall: { ...hall, insee: code, name, ...(population === undefined ? {} : { population }) },
    demand:
      'reason' in demand
        ? demand
        : {
            ...demand,
            both: demand.both.map(point => ({
              ...point,
              mean: point.mean * scale,
              quantiles: scaledQuantiles(point.quantiles, scale),
            })),
          },
    requestsOf:
      requestsOf &&
      ((insee, year) => {
        const known = requestsOf(insee === code ? hall.insee : insee, year)
        return known && scaled(known)
      }),
    offer: offer && { ...offer, insee: code, name },
  }
}

function scaledQuantiles({ p05, p10, p25, p50, p75, p90, p95 }: Quantiles, scale: number): Quantiles {
  return {
    p05: p05 * scale,
    p10: p10 * scale,
    p25: p25 * scale,
    p50: p50 * scale,
    p75: p75 * scale,
    p90: p90 * scale,
    p95: p95 * scale,
  }
}
