import type { Day } from '../calendar/day.ts'
import type { Dated, DatedValue, Source } from './dated.ts'

const DECREE_2013: Source = {
  title: 'Décret n° 2013-1188 du 18 décembre 2013, art. 2 (modifie le décret n° 55-1397, art. 1)',
  href: 'https://www.lexbase.fr/index/source-document/9227110-decret-2013118-01022013',
}
const DECREE_2021: Source = {
  title: 'Décret n° 2021-279 du 13 mars 2021 (ramène à dix ans la durée de validité)',
  href: 'https://www.legifrance.gouv.fr/jorf/id/JORFTEXT000043246707',
}

/** How long a card lives: the years printed on it, and those that a later text added without reprinting it. */
export interface CardTerm {
  printedYears: number
  addedYears: number
}

/** Validity of the card of an adult, by day of issue. The local roll-out of the new card comes before the last value. */
export const ADULT_CARD_TERM: Dated<CardTerm> = {
  label: 'Validité de la carte d’identité d’un majeur',
  unit: 'année',
  checked: '2026-11-23',
  values: [
    { from: '2021-08-02', value: { printedYears: 10, addedYears: 0 }, source: DECREE_2021 },
    { from: '2014-01-01', value: { printedYears: 15, addedYears: 0 }, source: DECREE_2013 },
    {
      from: '2004-01-02',
      value: { printedYears: 10, addedYears: 5 },
      source: DECREE_2013,
      note: 'Cinq ans de plus sans démarche pour toute carte sécurisée de majeur encore valide au 1er janvier 2014 ; la date imprimée ne change pas.',
    },
    {
      from: '1995-01-01',
      value: { printedYears: 10, addedYears: 0 },
      source: DECREE_2013,
      note: 'Carte sécurisée, lancée en 1995 ; échue avant le 1er janvier 2014, elle n’a pas été prolongée.',
    },
  ],
}

/** Validity of the card of a minor, by day of issue: never extended. */
export const MINOR_CARD_YEARS: Dated<number> = {
  label: 'Validité de la carte d’identité d’un mineur',
  unit: 'année',
  checked: '2026-11-23',
  values: [
    { from: '2021-08-02', value: 10, source: DECREE_2021 },
    {
      from: '1995-01-01',
      value: 10,
      source: DECREE_2013,
      note: 'La prolongation de cinq ans ne concerne pas les cartes délivrées à un mineur.',
    },
  ],
}

/** Departments that began to make the electronic card on a day, or all those that remained. */
export type RollOutWave = readonly string[] | 'everywhere'

/** Days on which departments began to make the electronic card, for the applications filed from that day. */
export const NEW_CARD_ROLL_OUT: Dated<RollOutWave> = {
  label: 'Déploiement de la carte d’identité électronique',
  unit: 'département',
  checked: '2026-11-23',
  values: [
    {
      from: '2021-08-02',
      value: 'everywhere',
      source: {
        title: 'Règlement (UE) 2019/1157, applicable depuis le 2 août 2021',
        href: 'https://eur-lex.europa.eu/legal-content/FR/LSU/?uri=LEGISSUM%3A4407256',
      },
    },
    {
      from: '2021-06-28',
      value: [
        ...['2A', '2B', '04', '05', '06', '13', '83', '84'],
        ...['09', '11', '12', '30', '31', '32', '34', '46', '48', '65', '66', '81', '82'],
        ...['01', '03', '07', '15', '26', '38', '42', '43', '63', '69', '73', '74'],
      ],
      source: {
        title: 'CNews, 16 mars 2021 (calendrier annoncé : Corse, PACA, Occitanie, Auvergne-Rhône-Alpes)',
        href: 'https://www.cnews.fr/france/2021-03-16/la-nouvelle-carte-didentite-lancee-aujourdhui-1058670',
      },
    },
    {
      from: '2021-06-14',
      value: [
        ...['16', '17', '19', '23', '24', '33', '40', '47', '64', '79', '86', '87'],
        ...['22', '29', '35', '56', '36', '37', '44', '49', '53', '72', '85'],
      ],
      source: {
        title: 'Alouette, 14 juin 2021 (nomme la Charente et dix-sept autres départements)',
        href: 'https://www.alouette.fr/news/la-nouvelle-carte-d-identite-disponible-dans-35-nouveaux-departements-12113',
      },
      note: 'Toute la Nouvelle-Aquitaine bascule ce jour-là (amg33.fr, 18 juin 2021). La presse compte 35 départements ; ceux qu’aucune source lue ne nomme manquent ici.',
    },
    {
      from: '2021-03-29',
      value: ['76', '974'],
      source: {
        title: 'CNews, 16 mars 2021 (Seine-Maritime et La Réunion)',
        href: 'https://www.cnews.fr/france/2021-03-16/la-nouvelle-carte-didentite-lancee-aujourdhui-1058670',
      },
    },
    {
      from: '2021-03-15',
      value: ['60'],
      source: {
        title: 'Eyjeaux, 17 juin 2021 (déploiement depuis le 15 mars), CNews, 16 mars 2021 (par l’Oise)',
        href: 'https://eyjeaux.com/Actualites/444/La-nouvelle-carte-d-identite-arrive-en-Haute-Vienne',
      },
      note: 'CNews donne le 16 mars, jour de l’inauguration.',
    },
  ],
}

