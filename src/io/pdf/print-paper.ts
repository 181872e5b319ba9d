import { type ChildProcess, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { availableParallelism } from 'node:os'
import { dirname, join } from 'node:path'
import { dayNumber } from '../../pure/calendar/day.ts'
import { remembered } from '../../pure/figures/remembered.ts'
import type { Paper, PaperBlock } from '../../pure/pages/paper.tsx'
import { nextMessage } from '../next-message.ts'
import { oneAtATime } from '../one-at-a-time.ts'
import { putBehind } from '../priority.ts'
import { projectRoot } from '../project-root.ts'
import { coverageOf, withKnownGlyphs } from './glyphs.ts'
import { type Answer, type Printed, type Task, work } from './work.ts'

/** A printed document. */
interface PrintedPaper {
  pdf: Uint8Array
  pages: number
  /** Remarks of the compiler; none for a sound document. */
  warnings: string[]
  /** Characters that the font cannot draw, each replaced by a mark. */
  unknownCharacters: string[]
}

/** The compiler refused a document: a bug of the template, not of what it says. */
export class PrintingFault extends Error {}

/** Processes that print at the same time, each started when those before are busy. */
const PRINTERS = Math.min(2, availableParallelism())
const DOCUMENTS_PER_PROCESS = 200
const MEMORY_PER_PROCESS = 200 * 2 ** 20
const LIMIT_MS = 30_000
const HALO = / stroke="#[0-9a-f]+" stroke-width="4" paint-order="stroke"/g
// A word that no line can hold may be broken anywhere.
const LONG_WORD = /\S{40}(?=\S)/gu
const SMALLER = [0.9, 0.8, 0.7]
const WEIGHTS = ['400Regular', '400Regular_Italic', '700Bold'] as const

/**
 * Prints a document as PDF/UA-1: tagged, with a language, titles, headers of tables and words for each drawing, which the
 * compiler checks. The same document gives the same bytes.
 *
 * @throws PrintingFault when the compiler refuses it.
 */
export async function printPaper(paper: Paper): Promise<PrintedPaper> {
  const { text, mark, createdAt, unknown } = drawable(paper)
  const printed = (scale: number) =>
    printedOnce({
      template: template(),
      paper: `${text.slice(0, -1)},"mark":${JSON.stringify(mark)},"scale":${scale}}`,
      createdAt,
    })
  let answer = await printed(1)
  for (const scale of SMALLER) {
    if (answer.pages <= (paper.pages ?? answer.pages)) break
    answer = await printed(scale)
  }
  const { pdf, pages, warnings } = answer
  return { pdf, pages, warnings, unknownCharacters: [...unknown] }
}

/** Whether a file is this document as it would be printed now: it carries a digest of its words and of its template. */
export function isPrinted(pdf: Uint8Array, paper: Paper): boolean {
  return Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength).includes(drawable(paper).mark)
}

/** A document as the template reads it, without what the font cannot draw, and the mark that its print carries. */
function drawable(paper: Paper) {
  const unknown = new Set<string>()
  const text = JSON.stringify(inputOf(paper), (name, value) => {
    if (typeof value !== 'string') return value
    const found = withKnownGlyphs(value, glyphs())
    for (const character of found.unknown) unknown.add(character)
    return name === 'svg' ? found.known : found.known.replace(LONG_WORD, '$&\u200b')
  })
  const createdAt = 86_400 * dayNumber(paper.asOf)
  const digest = createHash('sha256').update(`${createdAt}\n${template()}\n${text}`).digest('hex')
  return { text, createdAt, mark: `empreinte ${digest.slice(0, 32)}`, unknown }
}

// The same words give the same file: a pack that was just looked at is not printed again. The oldest is forgotten first.
const kept = remembered<Promise<Printed>>(200)

function printedOnce(task: Task): Promise<Printed> {
  const key = createHash('sha256').update(`${task.createdAt}\n${task.paper}`).digest('hex')
  return kept(key, async () => {
    const answer = await leastBusy().print(task)
    if ('fault' in answer) throw new PrintingFault(answer.fault)
    return answer
  })
}

