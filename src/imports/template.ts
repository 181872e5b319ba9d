import { flawed } from './cells/fault.ts'
import { csvLine } from './csv.ts'
import { originColumns } from './kinds/figure-columns.ts'
import { KINDS, type Kind } from './kinds.ts'

/**
 * A file to start from, as spreadsheets read it best: UTF-8 with its mark, `;`, CRLF, metadata first, then the
 * header and rows of example to replace. It imports without fault.
 */
export function template(kind: Kind): string {
  const { label, columns, examples } = KINDS[kind]
  // What the head of the template says is not said again on each line.
  const fields = Object.entries(columns).filter(([field]) => !(field in originColumns))
  const rows = (examples as readonly Partial<Record<string, string>>[]).map(example =>
    csvLine(
      fields.map(
        ([field, { presence, example: usual }]) => example[field] ?? (presence === 'optional' ? '' : usual),
      ),
    ),
  )
  const lines = [
    `# type : ${kind}`,
    '# source : ',
    `# document : ${EXAMPLE_DOCUMENT}`,
    '# publié le : ',
    '# nature : initiale',
    `# note : ${label}, lignes d’exemple à remplacer`,
    csvLine(fields.map(([, { name }]) => name)),
    ...rows,
  ]
  return `\ufeff${lines.join('\r\n')}\r\n`
}

/** Title of the document in a template that nobody has filled in: a file that still bears it holds no facts. */
export const EXAMPLE_DOCUMENT = 'Exemple à remplacer'

/** Whether a file is a template that nobody has filled in: its rows are examples, not facts. */
export function isUntouched(kind: Kind, bytes: Uint8Array): boolean {
  const written = (text: string) =>
    text
      .replace(/^\ufeff/, '')
      .replace(/\r\n?/g, '\n')
      .trim()
  return written(new TextDecoder().decode(bytes)) === written(template(kind))
}

/** The flaw of such a file. */
export const UNTOUCHED_TEMPLATE = flawed(
  'untouched-template',
  'C’est le modèle tel qu’il a été téléchargé : ses lignes sont des exemples.',
  'Remplacez les lignes d’exemple par vos chiffres, et « # source » par votre nom.',
).flaw
