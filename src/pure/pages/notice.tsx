import { MEASURES } from '../figures/measure.ts'
import type { Notice } from '../figures/vintage.ts'
import { frenchDay, frenchQuantity } from '../french/french.ts'
import { figureName } from './figure-history.tsx'

const CHANGE_WORDS: Record<Notice['change'], string> = {
  revision: 'révisé',
  correction: 'corrigé',
  methodology: 'changement de méthode',
  withdrawal: 'retiré',
  republication: 'publié de nouveau',
}

/** A change of a published figure in words: `révisé le 12 mai 2022 : 40 → 41 jours (file recomptée)`. */
export function noticeWords({ row, change, before, after }: Notice): string {
  const value = (known: number | undefined) =>
    known === undefined ? 'aucune valeur' : frenchQuantity(known, MEASURES[row.measure].unit)
  const why = row.reason === undefined ? 'motif non précisé' : row.reason
  return `${CHANGE_WORDS[change]} le ${frenchDay(row.publishedOn)} : ${value(before)} → ${value(after)} (${why})`
}

/** The changes of the figures of a page, each with its day and its reason; nothing when nothing changed. */
export function Notices({
  notices,
  placeName,
}: {
  notices: readonly Notice[]
  placeName: (code: string) => string
}) {
  if (notices.length === 0) return null
  return (
    <section class="figure-notices">
      <h2>Chiffres révisés</h2>
      <ul>
        {notices.map(notice => (
          <li>
            {figureName(notice.row, placeName)} : {noticeWords(notice)}
          </li>
        ))}
      </ul>
    </section>
  )
}
