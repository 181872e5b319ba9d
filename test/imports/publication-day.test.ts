import { describe, expect, test } from 'vitest'
import type { ObservationRow } from '../../src/imports/kinds/observation-row.ts'
import { datedFigure } from '../../src/imports/publication-day.ts'
import { faultsOf, read, readSound } from './reading.ts'

const wait: ObservationRow = {
  line: 2,
  measure: 'appointment-wait',
  period: '2022-05',
  granularity: 'month',
  place: '16',
  title: undefined,
  variant: '',
  statistic: 'as-published',
  unit: 'unspecified-day',
  clock: 'first-free-slot',
  value: 40,
  status: 'observed',
  targetDays: undefined,
  locator: '',
}
const told = (publishedOn: string, changes: Partial<ObservationRow> = {}) => {
  const dated = datedFigure({ ...wait, ...changes }, publishedOn, '2026-11-24')
  return 'flaw' in dated ? dated.flaw.code : dated.value.period
}

describe('a figure as its day of publication lets it be', () => {
  test('a wait read inside its period is of the day of its reading', () => {
    expect(told('2022-05-15')).toBe('2022-05-15')
    expect(datedFigure(wait, '2022-05-15', '2026-11-24')).toHaveProperty('value.granularity', 'day')
    expect(told('2022-05-31')).toBe('2022-05')
    expect(told('2022-06-01')).toBe('2022-05')
    expect(told('2022-04-10', { period: '2022-Q2', granularity: 'quarter' })).toBe('2022-04-10')
    expect(told('2022-04-10', { period: '2022', granularity: 'year' })).toBe('2022-04-10')
    expect(told('2022-04-10', { period: '2022-04-10', granularity: 'day' })).toBe('2022-04-10')
  })

  test('a mean, and a count, of a whole period wait for its end', () => {
    for (const whole of [
      { statistic: 'mean' as const },
      { clock: 'booked-to-seen' as const },
      { measure: 'applications' as const, clock: 'not-a-delay' as const, unit: 'count' as const },
    ]) {
      expect(told('2022-05-30', whole)).toBe('early-publication')
      expect(told('2022-05-31', whole)).toBe('2022-05')
    }
  })

  test('nothing is known of a period that has not begun, but a grant and what is withdrawn', () => {
    expect(told('1999-01-01')).toBe('early-publication')
    expect(told('2022-04-09', { period: '2022-04-10', granularity: 'day' })).toBe('early-publication')
    expect(told('2021-12-01', { measure: 'grant', period: '2022', granularity: 'year' })).toBe('2022')
    expect(told('1999-01-01', { status: 'withdrawn', value: undefined })).toBe('2022-05')
  })

  test('a level is of its month whenever it is read, and what was computed was not read', () => {
    expect(told('2022-05-15', { measure: 'equipped-town-halls', unit: 'count' })).toBe('2022-05')
    expect(told('2022-05-15', { status: 'derived' })).toBe('2022-05')
  })
})

const COUNTS =
  'mois;commune;titre;demandes\n2022-01;16015;cni;12\n2022-03;16015;cni;12\n2022-04;16015;cni;12\n'

describe('the day of a file', () => {
  test('its head says it, or its sender, or its rows; else it is today', () => {
    expect(faultsOf(COUNTS)).toEqual(['4 early-publication'])
    expect(faultsOf(COUNTS, { publishedOn: '2022-03-20' })).toEqual([
      '3 early-publication',
      '4 early-publication',
    ])
    expect(faultsOf(`# publié le : 2022-01-20\n${COUNTS}`, { publishedOn: '2022-03-20' })).toHaveLength(3)
    expect(
      faultsOf(
        'mois;commune;titre;demandes;publié le\n2022-01;16015;cni;12;2022-01-20\n2022-01;16015;passeport;12;2022-02-20',
      ),
    ).toEqual(['2 early-publication'])
  })

  test('what is refused stands with the other faults, and its remedy works', () => {
    const refused = read(`${COUNTS}2022-02;16015;cni;x\n`, { publishedOn: '2022-03-20' })
    expect(refused).toMatchObject({
      faults: [
        {
          line: 3,
          column: 'mois',
          columnNumber: 1,
          remedy: expect.stringMatching(/au plus tôt le 31\smars\s2022/),
        },
        {
          line: 4,
          remedy: expect.stringMatching(/^Ôtez cette ligne, et renvoyez-la à partir du 30\savril\s2022\.$/),
        },
        { line: 5, code: 'not-a-number' },
      ],
    })
    const mended = COUNTS.split('\n').toSpliced(3, 1).join('\n')
    expect(readSound(mended, { publishedOn: '2022-03-31' }).rows).toHaveLength(2)
  })

  test('a reading moved to its day is told; files of the program say what their sources said', () => {
    const file =
      '# publié le : 2022-03-22\npériode;titre;lieu;jours;horloge;statistique\n2022-03;cni;16;25;request-to-receipt;as-published\n'
    const { rows, remarks } = readSound(file)
    expect(rows).toMatchObject([{ period: '2022-03-22', granularity: 'day', value: 25 }])
    expect(remarks).toMatchObject([{ code: 'read-inside-period', lines: [3] }])
    expect(readSound(file, { shipped: true }).rows).toMatchObject([
      { period: '2022-03', granularity: 'month' },
    ])
    expect(readSound(COUNTS, { shipped: true }).rows).toHaveLength(3)
  })
})
