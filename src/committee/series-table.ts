import { CLOCKS } from '../pure/figures/measure.ts'
import type { QuarterlySeries } from '../pure/figures/quarterly-series.ts'
import { day, number, type TableExport, text } from '../pure/figures/table-export.ts'
import { shortQuarter } from '../pure/french/french.ts'
import { TITLE_NAMES } from '../pure/law/title.ts'

/** Published delays or waits as a table, one row for each figure in force. */
export function seriesTable(
  series: readonly QuarterlySeries[],
  about: { name: string; title: string; filters: string },
): TableExport {
  const points = series.flatMap(one => one.points)
  const last = points
    .map(point => point.source.publishedOn)
    .sort()
    .at(-1)
  return {
    name: about.name,
    title: about.title,
    columns: [
      text('lieu', 'Lieu', 'Code du département, code INSEE de la commune ou FR ; toujours du texte'),
      text('titre', 'Titre', 'Code du titre : cni-passport, driving-licence… ; vide quand il n’y en a pas'),
      text('titre_nom', 'Nom du titre', 'Nom du titre en français'),
      text('trimestre', 'Trimestre', 'Trimestre, 2021-Q1'),
      text('trimestre_nom', 'Trimestre (affiché)', 'Le même, T1 2021'),
      number('jours', 'Jours', 'Délai ou attente, dans l’unité dite par « unite »', 2),
      number(
        'objectif_jours',
        'Objectif (jours)',
        'Objectif imprimé avec la valeur ; vide quand il n’y en a pas',
        0,
      ),
      text('unite', 'Unité', 'Jours calendaires, ouvrés, ou non précisés par la source'),
      text('statistique', 'Statistique', 'Moyenne, médiane…, comme la source le dit'),
      text('methode', 'Méthode', 'Tel que publié, ou moyenne des mois'),
      text('horloge', 'Ce qui est mesuré', 'De quand à quand le délai est compté'),
      text(
        'statut',
        'Statut',
        'observed : observé ; derived : calculé ; estimated : estimé ; censored : au moins ; at-most : au plus',
      ),
      number(
        'surcharge_pct',
        'Surcharge déduite (%)',
        'Demandes au-delà de la capacité, déduites de la pente du délai',
        2,
      ),
      text(
        'autres_valeurs',
        'Autres valeurs publiées',
        'Valeurs que rien n’a remplacées, séparées par une barre',
      ),
      text('source', 'Source', 'Qui publie'),
      text('document', 'Document', 'Document d’où vient la valeur'),
      text('emplacement', 'Où dans le document', 'Section, diapositive, adresse'),
      day('publie_le', 'Publié le', 'Jour de publication'),
    ],
    rows: series.flatMap(one =>
      one.points.map(point => [
        one.place,
        one.title,
        one.title === '' ? '' : TITLE_NAMES[one.title],
        point.quarter,
        shortQuarter(point.quarter),
        point.days,
        one.targetDays ?? undefined,
        point.unit,
        point.statistic,
        point.method,
        CLOCKS[point.clock],
        point.status,
        point.impliedOverloadPct ?? undefined,
        point.conflicts.map(conflict => conflict.days).join(' | '),
        point.source.publisher,
        point.source.document,
        point.source.locator,
        point.source.publishedOn,
      ]),
    ),
    origin: [
      { label: 'Contenu', text: about.title },
      { label: 'Filtres', text: about.filters || 'aucun' },
      { label: 'Dernière publication reprise', text: last ?? 'aucune' },
      {
        label: 'Sources',
        text:
          [...new Set(points.map(point => `${point.source.publisher}, ${point.source.document}`))].join(
            ' ; ',
          ) || 'aucune',
      },
    ],
  }
}
