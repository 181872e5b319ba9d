import { paths } from '../pure/access/paths.ts'
/** A chart that a meeting looks at: the page that draws it, and its name there. */
export interface MeetingPicture {
  page: string
  figure: string
  /** Who can give what the picture lacks, where it may lack something. */
  missing?: string
}

const MAP: MeetingPicture = {
  page: paths.townHalls(),
  figure: 'carte',
  missing: 'la carte des mairies : la préfecture peut en donner la liste',
}
const OF_ALL_HALLS: MeetingPicture = {
  page: paths.townHalls(),
  figure: 'departement-demande',
  missing: 'les demandes de chaque mairie : la préfecture peut en donner la liste',
}

/** The seven pictures of the department, or of one of its town halls, each of which says one thing; six of another place. */
export function meetingPictures({ hall, place }: { hall?: string; place?: string }): MeetingPicture[] {
  const own = hall === undefined ? undefined : paths.townHall({ insee: hall })
  const [waits, demand] = [paths.waits({ place }), paths.demand({ place })]
  return [
    { page: own ?? waits, figure: 'attente' },
    {
      page: waits,
      figure: own === undefined ? 'attente-0' : 'attente',
      missing: 'l’attente publiée : une mairie ou la préfecture peut la donner',
    },
    { page: own ?? demand, figure: 'demande' },
    { page: own ?? demand, figure: 'composition' },
    ...(place === undefined ? [MAP] : []),
    own === undefined
      ? {
          page: paths.delays({ place }),
          figure: 'titres',
          missing: 'les délais publiés : la préfecture peut les donner',
        }
      : OF_ALL_HALLS,
    { page: paths.trackRecord(), figure: 'attentes-rejouees-dessin' },
  ]
}

/**
 * A chart cut out of the page that draws it, its names made its own, so that two pages may lend charts of the same name.
 *
 * Example: `<figure class="plate" id="a">…</figure>` under `v1` is `<figure class="plate" id="v1-a">…</figure>`.
 * @returns `undefined` where the page has no such chart.
 */
export function figureOf(page: string, id: string, own: string): string | undefined {
  const start = page.indexOf(`<figure class="plate" id="${id}"`)
  const end = page.indexOf('</figure>', start)
  if (start < 0 || end < 0) return undefined
  return (
    page
      .slice(start, end + '</figure>'.length)
      // The last part of a figure unfolds, and holds parts that unfold in their turn.
      .replace(/<details[\s\S]*<\/details>/, '')
      .replace(/ (id|aria-labelledby|aria-describedby)="([^"]*)"/g, (_, name: string, ids: string) => {
        const renamed = ids.split(' ').map(one => `${own}-${one}`)
        return ` ${name}="${renamed.join(' ')}"`
      })
      .replace(/url\(#/g, `url(#${own}-`)
  )
}
