import { describe, expect, test } from 'vitest'
import { isRefused } from '../../src/imports/imported-file.ts'
import { faultsOf, read, readSound } from './reading.ts'

describe('observations', () => {
  test('say everything of a delay', () => {
    const content =
      'période;lieu;titre;jours;horloge;statistique;unité;statut;cible;origine\n' +
      'T2 2021;16;passeport;35,25;décidés dans la période;médiane;jours ouvrés;calculé;15;page 2'
    expect(readSound(content).rows).toEqual([
      {
        line: 2,
        measure: 'issuance-delay',
        period: '2021-Q2',
        granularity: 'quarter',
        place: '16',
        title: 'passport',
        variant: '',
        statistic: 'median',
        unit: 'working-day',
        clock: 'decided-in-period',
        value: 35.25,
        status: 'derived',
        targetDays: 15,
        locator: 'page 2',
      },
    ])
  })

  test('have no value exactly when they are withdrawn', () => {
    const content = 'période;lieu;jours;statut\nT1 2021;16;;retiré\nT2 2021;16;30;censuré'
    expect(readSound(content).rows).toMatchObject([
      { value: undefined, status: 'withdrawn' },
      { value: 30, status: 'censored' },
    ])
    expect(readSound('période;lieu;jours;statut\nT1 2021;16;;observé')).toMatchObject({
      rows: [],
      remarks: [{ code: 'value-unknown', lines: [2] }],
    })
  })

  test('tell titles by validity and age', () => {
    const content =
      'année;lieu;titre;validité;mineurs;titres\n2021;16;passeport;10;;9 800\n2021;16;passeport;5;oui;3150\n' +
      '2021;16;passeport;;non;12950\n2021;16;passeport;;;16100'
    const { rows } = readSound(content, { kind: 'titles-issued' })
    expect(rows).toMatchObject([
      { variant: 'validity=10', value: 9800, unit: 'count', statistic: 'total', clock: 'not-a-delay' },
      { variant: 'validity=5;minors', value: 3150 },
      { variant: 'adults', value: 12950 },
      { variant: '', value: 16100 },
    ])
  })

  test('keep rates in per cent and counts whole', () => {
    const indicators = (mesure: string, valeur: string) =>
      `mois;lieu;mesure;valeur\n2021-11;16;${mesure};${valeur}`
    expect(readSound(indicators('Taux d’appels décrochés', '77,8 %')).rows).toMatchObject([
      { measure: 'calls-answered-rate', value: 77.8, unit: 'percent', statistic: 'rate' },
    ])
    expect(readSound(indicators('stock', '12 000')).rows).toMatchObject([
      { measure: 'stock', value: 12_000, statistic: 'as-published' },
    ])
    expect(readSound(indicators('agent-productivity', '18,5')).rows).toMatchObject([{ value: 18.5 }])
    expect(faultsOf(indicators('calls-received', '77,8 %'))).toEqual(['2 not-a-number'])
    expect(faultsOf(indicators('calls-answered-rate', '177,8'))).toEqual(['2 out-of-range'])
    expect(readSound(indicators('appointment-wait', '12')).rows).toMatchObject([
      { value: 12, clock: 'appointment-as-published', unit: 'unspecified-day' },
    ])
  })
})

describe('repeated rows', () => {
  const row = (period: string, value: string, origin: string) =>
    `période;lieu;jours;origine\nT3 2021;16;39;texte\n${period};16;${value};${origin}`

  test('are a fault even when their origin differs: one file keeps one value of a figure', () => {
    expect(faultsOf(row('2021-Q3', '40', 'diapositive'))).toEqual(['3 contradiction'])
    expect(faultsOf(row('2021-T3', '39,0', 'diapositive'))).toEqual(['3 duplicate-row'])
    expect(faultsOf(row('T4 2021', '39', 'texte'))).toEqual([])
  })

  test('differ by clock, statistic or granularity', () => {
    const content =
      'période;lieu;jours;horloge\nT3 2021;16;39;\nT3 2021;16;20;premier créneau\n2021-09;16;41;'
    expect(readSound(content).rows).toHaveLength(3)
  })
})

test('a text that looks like a missing value or a formula is kept as text', () => {
  const content = 'lieu;jour;nature;libellé;origine\n16;2021-03-31;injection;=1+1;-'
  expect(readSound(content).rows).toMatchObject([{ label: '=1+1', locator: '-', from: '2021-03-31' }])
})

test('several faults of one row are all told', () => {
  expect(faultsOf('période;titre;lieu;jours\nT5 2021;x;99;=1')).toEqual([
    '2 invalid-period',
    '2 unknown-title',
    '2 unknown-place',
    '2 formula',
  ])
})

test('a cell that must be filled tells apart what is empty and what is said to be unknown', () => {
  const told = (place: string) => {
    const result = read(`mois;commune;titre;demandes\n2022-03;${place};cni;4`)
    return (
      isRefused(result) &&
      result.faults.map(({ column, columnNumber, message }) => [column, columnNumber, message])
    )
  }
  expect(told('')).toEqual([['commune', 2, '« commune » est vide.']])
  expect(told('n.d.')).toEqual([['commune', 2, '« commune » est inconnu (« n.d. »).']])
})
