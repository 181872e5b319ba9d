import { describe, expect, it } from 'vitest'
import { type DelayEvent, explainQuarter } from '../../src/delays/explain.ts'

const in2021 = (...days: number[]) => days.map((d, i) => ({ quarter: `2021-Q${i + 1}`, days: d }))
const INJECTION: DelayEvent = {
  from: '2021-03-31',
  until: '2021-03-31',
  label: 'après des incidents de l’outil PGA, 8 000 dossiers de permis entrent d’un coup dans le stock',
  files: 8_000,
  source: 'comité local des usagers du 5 avril 2022',
}
const said = (lines: { title: string; text: string }[] | undefined) =>
  lines?.map(({ title, text }) => `${title} — ${text}`.replace(/[\u00a0\u202f]/g, ' '))

describe('the explanation of a quarter', () => {
  it('puts the cause before the numbers, and says what cannot be known', () => {
    expect(
      said(explainQuarter({ quarter: '2021-Q4', quarters: in2021(6, 8, 14, 26), targetDays: 14 })),
    ).toEqual([
      'Cause — Les demandes ont sans doute dépassé la capacité de traitement d’environ 13 % : le délai a presque doublé (26 jours contre 14 jours le trimestre précédent).',
      'Ce que le délai ne dit pas — Le délai seul ne permet pas de savoir si les demandes ont augmenté ou si la capacité a baissé.',
      'Objectif — L’objectif de 14 jours est dépassé de 12 jours.',
    ])
  })

  it('tells dated events first, in the words of their source', () => {
    const lines = said(
      explainQuarter({ quarter: '2021-Q2', quarters: in2021(14, 31, 48, 48), events: [INJECTION] }),
    )
    expect(lines?.[0]).toBe(
      'Ce qui s’est passé — Le 31 mars 2021 : après des incidents de l’outil PGA, 8 000 dossiers de permis entrent d’un coup dans le stock (comité local des usagers du 5 avril 2022). Des dossiers entrés d’un coup allongent aussitôt l’attente à venir, mais le délai publié ne les compte que le jour où leur titre est délivré.',
    )
    expect(lines?.[1]).toBe(
      'Cause — Les dossiers entrés d’un coup ont sans doute allongé l’attente des suivants : le délai a plus que doublé (31 jours contre 14 jours le trimestre précédent).',
    )
  })

  it('reads no overload in a delay that still rises because of an injection', () => {
    const lines = said(
      explainQuarter({ quarter: '2021-Q3', quarters: in2021(14, 31, 48, 48), events: [INJECTION] }),
    )
    expect(lines?.join(' ')).not.toMatch(/capacité de traitement/)
    expect(lines?.[2]).toBe(
      'Ce que le délai ne dit pas — Le délai seul ne permet pas de savoir quelle part vient de ces dossiers, des demandes courantes ou de la capacité.',
    )
  })

  it('leaves out events that cannot bear on the files issued', () => {
    const at = (quarter: string) =>
      explainQuarter({ quarter, quarters: in2021(14, 31, 48, 48), events: [INJECTION] })?.[0]?.title
    expect(at('2021-Q1')).toBe('Ce qui s’est passé')
    expect(at('2021-Q3')).toBe('Ce qui s’est passé')
    expect(at('2021-Q4')).toBe('Cause')
    const late = { ...INJECTION, from: '2021-07-01', until: '2021-07-01' }
    const before = explainQuarter({ quarter: '2021-Q2', quarters: in2021(14, 31), events: [late] })
    expect(before?.map(line => line.title)).toEqual(['Cause', 'Ce que le délai ne dit pas'])
  })

  it.each([
    [[14, 14], 'Les demandes ont sans doute suivi la capacité de traitement : le délai est resté stable'],
    [[13, 26], 'd’environ 14 % : le délai a doublé'],
    [[10, 30], 'd’environ 22 % : le délai a triplé'],
    [[8, 14], 'd’environ 6,6 % : le délai a presque doublé'],
    [[19, 23], 'd’environ 4,4 % : le délai a augmenté'],
    [
      [26, 13],
      'La capacité de traitement a sans doute dépassé les demandes d’environ 14 % : le délai a diminué de moitié',
    ],
    [[26, 20], 'le délai a diminué (20 jours contre 26 jours'],
  ])('finds the verb of %j', (days, text) => {
    expect(said(explainQuarter({ quarter: '2021-Q2', quarters: in2021(...days) }))?.[0]).toContain(text)
  })

  it('claims no movement without the quarter before, and nothing without the quarter', () => {
    expect(said(explainQuarter({ quarter: '2021-Q1', quarters: in2021(6, 8) }))).toEqual([
      'Évolution — Le délai du trimestre précédent n’est pas connu : 6 jours au 1er trimestre 2021, sans évolution calculable.',
    ])
    expect(explainQuarter({ quarter: '2022-Q1', quarters: in2021(6, 8) })).toBeUndefined()
  })
})

it('a target of fourteen days is met on the fourteenth and missed after it', () => {
  const last = (days: number) =>
    explainQuarter({ quarter: '2021-Q1', quarters: [{ quarter: '2021-Q1', days }], targetDays: 14 })!.at(-1)!
      .text
  expect(last(14)).toMatch(/est tenu/)
  expect(last(26)).toMatch(/dépassé de 12\sjours/)
})
