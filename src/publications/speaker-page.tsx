import { ROLE_NAMES } from '../pure/access/identity.ts'
import { paths } from '../pure/access/paths.ts'
import { Choice, Field, Submit } from '../pure/elements/form-field.tsx'
import { Outcome } from '../pure/elements/message.tsx'
import { Table } from '../pure/elements/table.tsx'
import { frenchInstant } from '../pure/french/french.ts'
import { Page } from '../pure/pages/layout.tsx'
import type { Speaker } from './speaker-queries.ts'

interface SpeakersPageProps {
  speakers: readonly Speaker[]
  placeName: (code: string) => string
  decides: boolean
  done?: string | undefined
  fault?: string | undefined
}

const SPEAKING_ROLES = ['town-hall', 'cert', 'prefecture'] as const

/** Who may bring files in the name of each publisher, and the form that decides it. */
export function SpeakersPage({ speakers, placeName, decides, done, fault }: SpeakersPageProps) {
  return (
    <Page
      title="Qui parle au nom de qui"
      path={paths.data()}
      trail={[{ label: 'Données', href: paths.data() }]}
      lead="Un fichier n’est reçu au nom d’une source que de ceux qui parlent pour elle : ceux qui ont employé ce nom les premiers, et ceux à qui un administrateur l’a accordé. Une révision ne change que les chiffres que la même source a publiés les premiers."
    >
      <Outcome done={done} refused="Rien n’a changé" fault={fault} />
      <Table
        id="emetteurs"
        caption="Qui apporte des fichiers au nom de chaque source"
        rows={speakers}
        empty="Personne encore : les administrateurs parlent pour toutes les sources."
        columns={[
          { label: 'Source', cell: speaker => speaker.publisher },
          { label: 'Rôle', cell: speaker => ROLE_NAMES[speaker.role] },
          { label: 'Lieu', cell: speaker => placeName(speaker.place) },
          { label: 'Depuis le', cell: speaker => frenchInstant(speaker.decidedAt) },
          { label: 'Motif', cell: speaker => speaker.reason ?? 'premier emploi du nom' },
        ]}
      />
      {decides && (
        <>
          <h2>Accorder ou retirer</h2>
          <form method="post" action={paths.speakers()}>
            <Field
              label="Source"
              hint="Son nom tel que l’écrivent ses fichiers."
              name="publisher"
              required
              limits={{ maxlength: 200 }}
            />
            <Choice
              label="Rôle"
              name="role"
              options={SPEAKING_ROLES.map(role => ({ value: role, label: ROLE_NAMES[role] }))}
            />
            <Field
              label="Lieu"
              hint="Code du département, ou code INSEE de la commune."
              name="place"
              required
              limits={{ maxlength: 5 }}
            />
            <Choice
              label="Décision"
              name="speaks"
              options={[
                { value: 'oui', label: 'Parle au nom de cette source' },
                { value: 'non', label: 'Ne parle plus au nom de cette source' },
              ]}
            />
            <Field label="Motif" name="reason" required limits={{ maxlength: 500 }} />
            <p>
              <Submit>Appliquer</Submit>
            </p>
          </form>
        </>
      )}
    </Page>
  )
}
