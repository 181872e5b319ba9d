import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

/** The text of axe, which a window may hold before its pages. */
export const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** Rules of axe: all, these alone, or that of contrast alone. */
type Rules = 'all' | 'contrast' | string[]

/**
 * What axe finds wrong in a page, on all its rules, on some or on contrast; the first place of each. Contrast alone, in
 * other colours, turns on those of a text, on those below it and on its size: of texts that are alike in these, the two
 * that hold least are looked at.
 */
export async function violations(page: Page, rules: Rules): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(AXE)
  return page.evaluate(async rules => {
    interface Result {
      violations: { id: string; nodes: { html: string }[] }[]
    }
    const axe: { run: (context: Document | object, options: object) => Promise<Result> } = Reflect.get(
      window,
      'axe',
    )
    const looks = new Map<Element, string>()
    /** Colours below a text, from the root on. */
    const ground = (element: Element): string => {
      const known = looks.get(element)
      if (known !== undefined) return known
      const { backgroundColor, backgroundImage, opacity } = getComputedStyle(element)
      const above = element.parentElement === null ? '' : ground(element.parentElement)
      const own = `${backgroundColor} ${backgroundImage} ${opacity}`
      const look = own === 'rgba(0, 0, 0, 0) none 1' ? above : `${above} / ${own}`
      looks.set(element, look)
      return look
    }
    const alike = new Map<string, Element[]>()
    if (rules === 'contrast')
      for (const element of document.querySelectorAll('body *')) {
        if (![...element.childNodes].some(node => node.nodeType === 3 && node.nodeValue?.trim())) continue
        if (element.getClientRects().length === 0) continue
        const { color, fill, fontSize, fontWeight, textShadow } = getComputedStyle(element)
        const look = [color, fill, fontSize, fontWeight, textShadow, ground(element)].join(' ')
        const held = [...(alike.get(look) ?? []), element]
        const size = (one: Element) => one.querySelectorAll('*').length
        alike.set(look, held.sort((a, b) => size(a) - size(b)).slice(0, 2))
      }
    const result = await axe.run(rules === 'contrast' ? { include: [...alike.values()].flat() } : document, {
      resultTypes: ['violations'],
      // What is told is the element itself: no selector of it is computed.
      selectors: false,
      // No rule that is asked reads style sheets or media again.
      preload: false,
      ...(rules === 'all' ? {} : { runOnly: rules === 'contrast' ? ['color-contrast'] : rules }),
    })
    return result.violations.map(violation => `${violation.id}: ${violation.nodes[0]?.html.slice(0, 160)}`)
  }, rules)
}

/**
 * What of the page is out of sight: wider than the window, cut by its frame, or in a frame that scrolls and that the
 * keyboard cannot reach; and in the drawings, what crosses the edge.
 */
export async function outOfSight(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const faults: string[] = []
    const wider = document.documentElement.scrollWidth - window.innerWidth
    if (wider > 0) faults.push(`the page is ${wider} px wider than the window`)
    const shown = (element: Element) => element.getClientRects().length > 0
    const name = (element: Element) =>
      `${element.tagName}.${element.getAttribute('class')}: ${element.textContent?.trim().slice(0, 40)}`
    for (const element of document.querySelectorAll<HTMLElement>('body *:not(svg *)')) {
      if (!shown(element) || element.scrollWidth <= element.clientWidth + 1) continue
      const { overflowX, position, display } = getComputedStyle(element)
      if (display === 'inline' || position === 'absolute' || element.closest('select,.fr-skiplinks')) continue
      if (overflowX === 'hidden' || overflowX === 'clip') faults.push(`cut: ${name(element)}`)
      if ((overflowX === 'auto' || overflowX === 'scroll') && element.tabIndex < 0)
        faults.push(`scrolls out of the keyboard's reach: ${name(element)}`)
    }
    for (const drawing of document.querySelectorAll('svg')) {
      if (!shown(drawing)) continue
      const edge = drawing.getBoundingClientRect()
      for (const text of drawing.querySelectorAll('text')) {
        const box = text.getBoundingClientRect()
        if (
          box.left < edge.left - 1 ||
          box.right > edge.right + 1 ||
          box.top < edge.top - 1 ||
          box.bottom > edge.bottom + 1
        )
          faults.push(`out of ${drawing.getAttribute('aria-labelledby')}: ${text.textContent}`)
      }
    }
    return faults
  })
}

