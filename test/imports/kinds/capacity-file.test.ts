import { expect, test } from 'vitest'
import { isRefused } from '../../../src/imports/imported-file.ts'
import { faultsOf, read } from '../reading.ts'

const HEAD =
  '# type : cert-capacity\n# source : Préfecture\n# document : Effectifs\n# publié le : 2022-04-01\n'

test('the team of a centre is told by its name, or by its code alone', () => {
  const file = read(
    `${HEAD}code;nom;titre;depuis;etpt\nquimper;;CNI et passeports;2022-01;30\n;CERT de Limoges;permis;2022-01;12\n`,
  )
  if (isRefused(file)) throw new Error(JSON.stringify(file.faults))
  expect(file.rows).toMatchObject([
    { cert: 'quimper', code: 'quimper', etpo: 30 },
    { cert: 'CERT de Limoges', code: undefined, etpo: 12 },
  ])
  expect(faultsOf(`${HEAD}code;titre;depuis;etpt\nquimper;permis;2022-01;30\n`)).toEqual([])
  expect(faultsOf(`${HEAD}code;nom;titre;depuis;etpt\n;;permis;2022-01;30\n`)).toEqual(['6 missing-value'])
  expect(faultsOf(`${HEAD}titre;depuis;etpt\npermis;2022-01;30\n`)).toEqual(['5 missing-column'])
})

test('the total of teams is left aside, though a centre may have any name', () => {
  const file = read(`${HEAD}nom;titre;depuis;etpt\nCERT de Limoges;permis;2022-01;12\nTotal;;;12\n`)
  expect(isRefused(file) ? file.faults : file.rows).toHaveLength(1)
})

test('agents who treat nothing are no productivity: the cell is left empty', () => {
  const treating = (files: string) =>
    `${HEAD}code;titre;depuis;etpt;dossiers/jour/agent\nquimper;permis;2022-01;30;${files}\n`
  expect(faultsOf(treating('0'))).toEqual(['6 out-of-range'])
  expect(faultsOf(treating(''))).toEqual([])
})
