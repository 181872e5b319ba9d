import { type Flaw, flawed } from './cells/fault.ts'

const SAVE_AS_CSV =
  'Ouvrez-le dans votre tableur, puis « Enregistrer sous » au format « CSV UTF-8 (séparateur : point-virgule) ».'

/** Other formats betray themselves by their first bytes, written here as Latin-1 text. */
const SIGNATURES: readonly { starts: readonly string[]; flaw: Flaw }[] = [
  {
    starts: ['\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1'],
    ...flawed(
      'spreadsheet-file',
      'Ce fichier est un classeur Excel (ancien format) : enregistrez-le en CSV.',
      SAVE_AS_CSV,
    ),
  },
  {
    starts: [
      '\u001f\u008b',
      'BZh',
      '7z\u00bc\u00af\u0027\u001c',
      'Rar!\u001a\u0007',
      '\u00fd7zXZ\0',
      '\u0028\u00b5\u002f\u00fd',
    ],
    ...flawed(
      'compressed-file',
      'Ce fichier est une archive compressée.',
      'Décompressez-la et envoyez le fichier CSV qu’elle contient.',
    ),
  },
  {
    starts: ['%PDF'],
    ...flawed(
      'pdf-file',
      'Ce fichier est un PDF.',
      'Recopiez ses chiffres dans le modèle de fichier, avec le titre du document en métadonnée.',
    ),
  },
  {
    starts: ['\u0089PNG', 'GIF8', '\u00ff\u00d8\u00ff', 'PAR1', 'SQLite format 3', '\u007fELF', '{\\rtf'],
    ...flawed(
      'binary-file',
      'Ce fichier est une image, un document ou un programme, pas un texte CSV.',
      'Envoyez les chiffres au format CSV, à partir du modèle de fichier.',
    ),
  },
]

/** The container of XLS, or the bare records that came before it (BIFF 2, 3, 4 and 5). */
const OLD_EXCEL = ['\u00d0\u00cf\u0011\u00e0', '\t\0', '\t\u0002', '\t\u0004', '\t\b']
const ODS_MIME = 'opendocument.spreadsheet'

/** Whether a file is a workbook, whatever its name: XLSX, XLS, ODS, or a web page or XML of tables that bears the name of one. */
export function isWorkbook(bytes: Uint8Array): boolean {
  const head = latin1(bytes, 65_536)
  if (OLD_EXCEL.some(start => head.startsWith(start))) return true
  if (head.startsWith('PK\u0003\u0004'))
    return /\[Content_Types\]\.xml|xl\/|_rels\//.test(head) || head.includes(ODS_MIME)
  const start = head.replace(/^\u00ef\u00bb\u00bf/, '').trimStart()
  return start.startsWith('<') && /<(table|workbook|ss:workbook)[\s>]|office:spreadsheet/i.test(head)
}

function latin1(bytes: Uint8Array, most: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, most)).toString('latin1')
}

/** Refuses what is plainly not text by its first bytes: workbooks, archives, PDF, images. */
export function foreignFormat(bytes: Uint8Array): Flaw | undefined {
  const head = latin1(bytes, 4096)
  if (head.startsWith('PK\u0003\u0004') || head.startsWith('PK\u0005\u0006')) return zipFlaw(head)
  return SIGNATURES.find(({ starts }) => starts.some(start => head.startsWith(start)))?.flaw
}

function zipFlaw(head: string): Flaw {
  // Office formats are zip archives; the first entries name them.
  const workbook = /\[Content_Types\]\.xml|xl\/|_rels\/|opendocument\.spreadsheet/.test(head)
  return workbook
    ? flawed(
        'spreadsheet-file',
        'Ce fichier est un classeur Excel ou LibreOffice : enregistrez-le en CSV.',
        SAVE_AS_CSV,
      ).flaw
    : flawed(
        'compressed-file',
        'Ce fichier est une archive zip.',
        'Décompressez-la et envoyez le fichier CSV qu’elle contient ; si c’est un classeur, enregistrez-le en CSV.',
      ).flaw
}

/** Refuses text of another kind, once decoded: HTML, XML, JSON. */
export function foreignText(text: string): Flaw | undefined {
  const start = text.slice(0, 4096).trimStart()
  if (start.startsWith('<')) {
    return flawed(
      'markup-file',
      'Ce fichier est une page web ou du XML.',
      'Si vous l’avez téléchargé, le site a peut-être répondu par une page d’erreur : téléchargez-le de nouveau, au format CSV.',
    ).flaw
  }
  if (start.startsWith('{') || start.startsWith('[')) {
    return flawed(
      'json-file',
      'Ce fichier est du JSON.',
      'Convertissez-le en CSV, à partir du modèle de fichier.',
    ).flaw
  }
  return undefined
}
