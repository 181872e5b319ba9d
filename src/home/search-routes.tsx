import { z } from '@hono/zod-openapi'
import { html } from '../io/http/page.ts'
import { createRouter, type Ground, queryOf } from '../io/http/router.ts'
import { equippedHalls, townsOf } from '../places/catchment-queries.ts'
import { type KnownPlace, nameAmong, placesByCode } from '../places/place-queries.ts'
import { paths, ROUTES } from '../pure/access/paths.ts'
import { placesNamed, townNamed } from '../users/town.ts'
import { SearchPage } from './search-page.tsx'

/** The search of a place, which every page offers: it leads to the page of the town's own hall, known or assumed, or to the halls around it. */
export function searchRoutes({ db, here }: Ground) {
  const router = createRouter()
  router.get(ROUTES.search, async c => {
    const { ville = '' } = queryOf(c, z.object({ ville: z.string().max(80).optional() }))
    const [towns, halls, all] = await Promise.all([
      townsOf(db, here().code),
      equippedHalls(db),
      placesByCode(db),
    ])
    const addressOf = ({
      kind,
      code,
      name,
      parent,
    }: Pick<KnownPlace, 'kind' | 'code' | 'name' | 'parent'>) => {
      if (kind === 'department') return paths.home({ place: code })
      if (halls.some(({ insee }) => insee === code)) return paths.townHall({ insee: code })
      return paths.users({ ville: name, place: parent })
    }
    const coded = towns.find(({ code }) => code === ville.trim())
    const search = coded ? { words: ville, found: 'one' as const, town: coded } : townNamed(towns, ville)
    if (search.found === 'one')
      return c.redirect(addressOf({ ...search.town, kind: 'commune', parent: undefined }), 303)
    const elsewhere = search.found === 'none' ? placesNamed([...all.values()], ville) : []
    const [only] = elsewhere
    if (only !== undefined && elsewhere.length === 1) return c.redirect(addressOf(only), 303)
    const label = ({ kind, name, parent = '' }: KnownPlace) =>
      `${name} (${kind === 'department' ? 'département' : nameAmong(all)(parent)})`
    const links = elsewhere.map(place => ({ label: label(place), href: addressOf(place) }))
    return html(c, SearchPage({ search, elsewhere: links }))
  })
  router.get(ROUTES.searchTowns, async c => c.json((await townsOf(db, here().code)).map(({ name }) => name)))
  return router
}
