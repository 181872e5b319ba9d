import { ROLE_NAMES } from '../pure/access/identity.ts'
import { paths } from '../pure/access/paths.ts'
import { Alert } from '../pure/elements/message.tsx'
import { Table } from '../pure/elements/table.tsx'
import { frenchInstant } from '../pure/french/french.ts'
import { Page, type Site } from '../pure/pages/layout.tsx'
import type { Speaker } from './speaker-queries.ts'

interface SpeakersPageProps {
  site: Site
  speakers: readonly Speaker[]
  placeName: (code: string) => string
  /** Whether who asks may decide. */
  decides: boolean
  done?: string | undefined
  fault?: string | undefined
}

const SPEAKING_ROLES = ['town-hall', 'cert', 'prefecture'] as const

/** Who may bring files in the name of each publisher, and the form that decides it. */
export function SpeakersPage({ site, speakers, placeName, decides, done, fault }: SpeakersPageProps) {
  return (
    <Page
      site={site}
      title="Qui parle au nom de qui"
      path={paths.data()}
      trail={[{ label: 'Données', href: paths.data() }]}
      lead="Un fichier n’est reçu au nom d’une source que de ceux qui parlent pour elle : ceux qui ont employé ce nom les premiers, et ceux à qui un administrateur l’a accordé. Une révision ne change que les chiffres que la même source a publiés les premiers."
    >
      {done !== undefined && <Alert kind="success" title={done} />}
      {fault !== undefined && (
        <Alert kind="error" title="Rien n’a changé">
          <p>{fault}</p>
        </Alert>
      )}
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
            <div class="fr-input-group">
              <label class="fr-label" for="source">
                Source
                <span class="fr-hint-text">Son nom tel que l’écrivent ses fichiers.</span>
              </label>
              <input class="fr-input" id="source" name="publisher" type="text" required maxlength={200} />
            </div>
            <div class="fr-select-group">
              <label class="fr-label" for="role">
                Rôle
              </label>
              <select class="fr-select" id="role" name="role" required>
                {SPEAKING_ROLES.map(role => (
                  <option value={role}>{ROLE_NAMES[role]}</option>
                ))}
              </select>
            </div>
            <div class="fr-input-group">
              <label class="fr-label" for="lieu">
                Lieu
                <span class="fr-hint-text">Code du département, ou code INSEE de la commune.</span>
              </label>
              <input class="fr-input" id="lieu" name="place" type="text" required maxlength={5} />
            </div>
            <div class="fr-select-group">
              <label class="fr-label" for="parle">
                Décision
              </label>
              <select class="fr-select" id="parle" name="speaks">
                <option value="oui">Parle au nom de cette source</option>
                <option value="non">Ne parle plus au nom de cette source</option>
              </select>
            </div>
            <div class="fr-input-group">
              <label class="fr-label" for="motif">
                Motif
              </label>
              <input class="fr-input" id="motif" name="reason" type="text" required maxlength={500} />
            </div>
            <p>
              <button class="fr-btn" type="submit">
                Appliquer
              </button>
            </p>
          </form>
        </>
      )}
    </Page>
  )
}
