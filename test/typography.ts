const RULES: Readonly<Record<string, RegExp>> = {
  'a hyphen for a minus sign': /(?<![\w-])-\d/,
  'a straight apostrophe': /\p{L}'\p{L}/u,
  'straight quotes': /"/,
  'no no-break space before a colon': /(?<![\u00a0\u202f]):(?=\s|$)/,
  'no no-break space before ; ? or !': /(?<![\u00a0\u202f])[;?!](?=[\s)]|$)/,
  'no no-break space before %': /(?<=\d)[ ]?%/,
  'no no-break space inside « »': /«(?!\u00a0)|(?<!\u00a0)»/,
  'a decimal point': /(?<![\w./-])\d+\.\d+(?![\w./-])/,
  'a first day that is not 1er':
    /(?<!\d)1[ \u00a0\u202f](?:janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre)\b/,
  'an ISO period': /(?<![\w-])\d{4}-(?:\d{2}-\d{2}|Q[1-4])(?![\w-])/,
  'thousands run together, or parted by a breaking space':
    /(?<![\w.,/-])\d{5,}(?=[ \u00a0](?:demandes|dossiers|titres|habitants|jours|€))|(?<![\w/-])\d{1,3} \d{3}(?!\d)/,
  'a hesitant plural': /\p{L}\(s\)/u,
  'a word that is not French':
    /\b(?:the|and|of|with|from|not|wait|delay|request|hall|true|false|null|undefined|NaN|Infinity|object Object)\b/,
}

/** What French typography finds wrong in a text that people read: the fault, and the words around it. */
export function typographicFaults(text: string): string[] {
  return Object.entries(RULES).flatMap(([fault, rule]) => {
    const found = rule.exec(text)
    return found === null ? [] : [`${fault}: ${text.slice(Math.max(0, found.index - 30), found.index + 30)}`]
  })
}
