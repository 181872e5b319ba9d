import { ruleSince } from './dated.ts'

/** Validity of the passport of an adult, by day of issue. */
export const ADULT_PASSPORT_YEARS = ruleSince<number>(
  'Validité du passeport d’un majeur',
  'année',
  '2026-11-23',
  {
    from: '2001-03-01',
    value: 10,
    source: {
      title: 'Décret n° 2005-1726 du 30 décembre 2005 ; dix ans depuis le 1er mars 2001 (PagesJaunes)',
      href: 'https://formalites-administratives.pagesjaunes.fr/astuce/voir/364627/delivrance-passeport',
    },
  },
)

/** Validity of the passport of a minor, by day of issue. */
export const MINOR_PASSPORT_YEARS = ruleSince<number>(
  'Validité du passeport d’un mineur',
  'année',
  '2026-11-23',
  {
    from: '2005-12-30',
    value: 5,
    source: {
      title: 'Décret n° 2005-1726 du 30 décembre 2005 relatif aux passeports',
      href: 'http://www.legifrance.gouv.fr/affichTexte.do?cidTexte=LEGITEXT000018763666&dateTexte=vig',
    },
  },
)

/** Validity of a passport issued in an emergency. */
export const EMERGENCY_PASSPORT_YEARS = ruleSince<number>(
  'Validité du passeport délivré en urgence',
  'année',
  '2026-11-23',
  {
    from: '2009-01-01',
    value: 1,
    source: { title: 'Linternaute (décret de 2008)' },
    note: 'Le jour de 2008 n’a pas été relevé : la règle est tenue pour sûre à partir de 2009.',
  },
)

/** Whether a passport made to correct another one keeps the last day of the other. */
export const CORRECTION_KEEPS_END = ruleSince<boolean>(
  'Un passeport rectifié garde la date de fin de l’ancien',
  'règle',
  '2026-11-23',
  {
    from: '2009-06-29',
    value: true,
    source: {
      title: 'Mairie de Saint-Thibault-des-Vignes (état civil, adresse, pages pleines)',
      href: 'https://saintthibaultdesvignes.fr/?p=24559',
    },
    note: 'La date est celle de la généralisation du passeport biométrique, dont parle la page.',
  },
)
