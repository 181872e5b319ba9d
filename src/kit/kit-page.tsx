import { paths } from '../pure/access/paths.ts'
import { Link } from '../pure/elements/links.tsx'
import { Details } from '../pure/elements/message.tsx'
import { frenchDay, frenchNumber, ofName } from '../pure/french/french.ts'
import { Page } from '../pure/pages/layout.tsx'
import { type Paper, PaperBlocks } from '../pure/pages/paper.tsx'
import type { Brief } from '../towns/brief.ts'
import { easeOf, KIT_DOCUMENTS, KIT_NAMES, type KitDocument } from './kit.ts'

interface KitPageProps {
  brief: Brief
  kit: Record<KitDocument, Paper>
}

/** The kit of a town: each document to edit, to print, or to read here. */
export function KitPage({ brief, kit }: KitPageProps) {
  const { insee, name, asOf } = brief
  return (
    <Page
      title={`Kit de communication ${ofName(name)}`}
      path={paths.kit({ insee })}
      place={insee}
      trail={[
        { label: 'Mairies', href: paths.townHalls() },
        { label: name, href: paths.townHall({ insee }) },
      ]}
      lead={`Sept documents pour prévenir avant la vague de 2031, à relire et à compléter. Chiffres au ${frenchDay(asOf)}.`}
    >
      {KIT_NAMES.map(document => {
        const ease = easeOf(kit[document])
        const href = (format: string) => paths.apiKit({ insee, file: `${document}.${format}` })
        return (
          <>
            <h2 id={document}>{KIT_DOCUMENTS[document]}</h2>
            <p>
              <a class="fr-link fr-link--download" href={href('odt')} download>
                Modifier (ODT)
              </a>
              {' · '}
              <Link to={href('pdf')}>Imprimer (PDF)</Link>
              {' · '}
              Lisibilité&nbsp;: {frenchNumber(ease.score)} sur l’échelle de Kandel et Moles (plus de 80&nbsp;:
              facile)
            </p>
            <Details summary="Lire ici">
              <div class="paper">
                <p>
                  <strong>{kit[document].title}</strong>
                </p>
                <PaperBlocks blocks={kit[document].blocks} />
              </div>
            </Details>
          </>
        )
      })}
    </Page>
  )
}
