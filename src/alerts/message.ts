import { paths } from '../pure/access/paths.ts'
import { groupBy } from '../pure/figures/group-by.ts'

/** Something to tell a reader, with the link that ends its subscription. */
export interface News {
  id: number
  placeName: string
  ruleName: string
  words: string
  leaveKey: string
  /** Address of the page that tells where it comes from, on the service. */
  page: string
}

/**
 * The mail that tells some news together, in plain text. Its identifier is made of what it tells: sent again after a process died between
 * the sending and the note of it, it is the same mail, which mail systems show once.
 */
export function mailOf(news: readonly News[], { origin, host }: { origin: string; host: string }) {
  const [first] = news
  const leave = (key: string) => `${origin}${paths.alertLeave({ key })}`
  const only = news.length === 1 && first !== undefined ? `${first.placeName} : ${first.ruleName}` : undefined
  return {
    messageId: `<alerte.${news.map(one => one.id).join('.')}@${host}>`.slice(0, 900),
    subject: only ?? `Vigie Titres : ${news.length} alertes`,
    text: [
      ...[...groupBy(news, one => one.leaveKey)].flatMap(([key, [one, ...more]]) => [
        `${one?.placeName} – ${one?.ruleName}`,
        ...[one, ...more].map(told => told?.words),
        `Voir d’où cela vient : ${origin}${one?.page}`,
        `Ne plus recevoir cette alerte : ${leave(key)}`,
        '',
      ]),
      `Chaque alerte est dite une fois tant que son état dure. Vigie Titres, ${origin}`,
      '',
    ].join('\n'),
    headers:
      first === undefined
        ? {}
        : {
            'List-Unsubscribe': `<${leave(first.leaveKey)}>`,
            'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
            'Auto-Submitted': 'auto-generated',
          },
  }
}

/** The body of a call that tells one piece of news. */
export function callOf(news: News, origin: string): string {
  const { id, placeName, ruleName, words, leaveKey, page } = news
  return JSON.stringify({
    id,
    place: placeName,
    rule: ruleName,
    text: words,
    page: `${origin}${page}`,
    leave: `${origin}${paths.alertLeave({ key: leaveKey })}`,
  })
}
