import { expect, test } from 'vitest'
import { documentHtml, titleOf } from '../../src/docs/document.ts'
import { decisions, documents } from '../../src/docs/document-queries.ts'

test('every decision has a title, a status and a day, and they come in the order of their numbers', () => {
  const all = decisions()
  expect(all.length).toBeGreaterThan(15)
  expect(all.map(one => one.slug)).toEqual(all.map(one => one.slug).toSorted())
  for (const { text } of all)
    expect(text).toMatch(/^# .+\n\nStatus: (accepted|superseded).*Date: \d{4}-\d\d-\d\d\./)
})

test('documents become pages without their title, tables included', () => {
  const accuracy = documents().find(one => one.slug === 'accuracy')!
  expect(accuracy.title).toBe('Accuracy')
  const html = String(documentHtml(accuracy.text))
  expect(html).toContain('<table>')
  expect(html).not.toContain('<h1>')
})

test('a text without a heading is no document', () => {
  expect(() => titleOf('words')).toThrow('begins with a heading')
})
