import { expect, test } from 'vitest'
import { titleChoice } from '../../../src/pure/law/title.ts'

test('titles to choose from are named in French, each beside the code that an address takes', () => {
  expect(titleChoice(['cni', 'driving-licence'])).toBe(
    'cartes nationales d’identité (cni), permis de conduire (driving-licence)',
  )
})
