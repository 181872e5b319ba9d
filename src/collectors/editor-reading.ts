import type { Cause, Reason } from './collector.ts'
import type { ReadPoints } from './meeting-point.ts'
import type { SlotCount } from './slot-count.ts'

/** What a reading of an editor told. */
export interface EditorReading {
  /** What kept the points from being read; everything else is then empty. */
  cause: Cause | undefined
  read: ReadPoints
  /** What is known of each point and reason, under the number of the point at its editor. */
  counts: { editorId: string; reason: Reason; count: SlotCount }[]
  calls: number
}
