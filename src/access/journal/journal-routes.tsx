import type { Db } from '../../io/database/schema.ts'
import { html } from '../../io/http/page.ts'
import { createRouter } from '../../io/http/router.ts'
import { nameAmong, placesByCode } from '../../places/place-queries.ts'
import { ROUTES } from '../../pure/access/paths.ts'
import { JournalPage } from './journal-page.tsx'
import { deeds, securityLines } from './journal-queries.ts'
import { remarks } from './remark-queries.ts'

const MOST = 500

/** What an administrator audits. */
export function journalRoutes({ db }: { db: Db }) {
  const router = createRouter()
  router.get(ROUTES.journal, async c => {
    const [done, lines, said, places] = await Promise.all([
      deeds(db, MOST),
      securityLines(db, MOST),
      remarks(db, MOST),
      placesByCode(db),
    ])
    return html(c, JournalPage({ deeds: done, lines, remarks: said, placeName: nameAmong(places) }))
  })
  return router
}
