import { nationalVolumes, type VolumeFact } from '../../../src/demand/engine/national-volumes.ts'
import type { Day } from '../../../src/pure/calendar/day.ts'
import { demandGrowth } from '../../../src/waits/demand-growth.ts'
import type { WaitFact } from '../../../src/waits/wait-fact.ts'
import type { DemandGrowth } from '../../../src/waits/wait-futures.ts'
import { type LeadScore, leadScores, PAIR_RULE, type WaitPair } from '../../../src/waits/wait-hindcast.ts'
import { rounded, type Table } from './report.ts'
import { type SamePlacePair, samePlacePairs, samePlaceScore, waitHindcast } from './same-place.ts'
import { shippedFacts, shippedFiles } from './shipped-facts.ts'

/** The part of `france.json` about waits. */
export interface FranceWaits {
  waits: LeadScore[]
  /** The same model without the demand, for comparison: it is not what the service runs. */
  waitsWithoutDemand: LeadScore[]
  samePlace: ReturnType<typeof samePlaceScore>
  waitRule: string
  waitPairs: WaitPair[]
  samePlacePairs: SamePlacePair[]
}

/** Puts the wait back on each day on which a newer month of the nation became known, on the facts shipped with the program. */
export function franceWaits(): { part: FranceWaits; tables: Table[] } {
  const facts = shippedWaits()
  const nation = { code: 'FR', kind: 'nation' as const, halls: [] }
  const pairs = waitHindcast(nation, facts, growthAsPublished())
  const waitsWithoutDemand = leadScores(waitHindcast(nation, facts, () => undefined))
  const same = samePlacePairs(facts)
  const waits = leadScores(pairs)
  const samePlace = samePlaceScore(same)
  return {
    part: {
      waits,
      waitsWithoutDemand,
      samePlace,
      waitRule: PAIR_RULE,
      waitPairs: pairs,
      samePlacePairs: same,
    },
    tables: [
      {
        title: 'Attente nationale d’un rendez-vous, chaque jour avec ce qui était publié',
        notes: [
          PAIR_RULE,
          'Cinq ou six épisodes indépendants seulement : ces points excluent une capacité figée, ils ne classent pas les modèles entre eux.',
        ],
        rows: waits.map(row => ({
          'avance (mois)': row.lead,
          paires: row.pairs,
          'erreur (log)': Math.round(1_000 * row.logError) / 1_000,
          'sans la demande (log)':
            Math.round(1_000 * (waitsWithoutDemand.find(one => one.lead === row.lead)?.logError ?? 0)) /
            1_000,
          'couverture 90 %': rounded(100 * row.coverage90),
          'dernière valeur (log)': Math.round(1_000 * row.lastValueLogError) / 1_000,
          'gain %': rounded(100 * (1 - row.logError / row.lastValueLogError)),
        })),
      },
      {
        title: 'Même lieu, deux dates : l’ancienne attente et le changement de la France',
        notes: ['Charente (2021–2022) et Charente-Maritime (2022–2023) : onze paires qui se recouvrent.'],
        rows: [
          {
            paires: samePlace.pairs,
            'erreur (log)': Math.round(1_000 * samePlace.logError) / 1_000,
            'ancienne attente (log)': Math.round(1_000 * samePlace.carriedLogError) / 1_000,
          },
        ],
      },
    ],
  }
}

/** Growth of the demand as the service would have projected it on a day, from the volumes published by then. */
function growthAsPublished(): (asOf: Day) => DemandGrowth | undefined {
  const { issued, notMade } = shippedFacts()
  return asOf => {
    const by = (all: readonly VolumeFact[]) => all.filter(fact => fact.publishedOn <= asOf)
    return demandGrowth(nationalVolumes(by(issued), by(notMade)))
  }
}

/** Every wait of the files shipped with the program, with the day on which it was published. */
export function shippedWaits(): WaitFact[] {
  return shippedFiles().flatMap(read => {
    if (read.kind !== 'appointment-waits') return []
    const { publishedOn = '', source = '', document = '' } = read.frontMatter
    return read.rows.flatMap(row =>
      row.value === undefined ? [] : [{ ...row, days: row.value, publishedOn, source, document }],
    )
  })
}
