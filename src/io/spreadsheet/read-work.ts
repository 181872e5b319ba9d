import type { CellObject, read, WorkBook, WorkSheet } from '@e965/xlsx'
import type { unzipSync, zipSync } from 'fflate'
import type { ReadAnswer, SheetRows, WorkbookBounds, WorkbookFault } from './read-answer.ts'

/** Just enough of the reader of workbooks, whose package leaves the last part without types. */
interface Engine {
  read: typeof read
  SSF: {
    is_date: (format: string) => boolean
    parse_date_code: (
      serial: number,
      options: object,
    ) => { y: number; m: number; d: number; H: number; M: number } | null
  }
}
interface Zip {
  unzipSync: typeof unzipSync
  zipSync: typeof zipSync
}

/**
 * What the thread runs. Node starts a thread from JavaScript only, while this program also runs from its TypeScript
 * sources: the text of this function is sent instead of a file, so it must use nothing from outside itself.
 */
export function work(
  answer: (message: ReadAnswer) => void,
  engine: Engine,
  zip: Zip,
  bytes: Uint8Array,
  bounds: WorkbookBounds,
): void {
  class Refused extends Error {
    readonly fault: WorkbookFault
    constructor(fault: WorkbookFault) {
      super(fault)
      this.fault = fault
    }
  }
  const refuse = (fault: WorkbookFault): never => {
    throw new Refused(fault)
  }
  const ERRORS: Record<string, string> = {
    0: '#NULL!',
    7: '#DIV/0!',
    15: '#VALUE!',
    23: '#REF!',
    29: '#NAME?',
    36: '#NUM!',
    42: '#N/A',
  }

  /** The parts that hold values, inflated within bounds: pictures, macros and links to other files never are. */
  const unpacked = (): Record<string, Uint8Array> => {
    let [total, sheets] = [0, 0]
    const names: string[] = []
    const parts = zip.unzipSync(bytes, {
      filter: ({ name, size, originalSize }) => {
        names.push(name)
        if (/vbaProject|macrosheets\/|^Basic\/|^Scripts\//i.test(name)) refuse('macros')
        if (/externalLinks\//i.test(name)) refuse('links')
        if (/worksheets\/[^/]+$/i.test(name) && ++sheets > bounds.sheets) refuse('sheets')
        if (!/\.(xml|rels|bin)$|^mimetype$/i.test(name)) return false
        if (/\/(media|drawings|printerSettings|embeddings|charts|comments|theme|customXml)\//i.test(name))
          return false
        total += originalSize
        if (total > bounds.inflatedBytes || (originalSize > 1e6 && originalSize > size * bounds.ratio))
          refuse('inflates')
        return true
      },
    })
    if (!names.some(name => /^xl\/workbook\.(xml|bin)$|^content\.xml$/i.test(name))) refuse('not-a-workbook')
    return parts
  }

  const bufferOf = ({ buffer, byteOffset, byteLength }: Uint8Array = new Uint8Array()) =>
    Buffer.from(buffer, byteOffset, byteLength)

  const occurrences = (part: Uint8Array, word: string): number => {
    const buffer = bufferOf(part)
    let count = 0
    for (let at = buffer.indexOf(word); at >= 0; at = buffer.indexOf(word, at + 1)) count += 1
    return count
  }

  /** Cells of an OpenDocument once its repetitions are written out, and its hidden rows by sheet. */
  const openDocument = (content: Uint8Array): Map<string, number[]> => {
    const text = bufferOf(content).toString('latin1')
    const hidden = new Map<string, number[]>()
    let [sheet, row, rowTimes, inRow, filled, cells] = ['', 0, 1, 0, 0, 0]
    const tag =
      /<(table:table|table:table-row|table:table-cell|table:covered-table-cell)(\s[^>]*)?>|<\/table:table-row>/g
    for (let match = tag.exec(text); match !== null; match = tag.exec(text)) {
      const [whole, name, attributes = ''] = match
      const times = Number(/number-(?:rows|columns)-repeated="(\d{1,15})"/.exec(attributes)?.[1] ?? 1)
      if (name === 'table:table') {
        sheet = Buffer.from(/table:name="([^"]*)"/.exec(attributes)?.[1] ?? '', 'latin1').toString('utf8')
        row = 0
      } else if (name === 'table:table-row') {
        ;[rowTimes, inRow, filled] = [times, 0, 0]
        if (/table:visibility="(collapse|filter)"/.test(attributes)) {
          const rows = hidden.get(sheet) ?? []
          if (times < 1_000) for (let i = 0; i < times; i++) rows.push(row + i + 1)
          hidden.set(sheet, rows)
        }
        row += times
        if (whole.endsWith('/>')) rowTimes = 1
      } else if (name !== undefined) {
        inRow += times
        // Whatever holds nothing may be repeated to the edge of the sheet.
        if (/value-type=|formula=/.test(attributes) || !attributes.trimEnd().endsWith('/')) {
          filled = inRow
          if (times > bounds.columns || inRow > 16_384) refuse('columns')
        }
      } else {
        cells += filled * rowTimes
        if (cells > bounds.openCells) refuse('open-cells')
      }
    }
    return hidden
  }

  /** An OpenDocument whose cells bear the texts of their values, which other programs leave out and its reader asks for. */
  const withTexts = (content: Uint8Array): Uint8Array => {
    const text = bufferOf(content)
      .toString('latin1')
      .replace(/<table:[\w-]+\s[^<>']*'[^<>]*>/g, tag => tag.replace(/=\s*'([^'"]*)'/g, '="$1"'))
    const bare = /<table:table-cell((?:\s[\w:-]+\s*=\s*"[^"]*")*)\s*(?:\/>|>\s*<\/table:table-cell>)/g
    const valued = text.replace(bare, (whole, attributes: string) => {
      const said = (name: string) => new RegExp(`\\s${name}\\s*=\\s*"([^"]*)"`).exec(attributes)?.[1]
      const value = said('office:(?:date-|time-|boolean-|string-)?value')
      const formula = said('table:formula')?.replace(/^\w+:/, '')
      if (value === undefined && formula === undefined) return whole
      const type = value === undefined ? ' office:value-type="string"' : ''
      return `<table:table-cell${attributes}${type}><text:p>${value ?? formula}</text:p></table:table-cell>`
    })
    return Buffer.from(valued, 'latin1')
  }

  const options = {
    dense: true,
    cellNF: true,
    cellText: false,
    cellHTML: false,
    cellFormula: true,
    cellDates: false,
    bookVBA: false,
  }

  /** The text of a page, in UTF-8 or as Windows writes it, with the letters that it names: `&eacute;`. */
  const pageText = (): string => {
    let text: string
    try {
      text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    } catch {
      text = new TextDecoder('windows-1252').decode(bytes)
    }
    const named = (list: string): Record<string, string> =>
      Object.fromEntries(list.split(' ').map(one => one.split('=')))
    const marks = named('acute=\u0301 grave=\u0300 circ=\u0302 uml=\u0308 cedil=\u0327 tilde=\u0303')
    const signs = named(
      'nbsp=\u00a0 rsquo=’ lsquo=‘ deg=° euro=€ oelig=œ laquo=« raquo=» ndash=– mdash=— sup2=² times=×',
    )
    return text
      .replace(/&([A-Za-z])(acute|grave|circ|uml|cedil|tilde);/g, (_, letter: string, mark: string) =>
        `${letter}${marks[mark]}`.normalize('NFC'),
      )
      .replace(/&(\w{2,6});/g, (whole, name: string) => signs[name] ?? whole)
  }

  /**
   * Hidden rows of the sheets of an XLSX, in their order. Its reader would tell them with the colours of all cells only, and
   * fails once for each cell whose colour the workbook lacks.
   */
  const hiddenInOrder = (parts: Record<string, Uint8Array>): Set<number>[] => {
    const tagsIn = (name: string, tag: string) =>
      bufferOf(parts[name])
        .toString('utf8')
        .matchAll(new RegExp(`<(?:\\w+:)?${tag}\\s([^<>]*)>`, 'g'))
    const said = (attributes = '', name: string) =>
      new RegExp(`(?:^|[\\s:])${name}\\s*=\\s*["']([^"']*)`).exec(attributes)?.[1] ?? ''
    const relations = [...tagsIn('xl/_rels/workbook.xml.rels', 'Relationship')]
    const targets = new Map(relations.map(([, tag]) => [said(tag, 'Id'), said(tag, 'Target')]))
    return [...tagsIn('xl/workbook.xml', 'sheet')].map(([, sheet]) => {
      const target = targets.get(said(sheet, 'id')) ?? ''
      const part = bufferOf(parts[target.startsWith('/') ? target.slice(1) : `xl/${target}`])
      const hidden = new Set<number>()
      for (let at = part.indexOf('hidden='); at >= 0; at = part.indexOf('hidden=', at + 1)) {
        const before = part.toString('latin1', Math.max(0, at - 300), at)
        const tag =
          before.slice(before.lastIndexOf('<')) + part.toString('latin1', at, at + 300).split('>')[0]
        if (/^<(?:\w+:)?row\s/.test(tag) && /^(?:1|true)$/.test(said(tag, 'hidden')))
          hidden.add(Number(said(tag, 'r')))
      }
      return hidden
    })
  }

  let hiddenByName = new Map<string, number[]>()
  let hiddenSheets: Set<number>[] = []
  const opened = (): WorkBook => {
    if (bytes[0] === 0x50 && bytes[1] === 0x4b) {
      const parts = unpacked()
      let cells = 0
      for (const [name, part] of Object.entries(parts)) {
        if (name === 'content.xml') {
          hiddenByName = openDocument(part)
          // It may lack its styles and say nothing of itself, and its reader asks for both.
          for (const asked of ['styles.xml', 'meta.xml'])
            parts[asked] ??= new TextEncoder().encode('<office:document-styles/>')
          parts[name] = withTexts(part)
        } else if (/worksheets\/.*\.xml$/i.test(name)) {
          const isLost =
            !Object.keys(parts).some(one => /sharedStrings/i.test(one)) && occurrences(part, ' t="s"') > 0
          if (isLost) refuse('damaged')
          // Cells may bear no attribute, their names a prefix that stands at their ends too.
          for (const cell of ['<c ', '<c>', '<c/']) cells += occurrences(part, cell)
          cells += Math.max(occurrences(part, ':c '), occurrences(part, ':c>') / 2)
          if (cells > bounds.cells) refuse('cells')
        }
      }
      hiddenSheets = hiddenInOrder(parts)
      const packed = zip.zipSync(parts, { level: 0 })
      const names = Object.keys(parts)
      for (const name of names) delete parts[name]
      // A formula that nobody computed yet is a cell without a value; in an OpenDocument empty ones go to the edge of the sheet.
      const sheetStubs = !names.includes('content.xml')
      return engine.read(packed, { ...options, sheetStubs, type: 'array' })
    }
    const isBinary = [0xd0, 0x09].includes(bytes[0]!)
    if (!isBinary && bytes.length > bounds.plainBytes) refuse('plain')
    if (isBinary || [0x03, 0x83, 0x30].includes(bytes[0]!))
      return engine.read(bytes, { ...options, type: 'array' })
    const text = pageText()
    if (/^ID;P|^TABLE\r?\n0,1/.test(text.trimStart()))
      return engine.read(text, { ...options, type: 'string' })
    // A web page or XML under the name of a workbook: nothing in it is guessed, texts are read later as those of a CSV.
    if (!/<(table|workbook|ss:workbook)\b|office:spreadsheet/i.test(text)) refuse('not-a-workbook')
    if (/<!ENTITY/i.test(text)) refuse('damaged')
    // Each table of a page is a sheet, and a cell may say that it spans a million columns.
    const spans = /\bcolspan\s*=\s*["']?\s*(\d+)/gi
    for (const [, span] of text.matchAll(spans)) if (Number(span) > bounds.columns) refuse('columns')
    const atMost = (most: number, tag: RegExp, fault: WorkbookFault) => {
      let left = most
      for (const [, span = 1] of text.matchAll(tag)) {
        left -= Number(span)
        if (left < 0) refuse(fault)
      }
    }
    atMost(bounds.cells, spans, 'cells')
    atMost(bounds.sheets, /<table[\s>]/gi, 'sheets')
    return engine.read(text, { ...options, type: 'string', raw: true })
  }

  const unquoted = (format: string) =>
    format
      .replace(/"[^"]*"|\\.|_.|\*./g, '')
      .replace(/\[[^\]]*\]/g, '')
      .split(';')[0]!

  /** A date as its format shows it: 2022-03-14, 2022-03, 2022, 08:30. */
  const dateText = (serial: number, format: string, date1904: boolean): string => {
    const date = engine.SSF.parse_date_code(serial, { date1904 })
    if (date === null) return String(serial)
    const two = (value: number) => String(value).padStart(2, '0')
    const shown = unquoted(format).toLowerCase()
    const [elapsed] = /\[[hms]+\]/i.exec(format) ?? []
    if (elapsed !== undefined) return `${Math.floor(serial * 24)}:${two(date.M)}`
    const time = /h/.test(shown) ? `${two(date.H)}:${two(date.M)}` : ''
    if (serial < 1) return time
    const year = String(date.y).padStart(4, '0')
    if (!/[dj]/.test(shown) && /[ya]/.test(shown)) return /m/.test(shown) ? `${year}-${two(date.m)}` : year
    const day = `${year}-${two(date.m)}-${two(date.d)}`
    return time === '' || Number.isInteger(serial) ? day : `${day} ${time}`
  }

  const plain = (value: number) => String(Number(value.toPrecision(15)))
  const numberText = (value: number, format: string, date1904: boolean): string => {
    if (format === '' || format === 'General') return plain(value)
    const shown = unquoted(format)
    if (shown.includes('%')) return `${plain(Number((value * 100).toPrecision(13)))} %`
    if (value >= 0 && engine.SSF.is_date(format)) return dateText(value, format, date1904)
    if (/^0{2,}$/.test(shown) && Number.isInteger(value)) return String(value).padStart(shown.length, '0')
    // « 5 semaines » may be a 5 that its format writes so.
    const [, unit = ''] =
      /[\s"\\](sem(?:aines?|\.)?|mois|ans?|années?|h|heures?|mn|min(?:utes?)?)"?\s*$/i.exec(
        format.split(';')[0]!,
      ) ?? []
    return unit === '' ? plain(value) : `${plain(value)} ${unit}`
  }

  const cellText = ({ t, v, w, z, f }: CellObject, date1904: boolean): string => {
    if (t === 'z' || v === undefined || v === null || v === '') return f === undefined ? '' : `=${f}`
    if (t === 'e') return ERRORS[String(v)] ?? w ?? '#VALUE!'
    if (typeof v === 'boolean') return v ? 'oui' : 'non'
    if (typeof v === 'number') return Number.isFinite(v) ? numberText(v, String(z ?? ''), date1904) : '#NUM!'
    return String(v).slice(0, 32_767)
  }

  const columnOf = (letters: string) => [...letters].reduce((n, l) => n * 26 + l.charCodeAt(0) - 64, 0) - 1

  /** Cells whose formulas call each other in a circle, or call such cells: their value is whatever was left there. */
  const circular = (data: readonly (CellObject[] | undefined)[]): Set<string> => {
    type Block = { top: number; left: number; bottom: number; right: number }
    const calls = new Map<string, { r: number; c: number; blocks: Block[] }>()
    data.forEach((row, r) => {
      row?.forEach(({ f: formula } = { t: 'z' }, c) => {
        if (formula === undefined || calls.size > 20_000) return
        const called = /(?<![!\w.])\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?(?![\w(])/g
        const blocks = [...formula.slice(0, 2_000).matchAll(called)].map(
          ([, c1 = '', r1 = '', c2 = c1, r2 = r1]) => ({
            top: Number(r1) - 1,
            left: columnOf(c1),
            bottom: Number(r2) - 1,
            right: columnOf(c2),
          }),
        )
        calls.set(`${r},${c}`, { r, c, blocks })
      })
    })
    // What calls none of those left is sound, again and again, from either end as chains go both ways.
    let steps = 0
    const isLeft = ({ top, left, bottom, right }: Block): boolean => {
      steps += 1
      if (top === bottom && left === right) return calls.has(`${top},${left}`)
      if (steps > 2e6) return false
      steps += calls.size
      return [...calls.values()].some(({ r, c }) => r >= top && r <= bottom && c >= left && c <= right)
    }
    for (let before = -1; before !== calls.size && steps < 8e6; ) {
      before = calls.size
      for (const keys of [[...calls.keys()], [...calls.keys()].reverse()])
        for (const key of keys) if (calls.get(key)?.blocks.some(isLeft) === false) calls.delete(key)
    }
    return new Set(steps < 8e6 ? calls.keys() : [])
  }

  let cells = 0
  const rowsOf = (name: string, i: number, sheet: WorkSheet, date1904: boolean): SheetRows => {
    // An array with holes, emptied as it is read.
    const data = (sheet['!data'] ?? []) as (CellObject[] | undefined)[]
    const circle = circular(data)
    const texts = new Map<number, string[]>()
    data.forEach((read, r) => {
      const row: string[] = []
      read?.forEach((cell, c) => {
        const isCircular = circle.size > 0 && circle.has(`${r},${c}`)
        const text = isCircular ? `=${cell.f}` : cellText(cell, date1904)
        if (text === '') return
        if (c >= bounds.columns) refuse('columns')
        while (row.length < c) row.push('')
        row[c] = text
        cells += 1
        if (cells > bounds.cells) refuse('cells')
      })
      if (row.length > 0) texts.set(r, row)
      data[r] = undefined
    })
    let merges = 0
    for (const { s, e } of (sheet['!merges'] ?? []).slice(0, 10_000)) {
      const text = texts.get(s.r)?.[s.c] ?? ''
      if (text === '') continue
      merges += 1
      // What is merged stands in each of its cells, but a number would then count several times.
      if (/^[-\d\s.,%]+$/.test(text) && !/^\d{4}$/.test(text)) continue
      for (let r = s.r; r <= Math.min(e.r, s.r + 1_000); r++) {
        const row = texts.get(r)
        for (let c = s.c; row !== undefined && c <= Math.min(e.c, bounds.columns - 1); c++) {
          while (row.length < c) row.push('')
          if ((row[c] ?? '') !== '') continue
          row[c] = text
          if (++cells > bounds.cells) refuse('cells')
        }
      }
    }
    const rows = [...texts].map(([r, row]) => ({ line: r + 1, cells: row }))
    const hidden = new Set(hiddenByName.get(name) ?? hiddenSheets[i])
    for (const r in sheet['!rows'] ?? {}) if (sheet['!rows']?.[Number(r)]?.hidden) hidden.add(Number(r) + 1)
    return { name, rows, hiddenRows: rows.map(row => row.line).filter(line => hidden.has(line)), merges }
  }

  try {
    const workbook = opened()
    if (workbook.SheetNames.length > bounds.sheets) refuse('sheets')
    const date1904 = workbook.Workbook?.WBProps?.date1904 === true
    const isHidden = (i: number) => (workbook.Workbook?.Sheets?.[i]?.Hidden ?? 0) > 0
    const sheets = workbook.SheetNames.flatMap((name, i) => {
      const sheet = workbook.Sheets[name]
      if (sheet === undefined || isHidden(i) || (sheet['!type'] ?? 'sheet') !== 'sheet') return []
      return [rowsOf(name, i, sheet, date1904)]
    })
    answer({ sheets, hiddenSheets: workbook.SheetNames.filter((_, i) => isHidden(i)) })
  } catch (error) {
    if (error instanceof Refused) answer({ fault: error.fault })
    else answer({ fault: /password|encrypt/i.test(String(error)) ? 'protected' : 'damaged' })
  }
}
