import { expect, test } from 'vitest'
import { paths, ROUTES, templateOf } from '../../../src/pure/access/paths.ts'

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

test('no two names are of one route, and a route is written as OpenAPI does', () => {
  expect(new Set(Object.values(ROUTES)).size).toBe(Object.keys(ROUTES).length)
  expect(templateOf('apiReading')).toBe('/api/collectors/{id}/readings/{reading}')
  expect(templateOf('packJob')).toBe('/comite/dossier/{id}')
})
