import type { Permit } from '../../pure/law/residence-permit.ts'
import { column } from '../cells/column.ts'
import { flawed } from '../cells/fault.ts'
import { namesIn } from '../cells/name.ts'
import { number } from '../cells/number-cell.ts'
import { period } from '../cells/period-cell.ts'
import { readBoolean, words } from '../cells/word-cell.ts'
import { communeColumn, placeColumn, titleColumn } from './figure-columns.ts'
import { figureKind } from './figure-kind.ts'
import { COUNT } from './observation-row.ts'

/** Requests that a town hall received. */
export const applications = figureKind({
  figure: 'count',
  label: 'Demandes reçues en mairie',
  description: 'Demandes de titres reçues par chaque mairie équipée, par mois.',
  columns: {
    period: column('mois', 'always', period('month'), {
      aliases: 'month | période | period | date | jour | semaine | trimestre | semestre | année scolaire',
      description: 'Mois.',
      example: '2022-03',
    }),
    place: communeColumn,
    title: titleColumn,
    count: column('demandes', 'always-column', number(COUNT), {
      aliases: 'applications | requests | nombre | nombre de demandes | dossiers | valeur | value',
      description: 'Nombre de demandes recueillies dans le mois ; vide seulement pour un chiffre retiré.',
      example: '412',
    }),
  },
  examples: [
    { period: '2022-03', place: '16015', title: 'CNI', count: '412' },
    { period: '2022-03', place: '16015', title: 'passeport', count: '388' },
  ],
  said: ({ title, count }) => ({ measure: 'applications', title, value: count }),
})

const PERMIT_WORDS: Record<Permit, string> = {
  temporary: 'carte temporaire | temporaire | carte de séjour temporaire | CST | VLS-TS',
  pluriannual: 'carte pluriannuelle | pluriannuelle | carte de séjour pluriannuelle | CSP',
  'intra-company': 'salarié détaché ICT | ICT',
  seasonal: 'travailleur saisonnier | saisonnier',
  student: 'étudiant | carte étudiant | étudiants',
  resident: 'carte de résident | résident | dix ans | 10 ans | carte de dix ans',
  algerian: 'certificat de résidence algérien | certificat de résidence | algérien | CRA',
  refugee: 'réfugié | carte de résident réfugié | réfugiés',
  subsidiary: 'protection subsidiaire | bénéficiaire de la protection subsidiaire',
  retired: 'retraité | carte retraité',
  'withdrawal-agreement':
    'article 50, cinq ans | article 50 cinq ans | accord de retrait, cinq ans | Brexit cinq ans',
  'withdrawal-agreement-permanent':
    'article 50, dix ans | article 50 dix ans | accord de retrait, séjour permanent | Brexit dix ans',
}
/** Everything that kinds of permits are called: heads of columns may be some. */
export const PERMIT_NAMES: readonly string[] = Object.values(PERMIT_WORDS).flatMap(namesIn)

const { flaw: NOT_A_PERMIT } = flawed(
  'unexpected-value',
  'Un type de carte n’est dit que d’un titre de séjour.',
  'Videz la cellule, ou écrivez « titre de séjour (renouvellement) » comme titre.',
)

/** Titles issued, by validity class: what comes back when they expire. */
export const titlesIssued = figureKind({
  figure: 'count',
  label: 'Titres délivrés',
  description: 'Titres délivrés par mois ou par an, avec leur durée de validité quand elle est connue.',
  columns: {
    period: column('période', 'always', period('month', 'year'), {
      aliases: 'period | mois | month | année | an | exercice | year | date',
      description: 'Mois ou année.',
      example: '2021',
    }),
    place: placeColumn,
    title: titleColumn,
    validity: column('validité', 'optional', number({ min: 1, max: 20, integer: true, unit: /\s*ans?$/i }), {
      aliases: 'validity | durée | durée de validité | validité (ans) | années',
      description: 'Durée de validité en années ; vide pour tous les titres ensemble.',
      example: '10',
    }),
    minors: column('mineurs', 'optional', readBoolean, {
      aliases: 'minors | mineur',
      description: 'Oui pour les titres de mineurs, non pour ceux d’adultes, vide pour les deux ensemble.',
      example: 'non',
    }),
    kind: column('type de carte', 'optional', words(PERMIT_WORDS), {
      aliases:
        'kind | type de carte de séjour | carte de séjour | type de titre de séjour | nature de la carte',
      description: 'Pour un titre de séjour : le type de carte, dont dépend sa durée.',
      example: 'carte de résident',
    }),
    count: column('titres', 'always-column', number(COUNT), {
      aliases: 'issued | titles | nombre | nombre de titres | délivrés | titres délivrés | valeur | value',
      description: 'Nombre de titres délivrés ; vide seulement pour un chiffre retiré.',
      example: '24 500',
    }),
  },
  examples: [
    {
      period: '2021',
      place: '16',
      title: 'passeport',
      validity: '10',
      minors: 'non',
      count: '9 800',
      status: 'estimé',
    },
    {
      period: '2021',
      place: '16',
      title: 'passeport',
      validity: '5',
      minors: 'oui',
      count: '3 150',
      status: 'estimé',
    },
  ],
  said({ title, validity, minors, kind, count }, reject) {
    if (kind !== undefined && !title.startsWith('residence-')) reject(NOT_A_PERMIT, 'kind')
    const variant = [
      validity && `validity=${validity}`,
      minors === undefined ? '' : minors ? 'minors' : 'adults',
      kind && `kind=${kind}`,
    ]
    return { measure: 'titles-issued', title, variant: variant.filter(Boolean).join(';'), value: count }
  },
})
