const DARK = '[data-fr-theme=dark]'
const ROOT = `:root${DARK}`

/**
 * DSFR's dark colours for those whose system asks for them. DSFR puts them under an attribute that its script
 * sets, so that pages without JavaScript stay light, flash before they turn dark, and print light letters on
 * white paper. This reads its stylesheet and gives the same rules under a media query for screens.
 */
export function darkScheme(dsfrStylesheet: string): string {
  const rules: string[] = []
  for (const { selector, body, within } of rulesOf(dsfrStylesheet)) {
    const dark = selector.split(',').filter(part => part.includes(DARK))
    if (dark.length === 0 || within.some(at => at.includes('prefers-color-scheme'))) continue
    const followed = dark.map(part => part.replaceAll(ROOT, ':root').replaceAll(DARK, ':root')).join(',')
    const media = within.filter(at => at.startsWith('@media')).map(at => at.slice(6).trim())
    rules.push(
      `@media ${['screen and (prefers-color-scheme:dark)', ...media.map(bracketed)].join(' and ')}{${followed}{${body}}}`,
    )
  }
  return rules.join('\n')
}

// Lists of queries cannot be joined by "and"; DSFR uses them only around old browsers.
function bracketed(query: string): string {
  return query.includes(',') ? '(min-width:0)' : query
}

interface Rule {
  selector: string
  body: string
  within: string[]
}

function rulesOf(stylesheet: string): Rule[] {
  const rules: Rule[] = []
  const within: string[] = []
  let text = ''
  for (const piece of stylesheet.replace(/\/\*[\s\S]*?\*\//g, '').split(/([{}])/)) {
    if (piece === '{') {
      within.push(text.trim())
      text = ''
    } else if (piece === '}') {
      const selector = within.pop() ?? ''
      if (!selector.startsWith('@') && text.trim() !== '')
        rules.push({ selector, body: text.trim(), within: [...within] })
      text = ''
    } else {
      // What stands before the last semicolon at this depth is a statement such as @charset.
      text = within.length === 0 ? piece.slice(piece.lastIndexOf(';') + 1) : piece
    }
  }
  return rules
}
