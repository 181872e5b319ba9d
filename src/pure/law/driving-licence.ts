import type { Day } from '../calendar/day.ts'
import { type Dated, ruleSince } from './dated.ts'

/** Years of validity by age on the day of issue: each band holds from an age, oldest first. */
export type YearsByAge = readonly { fromAge: number; years: number }[]

/** Validity of the card licence, light categories (A and B). Before the first value the licence is a pink one. */
export const LIGHT_LICENCE_YEARS = ruleSince<number>(
  'Validité du permis de conduire au format carte, catégories A et B',
  'année',
  '2026-11-23',
  {
    from: '2013-09-16',
    value: 15,
    source: {
      title: 'Code de la route, art. R. 221-1, I bis, 1°',
      href: 'https://beta.legifrance.gouv.fr/codes/section_lc/LEGITEXT000006074228/LEGISCTA000006159562/2017-08-14/',
    },
    note: 'Carte délivrée depuis le 16 septembre 2013 : premiers renouvellements en 2028, sans examen.',
  },
)

/** Last day of the pink licence in three parts. */
export const PINK_LICENCE_END = ruleSince<Day>('Fin du permis rose à trois volets', 'jour', '2026-11-23', {
  from: '2012-04-20',
  value: '2033-01-19',
  source: {
    title: 'Arrêté du 20 avril 2012, art. 8 ; directive 2006/126/CE ; question au Sénat n° 07501 (2023)',
    href: 'https://www.senat.fr/questions/base/2023/qSEQ230607501.html',
  },
  note: 'L’État n’incite pas à l’échanger plus tôt, à cause du stock des CERT (réponse du 26 octobre 2023).',
})

/** What directive (EU) 2025/2205 brings, on the day of each step. */
export const LICENCE_DIRECTIVE: Dated<string> = {
  label: 'Directive (UE) 2025/2205 sur le permis de conduire',
  unit: 'étape',
  checked: '2026-11-23',
  values: [
    {
      from: '2029-11-26',
      value: 'appliquée',
      source: { title: 'Directive (UE) 2025/2205 ; Sénat, rapport n° 189 (2025-2026)' },
      note: 'Quinze ans par défaut pour A et B, cinq pour les professionnels ; permis mobile en 2030.',
    },
    {
      from: '2028-11-26',
      value: 'transposée au plus tard',
      source: { title: 'Directive (UE) 2025/2205 ; Sénat, rapport n° 189 (2025-2026)' },
    },
    {
      from: '2025-11-25',
      value: 'en vigueur',
      source: { title: 'Directive (UE) 2025/2205 du 22 octobre 2025' },
    },
  ],
}

const MEDICAL = {
  title: 'Code de la route, art. R. 221-11 ; question à l’Assemblée nationale n° 6029 (16e législature)',
  href: 'https://questions.assemblee-nationale.fr/q16/16-6029QE.htm',
}

/** Validity of the heavy group (C, and light categories driven for a living), by age on the day of issue. */
export const HEAVY_LICENCE_YEARS = ruleSince<YearsByAge>(
  'Validité du permis de conduire, groupe lourd',
  'année',
  '2026-11-23',
  {
    from: '2013-09-16',
    value: [
      { fromAge: 76, years: 1 },
      { fromAge: 60, years: 2 },
      { fromAge: 0, years: 5 },
    ],
    source: MEDICAL,
  },
)

/** Validity of the categories D, by age on the day of issue. */
export const BUS_LICENCE_YEARS = ruleSince<YearsByAge>(
  'Validité du permis de conduire, catégories D',
  'année',
  '2026-11-23',
  {
    from: '2013-09-16',
    value: [
      { fromAge: 60, years: 1 },
      { fromAge: 0, years: 5 },
    ],
    source: MEDICAL,
  },
)
