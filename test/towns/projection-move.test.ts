import { expect, test } from 'vitest'
import { demandReasons, waitReasons } from '../../src/towns/projection-move.ts'
import type { WaitFact } from '../../src/waits/wait-fact.ts'

const fact = (place: string, days: number) => ({ place, days, period: '2026-10' }) as unknown as WaitFact

test('the reasons of a projection that moves are what differs under it, each once', () => {
  const before = { counted: [], paths: 100, departmentPopulation: 1, nationalPopulation: 2 }
  const counted = [{ insee: '16102', title: 'cni', month: '2026-01', requests: 9 } as const]
  expect(demandReasons(before, { ...before, counted }).map(({ code }) => code)).toEqual(['counted-requests'])
  const more = { ...before, departmentPopulation: 3, nationalPopulation: 4 }
  expect(demandReasons(before, more).map(({ code }) => code)).toEqual(['population'])
  expect(demandReasons(before, before)).toEqual([])
})

test('a wait moves by what is published of its place, or elsewhere', () => {
  const before = { facts: [fact('16102', 30)], volumes: 1 }
  const after = { facts: [fact('16102', 30), fact('16015', 60)], volumes: 1 }
  const codes = (place: string) => waitReasons(place, before, after).map(({ code }) => code)
  expect(codes('16015')).toEqual(['own-waits'])
  expect(codes('16102')).toEqual(['other-waits'])
  expect(waitReasons('16102', before, { ...before, volumes: 2 })).toMatchObject([
    { code: 'national-volumes' },
  ])
})
