/**
 * Colours of the charts, by role: on a light page and paper, then on a dark page. Text keeps 4.5 to 1 and lines
 * 3 to 1 against the page in both; `test/pure/charts/ink.test.ts` measures it.
 */
export const INKS = {
  paper: { light: '#ffffff', dark: '#161616' },
  title: { light: '#161616', dark: '#ffffff' },
  text: { light: '#3a3a3a', dark: '#cecece' },
  faint: { light: '#666666', dark: '#a0a0a0' },
  grid: { light: '#e5e5e5', dark: '#353535' },
  axis: { light: '#808080', dark: '#777777' },
  void: { light: '#f6f6f6', dark: '#1e1e1e' },
  observed: { light: '#000091', dark: '#a9a9ff' },
  projected: { light: '#000091', dark: '#dcdcff' },
  band50: { light: '#a3a9ec', dark: '#50509f' },
  band80: { light: '#cdd1f6', dark: '#37376f' },
  band90: { light: '#e8eafb', dark: '#28284c' },
  edge: { light: '#3f3fb0', dark: '#b4b4ff' },
  target: { light: '#b34000', dark: '#fc8f5b' },
  conflict: { light: '#ce0500', dark: '#ff7a79' },
  event: { light: '#3a3a3a', dark: '#cecece' },
  land: { light: '#f1f1ee', dark: '#242424' },
  part1: { light: '#000091', dark: '#a9a9ff' },
  part2: { light: '#0078c8', dark: '#4fa8ee' },
  part3: { light: '#1f8d49', dark: '#4ec279' },
  part4: { light: '#a35a9c', dark: '#d58ad0' },
  part5: { light: '#b34000', dark: '#fc8f5b' },
  part6: { light: '#6b6b45', dark: '#b5b57c' },
  step1: { light: '#e3e7fb', dark: '#2c2c54' },
  step2: { light: '#b8bff2', dark: '#43438c' },
  step3: { light: '#5a63cf', dark: '#8d8df0' },
  step4: { light: '#000091', dark: '#d3d3ff' },
  'on-step1': { light: '#161616', dark: '#ffffff' },
  'on-step2': { light: '#161616', dark: '#ffffff' },
  'on-step3': { light: '#ffffff', dark: '#161616' },
  'on-step4': { light: '#ffffff', dark: '#161616' },
} as const satisfies Record<string, { light: string; dark: string }>

/** Role of a colour in a chart. */
export type Ink = keyof typeof INKS

/** The inks of the parts of a whole, in order; a seventh part would not be told apart. */
export const PART_INKS = ['part1', 'part2', 'part3', 'part4', 'part5', 'part6'] as const satisfies Ink[]

/**
 * Attributes that paint a shape: the light colour, so that the drawing stands alone in a file or a report, and a
 * class, by which the page's stylesheet gives the colour of the reader's scheme. Never an inline style.
 */
export function paint({ fill, stroke }: { fill?: Ink | 'none'; stroke?: Ink | undefined }) {
  const ink = fill === 'none' ? undefined : fill
  return {
    class: [ink && `fill-${ink}`, stroke && `stroke-${stroke}`].filter(Boolean).join(' ') || undefined,
    fill: ink ? INKS[ink].light : fill,
    stroke: stroke && INKS[stroke].light,
  }
}

/** The stylesheet's part for charts: a variable by ink and scheme, and the classes that `paint` writes. */
export function inkRules(): string {
  const names = Object.keys(INKS) as Ink[]
  const variables = (scheme: 'light' | 'dark') =>
    names.map(name => `--ink-${name}:${INKS[name][scheme]}`).join(';')
  return [
    `:root{${variables('light')}}`,
    `@media screen and (prefers-color-scheme:dark){:root{${variables('dark')}}}`,
    ...names.map(name => `.fill-${name}{fill:var(--ink-${name})}.stroke-${name}{stroke:var(--ink-${name})}`),
  ].join('\n')
}
