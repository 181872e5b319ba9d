import { othersFirst } from '../io/others-first.ts'
import type { WorkbookFault } from '../io/spreadsheet/read-answer.ts'
import { readWorkbook } from '../io/spreadsheet/read-workbook.ts'
import { type Flaw, flawed } from './cells/fault.ts'
import { fileTooLarge } from './csv.ts'
import { refusedFor } from './fault-log.ts'
import type { FileSetting } from './file-setting.ts'
import { isWorkbook } from './file-signature.ts'
import type { ImportedFile, RefusedFile } from './imported-file.ts'
import { WORKBOOK_BYTES } from './limits.ts'
import { readInSlices } from './read-file.ts'
import { readSheets } from './read-sheets.ts'

/**
 * Reads a file of any format: a workbook is opened in a thread of its own, rows are read slice by slice, so that nobody else waits.
 * @throws the reason of `signal` when called off.
 */
export async function readAnyFile(
  bytes: Uint8Array,
  setting: FileSetting,
  signal?: AbortSignal,
): Promise<ImportedFile | RefusedFile> {
  if (isWorkbook(bytes)) {
    if (bytes.length > WORKBOOK_BYTES) return refusedFor(fileTooLarge(bytes.length, WORKBOOK_BYTES))
    const answer = await readWorkbook(bytes, signal)
    return 'fault' in answer
      ? refusedFor(WORKBOOK_FLAWS[answer.fault])
      : finished(readSheets(answer.sheets, setting), signal)
  }
  return finished(readInSlices(bytes, setting), signal)
}

/** The end of a reading, whose slices leave room for others. @throws the reason of `signal` when called off. */
export async function finished<T>(
  reading: Generator<undefined, T>,
  signal: AbortSignal | undefined,
): Promise<T> {
  for (;;) {
    const step = reading.next()
    if (step.done) return step.value
    await othersFirst()
    signal?.throwIfAborted()
  }
}

const TOO_LARGE = 'Gardez une feuille et ses colonnes utiles, ou enregistrez-la en « CSV UTF-8 ».'
const WORKBOOK_FLAWS: Record<WorkbookFault, Flaw> = {
  damaged: flawed(
    'damaged-workbook',
    'Ce classeur est tronqué ou abîmé.',
    'Rouvrez-le dans votre tableur et enregistrez-le de nouveau, en .xlsx, .ods ou « CSV UTF-8 ».',
  ).flaw,
  'not-a-workbook': flawed(
    'compressed-file',
    'Ce fichier n’est pas un classeur.',
    'Si c’est une archive, décompressez-la et envoyez le fichier qu’elle contient ; sinon, enregistrez-le en .xlsx, .ods ou « CSV UTF-8 ».',
  ).flaw,
  plain: flawed(
    'workbook-too-large',
    'Cette page web, ce XML, ce SYLK ou ce dBase de plus de 3 Mo n’est un classeur que de nom.',
    'Ouvrez-le dans votre tableur et enregistrez-le en .xlsx, .ods ou « CSV UTF-8 ».',
  ).flaw,
  protected: flawed(
    'protected-workbook',
    'Ce classeur est protégé par un mot de passe.',
    'Enregistrez-le sans mot de passe, puis envoyez-le.',
  ).flaw,
  macros: flawed(
    'workbook-macros',
    'Ce classeur contient des macros, qui ne sont jamais ouvertes ici.',
    'Enregistrez-le au format .xlsx ou .ods sans macros.',
  ).flaw,
  links: flawed(
    'workbook-links',
    'Ce classeur prend des valeurs dans d’autres classeurs, que personne ici ne peut vérifier.',
    'Copiez le tableau et collez ses valeurs (collage spécial) dans un nouveau classeur.',
  ).flaw,
  inflates: flawed('workbook-too-large', 'Une fois décompressé, ce classeur est démesuré.', TOO_LARGE).flaw,
  cells: flawed('workbook-too-large', 'Ce classeur a plus d’un million de cellules.', TOO_LARGE).flaw,
  'open-cells': flawed(
    'workbook-too-large',
    'Ce classeur OpenDocument a plus de cinq cent mille cellules.',
    TOO_LARGE,
  ).flaw,
  columns: flawed('workbook-too-large', 'Ce classeur a plus de mille colonnes.', TOO_LARGE).flaw,
  sheets: flawed('workbook-too-large', 'Ce classeur a plus de deux cents feuilles.', TOO_LARGE).flaw,
  time: flawed('workbook-too-large', 'Ce classeur est trop long à lire.', TOO_LARGE).flaw,
  memory: flawed('workbook-too-large', 'Ce classeur prend trop de mémoire.', TOO_LARGE).flaw,
}
