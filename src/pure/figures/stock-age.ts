/** Ages of files that wait, youngest first: the oldest of each band in days, and its name in files and on pages. */
export const STOCK_AGES = {
  upTo7: { most: 7, label: '7 jours au plus' },
  upTo14: { most: 14, label: '8 à 14 jours' },
  upTo30: { most: 30, label: '15 à 30 jours' },
  upTo60: { most: 60, label: '31 à 60 jours' },
  over: { most: Number.POSITIVE_INFINITY, label: 'plus de 60 jours' },
} as const

/** A band of ages. */
export type StockAge = keyof typeof STOCK_AGES

/** Bands of ages, youngest first. */
export const STOCK_AGE_NAMES = Object.keys(STOCK_AGES) as StockAge[]