/** What the template reads, as one text: every member it asks for is there. */
function inputOf({ title, subtitle, footer, sheet, scale: enlarged = 1, blocks }: Paper) {
  return { title, subtitle, footer, enlarged, ...(sheet ? { sheet } : {}), blocks: blocks.map(inputBlock) }
}

function inputBlock(block: PaperBlock) {
  if (block.kind === 'figure') {
    const { title, subtitle, alternative, source, wide } = block.figure
    const svg = wide
      .replaceAll('font-family="Arial, sans-serif"', 'font-family="Source Sans 3"')
      // The compiler draws a halo letter by letter, each over the one before.
      .replace(HALO, '')
    return { kind: block.kind, figure: { title, subtitle, alternative, source, svg } }
  }
  if (block.kind === 'table') {
    const { caption, columns, rows, note = '' } = block.table
    return {
      kind: block.kind,
      table: {
        caption,
        note,
        rows,
        columns: columns.map(({ label, numeric = false }) => ({ label, numeric })),
      },
    }
  }
  return block
}

/** One child process that prints documents in their order, replaced before it grows. */
class Printer {
  /** Documents in hand and waiting. */
  waiting = 0
  #child: ChildProcess | undefined
  #printed = 0
  readonly #inTurn = oneAtATime()

  print(task: Task): Promise<Answer> {
    this.waiting += 1
    return this.#inTurn(() => this.#ask(task)).finally(() => {
      this.waiting -= 1
    })
  }

  async #ask(task: Task): Promise<Answer> {
    if (this.#printed >= DOCUMENTS_PER_PROCESS) this.#drop()
    this.#child ??= startChild()
    const child = this.#child
    this.#printed += 1
    // A process at work keeps the program alive, an idle one does not.
    child.ref()
    child.channel?.ref()
    try {
      child.send(task)
      const answer = await nextMessage<Answer>(child, 'print', AbortSignal.timeout(LIMIT_MS))
      if (answer.memory > MEMORY_PER_PROCESS) this.#drop()
      return answer
    } catch (why) {
      this.#drop()
      throw new PrintingFault(`the printing process ended: ${String(why)}`)
    } finally {
      child.unref()
      child.channel?.unref()
    }
  }

  #drop(): void {
    this.#child?.kill()
    this.#child = undefined
    this.#printed = 0
  }
}

const printers = Array.from({ length: PRINTERS }, () => new Printer())

function leastBusy(): Printer {
  return printers.reduce((least, other) => (other.waiting < least.waiting ? other : least))
}

function startChild(): ChildProcess {
  const enginePath = createRequire(import.meta.url).resolve('@myriaddreamin/typst-ts-node-compiler')
  const code = `(${work.toString()})(process, require, ${JSON.stringify(enginePath)}, ${JSON.stringify(fontFolders())})`
  const child = spawn(process.execPath, ['--expose-gc', '--max-semi-space-size=1', '-e', code], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    serialization: 'advanced',
  })
  // What it fails of between two documents is told by the next one.
  child.on('error', () => undefined)
  if (child.pid !== undefined) putBehind(child.pid)
  return child
}

function fontFolders(): string[] {
  const packaged = createRequire(import.meta.url).resolve('@expo-google-fonts/source-sans-3/package.json')
  return WEIGHTS.map(weight => join(dirname(packaged), weight))
}

/** The fonts that documents are printed with, as files. */
export function fontFiles(): string[] {
  return fontFolders().map((folder, i) => join(folder, `SourceSans3_${WEIGHTS[i]}.ttf`))
}

let knownGlyphs: ReadonlySet<number> | undefined
/** What every weight can draw: a name is printed plain and bold. */
function glyphs(): ReadonlySet<number> {
  if (knownGlyphs === undefined) {
    const [regular, ...others] = fontFiles().map(path => coverageOf(readFileSync(path)))
    knownGlyphs = new Set([...(regular ?? [])].filter(code => others.every(other => other.has(code))))
  }
  return knownGlyphs
}

let knownTemplate: string | undefined
function template(): string {
  knownTemplate ??= readFileSync(join(projectRoot(), 'src', 'io', 'pdf', 'paper.typ'), 'utf8')
  return knownTemplate
}
