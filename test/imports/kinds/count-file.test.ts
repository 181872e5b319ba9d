import { expect, test } from 'vitest'
import { faultsOf, readSound } from '../reading.ts'

const REQUESTS = '# type : applications\nmois;commune;titre;demandes;statut\n'
const TITLES = '# type : titles-issued\npériode;lieu;titre;titres;statut\n'
const INDICATORS = '# type : indicators\npériode;lieu;mesure;valeur;statut\n'

test('a count is given, or said to be taken back, in each kind of file', () => {
  for (const head of [`${REQUESTS}2022-03;16015;CNI`, `${TITLES}2021;16;passeport`]) {
    expect(readSound(`${head};12;\n`).rows).toMatchObject([{ value: 12 }])
    expect(readSound(`${head};;retiré\n`).rows).toMatchObject([{ value: undefined }])
    expect(readSound(`${head};;\n`)).toMatchObject({ rows: [], remarks: [{ code: 'value-unknown' }] })
    expect(faultsOf(`${head};12;retiré\n`)).toHaveLength(1)
  }
  expect(readSound(`${INDICATORS}2021-11;16;Dossiers en stock;;\n`)).toMatchObject({ rows: [] })
})

test('permits issued tell their kind, which no other title has', () => {
  const head = '# type : titles-issued\npériode;lieu;titre;type de carte;titres\n'
  const { rows } = readSound(
    `${head}2021;16;Titre de séjour (renouvellement);Carte de résident;120\n2021;16;Titre de séjour (renouvellement);réfugié;40\n2016;16;Titre de séjour (renouvellement);dix ans;90\n`,
  )
  expect(rows).toMatchObject([
    { variant: 'kind=resident' },
    { variant: 'kind=refugee' },
    { variant: 'kind=resident' },
  ])
  expect(faultsOf(`${head}2021;16;passeport;Carte de résident;120\n`)).toEqual([
    expect.stringMatching(/unexpected-value$/),
  ])
  expect(faultsOf(`${head}2021;16;Titre de séjour (renouvellement);Carte bleue;1\n`)).toEqual([
    expect.stringMatching(/unknown-word$/),
  ])
})
