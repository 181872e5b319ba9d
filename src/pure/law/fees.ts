import { type Dated, ruleSince, type Source } from './dated.ts'

/** What a passport costs, in euros, by age of its holder. */
export interface PassportFees {
  adult: number
  /** From 15 to 17 years. */
  adolescent: number
  /** Under 15 years. */
  child: number
}

const DILA: Source = {
  title: 'Direction de l’information légale et administrative, « Combien coûte un passeport ? » (F34752)',
  href: 'https://www.service-public.gouv.fr/particuliers/vosdroits/F34752',
}

const BUDGET_2026: Source = {
  title: 'Loi n° 2026-103 de finances pour 2026, article 128 (lu par l’Unafo)',
  href: 'https://www.unafo.org/majoration-des-taxes-titre-de-sejour-impacts-de-la-loi-de-finances-2026',
}
const BUDGET_NOTE =
  'Loi adoptée le 2 février 2026 ; son premier jour d’effet n’a pas été relevé : la règle est tenue pour sûre à partir de mars.'
const BEFORE: Source = { title: 'CESEDA, L. 436-1 et L. 436-7, dans leur état d’avant la loi n° 2026-103' }

/** Stamp duty of a passport, in metropolitan France and in the departments overseas but French Guiana. */
export const PASSPORT_FEES = ruleSince<PassportFees>('Prix du passeport', 'euros', '2026-11-29', {
  from: '2021-09-30',
  value: { adult: 86, adolescent: 42, child: 17 },
  source: DILA,
  note: 'Le jour est celui d’une vérification de la page ; le tarif est plus ancien. Il diffère en Guyane et à l’étranger.',
})

/** Stamp duty of an identity card that cannot be handed back, lost or stolen; another card is free. */
export const LOST_CARD_FEE = ruleSince<number>('Carte d’identité perdue ou volée', 'euros', '2026-11-29', {
  from: '2009-01-01',
  value: 25,
  source: { title: 'Code général des impôts, article 1628 bis' },
  note: 'La carte est gratuite quand l’ancienne est présentée.',
})

/** Part of these two duties that is due in a place; `undefined` where it levies its own, not recorded here. */
type DutyShare = number | undefined

/** What is due elsewhere than in metropolitan France and in most departments overseas, by place. */
export const LOCAL_DUTIES: Readonly<Record<string, Dated<DutyShare>>> = {
  973: ruleSince<DutyShare>('Prix du passeport et de la carte perdue en Guyane', 'part', '2026-11-30', {
    from: '2021-09-30',
    value: 0.5,
    source: {
      title: 'Code général des impôts, article 1043 A',
      href: 'https://www.service-public.gouv.fr/particuliers/vosdroits/F33805',
    },
    note: 'Soit 43 €, 21 € et 8,50 €, photo fournie, et 12,50 € (fiches F34752 et F33805).',
  }),
  975: ownDuties('à Saint-Pierre-et-Miquelon', 'Code général des collectivités territoriales, LO 6414-1'),
  977: ownDuties('à Saint-Barthélemy', 'Code général des collectivités territoriales, LO 6214-3'),
  978: ownDuties('à Saint-Martin', 'Code général des collectivités territoriales, LO 6314-3'),
  986: ownDuties('à Wallis-et-Futuna', 'Loi n° 61-814 du 29 juillet 1961'),
  987: ownDuties('en Polynésie française', 'Loi organique n° 2004-192 du 27 février 2004'),
  988: ownDuties('en Nouvelle-Calédonie', 'Loi organique n° 99-209 du 19 mars 1999'),
}

function ownDuties(there: string, text: string): Dated<DutyShare> {
  return ruleSince<DutyShare>(`Prix du passeport et de la carte perdue ${there}`, 'part', '2026-11-30', {
    from: '2021-09-30',
    value: undefined,
    source: { title: text },
    note: 'La collectivité fixe ses impôts, droits et taxes : ses tarifs n’ont pas été relevés.',
  })
}

/** Tax on a first residence permit, at the ordinary rate; the stamp comes on top. */
export const FIRST_PERMIT_FEE: Dated<number> = {
  label: 'Premier titre de séjour, tarif ordinaire',
  unit: 'euros',
  checked: '2026-11-29',
  values: [
    { from: '2026-03-01', value: 300, source: BUDGET_2026, note: BUDGET_NOTE },
    { from: '2021-05-01', value: 200, source: BEFORE },
  ],
}

/** Stamp on every residence permit issued, renewed, changed or copied. */
export const PERMIT_STAMP: Dated<number> = {
  label: 'Droit de timbre d’un titre de séjour',
  unit: 'euros',
  checked: '2026-11-29',
  values: [
    { from: '2026-03-01', value: 50, source: BUDGET_2026, note: BUDGET_NOTE },
    { from: '2021-05-01', value: 25, source: BEFORE },
  ],
}

/** Tax on a foreign driving licence exchanged for a French one. */
export const LICENCE_EXCHANGE_FEE = ruleSince<number>(
  'Échange d’un permis de conduire étranger',
  'euros',
  '2026-11-29',
  { from: '2026-03-01', value: 40, source: BUDGET_2026, note: BUDGET_NOTE },
)
