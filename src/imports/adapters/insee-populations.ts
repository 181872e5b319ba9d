import type { Adapter, ForeignRow } from './adapter.ts'

/** Reference populations in force on 1 January of a year are those of three years before (loi no 2002-276, art. 156). */
const YEARS_BEFORE = 3

/** The reference populations of INSEE (`donnees_communes.csv`): municipal population of each commune. */
export const inseePopulations: Adapter = {
  name: 'populations de référence de l’INSEE',
  kind: 'indicators',
  signs: [
    ['COM', 'CODGEO', 'Code commune'],
    ['PMUN', 'Population municipale'],
    ['PTOT', 'Population totale', 'PCAP'],
  ],
  reads: {
    COM: 'place',
    CODGEO: 'place',
    'Code département': 'place',
    'Code commune': 'place',
    PMUN: 'value',
    'Population municipale': 'value',
  },
  fields: ['period', 'place', 'measure', 'value'],
  origin: { source: 'INSEE', document: 'Populations de référence', licence: 'Licence Ouverte 2.0' },
  open({ context, publishedOn, remarks, words }) {
    const said = words.flatMap(text => [...text.matchAll(/(?<!\d)20\d{2}(?!\d)/g)]).map(([year]) => year)
    const last = String(Number(publishedOn.slice(0, 4)) - YEARS_BEFORE)
    const period = said.find(year => year <= last) ?? last
    if (!said.includes(period))
      remarks.add(
        'given-beside',
        `Ni le fichier ni son nom ne disent l’année : celle des populations en vigueur quand il a été publié, ${period}`,
      )
    return {
      row(cell, line) {
        const place = communeOf(cell)
        const known = context.knownCommunes(place).state === 'current'
        const own = context.answersFor?.(place) ?? true
        if (!known || !own) {
          remarks.add(
            'rows-left-aside',
            known
              ? 'Communes dont votre compte ne répond pas, laissées de côté'
              : 'Communes qui ne sont plus, laissées de côté',
            line,
          )
          return []
        }
        const value = cell('PMUN') || cell('Population municipale')
        return [{ line, fields: { period, place, measure: 'population', value } }]
      },
    }
  },
}

/** The tables by department say the number of a commune within it: 80 and 021, 974 and 411. */
function communeOf(cell: ForeignRow): string {
  const code = cell('COM') || cell('CODGEO') || cell('Code commune')
  const department = cell('Code département').padStart(2, '0')
  return code.length > 3 ? code.padStart(5, '0') : department.slice(0, 2) + code.padStart(3, '0')
}
