import { demandSource } from '../demand/explanation.ts'
import type { PlaceDemand } from '../demand/place-demand-queries.ts'
import type { PastImport } from '../imports/import-answer.ts'
import type { Network } from '../places/town-hall.ts'
import {
  day,
  type ExportCell,
  number,
  rounded,
  type TableExport,
  tableOf,
  text,
} from '../pure/figures/table-export.ts'
import { shortQuarter } from '../pure/french/french.ts'
import { paperTables } from '../pure/pages/paper.tsx'
import { committeePaper } from './committee-paper.ts'
import type { CommitteeReport } from './committee-report.ts'

/** Projected requests as a table, one row for each place, title and quarter. */
export function demandTable(
  { run, points }: PlaceDemand,
  about: { name: string; placeName: string; filters: string },
): TableExport {
  return {
    name: about.name,
    title: `Demandes attendues, ${about.placeName}`,
    columns: [
      text('lieu', 'Lieu', 'Code du département ou code INSEE de la mairie ; toujours du texte'),
      text('titre', 'Titre', 'cni, passport, ou cni-passport pour leur somme'),
      text('trimestre', 'Trimestre', 'Trimestre, 2027-Q1'),
      text('trimestre_nom', 'Trimestre (affiché)', 'Le même, T1 2027'),
      text('statut', 'Statut', 'observed : observé, sans fourchette ; estimated : estimé'),
      number('moyenne', 'Moyenne', 'Demandes attendues', 1),
      number('p05', 'p05', '5 chances sur 100 d’être en dessous', 1),
      number('p25', 'p25', 'Une chance sur quatre d’être en dessous', 1),
      number('mediane', 'Médiane', 'Une chance sur deux d’être en dessous', 1),
      number('p75', 'p75', 'Une chance sur quatre d’être au-dessus', 1),
      number('p95', 'p95', '5 chances sur 100 d’être au-dessus', 1),
      number(
        'renouvellements',
        'Renouvellements',
        'Part de la moyenne qui vient de titres délivrés plus tôt',
        1,
      ),
      number('autres', 'Autres demandes', 'Part de la moyenne qui vient du reste', 1),
    ],
    rows: points.map(({ place, title, quarter, status, mean, quantiles: q, parts }): ExportCell[] => [
      place,
      title,
      quarter,
      shortQuarter(quarter),
      status,
      ...[mean, q?.p05, q?.p25, q?.p50, q?.p75, q?.p95, parts?.renewals, parts?.other].map(value =>
        rounded(value ?? null),
      ),
    ]),
    origin: [
      { label: 'Contenu', text: 'Demandes de cartes d’identité et de passeports déposées en mairie' },
      { label: 'Filtres', text: about.filters || 'aucun' },
      { label: 'Projection', text: demandSource(run) },
      { label: 'Graine', text: String(run.seed) },
    ],
  }
}

/** The equipped town halls as a table. */
export function townHallTable({ townHalls, expected }: Network, department: string): TableExport {
  return {
    name: `mairies-${department}`,
    title: `Mairies équipées, département ${department}`,
    ...tableOf(townHalls, [
      [text('insee', 'Code INSEE', 'Code de la commune ; toujours du texte'), hall => hall.insee],
      [text('nom', 'Mairie', 'Nom de la commune'), hall => hall.name],
      [
        number('habitants', 'Habitants', 'Population municipale ; vide si inconnue', 0),
        hall => hall.population,
      ],
      [
        number('stations', 'Stations', 'Dispositifs de recueil ; vide si non publié', 0),
        // What a grant tells of them is an estimate: read again, it would be a fact.
        hall => (hall.stationsFrom === 'grant' ? undefined : hall.stations),
      ],
      [
        text('rendez_vous', 'Rendez-vous', 'sur rendez-vous, ou sans rendez-vous'),
        hall => (hall.withoutAppointment ? 'sans rendez-vous' : 'sur rendez-vous'),
      ],
      [day('ouverte_le', 'Ouverte le', 'Premier jour, s’il est connu'), hall => hall.openedOn],
      [day('fermee_le', 'Fermée le', 'Dernier jour ; vide tant qu’elle fonctionne'), hall => hall.closedOn],
      [number('latitude', 'Latitude', 'Degrés nord (WGS 84)', 4), hall => hall.lat],
      [number('longitude', 'Longitude', 'Degrés est (WGS 84)', 4), hall => hall.lon],
      [
        text('etat', 'État', 'confirmée par une source, ou à confirmer'),
        hall => (hall.status === 'confirmed' ? 'confirmée' : 'à confirmer'),
      ],
      [text('source', 'Source', 'Qui la nomme'), hall => hall.source.publisher],
      [text('document', 'Document', 'Document qui la nomme'), hall => hall.source.document],
    ]),
    origin: [
      { label: 'Contenu', text: 'Mairies où l’on dépose une demande de carte d’identité ou de passeport' },
      {
        label: 'Complétude',
        text:
          expected === undefined
            ? `${townHalls.length} nommées ; nombre total non publié`
            : `${townHalls.length} nommées sur ${expected} annoncées`,
      },
    ],
  }
}

/** The files imported, the last first. */
export function importTable(imports: readonly PastImport[]): TableExport {
  return {
    name: 'imports',
    title: 'Fichiers importés',
    ...tableOf(imports, [
      [number('numero', 'Numéro', 'Ordre d’arrivée', 0), one => one.release],
      [text('type', 'Type', 'Type de fichier'), one => one.kind],
      [text('nature', 'Nature', 'initial, revision, correction ou methodology'), one => one.releaseKind],
      [text('editeur', 'Éditeur', 'Qui publie les chiffres'), one => one.publisher],
      [text('document', 'Document', 'Document d’où ils viennent'), one => one.document],
      [text('fichier', 'Fichier', 'Nom du fichier reçu'), one => one.fileName],
      [day('publie_le', 'Publié le', 'Jour de publication'), one => one.publishedOn],
      [text('enregistre_le', 'Enregistré le', 'Instant de l’enregistrement'), one => one.recordedAt],
      [text('enregistre_par', 'Enregistré par', 'Qui a importé le fichier'), one => one.recordedBy],
      [number('lignes', 'Lignes', 'Lignes du fichier', 0), one => one.rows],
    ]),
    origin: [{ label: 'Contenu', text: 'Chaque fichier reçu, gardé octet pour octet' }],
  }
}

/** The tables of a committee's report as sheets of a workbook: those of the document, as values. */
export function committeeExports(report: CommitteeReport): TableExport[] {
  const origin = [
    { label: 'Situation au', text: report.asOf },
    { label: 'Dernière publication reprise', text: report.lastPublishedOn ?? 'aucune' },
    { label: 'Sources', text: report.sources.join(' ; ') },
  ]
  return paperTables(committeePaper(report)).map(({ id, caption, note, columns, rows }) => ({
    name: `comite-${report.place.code}-${report.year}-${id.replace(/^comite-/, '')}`,
    title: caption,
    columns,
    rows,
    origin: [...origin, ...(note === undefined ? [] : [{ label: 'Remarque', text: note }])],
  }))
}
