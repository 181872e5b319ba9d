import { paths } from '../pure/access/paths.ts'
import { PUBLIC_THRESHOLD } from '../pure/disclosure/volume-table.ts'
import { Choice, Field, Submit } from '../pure/elements/form-field.tsx'
import { Outcome } from '../pure/elements/message.tsx'
import { Table } from '../pure/elements/table.tsx'
import { frenchInstant, frenchShortNumber } from '../pure/french/french.ts'
import { figureName } from '../pure/pages/figure-history.tsx'
import { Page } from '../pure/pages/layout.tsx'
import type { GivenAway, SourceThreshold } from './threshold-queries.ts'

interface ThresholdsPageProps {
  sources: readonly SourceThreshold[]
  /** Secret figures that nothing protects any more; told to administrators. */
  lost: readonly GivenAway[]
  placeName: (code: string) => string
  decides: boolean
  done?: string | undefined
  fault?: string | undefined
}

/** Under which number the public does not read the volumes of each publisher, and the form that decides it. */
export function ThresholdsPage(props: ThresholdsPageProps) {
  const { sources, lost, placeName, decides, done, fault } = props
  return (
    <Page
      title="Secret des petits nombres"
      path={paths.data()}
      trail={[{ label: 'Données', href: paths.data() }]}
      lead={`Le public ne lit pas les volumes de 1 à ${PUBLIC_THRESHOLD - 1}, ni ceux qui les trahiraient par différence. Un administrateur peut choisir un autre seuil pour une source.`}
    >
      <Outcome done={done} refused="Le seuil n’a pas changé" fault={fault} />
      <Table
        id="seuils"
        caption="Seuil de chaque source"
        rows={sources}
        empty="Aucune source : importez un fichier."
        columns={[
          { label: 'Source', cell: source => source.publisher },
          {
            label: 'Seuil',
            cell: ({ threshold, usual }) => `${frenchShortNumber(threshold, 0)}${usual ? ' (d’usage)' : ''}`,
            file: [
              { value: ({ threshold }) => threshold, type: 'number' },
              { label: 'Seuil d’usage', value: ({ usual }) => (usual ? 'oui' : 'non') },
            ],
            numeric: true,
          },
          { label: 'Chiffres secrets', figure: ({ hidden }) => hidden },
          {
            label: 'Décision',
            cell: ({ decidedAt, decidedBy, reason }) =>
              decidedAt === null ? '–' : `${frenchInstant(decidedAt)}, compte ${decidedBy} : ${reason}`,
          },
        ]}
      />
      {decides && (
        <>
          <h2>Secrets que rien ne protège plus</h2>
          <Table
            id="perdus"
            caption="Petits nombres que des publications antérieures laissent calculer"
            rows={lost}
            empty="Aucun : rien de ce qui est caché ne se déduit de ce qui est publié."
            columns={[
              { label: 'Chiffre', cell: figure => figureName(figure, placeName) },
              { label: 'Détail', cell: ({ variant }) => variant || '–' },
            ]}
          />
          <h2>Choisir le seuil d’une source</h2>
          <p>
            Un seuil plus haut cache aussi ce qui est déjà publié, que certains ont pu lire. Un seuil plus bas
            ne montre rien de ce qui fut caché : un chiffre secret le reste.
          </p>
          <form method="post" action={paths.thresholds()}>
            <Choice
              label="Source"
              name="publisher"
              options={sources.map(({ publisher, threshold }) => ({
                value: publisher,
                label: `${publisher} (seuil ${frenchShortNumber(threshold, 0)})`,
              }))}
            />
            <Field
              label="Seuil"
              hint={`De 1, qui ne cache rien, à 1 000 ; vide pour revenir à ${PUBLIC_THRESHOLD}.`}
              name="threshold"
              kind="number"
              limits={{ min: 1, max: 1000 }}
            />
            <Field
              label="Motif"
              hint="Ce que dira le registre des décisions."
              name="reason"
              required
              limits={{ maxlength: 500 }}
            />
            <p>
              <Submit>Appliquer ce seuil</Submit>
            </p>
          </form>
        </>
      )}
    </Page>
  )
}
