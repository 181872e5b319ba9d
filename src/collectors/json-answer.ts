/** Texts, and what the readers of the contract take for numbers though JSON has none, or none so long. */
const LENIENT = /"(?:\\.|[^"\\])*"|-?\b(?:NaN|Infinity)\b|(?<![\d.eE+-])-?\d{16,}(?![\d.eE])/g

/**
 * Reads an answer in JSON, in the encoding that it says. Python writes `NaN`, and reads it back: it is kept as a text, that
 * nobody takes for a number; so is a whole number of sixteen digits or more: 90071992547409931 would lose its last one.
 *
 * @throws when it is no JSON.
 */
export function readJson(body: Uint8Array, contentType = ''): unknown {
  const charset = /charset="?([\w-]+)/i.exec(contentType)?.[1] ?? 'utf-8'
  const text = new TextDecoder(charset).decode(body)
  return JSON.parse(text.replace(LENIENT, token => (token.startsWith('"') ? token : `"${token}"`)))
}
