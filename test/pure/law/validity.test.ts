import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dayNumber, dayOfNumber } from '../../../src/pure/calendar/day.ts'
import { type Issue, type Validity, validity } from '../../../src/pure/law/validity.ts'

function known(title: 'cni' | 'passport', issue: Issue): Validity {
  const answer = validity(title, issue)
  if ('reason' in answer) throw new Error(answer.reason)
  return answer
}

function reason(title: 'cni' | 'passport', issue: Issue): string {
  const answer = validity(title, issue)
  if (!('reason' in answer)) throw new Error(`known: ${answer.endsOn}`)
  return answer.reason
}

const card = (issuedOn: string, more: Partial<Issue> = {}) =>
  known('cni', { issuedOn, department: '16', adult: true, ...more } as Issue)

describe('identity cards', () => {
  it('issued on 26 May 2010 print 25 May 2020 and end on 25 May 2025 (amg33.fr)', () => {
    expect(card('2010-05-26')).toMatchObject({ printedEnd: '2020-05-25', endsOn: '2025-05-25' })
  })

  it('of adults are extended from the one still valid on 1 January 2014', () => {
    expect(card('2004-01-01').endsOn).toBe('2013-12-31')
    expect(card('2004-01-02')).toMatchObject({ printedEnd: '2014-01-01', endsOn: '2019-01-01' })
    expect(card('2013-12-31')).toMatchObject({ printedEnd: '2023-12-30', endsOn: '2028-12-30' })
    expect(card('2014-01-01')).toMatchObject({ printedEnd: '2028-12-31', endsOn: '2028-12-31' })
  })

  // service-public.fr, table of card F35005: issued 2011 → 2026, 2012 → 2027, 2013 → 2028.
  it.each([2011, 2012, 2013])('of adults of %i end fifteen years later', year => {
    expect(card(`${year}-07-01`).endsOn).toBe(`${year + 15}-06-30`)
  })

  it('of minors are never extended', () => {
    expect(card('2013-12-31', { adult: false }).endsOn).toBe('2023-12-30')
    expect(card('2014-01-01', { adult: false }).endsOn).toBe('2023-12-31')
    expect(card('2021-06-14', { adult: false }).endsOn).toBe('2031-06-13')
  })

  it('fall from fifteen to ten years in Charente on 14 June 2021', () => {
    expect(card('2021-06-13').endsOn).toBe('2036-06-12')
    expect(card('2021-06-14').endsOn).toBe('2031-06-13')
  })

  it('of the old format stop travelling in the Union on 3 August 2031, if they last so long', () => {
    expect(card('2016-08-03').travelEndsOn).toBe('2031-08-02')
    expect(card('2016-08-04').travelEndsOn).toBe('2031-08-03')
    expect(card('2016-08-05')).toMatchObject({ endsOn: '2031-08-04', travelEndsOn: '2031-08-03' })
    expect(card('2021-08-02').travelEndsOn).toBe('2031-08-01')
    expect(card('2021-09-01')).toMatchObject({ endsOn: '2031-08-31', travelEndsOn: '2031-08-31' })
  })

  it('of the old format may be renewed early since 31 March 2025, while valid and by adults', () => {
    expect(card('2010-03-31').endsOn).toBe('2025-03-30')
    expect(card('2010-03-31').renewableFrom).toBeUndefined()
    expect(card('2010-04-01')).toMatchObject({ endsOn: '2025-03-31', renewableFrom: '2025-03-31' })
    expect(card('2021-06-14').renewableFrom).toBeUndefined()
    expect(card('2016-01-01', { adult: false }).renewableFrom).toBeUndefined()
  })

  it('say when the format of 2021 is not known, unless it is given', () => {
    expect(reason('cni', { issuedOn: '2021-06-01', adult: true })).toContain('non précisé')
    expect(reason('cni', { issuedOn: '2021-06-01', adult: true, department: '75' })).toContain('75')
    expect(card('2021-06-01', { department: '75', card: 'old' }).endsOn).toBe('2036-05-31')
    expect(card('2021-06-01', { department: '75', card: 'new' }).endsOn).toBe('2031-05-31')
    expect(card('2021-06-20', { card: 'old' }).endsOn).toBe('2036-06-19')
  })

  it('have no known rule before 1995', () => {
    expect(reason('cni', { issuedOn: '1994-12-31', adult: true })).toContain('31\u00a0décembre 1994')
    expect(reason('cni', { issuedOn: '1994-12-31', adult: false })).toContain('31\u00a0décembre 1994')
  })
})

describe('passports', () => {
  it('last ten years for adults, five for minors', () => {
    expect(known('passport', { issuedOn: '2016-05-10', adult: true })).toMatchObject({
      endsOn: '2026-05-09',
      travelEndsOn: '2026-05-09',
    })
    expect(known('passport', { issuedOn: '2021-05-10', adult: false }).endsOn).toBe('2026-05-09')
    expect(known('passport', { issuedOn: '2024-02-29', adult: true }).endsOn).toBe('2034-02-28')
  })

  it('have no known rule before the texts read', () => {
    expect(known('passport', { issuedOn: '2001-03-01', adult: true }).endsOn).toBe('2011-02-28')
    expect(reason('passport', { issuedOn: '2001-02-28', adult: true })).toContain('aucune règle')
  })
})

describe('every title', () => {
  it('ends in order, on the eve of an anniversary', () => {
    const days = fc.integer({ min: dayNumber('1990-01-01'), max: dayNumber('2040-12-31') }).map(dayOfNumber)
    fc.assert(
      fc.property(fc.constantFrom('cni', 'passport'), days, fc.boolean(), (title, issuedOn, adult) => {
        const answer = validity(title, { issuedOn, adult, department: '16' })
        if ('reason' in answer) {
          expect(answer.reason).not.toBe('')
          return
        }
        expect(answer.endsOn >= issuedOn).toBe(true)
        expect(answer.printedEnd <= answer.endsOn).toBe(true)
        expect(answer.travelEndsOn <= answer.endsOn).toBe(true)
      }),
    )
    expect(known('passport', { issuedOn: '2024-02-29', adult: false }).endsOn).toBe('2029-02-28')
    expect(known('passport', { issuedOn: '2024-03-01', adult: false }).endsOn).toBe('2029-02-28')
  })
})
