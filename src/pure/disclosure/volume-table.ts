/** One published volume: how many requests, files or titles, under a key of its own. */
export interface Volume {
  key: string
  /** A whole number of people or files, 0 or more. */
  value: number
  /** Under this number, and above 0, the public may not read it: 11 means « fewer than 11 ». */
  threshold: number
}

/** A volume that a reader knows to be the sum of others: a department of its halls, a quarter of its months. */
export interface Sum {
  total: string
  parts: readonly string[]
}

/** Volumes made public together, and every sum that holds between them. */
export interface VolumeTable {
  volumes: readonly Volume[]
  sums: readonly Sum[]
}

/** A table as it was published once, with the keys that the public could not read. */
export interface Vintage {
  table: VolumeTable
  hidden: ReadonlySet<string>
}

/** Threshold of the public when a source sets none: statistics on households speak of 11 of them at least (INSEE). */
export const PUBLIC_THRESHOLD = 11

/**
 * Whether a volume is under the secret by itself: from 1 to one under its threshold. Nobody stands behind a zero, so it
 * is published, and it never hides another volume, for a reader would guess it (`allowZeros = FALSE`, status `z` of
 * R's sdcTable, where empty cells are published and not used for secondary suppression).
 */
export function isSmall({ value, threshold }: Volume): boolean {
  return value > 0 && value < threshold
}
