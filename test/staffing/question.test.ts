import { describe, expect, it } from 'vitest'
import { resolveQuestion } from '../../src/staffing/question.ts'

const request = { title: 'cni-passport', months: 12, targetDays: 14, probability: 0.9 } as const
const facts = { today: '2026-11-24', place: '16', engine: false }

describe('a question made whole', () => {
  it('takes published defaults and says where they come from', () => {
    const { question, origins } = resolveQuestion(request, facts)
    expect(question).toMatchObject({ firstMonth: '2026-12', filesPerWorkingDay: 2_037, startDelayDays: 7 })
    expect(origins['filesPerWorkingDay']).toContain('27 CERT')
    // 2,037 files ÷ (95 × 79.67 % present) is 26.9 agents.
    expect(question.agents).toBe(26.9)
    for (const origin of Object.values(origins)) expect(origin).not.toBe('')
  })

  it('prefers what is given, then what was imported', () => {
    const known = { ...facts, agents: { value: 31, origin: 'import' }, delay: { value: 9, origin: 'comité' } }
    const { question, origins } = resolveQuestion({ ...request, agents: 20 }, known)
    expect(question).toMatchObject({ agents: 20, startDelayDays: 9 })
    expect(origins).toMatchObject({ startDelayDays: 'comité' })
    expect(origins).not.toHaveProperty('agents')
    expect(resolveQuestion(request, known).question.agents).toBe(31)
  })

  it('takes the volume that an imported team would just treat, unless its own centre told one', () => {
    const known = { ...facts, agents: { value: 12, origin: 'import' } }
    const { question, origins } = resolveQuestion(request, known)
    // 12 agents × 95 files × 79.67 % present.
    expect(question.filesPerWorkingDay).toBe(908)
    expect(origins['filesPerWorkingDay']).toContain('équipe importée')
    expect(resolveQuestion({ ...request, title: 'residence-first' }, known).question.agents).toBe(12)
    const licences = { ...request, title: 'driving-licence' } as const
    expect(resolveQuestion(licences, known).question.filesPerWorkingDay).toBe(908)
    const receipts = { value: 345, origin: 'comité', assumed: false }
    expect(resolveQuestion(licences, { ...known, receipts }).question.filesPerWorkingDay).toBe(345)
  })

  it('takes what its centre receives, supposed or imported, and beside the imported team of a supposed one', () => {
    const receipts = { value: 232, origin: 'le périmètre', assumed: true }
    const supposed = resolveQuestion(request, { ...facts, receipts })
    expect(supposed.question).toMatchObject({ filesPerWorkingDay: 232, agents: 3.07 })
    expect(supposed.origins['filesPerWorkingDay']).toBe('le périmètre')
    expect(
      resolveQuestion({ ...request, filesPerWorkingDay: 464 }, { ...facts, receipts }).question.agents,
    ).toBe(6.13)
    const agents = { value: 12, origin: 'import' }
    expect(resolveQuestion(request, { ...facts, agents, receipts }).origins['filesPerWorkingDay']).toMatch(
      /équipe importée.* ; le périmètre : 232$/,
    )
    const known = { ...facts, agents, receipts: { ...receipts, assumed: false } }
    expect(resolveQuestion(request, known).question.filesPerWorkingDay).toBe(232)
    expect(resolveQuestion({ ...request, filesPerWorkingDay: 300 }, known).question.filesPerWorkingDay).toBe(
      300,
    )
  })

  it('starts from the stock that was counted, unless a delay is given', () => {
    const known = { ...facts, stock: { value: 12_000, origin: 'Stock compté' } }
    const { question, origins } = resolveQuestion(request, known)
    expect([question.startStock, origins['startStock']]).toEqual([12_000, 'Stock compté'])
    expect(resolveQuestion({ ...request, startDelayDays: 9 }, known).question.startStock).toBeUndefined()
    expect(resolveQuestion({ ...request, startStock: 3 }, known).question.startStock).toBe(3)
  })

  it('does not raise a given productivity by itself', () => {
    const { question } = resolveQuestion({ ...request, filesPerAgentDay: 60 }, facts)
    expect(question.filesPerAgentDayLater).toBe(60)
  })

  it('refuses a title whose volume nobody published, and files received without a plan to correct', () => {
    expect(() => resolveQuestion({ ...request, title: 'residence-first' }, facts)).toThrow('Aucun volume')
    expect(() => resolveQuestion({ ...request, received: [{ month: '2026-11', files: 1 }] }, facts)).toThrow(
      'previous',
    )
  })
})
