import { describe, expect, it } from 'vitest'
import { type Day, daysBetween, isDay } from '../../../src/pure/calendar/day.ts'
import { type PublicRule, pricesIn, RULES, SUBJECTS } from '../../../src/pure/law/rules.ts'

const TODAY = '2026-11-23'

/**
 * What is wrong with a list of rules on a day: values out of order (newest first, no repeated day), a source
 * without a title, a value without words, or a rule that nobody has compared with its sources for a year.
 */
function faultsOfRules(rules: readonly PublicRule[], today: Day): string[] {
  return rules.flatMap(({ label, checked, values }) => {
    const faults: string[] = []
    if (!isDay(checked)) faults.push(`${label}: checked on ${checked}, which is no day`)
    else if (daysBetween(checked, today) >= 365) faults.push(`${label}: last checked on ${checked}`)
    values.forEach(({ from, text, source }, i) => {
      const newer = values[i - 1]
      if (!isDay(from)) faults.push(`${label}: ${from} is no day`)
      if (newer !== undefined && newer.from <= from) faults.push(`${label}: ${from} after ${newer.from}`)
      if (source.title.trim() === '') faults.push(`${label}: ${from} has no source`)
      if (text.trim() === '') faults.push(`${label}: ${from} has no value`)
    })
    return faults
  })
}

function value(from: string, title = 'Décret') {
  return { from, text: '10', source: { title }, note: undefined }
}

function rule(values: PublicRule['values'], checked = TODAY): PublicRule {
  return { subject: 'Passeport', label: 'Règle', checked, values }
}

describe('the rules', () => {
  it('are newest first, sourced, and compared with their sources for less than a year', () => {
    expect(faultsOfRules(RULES, TODAY)).toEqual([])
  })

  it('are listed once, under every subject', () => {
    const labels = RULES.map(({ label }) => label)
    expect(new Set(labels).size).toBe(labels.length)
    expect([...new Set(RULES.map(({ subject }) => subject))]).toEqual([...SUBJECTS])
  })

  it('give web addresses only', () => {
    const hrefs = RULES.flatMap(({ values }) => values.map(({ source }) => source.href ?? 'https://none'))
    for (const href of hrefs) expect(new URL(href).protocol).toMatch(/^https?:$/)
  })

  it('are said in words', () => {
    const texts = (label: string) => RULES.find(each => each.label === label)?.values.map(({ text }) => text)
    expect(texts('Validité de la carte d’identité d’un majeur')).toEqual([
      '10\u00a0ans',
      '15\u00a0ans',
      '10 + 5\u00a0ans',
      '10\u00a0ans',
    ])
    expect(texts('Fin du permis rose à trois volets')).toEqual(['19\u00a0janvier 2033'])
    expect(texts('Validité du permis de conduire, groupe lourd')).toEqual([
      '5\u00a0ans, 2\u00a0ans dès 60 ans, 1\u00a0an dès 76 ans',
    ])
    expect(texts('Engagement de réponse aux courriels')?.[0]).toBe('5\u00a0jours ouvrés')
    expect(texts('Déploiement de la carte d’identité électronique')?.[0]).toBe('tous les départements')
    expect(texts('Déploiement de la carte d’identité électronique')?.at(-1)).toBe('département 60')
    expect(texts('Dotation pour les titres sécurisés')?.[0]).toBe('non trouvé')
    expect(texts('Dotation pour les titres sécurisés')?.[1]).toContain('point : non publié')
    expect(texts('Dotation pour les titres sécurisés')?.[2]).toContain('point : 1,93 €')
  })

  it('tell the prices of a place, half of them in French Guiana, none where they are set there', () => {
    const told = (department: string) => {
      const prices = pricesIn(department, TODAY)
      return prices && `${prices.passport} ; ${prices.lostCard}`.replace(/\s/g, ' ')
    }
    expect(told('974')).toBe('86 €, 42 € de 15 à 17 ans, 17 € avant 15 ans ; 25 €')
    expect(told('973')).toBe('43 €, 21 € de 15 à 17 ans, 8,50 € avant 15 ans ; 12,50 €')
    expect(told('987')).toBeUndefined()
    expect(pricesIn('973', TODAY)?.sources).toContain('Code général des impôts, article 1043 A')
    expect(pricesIn('974', TODAY)?.sources).not.toContain('Code général des impôts, article 1043 A')
    const [there] = RULES.filter(({ label }) => label.endsWith('en Nouvelle-Calédonie'))
    expect(there?.values.map(({ text }) => text)).toEqual(['fixé sur place'])
  })

  it('are found wanting', () => {
    expect(faultsOfRules([rule([value('2021-01-01'), value('2014-01-01')])], TODAY)).toEqual([])
    expect(faultsOfRules([rule([value('2014-01-01'), value('2021-01-01')])], TODAY)).toHaveLength(1)
    expect(faultsOfRules([rule([value('2021-01-01'), value('2021-01-01')])], TODAY)).toHaveLength(1)
    expect(faultsOfRules([rule([value('2021-02-30')])], TODAY)).toHaveLength(1)
    expect(faultsOfRules([rule([value('2021-01-01', ' ')])], TODAY)).toHaveLength(1)
    expect(faultsOfRules([rule([value('2021-01-01')], '2025-11-23')], TODAY)).toHaveLength(1)
    expect(faultsOfRules([rule([value('2021-01-01')], '2025-11-24')], TODAY)).toEqual([])
  })
})
