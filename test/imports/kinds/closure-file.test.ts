import { expect, test } from 'vitest'
import { faultsOf, readSound } from '../reading.ts'

const HEADER = '# type : closures\ncommune;du;au;motif\n'

test('a closure of one day stands; one that ends before it begins does not', () => {
  expect(readSound(`${HEADER}16015;2022-08-01;2022-08-01;congés\n`).rows).toHaveLength(1)
  expect(faultsOf(`${HEADER}16015;2022-08-02;2022-08-01;congés\n`)).toEqual(['3 reversed-days'])
})
