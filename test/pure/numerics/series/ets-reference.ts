import type { EtsForm, EtsParameters } from '../../../../src/pure/numerics/series/ets-model.ts'

/** What `ets` of R 4.2.2, package forecast 8.20, says of one model of the airline passengers. */
export type EtsReference = {
  form: EtsForm
  parameters: EtsParameters
  logLikelihood: number
  variance: number
  /** Empty where R simulates its mean instead of computing it. */
  mean: number[]
  deviation?: number[]
}

/** R keeps the youngest season first and leaves out the oldest, which makes them sum to 0 or 12. */
function season(youngestFirst: number[], total: number): Float64Array {
  const oldest = total - youngestFirst.reduce((sum, value) => sum + value, 0)
  return Float64Array.from([...youngestFirst, oldest].reverse())
}

/** Reference models, with additive and multiplicative parts. */
export const ETS_REFERENCES: readonly EtsReference[] = [
  {
    form: { error: 'A', trend: 'A', season: 'A' },
    parameters: {
      alpha: 9.93480362872374e-1,
      beta: 1.91179159524254e-4,
      gamma: 5.80032514321104e-4,
      phi: 1,
      level: 1.20960762545579e2,
      slope: 1.39339982901592,
      season: season(
        [
          -2.9181569592927e1, -5.43841662192089e1, -2.07168716370162e1, 1.50726618966834e1,
          6.51553960287441e1, 6.61846393963355e1, 3.35822290602453e1, -4.23202989396608, -8.0946070079278,
          -3.82047037350508, -3.43364218104466e1,
        ],
        0,
      ),
    },
    logLikelihood: -765.93584751167,
    variance: 325.697038066638,
    mean: [437.286272641522, 429.584964935952, 461.537120014742, 458.65869024419],
    deviation: [
      18.0470783803539, 25.4417923909916, 31.1287057045482, 35.9281452095276, 40.1595657589076,
      43.9871987502027, 47.5087406467742, 50.7879030637217, 53.8689674766516, 56.7841891711262,
      59.5579261717798, 62.2091068171811, 64.7556924892399, 67.2039740222877,
    ],
  },
  {
    form: { error: 'M', trend: 'A', season: 'M' },
    parameters: {
      alpha: 0.394996850495014,
      beta: 0.0107004419033437,
      gamma: 0.399539202400559,
      phi: 1,
      level: 122.375426016476,
      slope: 1.10736658208357,
      season: season(
        [
          0.900041119946844, 0.782669107068064, 0.901368043868854, 1.04761776976081, 1.15370679906182,
          1.18303140196783, 1.08399512146252, 0.978658898783285, 1.03316164257634, 1.08075690990109,
          0.952247884186815,
        ],
        12,
      ),
    },
    logLikelihood: -682.403619057806,
    variance: 0.00158214813524167,
    mean: [448.9737671674, 425.227817273056, 484.213711484926, 504.611072287966],
    deviation: [
      17.8584819205223, 18.2382913975625, 22.2287412494062, 24.647282872193, 26.8483187936657,
      32.3716479474454, 38.9971016300738, 40.2317508145312, 34.8453143538982, 32.1406395135546,
      28.6396046566709, 32.9715305186282,
    ],
  },
  {
    form: { error: 'M', trend: 'Ad', season: 'M' },
    parameters: {
      alpha: 7.09551916208791e-1,
      beta: 2.04089193322359e-2,
      gamma: 1.00468309718653e-4,
      phi: 9.79999926683986e-1,
      level: 1.20993935507203e2,
      slope: 1.77054019711165,
      season: season(
        [
          8.94447475688874e-1, 7.99322028291066e-1, 9.21659598397272e-1, 1.05920192983827, 1.22030069724042,
          1.23179850716711, 1.11050018094692, 9.78612760760472e-1, 9.80382073471814e-1, 1.01103008804154,
          8.86892287222608e-1,
        ],
        12,
      ),
    },
    logLikelihood: -679.583216236956,
    variance: Number.NaN,
    mean: [],
  },
  {
    form: { error: 'M', trend: 'N', season: 'M' },
    parameters: {
      alpha: 0.407252818635288,
      beta: 0,
      gamma: 0.592661612133222,
      phi: 0,
      level: 143.417667540516,
      slope: 0,
      season: season(
        [
          0.911395391371543, 0.75198882618171, 0.903461944835152, 1.04482964985632, 1.13911808208676,
          1.16522338565598, 1.08702897474375, 0.952375606565727, 1.04725872981192, 1.0634862360025,
          0.987276617092316,
        ],
        12,
      ),
    },
    logLikelihood: -715.657196897844,
    variance: 0.00253894157485048,
    mean: [438.467606075164, 410.701632361068, 456.183821504393, 485.923939356355],
    deviation: [
      22.0934667108918, 22.3487605992404, 26.5350377570478, 29.9778831362716, 32.0289988784818,
      37.9821402356279, 45.8326816899553, 46.8746294249819, 40.4266108548381, 37.0891435523336,
      32.2998401320475, 36.6397110152835,
    ],
  },
]
