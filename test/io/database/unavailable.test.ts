import pg from 'pg'
import { describe, expect, test } from 'vitest'
import { isAway, isUnstorable } from '../../../src/io/database/unavailable.ts'

function databaseError(code: string): Error {
  return Object.assign(new pg.DatabaseError('x', 1, 'error'), { code, severity: 'ERROR' })
}

describe('a database that is away', () => {
  test.each(['57P01', '57014', '53300', '53100', '08006', '25006', '25P03'])('%s may pass', code => {
    expect(isAway(databaseError(code))).toBe(true)
  })

  test.each(['23505', '42501', '42P01', '22021'])('%s is nobody’s absence', code => {
    expect(isAway(databaseError(code))).toBe(false)
  })

  test.each(['ECONNREFUSED', 'ECONNRESET', 'ENOENT'])('%s of a connection, but not of a file', code => {
    expect(isAway(Object.assign(new Error('x'), { code, syscall: 'connect' }))).toBe(true)
    expect(isAway(Object.assign(new Error('x'), { code, syscall: 'open' }))).toBe(false)
  })

  test('what pg and its pool say in words', () => {
    expect(isAway(new Error('Connection terminated unexpectedly'))).toBe(true)
    expect(isAway(new Error('timeout exceeded when trying to connect'))).toBe(true)
    expect(isAway(new Error('connection of ideas'))).toBe(false)
  })
})

test('a text that PostgreSQL cannot hold', () => {
  expect(isUnstorable(databaseError('22021'))).toBe(true)
  expect(isUnstorable(databaseError('22P02'))).toBe(false)
})