/** Words of a drawing that are written over others. */
export async function collisions(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('svg')].flatMap(drawing => {
      const words = [...drawing.querySelectorAll('text')]
        .map(text => ({ text: text.textContent, box: text.getBoundingClientRect() }))
        .filter(({ box }) => box.width > 0)
      return words.flatMap((one, i) =>
        words.slice(i + 1).flatMap(other => {
          const width = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left)
          const height = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top)
          return width > 2 && height > 4
            ? [`${drawing.getAttribute('aria-labelledby')}: ${one.text} / ${other.text}`]
            : []
        }),
      )
    }),
  )
}

/** The skeleton that a screen reader follows, where it is broken: landmarks, titles, identifiers, figures, tables. */
export async function brokenSkeleton(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const faults: string[] = []
    const all = (selector: string) => [...document.querySelectorAll(selector)]
    for (const landmark of ['header', 'main', 'footer'])
      if (all(`body>${landmark}`).length !== 1) faults.push(`not one ${landmark}`)
    if (all('h1').length !== 1) faults.push(`${all('h1').length} h1`)
    let level = 0
    for (const heading of all('h1,h2,h3,h4,h5,h6')) {
      const own = Number(heading.tagName.slice(1))
      if (own > level + 1) faults.push(`h${own} after h${level}: ${heading.textContent}`)
      level = own
    }
    const parts = all('main :is(figure,table,.fold):not(:is(figure,.fold,.meeting) *)')
    if (parts.length > 1 && all('main h2').length === 0) faults.push(`${parts.length} parts under no heading`)
    const ids = all('[id]').map(element => element.id)
    const twice = ids.filter((id, i) => ids.indexOf(id) !== i)
    if (twice.length > 0) faults.push(`identifiers given twice: ${twice.join(', ')}`)
    for (const link of all('a[href^="#"]')) {
      const target = link.getAttribute('href')?.slice(1) ?? ''
      if (!ids.includes(target)) faults.push(`a link to nowhere: #${target}`)
    }
    for (const table of all('table'))
      if (!table.querySelector('caption')?.textContent?.trim()) faults.push('a table without a caption')
    for (const figure of all('figure'))
      if (!figure.getAttribute('aria-label')) faults.push(`a figure without a name: ${figure.id}`)
    for (const drawing of all('svg[role=img]'))
      if (!drawing.querySelector('title')?.textContent || !drawing.querySelector('desc')?.textContent)
        faults.push(`a drawing without a title or a description: ${drawing.getAttribute('aria-labelledby')}`)
    if (document.documentElement.lang !== 'fr') faults.push('not in French')
    return faults
  })
}

/** Every text that people read, block by block, what is folded too; code apart. */
export async function texts(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const BLOCK =
      'p,li,td,th,h1,h2,h3,h4,summary,label,dt,dd,caption,text,title,desc,option,button:not(.word),legend,.plate-title,.plate-subtitle,div,section'
    const blocks = new Map<Element, string>()
    const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT)
    while (walker.nextNode()) {
      const parent = walker.currentNode.parentElement
      if (parent === null || parent.closest('script,style,code,pre,textarea,noscript')) continue
      const block = parent.closest(BLOCK) ?? document.body
      blocks.set(block, (blocks.get(block) ?? '') + walker.currentNode.textContent)
    }
    return [...blocks.values()].filter(text => text.trim() !== '')
  })
}

/** Sum of the layout shifts since the page began to load. */
export async function layoutShift(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>(resolve => {
        let sum = 0
        new PerformanceObserver(list => {
          for (const entry of list.getEntries()) sum += Number(Reflect.get(entry, 'value'))
        }).observe({ type: 'layout-shift', buffered: true })
        setTimeout(() => resolve(sum), 50)
      }),
  )
}

/** What still moves for those who asked for less motion. */
export async function moving(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('*')].flatMap(element => {
      const { transitionDuration, animationDuration } = getComputedStyle(element)
      return /[1-9]/.test(transitionDuration + animationDuration)
        ? [`${element.tagName}.${element.getAttribute('class')}: ${transitionDuration} ${animationDuration}`]
        : []
    }),
  )
}

/** What has no use on paper and is still printed. */
export async function leftOnPaper(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [
      ...document.querySelectorAll(
        'nav,form:not(:has(table,li)),button,input,select,textarea,.no-print,.drawing-narrow',
      ),
      // A fold is printed whole or not at all.
      ...[...document.querySelectorAll('details')].filter(fold =>
        [...fold.children].some(child => child.tagName !== 'SUMMARY' && !child.checkVisibility()),
      ),
    ]
      .filter(element => element.getClientRects().length > 0)
      .map(
        element =>
          `${element.tagName}.${element.getAttribute('class')}: ${element.textContent?.trim().slice(0, 40)}`,
      ),
  )
}

/** Opens every fold, so that what lies in it is checked as well. */
export async function unfold(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const fold of document.querySelectorAll('details')) fold.open = true
  })
}
