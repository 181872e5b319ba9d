import { column } from '../cells/column.ts'
import { number } from '../cells/number-cell.ts'
import { period } from '../cells/period-cell.ts'
import { communeColumn } from './figure-columns.ts'
import { figureKind } from './figure-kind.ts'
import { EUROS } from './observation-row.ts'

/** What the State gave each commune for its stations: an amount tells the stations and the requests of the year before. */
export const grants = figureKind({
  figure: 'euros',
  label: 'Dotations pour les titres sécurisés',
  description:
    'Montant versé chaque année à chaque commune équipée (DTS), publié sur Légifrance : il dit ses stations et ses demandes de l’année précédente.',
  columns: {
    period: column('exercice', 'always', period('year'), {
      aliases: 'année | an | annee | year | exercice budgétaire | millésime | période',
      description: 'Année de la dotation.',
      example: '2021',
    }),
    place: communeColumn,
    euros: column('montant', 'always-column', number(EUROS), {
      aliases: 'euros | montant dts | dts | dotation | montant attribué | attribution | amount | valeur',
      description: 'Montant en euros ; vide seulement pour un chiffre retiré.',
      example: '12 130 €',
    }),
  },
  examples: [
    { period: '2021', place: '16015', euros: '48 520' },
    { period: '2021', place: '16102', euros: '12 130 €' },
  ],
  said: ({ euros }) => ({ measure: 'grant', value: euros }),
})
