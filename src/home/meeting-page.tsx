import { raw } from 'hono/html'
import { paths } from '../pure/access/paths.ts'
import { capitalised, frenchCount } from '../pure/french/french.ts'
import { Page } from '../pure/pages/layout.tsx'

/** One picture of a meeting: its chart, and where it stands. */
export interface MeetingSlide {
  address: string
  figure: string
}

interface MeetingPageProps {
  place: { code: string; name: string }
  slides: readonly MeetingSlide[]
  /** Pictures that nothing published can draw yet, each with who can give it. */
  missing: readonly string[]
}

/** Pictures for a projector, one a screen: the arrows of the keyboard go from one to the next, as a link does. */
export function MeetingPage({ place, slides, missing }: MeetingPageProps) {
  return (
    <Page
      title={`Réunion : ${place.name}`}
      path={paths.meeting({ place: place.code })}
      trail={[]}
      lead={`${capitalised(frenchCount(slides.length, 'image'))}, une idée chacune. Flèches gauche et droite, ou les liens sous chaque image.`}
    >
      <section class="meeting" tabindex={0} aria-label="Images de la réunion">
        {slides.map(({ address, figure }, i) => (
          <div class="meeting-slide" id={`vue-${i + 1}`}>
            {raw(figure)}
            <p class="meeting-way no-print">
              {i > 0 && <a href={`#vue-${i}`}>Précédente</a>}{' '}
              <span>
                {i + 1} sur {slides.length}
              </span>{' '}
              {i + 1 < slides.length && <a href={`#vue-${i + 2}`}>Suivante</a>}{' '}
              <a href={address}>D’où elle vient</a>
            </p>
          </div>
        ))}
      </section>
      {missing.length > 0 && (
        <p class="no-print">
          Il manque {missing.join(' ; ')} (<a href={paths.data()}>déposer un fichier</a>).
        </p>
      )}
    </Page>
  )
}
