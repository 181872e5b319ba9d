/** A delay beside its target: `late` only above it, since a target of 14 days is met on the fourteenth. */
export function againstTarget(days: number, targetDays: number): { late: boolean; excessDays: number } {
  return { late: days > targetDays, excessDays: Math.max(0, days - targetDays) }
}
