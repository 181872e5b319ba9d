import { describe, expect, it } from 'vitest'
import { type Dated, type DatedValue, inForce, ruleAt, ruleInForce } from '../../../src/pure/law/dated.ts'

const dated: Dated<number> = {
  label: 'Durée',
  unit: 'année',
  checked: '2026-11-23',
  values: [
    { from: '2021-06-14', value: 10, source: { title: 'B' } },
    { from: '2014-01-01', value: 15, source: { title: 'A' }, note: 'ancien' },
  ],
}

// @ts-expect-error a value without a source does not compile
const unsourced: DatedValue<number> = { from: '2021-06-14', value: 10 }
// @ts-expect-error a rule without a value does not compile
const empty: Dated<number> = { label: 'Durée', unit: 'année', checked: '2026-11-23', values: [] }

describe('a dated value', () => {
  it('changes on its day', () => {
    expect(inForce(dated, '2021-06-13')).toBe(15)
    expect(inForce(dated, '2021-06-14')).toBe(10)
    expect(inForce(dated, '2999-01-01')).toBe(10)
  })

  it('does not exist before the first one', () => {
    expect(inForce(dated, '2014-01-01')).toBe(15)
    expect(() => inForce(dated, '2013-12-31')).toThrow(RangeError)
    expect(() => ruleInForce(dated, '2013-12-31')).toThrow('Durée')
    expect(ruleAt(dated, '2013-12-31')).toBeUndefined()
  })

  it('comes with its source', () => {
    expect(ruleInForce(dated, '2014-01-01')).toEqual({
      from: '2014-01-01',
      value: 15,
      source: { title: 'A' },
      note: 'ancien',
    })
    expect(unsourced.source).toBeUndefined()
    expect(empty.values).toEqual([])
  })
})
