import fc from 'fast-check'

// The check of one commit says the same thing twice; elsewhere each run draws its own, or PROPERTY_RUNS of them.
const runs = Number(process.env['PROPERTY_RUNS'] ?? 0)
fc.configureGlobal({
  ...(process.env['CI'] ? { seed: 20_261_201 } : {}),
  ...(runs > 0 ? { numRuns: runs } : {}),
})
