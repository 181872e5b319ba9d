import { nationalVolumes, type VolumeFact } from '../../../src/demand/engine/national-volumes.ts'
import type { Day } from '../../../src/pure/calendar/day.ts'
import type { Month } from '../../../src/pure/calendar/period.ts'
import { groupBy } from '../../../src/pure/figures/group-by.ts'
import { demandGrowth } from '../../../src/waits/demand-growth.ts'
import { isFirstSlot, monthValues, type WaitFact } from '../../../src/waits/wait-fact.ts'
import type { DemandGrowth } from '../../../src/waits/wait-futures.ts'
import {
  hindcastAt,
  hindcastDays,
  type LeadScore,
  leadScores,
  PAIR_RULE,
  type WaitPair,
} from '../../../src/waits/wait-hindcast.ts'
import { monthBand, waitNow } from '../../../src/waits/wait-now.ts'
import type { WaitPlace } from '../../../src/waits/wait-state.ts'
import { rounded, type Table } from './report.ts'
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

/** What the model says on each day on which a newer month became known, beside what came. */
function waitHindcast(
  place: WaitPlace,
  facts: readonly WaitFact[],
  growthAt: (asOf: Day) => DemandGrowth | undefined,
): WaitPair[] {
  return hindcastDays(place, facts).flatMap(day => hindcastAt(place, facts, day, growthAt(day.asOf)))
}

/** Two dated waits of one place, the later one told from the earlier and from what happened to the nation. */
interface SamePlacePair {
  place: string
  from: Month
  to: Month
  old: number
  said: number
  came: number
}

/**
 * Dated pairs of waits of one place: the later wait told from the earlier one alone and from the nation's values, as the
 * state of the place makes it. What it must beat is the old wait carried.
 */
function samePlacePairs(facts: readonly WaitFact[]): SamePlacePair[] {
  const nation = facts.filter(fact => fact.place === 'FR')
  const places = groupBy(
    facts.filter(fact => fact.place !== 'FR' && !isFirstSlot(fact)),
    fact => fact.place,
  )
  return [...places].flatMap(([code, own]) => {
    const months = monthValues(own).filter(one => one.kind === 'value')
    return months.flatMap((old, i) =>
      months.slice(i + 1).flatMap((later): SamePlacePair[] => {
        const kind = code.length === 5 ? 'hall' : 'department'
        const place: WaitPlace = { code, kind, department: kind === 'hall' ? '' : code, halls: [] }
        const now = waitNow({
          place,
          facts: [...nation, ...old.facts],
          growth: undefined,
          asOf: '9999-12-31',
          to: '2025-Q4',
        })
        if (now === undefined) return []
        return [
          {
            place: code,
            from: old.month,
            to: later.month,
            old: old.days,
            said: monthBand(now, later.month, 30).median ?? Number.NaN,
            came: later.days,
          },
        ]
      }),
    )
  })
}

/** Mean absolute log errors of pairs of one place: said, and the old wait carried. */
function samePlaceScore(pairs: readonly SamePlacePair[]) {
  const mean = (of: (pair: SamePlacePair) => number) =>
    pairs.reduce((sum, pair) => sum + of(pair), 0) / Math.max(1, pairs.length)
  return {
    pairs: pairs.length,
    logError: mean(pair => Math.abs(Math.log(pair.said / pair.came))),
    carriedLogError: mean(pair => Math.abs(Math.log(pair.old / pair.came))),
  }
}
