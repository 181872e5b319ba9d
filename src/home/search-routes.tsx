import { z } from '@hono/zod-openapi'
import type { Ground } from '../io/http/ground.ts'
import { html } from '../io/http/page.ts'
import { createRouter, queryOf } from '../io/http/router.ts'
import { residentsOf } from '../places/catchment-queries.ts'
import { type KnownPlace, nameAmong, placesByCode } from '../places/place-queries.ts'
import { network } from '../places/town-hall-queries.ts'
import { paths, ROUTES } from '../pure/access/paths.ts'
import { placesNamed, type Town, townNamed } from '../users/town.ts'
import { SearchPage } from './search-page.tsx'

/** The search of a town, which every page offers: it leads to the town's own page, or to the halls around it. */
export function searchRoutes({ db, here, site }: Ground) {
  const router = createRouter()
  const towns = async (): Promise<Town[]> => {
    const { code: department } = here()
    const [residents, places] = await Promise.all([residentsOf(db), placesByCode(db)])
    return residents
      .filter(one => one.department === department)
      .map(({ code, lat, lon }) => ({ code, name: places.get(code)?.name ?? code, lat, lon }))
  }
  router.get(ROUTES.search, async c => {
    const { ville = '' } = queryOf(c, z.object({ ville: z.string().max(80).optional() }))
    const known = await towns()
    const coded = known.find(({ code }) => code === ville.trim())
    const search = coded ? { words: ville, found: 'one' as const, town: coded } : townNamed(known, ville)
    if (search.found === 'none') {
      const all = await placesByCode(db)
      const elsewhere = placesNamed([...all.values()], ville)
      const [only] = elsewhere
      if (only !== undefined && elsewhere.length === 1) return c.redirect(addressOf(only), 303)
      const nameOf = nameAmong(all)
      return html(
        c,
        SearchPage({
          site,
          search,
          elsewhere: elsewhere.map(place => ({
            label: place.parent === undefined ? place.name : `${place.name} (${nameOf(place.parent)})`,
            href: addressOf(place),
          })),
        }),
      )
    }
    if (search.found === 'several') return html(c, SearchPage({ site, search }))
    const { townHalls } = await network(db, here().code)
    const { code, name } = search.town
    return c.redirect(
      townHalls.some(({ insee }) => insee === code)
        ? paths.townHall({ insee: code })
        : paths.users({ ville: name }),
      303,
    )
  })
  router.get(ROUTES.searchTowns, async c => c.json((await towns()).map(({ name }) => name)))
  return router
}

/** The pages of a place found elsewhere in France, which they keep from there on. */
function addressOf({ kind, code, name, parent }: KnownPlace): string {
  return kind === 'department' ? paths.home({ place: code }) : paths.users({ ville: name, place: parent })
}
