import type { KnownPlace } from '../places/place-queries.ts'
import type { QuarterlySeries } from '../pure/figures/quarterly-series.ts'
import { frenchList } from '../pure/french/french.ts'
import { TITLE_NAMES, type Title } from '../pure/law/title.ts'
import { nearTitles } from './delay-now.ts'

/** A place whose published delays may be told, and of which titles; of any when it is the one asked for. */
export type DelayPlace = Pick<KnownPlace, 'code' | 'name' | 'kind'> & { titles?: readonly Title[] }

/** The place asked for, then those whose figures stand in for its own: its centre, or the departments of a centre. */
export type DelayPlaces = readonly [asked: DelayPlace, ...standIns: DelayPlace[]]

/**
 * The one rule for a department and its centre: each title is told by the place asked for when anything is published of it
 * there; else by the first of the others that examines it, or whose files are examined there. Figures are never mixed, and
 * `standInWords` says it.
 */
export function toldBy<Row extends { place: string; title: Title | '' }>(
  places: DelayPlaces,
  title: Title | '',
  rows: readonly Row[],
): DelayPlace | undefined {
  const near: readonly (Title | '')[] = title === '' ? [''] : nearTitles(title)
  return places.find(
    ({ code, titles }) =>
      (titles === undefined || near.some(one => one !== '' && titles.includes(one))) &&
      rows.some(row => row.place === code && near.includes(row.title)),
  )
}

/** Which titles are told by another place than the one asked for, in French; nothing when all are its own. */
export function standInWords(
  [asked, ...standIns]: DelayPlaces,
  told: readonly { title: Title | ''; place: string }[],
): string[] {
  return standIns.flatMap(standIn => {
    const titles = new Set(told.flatMap(one => (one.place === standIn.code && one.title ? [one.title] : [])))
    if (titles.size === 0) return []
    const names = frenchList([...titles].map(title => `les ${TITLE_NAMES[title].toLowerCase()}`))
    return [
      asked.kind === 'cert'
        ? `Aucun délai propre à ce centre n’est publié pour ${names} : ceux du département ${standIn.name}, dont il instruit les dossiers, en tiennent lieu.`
        : `Aucun délai du département n’est publié pour ${names} : ceux de son centre, ${standIn.name}, qui instruit ses dossiers, en tiennent lieu.`,
    ]
  })
}

/** Of each title and clock the mean, or where there is none the median. */
export function centralSeries<Series extends Pick<QuarterlySeries, 'title' | 'statistic'>>(
  series: readonly Series[],
): Series[] {
  const means = series.filter(({ statistic }) => statistic === 'mean')
  return series.filter(
    one =>
      one.statistic === 'mean' ||
      (one.statistic === 'median' && !means.some(({ title }) => title === one.title)),
  )
}
