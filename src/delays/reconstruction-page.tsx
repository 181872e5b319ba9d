import { paths } from '../pure/access/paths.ts'
import { Field, Submit } from '../pure/elements/form-field.tsx'
import { Table } from '../pure/elements/table.tsx'
import { frenchCount, frenchDay, frenchDays, shortQuarter } from '../pure/french/french.ts'
import { TITLE_NAMES } from '../pure/law/title.ts'
import { Page } from '../pure/pages/layout.tsx'
import type { CertTitle } from './delay-now.ts'
import type { Reconstruction, Supposition } from './reconstruction.ts'

interface ReconstructionPageProps {
  placeName: string
  asked: Supposition & { title: CertTitle; stockOn: string }
  told: Reconstruction
  notTold: readonly string[]
  variants: Record<string, { label: string; supposition: Supposition }>
}

/** The past retold with volumes that the reader supposes, beside the published delays. */
export function ReconstructionPage({ placeName, asked, told, notTold, variants }: ReconstructionPageProps) {
  const { title, stockOn, ...supposition } = asked
  const address = (other: Supposition) => paths.reconstruction({ title, stockOn, ...other })
  return (
    <Page
      title="Rejouer le passé"
      path={paths.reconstruction()}
      trail={[{ label: 'Délais', href: paths.delays() }]}
      lead={`${TITLE_NAMES[title]}, ${placeName} : supposez les volumes, la file dit les délais qu’ils auraient donnés. Un bon accord ne prouve pas que l’hypothèse est vraie.`}
    >
      <form class="filters no-print" method="get" action={paths.reconstruction()}>
        <input type="hidden" name="title" value={title} />
        <input type="hidden" name="stockOn" value={stockOn} />
        {SUPPOSED.map(({ name, label, kind, step }) => (
          <Field
            id={name}
            label={label}
            name={name}
            kind={kind}
            value={String(supposition[name])}
            required
            limits={{ step }}
          />
        ))}
        <Submit>Rejouer</Submit>
      </form>
      <Table
        id="reconstitution"
        caption="Le passé avec votre hypothèse, face aux délais publiés : un bon accord ne la prouve pas"
        rows={told.quarters}
        columns={[
          { label: 'Trimestre', cell: row => shortQuarter(row.quarter) },
          { label: 'Publié', figure: row => row.publishedDays, decimals: 1, unit: 'jours' },
          { label: 'Avec votre hypothèse', figure: row => row.days, decimals: 1, unit: 'jours' },
          { label: 'Écart', figure: row => row.gapDays, as: 'gap', unit: 'jours' },
        ]}
        note={`Stock au ${frenchDay(told.stock.day)} : ${frenchCount(Math.round(told.stock.files), 'dossier')}.`}
      />
      <p>
        {told.worstGapDays === undefined
          ? 'Aucun délai publié à comparer.'
          : `Le plus grand écart avec un délai publié est de ${frenchDays(told.worstGapDays)}.`}
      </p>
      <h2>Ce que cela ne dit pas</h2>
      <ul>
        {notTold.map(one => (
          <li>{one}</li>
        ))}
      </ul>
      <h2>Deux histoires déjà écrites</h2>
      <ul>
        {Object.values(variants).map(({ label, supposition: other }) => (
          <li>
            <a href={address(other)}>{label}</a>
          </li>
        ))}
      </ul>
    </Page>
  )
}

const SUPPOSED = [
  { name: 'from', label: 'Premier jour de la file', kind: 'date', step: undefined },
  { name: 'startFiles', label: 'Dossiers en stock ce jour-là', kind: 'number', step: '1' },
  { name: 'startDays', label: 'Âge du plus ancien (jours)', kind: 'number', step: 'any' },
  { name: 'filesPerWorkingDay', label: 'Dossiers traités par jour ouvré', kind: 'number', step: 'any' },
  { name: 'injectionDay', label: 'Jour de l’afflux', kind: 'date', step: undefined },
  { name: 'injectionFiles', label: 'Dossiers entrés d’un coup', kind: 'number', step: '1' },
  { name: 'loadAfterInjection', label: 'Reçus ÷ traités après l’afflux', kind: 'number', step: 'any' },
  { name: 'expressShare', label: 'Part d’une voie rapide (0 à 1)', kind: 'number', step: 'any' },
] as const
