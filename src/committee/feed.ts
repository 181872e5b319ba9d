import { paths } from '../pure/access/paths.ts'
import type { Day } from '../pure/calendar/day.ts'
import type { QuarterlySeries } from '../pure/figures/quarterly-series.ts'
import { xmlText } from '../pure/figures/xml-text.ts'
import { frenchDay, frenchDays, frenchQuantity, longQuarter } from '../pure/french/french.ts'
import { TITLE_NAMES } from '../pure/law/title.ts'

/** A projection that was kept. */
export interface FeedRun {
  id: string
  asOf: Day
  /** Instant, ISO 8601. */
  createdAt: string
}

/** One piece of news. */
export interface FeedEntry {
  id: string
  title: string
  text: string
  href: string
  /** Instant, ISO 8601. */
  updated: string
}

const MOST_ENTRIES = 50

/** Targets missed and projections made, the last first. */
export function feedEntries(series: readonly QuarterlySeries[], runs: readonly FeedRun[]): FeedEntry[] {
  const breaches = series.flatMap(one =>
    one.points.flatMap((point): FeedEntry[] => {
      const target = one.targetDays
      if (target === null || point.days <= target) return []
      const name = one.title === '' ? 'Tous titres' : TITLE_NAMES[one.title]
      return [
        {
          id: `objectif:${one.place}:${one.title}:${point.quarter}`,
          title: `${name} : objectif de ${frenchDays(target, 0)} dépassé au ${longQuarter(point.quarter)}`,
          text: `${frenchQuantity(point.days, 'day')}, publié par ${point.source.publisher} (${point.source.document}).`,
          href: paths.delays({ from: point.quarter, to: point.quarter }),
          updated: `${point.source.publishedOn}T00:00:00Z`,
        },
      ]
    }),
  )
  const projections = runs.map(
    (run): FeedEntry => ({
      id: `projection:${run.id}`,
      title: `Nouvelle projection de la demande, ${frenchDay(run.asOf)}`,
      text: 'Demandes attendues, mairie par mairie.',
      href: paths.demand(),
      updated: new Date(run.createdAt).toISOString(),
    }),
  )
  return [...breaches, ...projections]
    .sort((a, b) => (a.updated === b.updated ? (a.id < b.id ? -1 : 1) : a.updated < b.updated ? 1 : -1))
    .slice(0, MOST_ENTRIES)
}

/** The same as an Atom feed (RFC 4287); addresses are those under which the reader reached the service. */
export function atomFeed(
  entries: readonly FeedEntry[],
  about: { origin: string; placeName: string; place: string },
): string {
  const { origin, placeName, place } = about
  const updated = entries[0]?.updated ?? '1970-01-01T00:00:00Z'
  const told = entries.map(
    entry =>
      `<entry><id>urn:vigie-titres:${xmlText(entry.id)}</id><title>${xmlText(entry.title)}</title><updated>${entry.updated}</updated><link href="${xmlText(origin + entry.href)}"/><summary>${xmlText(entry.text)}</summary></entry>`,
  )
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr"><id>urn:vigie-titres:flux:${xmlText(place)}</id><title>Vigie Titres, ${xmlText(placeName)} : objectifs dépassés et nouvelles projections</title><updated>${updated}</updated><author><name>Vigie Titres</name></author><link rel="self" href="${xmlText(origin + paths.feed())}"/><link href="${xmlText(origin)}/"/>
${told.join('\n')}
</feed>
`
}
