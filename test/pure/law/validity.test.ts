import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dayNumber, dayOfNumber } from '../../../src/pure/calendar/day.ts'
import { TITLES, type Title } from '../../../src/pure/law/title.ts'
import { type Issue, lastDayAfter, type Validity, validity } from '../../../src/pure/law/validity.ts'

function known(title: Title, issue: Issue): Validity {
  const answer = validity(title, issue)
  if ('reason' in answer) throw new Error(answer.reason)
  return answer
}

function reason(title: Title, issue: Issue): string {
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

  it('tell adults from the day of birth, on the eighteenth birthday', () => {
    const born = (bornOn: string) => known('cni', { issuedOn: '2012-06-14', department: '16', bornOn }).endsOn
    expect(born('1994-06-14')).toBe('2027-06-13')
    expect(born('1994-06-15')).toBe('2022-06-13')
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
    const grown = (bornOn: string) =>
      known('cni', { issuedOn: '2016-07-01', department: '16', bornOn }).renewableFrom
    expect(grown('2008-06-30')).toBe('2026-06-30')
    expect(grown('2008-07-01')).toBeUndefined()
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

  it('change on the eighteenth birthday', () => {
    expect(known('passport', { issuedOn: '2020-01-01', bornOn: '2002-01-01' }).endsOn).toBe('2029-12-31')
    expect(known('passport', { issuedOn: '2020-01-01', bornOn: '2002-01-02' }).endsOn).toBe('2024-12-31')
  })

  it('last one year in an emergency', () => {
    expect(known('passport', { issuedOn: '2024-07-01', adult: true, motive: 'emergency' }).endsOn).toBe(
      '2025-06-30',
    )
  })

  it('keep the end of the one they correct', () => {
    const issue = { issuedOn: '2024-07-01', adult: true, motive: 'correction' } as const
    expect(known('passport', { ...issue, formerEndsOn: '2026-05-09' }).endsOn).toBe('2026-05-09')
    expect(reason('passport', issue)).toContain('pas connue')
  })

  it('have no known rule before the texts read', () => {
    expect(known('passport', { issuedOn: '2001-03-01', adult: true }).endsOn).toBe('2011-02-28')
    expect(reason('passport', { issuedOn: '2001-02-28', adult: true })).toContain('aucune règle')
  })
})

describe('driving licences', () => {
  it('are pink until 15 September 2013, then last fifteen years', () => {
    expect(known('driving-licence', { issuedOn: '1985-01-01', adult: true }).endsOn).toBe('2033-01-19')
    expect(known('driving-licence', { issuedOn: '2013-09-15', adult: true }).endsOn).toBe('2033-01-19')
    expect(known('driving-licence', { issuedOn: '2013-09-16', adult: true })).toMatchObject({
      endsOn: '2028-09-15',
      travelEndsOn: undefined,
    })
  })

  it.each([
    ['heavy', '1964-06-02', '2029-05-31'],
    ['heavy', '1964-06-01', '2026-05-31'],
    ['heavy', '1948-06-02', '2026-05-31'],
    ['heavy', '1948-06-01', '2025-05-31'],
    ['bus', '1964-06-02', '2029-05-31'],
    ['bus', '1964-06-01', '2025-05-31'],
    ['bus', '1948-06-01', '2025-05-31'],
  ] as const)('%s of a holder born on %s, issued on 1 June 2024, end on %s', (licence, bornOn, endsOn) => {
    expect(known('driving-licence', { issuedOn: '2024-06-01', bornOn, licence }).endsOn).toBe(endsOn)
  })

  it('of the heavy group need a day of birth', () => {
    expect(reason('driving-licence', { issuedOn: '2024-06-01', adult: true, licence: 'heavy' })).toContain(
      'naissance',
    )
  })
})

describe('residence permits', () => {
  it.each([
    ['temporary', '2026-05-31', true],
    ['pluriannual', '2029-05-31', true],
    ['intra-company', '2028-05-31', true],
    ['seasonal', '2028-05-31', true],
    ['resident', '2035-05-31', false],
    ['withdrawal-agreement', '2030-05-31', false],
    ['withdrawal-agreement-permanent', '2035-05-31', false],
  ] as const)('%s issued on 1 June 2025 end on %s', (permit, endsOn, atMost) => {
    expect(known('residence-first', { issuedOn: '2025-06-01', adult: true, permit })).toMatchObject({
      endsOn,
      atMost,
    })
  })

  it('of the withdrawal agreement issued in 2021 come back in 2026 and 2031', () => {
    const issue = { issuedOn: '2021-03-15', adult: true } as const
    expect(known('residence-first', { ...issue, permit: 'withdrawal-agreement' }).endsOn).toBe('2026-03-14')
    expect(known('residence-first', { ...issue, permit: 'withdrawal-agreement-permanent' }).endsOn).toBe(
      '2031-03-14',
    )
    expect(
      reason('residence-first', { ...issue, issuedOn: '2020-11-19', permit: 'withdrawal-agreement' }),
    ).toContain('aucune règle')
  })

  it('need their kind', () => {
    expect(reason('residence-renewal', { issuedOn: '2025-06-01', adult: true })).toContain('nature')
  })
})

describe('every title', () => {
  it('without a term gives a reason, never a number', () => {
    const issue = { issuedOn: '2021-06-14', adult: true } as const
    expect(reason('vehicle-registration', issue)).toContain('Aucune durée')
    expect(reason('cni-passport', issue)).toContain('à préciser')
  })

  it('gives its rules with their sources, and ends in order', () => {
    const days = fc.integer({ min: dayNumber('1990-01-01'), max: dayNumber('2040-12-31') }).map(dayOfNumber)
    fc.assert(
      fc.property(fc.constantFrom(...TITLES), days, fc.boolean(), (title, issuedOn, adult) => {
        const answer = validity(title, { issuedOn, adult, department: '16', permit: 'pluriannual' })
        if ('reason' in answer) {
          expect(answer.reason).not.toBe('')
          return
        }
        expect(answer.endsOn >= issuedOn).toBe(true)
        expect(answer.printedEnd <= answer.endsOn).toBe(true)
        expect((answer.travelEndsOn ?? answer.endsOn) <= answer.endsOn).toBe(true)
        expect(answer.rules.length).toBeGreaterThan(0)
        for (const { text, source } of answer.rules) expect(text !== '' && source.title !== '').toBe(true)
      }),
    )
  })

  it('has a term that ends on the eve of the anniversary', () => {
    expect(lastDayAfter('2024-02-29', 1)).toBe('2025-02-28')
    expect(lastDayAfter('2024-03-01', 1)).toBe('2025-02-28')
    expect(lastDayAfter('2020-01-01', 10)).toBe('2029-12-31')
  })
})
