import { expect, test } from 'vitest'
import { xmlText } from '../../../src/pure/figures/xml-text.ts'

test('what XML refuses is left out, what it reads as its own is written otherwise', () => {
  expect(xmlText('Say "a<b"')).toBe('Say &quot;a&lt;b&quot;')
  expect(xmlText('\u0000a\u001b\ufffe\uffff\ud800\udc00b\ud800c\udc00\n\t&>')).toBe(
    'a\ud800\udc00bc\n\t&amp;&gt;',
  )
})
