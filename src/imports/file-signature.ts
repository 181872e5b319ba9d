import { type Flaw, flawed } from './cells/fault.ts'

const WORKBOOK = flawed(
  'spreadsheet-file',
  'Ce fichier est un classeur Excel ou LibreOffice : enregistrez-le en CSV.',
  'Ouvrez-le dans votre tableur, puis « Enregistrer sous » au format « CSV UTF-8 (séparateur : point-virgule) ».',
).flaw

const BINARY = flawed(
  'binary-file',
  'Ce fichier est une image, un document, une base de données ou un programme, pas un texte CSV.',
  'Envoyez les chiffres au format CSV, à partir du modèle de fichier.',
).flaw

/** Other formats betray themselves by their first bytes, written here as Latin-1 text. */
const SIGNATURES: readonly { starts: readonly string[]; flaw: Flaw }[] = [
  { starts: ['\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1'], flaw: WORKBOOK },
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
    flaw: BINARY,
  },
]

/** Documents that share the container of a workbook, by the names of their parts. */
const DOCUMENTS: readonly { parts: RegExp; name: string; remedy?: string }[] = [
  { parts: /word\/|WordDocument|opendocument\.text/, name: 'un document de traitement de texte' },
  { parts: /ppt\/|PowerPoint Document|opendocument\.presentation/, name: 'une présentation' },
  {
    parts: /__substg1\.0|__properties_version/,
    name: 'un courriel',
    remedy: 'Enregistrez sa pièce jointe, puis envoyez-la.',
  },
  {
    parts: /Index\/(?:Document|Tables)|\.iwa/,
    name: 'un document d’Apple',
    remedy: 'Dans Numbers, « Fichier > Exporter vers > Excel », puis envoyez le classeur exporté.',
  },
]
const COPY_TABLE = 'Copiez son tableau, collez-le dans un tableur, puis envoyez le classeur.'

/** The container of XLS, or the bare records that came before it (BIFF 2, 3, 4 and 5). */
const OLD_EXCEL = ['\u00d0\u00cf\u0011\u00e0', '\t\0', '\t\u0002', '\t\u0004', '\t\b']
/** A table of dBase or FoxPro: its version, a day, and a header of 32 bytes a column that ends as such. */
function isDbase(bytes: Uint8Array): boolean {
  const [version, , month = 0, day = 0] = bytes
  const header = (bytes[8] ?? 0) + 256 * (bytes[9] ?? 0)
  const isDated = month >= 1 && month <= 12 && day >= 1 && day <= 31
  // FoxPro keeps 263 bytes for the path of its database.
  const [end, rest] = version === 0x30 ? [header - 264, 8] : [header - 1, 1]
  return [3, 0x83, 0x30].includes(version ?? 0) && isDated && header % 32 === rest && bytes[end] === 13
}
const ODS_MIME = 'opendocument.spreadsheet'
/** SYLK and DIF, the oldest forms in which spreadsheets exchange a table. */
const EXCHANGED = /^ID;P|^TABLE\r?\n0,1\r?\n/

/** Whether a file is a workbook, whatever its name: XLSX, XLS, ODS, DBF, or a web page or XML of tables that bears the name of one. */
export function isWorkbook(bytes: Uint8Array): boolean {
  const head = latin1(bytes, 65_536)
  if (isDbase(bytes)) return true
  if (OLD_EXCEL.some(start => head.startsWith(start))) return documentIn(bytes, head) === undefined
  if (head.startsWith('PK\u0003\u0004'))
    return (
      documentIn(bytes, head) === undefined &&
      (/\[Content_Types\]\.xml|xl\/|_rels\//.test(head) || head.includes(ODS_MIME))
    )
  const start = head.replace(/^\u00ef\u00bb\u00bf/, '').trimStart()
  return (
    EXCHANGED.test(start) ||
    (start.startsWith('<') && /<(table|workbook|ss:workbook)[\s>]|office:spreadsheet/i.test(head))
  )
}

/** The document that a container holds in the place of a workbook. */
function documentIn(bytes: Uint8Array, head: string) {
  const old = head.startsWith(OLD_EXCEL[0]!)
  // The names of the parts of an old document are in two bytes a letter, anywhere in it.
  const names = old ? latin1(bytes, bytes.length).replaceAll('\0', '') : head
  return /xl\/|Workbook|opendocument\.spreadsheet/.test(names)
    ? undefined
    : DOCUMENTS.find(({ parts }) => parts.test(names))
}

function latin1(bytes: Uint8Array, most: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, most)).toString('latin1')
}

