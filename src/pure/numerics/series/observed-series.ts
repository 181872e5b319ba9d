/** The observed part of a series, over the largest of its values, so that no unit is too big or too small. */
export type ObservedSeries = {
  /** From the first observed value on; NaN where nothing was observed or the value is masked. */
  observed: Float64Array
  /** Values dropped at the beginning. */
  lead: number
  scale: number
}

/** Whether there is a value at all. */
export function isObserved(value: number | undefined): value is number {
  return value !== undefined && Number.isFinite(value)
}

/**
 * What can be learnt from a series. Throws when nothing was observed.
 *
 * Example: –, 2, 4 with 4 masked gives 1, NaN with lead 1 and scale 2.
 */
export function observedSeries(
  values: readonly (number | undefined)[],
  masked?: readonly boolean[],
): ObservedSeries {
  const seen = (t: number) => isObserved(values[t]) && !masked?.[t]
  let lead = 0
  while (lead < values.length && !seen(lead)) lead++
  if (lead === values.length) throw new RangeError('A forecast needs at least one observed value')
  let scale = 0
  for (let t = lead; t < values.length; t++) if (seen(t)) scale = Math.max(scale, Math.abs(values[t]!))
  if (scale === 0) scale = 1
  const observed = Float64Array.from({ length: values.length - lead }, (_, t) =>
    seen(lead + t) ? values[lead + t]! / scale : Number.NaN,
  )
  return { observed, lead, scale }
}
