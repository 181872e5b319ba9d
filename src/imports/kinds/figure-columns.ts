import type { Status } from '../../pure/figures/measure.ts'
import { column } from '../cells/column.ts'
import { readDay } from '../cells/day-cell.ts'
import { readCommune, readPlace, readPlaceOrCert } from '../cells/place-cell.ts'
import { readTitle, textColumn, words } from '../cells/word-cell.ts'

const COMMUNE_NAMES =
  'insee | code insee | code commune | code | codgeo | town | mairie | ville | nom de la commune | nom commune | libgeo'

/** The commune of a row, by its INSEE code. */
export const communeColumn = column('commune', 'always', readCommune, {
  aliases: COMMUNE_NAMES,
  description: 'Code INSEE de la commune, 5 caractères en texte.',
  example: '16015',
})

const PLACE_NAMES = `place | territoire | département | code lieu | code département | commune
  | nom de la mairie | ${COMMUNE_NAMES}`

/** Where a figure applies. */
export const placeColumn = column('lieu', 'unless-default-place', readPlace, {
  aliases: PLACE_NAMES,
  description: 'Code du département (16, 2A, 971), code INSEE d’une commune, ou FR.',
  example: '16',
})

/** Where a delay applies: files are examined at a centre, for a department. */
export const placeOrCertColumn = column('lieu', 'unless-default-place', readPlaceOrCert, {
  aliases: `${PLACE_NAMES} | cert | centre | code du cert`,
  description: `${placeColumn.description.slice(0, -1)} ; ou code d’un centre : cert-16 est celui qui est supposé pour un département.`,
  example: '16',
})

/** The title of a figure that always has one. */
export const titleColumn = column('titre', 'always', readTitle, {
  aliases: `title | type de titre | nature du titre | titre demandé | type de demande | démarche | procédure
    | type | nature | code titre`,
  description: 'Titre concerné, par son code ou son nom français.',
  example: 'passeport',
})

/** Where in the document the row comes from. */
export const locatorColumn = textColumn('origine', 'optional', 500, {
  aliases: 'locator | où | où dans le document | emplacement | page | référence | origin',
  description: 'Endroit exact du document : page, diapositive, tableau.',
  example: 'diapositive 12',
})

/** Who publishes the figures, in which document, and when: the same on every line, as the exports of this service say it. */
export const originColumns = {
  publisher: textColumn('source', 'optional', 200, {
    aliases: 'publisher | éditeur | qui publie',
    description: 'Qui publie les chiffres, quand la tête du fichier ne le dit pas.',
    example: 'Préfecture de la Charente',
  }),
  document: textColumn('document', 'optional', 500, {
    aliases: 'titre du document',
    description: 'Document d’où viennent les chiffres, quand la tête du fichier ne le dit pas.',
    example: 'Comité local des usagers',
  }),
  publishedOn: column('publié le', 'optional', readDay, {
    aliases: 'published on | date de publication',
    description: 'Jour de publication, quand la tête du fichier ne le dit pas.',
    example: '2022-04-05',
  }),
}

/** What is known of the value. */
export const statusColumn = column(
  'statut',
  'optional',
  words<Status>({
    observed: 'observé | constaté | réel | publié',
    derived: 'calculé | dérivé | déduit',
    estimated: 'estimé | estimation | provisoire',
    censored: 'censuré | au moins | borne basse',
    'at-most': 'au plus | moins de | borne haute',
    withdrawn: 'retiré | annulé',
  }),
  {
    aliases: 'status | état | borne',
    description:
      'Observé (par défaut), calculé, estimé, censuré (au moins cette valeur), au plus (moins de cette valeur) ou retiré (valeur vide).',
    example: 'observé',
  },
)
