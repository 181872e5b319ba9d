import { expect, it } from 'vitest'
import { readCertCode } from '../../../src/imports/kinds/cert-file.ts'
import { faultsOf } from '../reading.ts'

const context = {} as Parameters<typeof readCertCode>[1]

it('reads codes in small letters, and says how one is written', () => {
  expect(readCertCode('Angouleme', context)).toEqual({ value: 'angouleme' })
  expect(readCertCode('cert-12', context)).toEqual({ value: 'cert-12' })
  expect(readCertCode('Angoulême', context)).toMatchObject({ flaw: { code: 'unknown-word' } })
  expect(readCertCode('', context)).toHaveProperty('flaw')
})

it('names its columns as people do', () => {
  const head = '# type : certs\n# source : Préfecture\n# document : Arrêté\n# publié le : 2022-04-01\n'
  expect(
    faultsOf(`${head}code;nom;titre;département;depuis\nquimper;CERT de Quimper;permis;29;2022-01\n`),
  ).toEqual([])
})
