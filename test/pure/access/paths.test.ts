import { expect, test } from 'vitest'
import { paths, placeInPath, ROUTES, templateOf } from '../../../src/pure/access/paths.ts'

test('an address is made of what its route names, and asks the rest', () => {
  expect(paths.townHall({ insee: '16102', title: 'cni' })).toBe('/mairies/16102?title=cni')
  expect(paths.releaseWithdrawal({ release: 12 })).toBe('/donnees/imports/12/retrait')
  expect(paths.apiBrief({ file: '2A004.pdf', asOf: undefined })).toBe('/api/briefs/2A004.pdf')
  expect(paths.planComparison({ ids: [1, 2], title: null })).toBe('/effectifs/comparer?ids=1&ids=2')
  expect(paths.users({ ville: 'Saint-Yrieix & l’Isle' })).toBe(
    `/usagers?${new URLSearchParams({ ville: 'Saint-Yrieix & l’Isle' })}`,
  )
  expect(paths.plan({ id: '../a?b' })).toBe('/effectifs/..%2Fa%3Fb')
  // @ts-expect-error a town hall is named
  paths.townHall()
  // @ts-expect-error by its code
  paths.townHall({ place: '16102' })
})

test('the address of a page names its place by its route alone', () => {
  for (const path of ['/mairies/16102', '/mairies/16102/fiche', '/mairies/16102/kit', '/reunion/16102'])
    expect(placeInPath(path)).toBe('16102')
  for (const path of ['/mairies', '/mairies/ouverture', '/comite/2021', '/api/grants/16102', '/usagers'])
    expect(placeInPath(path)).toBeUndefined()
})

test('no two names are of one route, and a route is written as OpenAPI does', () => {
  expect(new Set(Object.values(ROUTES)).size).toBe(Object.keys(ROUTES).length)
  expect(templateOf('apiReading')).toBe('/api/collectors/{id}/readings/{reading}')
  expect(templateOf('packJob')).toBe('/comite/dossier/{id}')
})
