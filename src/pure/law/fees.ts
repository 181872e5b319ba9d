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

/** Stamp duty of a passport, in metropolitan France and in the departments overseas but one. */
export const PASSPORT_FEES = ruleSince<PassportFees>('Prix du passeport', 'euros', '2026-11-29', {
  from: '2021-09-30',
  value: { adult: 86, adolescent: 42, child: 17 },
  source: DILA,
  note: 'Le jour est celui d’une vérification de la page ; le tarif est plus ancien. Il diffère en Guyane et à l’étranger.',
})

/** The same in French Guiana, for whoever brings a photograph. */
const PASSPORT_FEES_GUIANA = ruleSince<PassportFees>('Prix du passeport, en Guyane', 'euros', '2026-11-30', {
  from: '2021-09-30',
  value: { adult: 43, adolescent: 21, child: 8.5 },
  source: DILA,
  note: 'La moitié du tarif général, photo fournie. Le jour est celui de la vérification du tarif général.',
})

/** Stamp duty of an identity card that cannot be handed back, lost or stolen; another card is free. */
export const LOST_CARD_FEE = ruleSince<number>('Carte d’identité perdue ou volée', 'euros', '2026-11-29', {
  from: '2009-01-01',
  value: 25,
  source: { title: 'Code général des impôts, article 1628 bis' },
  note: 'La carte est gratuite quand l’ancienne est présentée.',
})

/** The same in French Guiana. */
const LOST_CARD_FEE_GUIANA = ruleSince<number>(
  'Carte d’identité perdue ou volée, en Guyane',
  'euros',
  '2026-11-30',
  {
    from: '2009-01-01',
    value: 12.5,
    source: {
      title: 'Code général des impôts, articles 1628 bis et 1043 A',
      href: 'https://www.service-public.gouv.fr/particuliers/vosdroits/F33805',
    },
    note: 'La moitié du tarif général (fiche F33805, vérifiée le 27 mars 2026).',
  },
)

/** What those who ask for a title in a department pay. */
interface LocalFees {
  passport: Dated<PassportFees>
  lostCard: Dated<number>
}

const GENERAL: LocalFees = { passport: PASSPORT_FEES, lostCard: LOST_CARD_FEE }
/** Departments whose tariff is their own; nothing for the collectivities that levy their own duties, not recorded here. */
const OWN: Readonly<Record<string, LocalFees | undefined>> = {
  '973': { passport: PASSPORT_FEES_GUIANA, lostCard: LOST_CARD_FEE_GUIANA },
  ...Object.fromEntries(['975', '977', '978', '986', '987', '988'].map(code => [code, undefined])),
}
/** Every tariff of passports and lost cards that was recorded. */
export const KNOWN_FEES = [GENERAL, OWN['973']!]

/** What passports and lost cards cost in a department; `undefined` where it is set there and was not recorded. */
export function feesIn(department: string): LocalFees | undefined {
  return department in OWN ? OWN[department] : GENERAL
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
