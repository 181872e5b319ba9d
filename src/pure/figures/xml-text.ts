// XML 1.0 (2.2) has no place for these, whatever they are written as: a reader refuses the whole file for one.
const FORBIDDEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

/** A text without the characters that XML refuses. */
export function xmlCharacters(text: string): string {
  return text.replace(FORBIDDEN, '')
}

/** A text as XML holds it, between tags or quotes. @example `Say "a<b"` becomes `Say &quot;a&lt;b&quot;`. */
export function xmlText(text: string): string {
  return xmlCharacters(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
