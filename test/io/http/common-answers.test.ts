import { expect, test } from 'vitest'
import { withCommonAnswers } from '../../../src/io/http/common-answers.ts'

test('adds what stands before every operation, and keeps what one says itself', () => {
  const own = { description: 'À moi', content: {} }
  const document = withCommonAnswers({
    openapi: '3.1.0',
    info: { title: 't', version: '1' },
    paths: {
      '/read': { get: { responses: { 200: own } } },
      '/write': { post: { parameters: [], responses: { 201: own, 422: own } } },
    },
  })
  const { get } = document.paths?.['/read'] ?? {}
  const { post } = document.paths?.['/write'] ?? {}
  expect(Object.keys(get?.responses ?? {})).toEqual(['200', '401', '403', '429', '503'])
  expect(Object.keys(post?.responses ?? {})).toEqual([
    '201',
    '400',
    '401',
    '403',
    '409',
    '413',
    '415',
    '422',
    '429',
    '503',
  ])
  expect(post?.responses?.['422']).toBe(own)
  expect(post?.parameters).toMatchObject([{ name: 'Idempotency-Key', in: 'header', required: false }])
  expect(document.components?.schemas).toHaveProperty('Problem')
})
