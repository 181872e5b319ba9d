import { describe, expect, it } from 'vitest'
import { certsOn, type Perimeter, type ToldTeam, teamsThatCount } from '../../src/delays/cert.ts'

const departments = [
  { code: '16', name: 'Charente' },
  { code: '17', name: 'Charente-Maritime' },
]
const row = (changes: Partial<Perimeter>): Perimeter => ({
  cert: 'angouleme',
  name: 'CERT d’Angoulême',
  title: 'driving-licence',
  department: '16',
  since: '2017-11-01',
  until: undefined,
  ...changes,
})

describe('centres on a day', () => {
  it('are supposed, department by department, where no file says, and say so', () => {
    const certs = certsOn([], departments, '2026-11-29')
    expect(certs.map(({ id, assumed }) => [id, assumed])).toEqual([
      ['cert-16', true],
      ['cert-17', true],
    ])
    expect(certs[0]!.titles).toEqual(['cni-passport', 'driving-licence'])
  })

  it('keep what is supposed of them when only a neighbour sends them files', () => {
    const told = certsOn([row({ cert: 'cert-16', department: '17' })], departments, '2026-11-29')
    expect(told.map(({ id, departments: served }) => [id, served])).toEqual([
      ['cert-16', ['17', '16']],
      ['cert-17', ['17']],
    ])
  })

  it('serve several departments and titles, from a day to a day', () => {
    const rows = [
      row({}),
      row({ title: 'cni-passport' }),
      row({ department: '17', since: '2020-01-01', until: '2024-12-31' }),
    ]
    const on = (day: string) => certsOn(rows, departments, day)
    expect(on('2022-06-01')).toEqual([
      {
        id: 'angouleme',
        name: 'CERT d’Angoulême',
        titles: ['driving-licence', 'cni-passport'],
        departments: ['16', '17'],
        assumed: false,
      },
      // The licences of 17 go to Angoulême; nobody says who examines its cards.
      {
        id: 'cert-17',
        name: 'CERT (périmètre supposé : Charente-Maritime)',
        titles: ['cni-passport'],
        departments: ['17'],
        assumed: true,
      },
    ])
    expect(on('2024-12-31').map(one => one.id)).toEqual(['angouleme', 'cert-17'])
    expect(on('2025-01-01').map(one => one.id)).toEqual(['angouleme', 'cert-17'])
    expect(on('2017-10-31').every(one => one.assumed)).toBe(true)
  })
})

describe('the team that counts', () => {
  const told = (changes: Partial<ToldTeam>): ToldTeam => ({
    cert: 'CERT d’Angoulême',
    code: undefined,
    since: '2021-01-01',
    etpo: 20,
    filesPerAgentDay: 95,
    release: 1,
    ...changes,
  })

  it('is that of the code that serves, whatever other centres say later', () => {
    const teams = teamsThatCount(
      [
        told({ code: 'angouleme' }),
        told({ code: 'limoges', since: '2025-01-01', etpo: 50 }),
        told({ since: '2026-01-01', etpo: 3 }),
      ],
      'angouleme',
    )
    expect(teams.map(team => team.etpo)).toEqual([20])
  })

  it('is that of the centre named last where no code is given, the last file of a day winning', () => {
    const teams = teamsThatCount(
      [
        told({ cert: 'Limoges', since: '2019-01-01' }),
        told({ etpo: 21, release: 3 }),
        told({ etpo: 20, release: 2 }),
        told({ since: '2022-01-01', etpo: 25 }),
      ],
      undefined,
    )
    expect(teams.map(({ since, etpo }) => [since, etpo])).toEqual([
      ['2021-01-01', 21],
      ['2022-01-01', 25],
    ])
  })
})