/** Refuses what is plainly not text by its first bytes: documents, archives, PDF, images. */
export function foreignFormat(bytes: Uint8Array): Flaw | undefined {
  const head = latin1(bytes, 4096)
  const isContainer = head.startsWith('PK') || head.startsWith(OLD_EXCEL[0]!)
  const document = isContainer ? documentIn(bytes, latin1(bytes, 65_536)) : undefined
  if (document !== undefined)
    return flawed('binary-file', `Ce fichier est ${document.name}.`, document.remedy ?? COPY_TABLE).flaw
  if (head.startsWith('PK\u0003\u0004') || head.startsWith('PK\u0005\u0006')) return zipFlaw(head)
  const known = SIGNATURES.find(({ starts }) => starts.some(start => head.startsWith(start)))
  // Neither text nor UTF-16, one of whose letters in two is no zero.
  const zeros =
    /^(?!\u00ff\u00fe|\u00fe\u00ff)[^\0]{0,3}\0[^\0]{0,2}\0?/.test(head) &&
    !/^(?:..)?(?:[^\0]\0|\0[^\0]){2}/s.test(head)
  return known?.flaw ?? (zeros || /^RIFF....(?:WEBP|WAVE|AVI )/s.test(head) ? BINARY : undefined)
}

function zipFlaw(head: string): Flaw {
  // Office formats are zip archives; the first entries name them.
  const workbook = /\[Content_Types\]\.xml|xl\/|_rels\/|opendocument\.spreadsheet/.test(head)
  return workbook
    ? WORKBOOK
    : flawed(
        'compressed-file',
        'Ce fichier est une archive zip.',
        'Décompressez-la et envoyez le fichier CSV qu’elle contient ; si c’est un classeur, enregistrez-le en CSV.',
      ).flaw
}

/** Texts that hold no table, by how they begin. */
const OTHER_TEXTS: readonly { starts: RegExp; flaw: Flaw }[] = [
  {
    starts: /^<(?!!doctype html|html|head|body|[pbi]\b|div|title)/i,
    ...flawed(
      'markup-file',
      'Ce fichier est du XML.',
      'Prenez les mêmes données en CSV, en JSON ou en classeur, là où elles sont publiées.',
    ),
  },
  {
    starts: /^</,
    ...flawed(
      'markup-file',
      'Ce fichier est une page web ou du XML.',
      'Si vous l’avez téléchargé, le site a peut-être répondu par une page d’erreur : téléchargez-le de nouveau, au format CSV.',
    ),
  },
  {
    starts: /^(?:\[InternetShortcut\]|\{"(?:url|doc_id)": ?")/,
    ...flawed(
      'json-file',
      'Ce fichier est un raccourci vers un document en ligne, pas le document.',
      'Ouvrez-le, téléchargez le document en .xlsx ou en CSV, et envoyez ce qui est téléchargé.',
    ),
  },
  {
    starts: /^[[{]/,
    ...flawed(
      'json-file',
      'Ce fichier est du JSON.',
      'Convertissez-le en CSV, à partir du modèle de fichier.',
    ),
  },
  {
    starts: /^(?:Received|Return-Path|Delivered-To|MIME-Version|From|Message-ID|X-[\w-]+): .*\r?\n\S/i,
    ...flawed('binary-file', 'Ce fichier est un courriel.', 'Enregistrez sa pièce jointe, puis envoyez-la.'),
  },
  {
    starts: /^(?:BEGIN:V(?:CALENDAR|CARD)|%!PS|(?:INSERT INTO|CREATE TABLE|COPY) \w)/i,
    ...flawed(
      'binary-file',
      'Ce fichier est un agenda, un carnet d’adresses, du SQL ou une impression, pas un tableau.',
      'Exportez ses données en CSV ou en classeur, une ligne par enregistrement.',
    ),
  },
]

/** Refuses text of another kind, once decoded: HTML, XML, JSON, a mail, a shortcut. */
export function foreignText(text: string): Flaw | undefined {
  const start = text.slice(0, 4096).trimStart()
  return OTHER_TEXTS.find(({ starts }) => starts.test(start))?.flaw
}