/** First of the two waves (17 and 31 May 2021) whose departments no source read names. */
const FIRST_UNNAMED_WAVE: Day = '2021-05-17'

/**
 * Whether a card applied for on a day in a department is of the new, electronic format; `undefined` when the
 * sources do not tell (department not given, or in a wave that no source names).
 */
export function isNewCard(appliedOn: Day, department: string | undefined): boolean | undefined {
  const rule = newCardRule(department)
  if (rule !== undefined && rule.value !== 'everywhere') return appliedOn >= rule.from
  const { from: everywhere } = NEW_CARD_ROLL_OUT.values[0]
  if (appliedOn >= everywhere) return true
  const firstDoubt = department === undefined ? NEW_CARD_ROLL_OUT.values.at(-1)!.from : FIRST_UNNAMED_WAVE
  return appliedOn < firstDoubt ? false : undefined
}

/** The wave in which a department changed to the new card: the last one when no source names it. */
export function newCardRule(department: string | undefined): DatedValue<RollOutWave> {
  const named = NEW_CARD_ROLL_OUT.values.find(
    wave => wave.value !== 'everywhere' && department !== undefined && wave.value.includes(department),
  )
  return named ?? NEW_CARD_ROLL_OUT.values[0]
}

/** Last day on which a card of the old format lets its holder travel in the European Union. */
export const OLD_CARD_TRAVEL_END: Dated<Day> = {
  label: 'Fin des voyages dans l’Union avec une carte d’ancien format',
  unit: 'jour',
  checked: '2026-11-23',
  values: [
    {
      from: '2025-06-12',
      value: '2031-08-03',
      source: {
        title: 'Règlement (UE) 2025/1208, qui remplace le règlement (UE) 2019/1157',
        href: 'https://eur-lex.europa.eu/legal-content/FR/TXT/?uri=CELEX:32025R1208',
      },
      note: 'Le jour du 3 août 2031 n’y a pas été relu : il est celui du texte remplacé, dont les effets sont maintenus.',
    },
    {
      from: '2021-08-02',
      value: '2031-08-03',
      source: {
        title: 'Règlement (UE) 2019/1157, art. 5 (à l’expiration, ou au plus tard le 3 août 2031)',
        href: 'https://eur-lex.europa.eu/legal-content/FR/LSU/?uri=LEGISSUM%3A4407256',
      },
      note: 'Des pages françaises impriment le 2 ou le 31 août 2031. En France, la carte continue de prouver l’identité jusqu’à sa fin.',
    },
  ],
}

/** Whether an adult may exchange an old card that is still valid, for the sake of the digital identity. */
export const EARLY_RENEWAL: Dated<boolean> = {
  label: 'Renouvellement anticipé d’une carte d’ancien format encore valide',
  unit: 'droit',
  checked: '2026-11-23',
  values: [
    {
      from: '2025-03-31',
      value: true,
      source: {
        title: 'WEO (depuis le lundi 31 mars 2025), Maire-info du 2 avril 2025',
        href: 'https://weo.fr/article/carte-d-identite-il-est-desormais-possible-de-demander-le-nouveau-format-meme-avant-lexpiration-de-lancienne',
      },
      note: 'Majeur capable, gratuit, contre remise de l’ancienne carte. Le numéro du texte n’a pas été trouvé.',
    },
    {
      from: '2021-03-15',
      value: false,
      source: {
        title: 'Que Choisir (expiration, perte ou vol, détérioration, changement d’état civil ou d’adresse)',
        href: 'https://quechoisir.org/actualite-nouvelle-carte-d-identite-vos-questions-nos-reponses-n92884',
      },
    },
  ],
}

/** The term of the card of an adult; `undefined` for a day before the first value. An old card never has the new term. */
export function adultCardTerm(issuedOn: Day, isNew: boolean): DatedValue<CardTerm> | undefined {
  const [newTerm, ...oldTerms] = ADULT_CARD_TERM.values
  return isNew ? newTerm : oldTerms.find(term => term.from <= issuedOn)
}
