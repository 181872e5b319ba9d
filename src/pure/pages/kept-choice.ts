import { paths } from '../access/paths.ts'
import type { Quarter } from '../calendar/period.ts'
import { isPlaceCode } from '../figures/place-code.ts'

/** What a reader chooses once: the place, the title, the first and the last quarter, under their names in addresses. */
export const KEPT_CHOICES = ['place', 'title', 'from', 'to'] as const

/** The choices that stand in the address of a page, with those that its path makes. */
export function choicesOf(query: string, own: Readonly<Record<string, string | undefined>>): URLSearchParams {
  const asked = new URLSearchParams(query)
  const kept = new URLSearchParams()
  for (const name of KEPT_CHOICES) {
    const value = own[name] ?? asked.get(name)
    if (value) kept.set(name, value)
  }
  return kept
}

// Addresses of files, of programs and of doors take no choice.
const NO_PAGE = [paths.signIn(), paths.openapi(), paths.feed(), `${paths.alerts()}/fin`]
const PAGE_LINK = new RegExp(
  `<a ([^>]*?)href="((?!//|/api/|/assets/|/dsfr/|${NO_PAGE.join('|')})/[^"?#]*)(?:\\?([^"#]*))?(#[^"]*)?"`,
  'g',
)
const TOWN_HALL = new RegExp(`^${paths.townHalls()}/\\d`)

/**
 * A page whose links to other pages take along what its reader has chosen, unless they choose it themselves: in their
 * query, or in their path, as a town or a title does. A link up to the page of all titles lets go of the title.
 */
export function withChoices(document: string, path: string, chosen: URLSearchParams): string {
  if (chosen.size === 0) return document
  return withPlace(document, chosen.get('place')).replace(
    PAGE_LINK,
    (_link, before, to, query = '', fragment = '') => {
      const asked = new URLSearchParams(query.replaceAll('&amp;', '&'))
      const up = to === '/' || path.startsWith(`${to}/`)
      for (const [name, value] of chosen) {
        const inPath =
          (name === 'place' && (TOWN_HALL.test(to) || !hasPlace(to, value))) ||
          (name === 'title' && (up || to.startsWith(`${paths.delays()}/`)))
        if (!asked.has(name) && !inPath) asked.set(name, value)
      }
      const text = asked.size === 0 ? '' : `?${asked}`
      return `<a ${before}href="${to}${text.replaceAll('&', '&amp;')}${fragment}"`
    },
  )
}

const FORM = /<form [^>]*>[\s\S]*?<\/form>/g
const SENT_TO = /(<(?:form|button) [^>]*?\b(?:form)?action="\/(?!api\/)[^"?#]*)(#[^"]*)?"/g

/**
 * Forms send along the place that was chosen: in their address when they write, in a field when they read and do not ask for
 * it. A file says by itself what it is about.
 */
function withPlace(document: string, place: string | null): string {
  if (place === null || !isPlaceCode(place.toUpperCase())) return document
  return document.replace(FORM, form => {
    if (form.includes(' enctype=')) return form
    const sent = form.replace(SENT_TO, (_, before, fragment = '') => `${before}?place=${place}${fragment}"`)
    return form.includes(' name="place"')
      ? sent
      : sent.replace('>', `><input type="hidden" name="place" value="${place}"/>`)
  })
}

/** A centre (CERT) is a place of delays alone. */
function hasPlace(path: string, place: string): boolean {
  return isPlaceCode(place.toUpperCase()) || path.startsWith(paths.delays()) || !/^[a-z0-9-]+$/i.test(place)
}

/** The quarters that a page shows: those asked for, or all that it has when it has none of these, which it then says. */
export function shownQuarters(
  asked: { from?: Quarter | undefined; to?: Quarter | undefined },
  known: readonly Quarter[],
): { from: Quarter; to: Quarter; missed: boolean } {
  const [first = '', last = ''] = [known[0], known.at(-1)]
  const [from, to] = [asked.from ?? first, asked.to ?? last]
  const missed = known.length > 0 && !known.some(quarter => quarter >= from && quarter <= to)
  return missed ? { from: first, to: last, missed } : { from, to, missed }
}
