import { hindcast } from '../../src/demand/engine/hindcast.ts'
import type { VolumeFact } from '../../src/demand/engine/national-volumes.ts'
const f = (title: VolumeFact['title'], year: number, value: number, status: string, publishedOn: string): VolumeFact => ({ title, year, value, status, publishedOn, source: '' })
const issued = [
  f('passport', 2005, 3.353e6, 'observed', '2007-12-31'), f('cni', 2006, 4.944e6, 'observed', '2007-12-31'),
  f('cni', 2019, 5.72e6, 'derived', '2022-12-31'), f('passport', 2019, 4.16e6, 'derived', '2022-12-31'),f('cni-passport', 2019, 9.88e6, 'derived', '2022-12-31'),
  f('cni', 2020, 4.7e6, 'derived', '2022-12-31'), f('passport', 2020, 2.56e6, 'derived', '2022-12-31'),
  f('cni', 2021, 4.8e6, 'observed', '2023-11-30'), f('passport', 2021, 3.16e6, 'derived', '2023-11-30'),
  f('cni-passport', 2021, 7.96e6, 'derived', '2023-09-30'),
  f('cni', 2022, 6.6e6, 'observed', '2023-09-30'), f('passport', 2022, 5.5e6, 'derived', '2023-09-30'), f('cni-passport', 2022, 12.1e6, 'observed', '2023-03-31'),
  f('cni-passport', 2023, 14.5e6, 'estimated', '2024-12-31'), f('cni-passport', 2024, 12.5e6, 'estimated', '2025-11-30'),
]
const nm = [f('cni', 2020, 2.5e6, 'estimated', '2024-03-31'), f('passport', 2020, 3.7e6, 'estimated', '2024-03-31')]
const t0 = process.cpuUsage()
for (const r of hindcast(issued, nm)) console.log(r.asOf, r.year, r.title.padEnd(13), (r.median/1e6).toFixed(2), `(${(r.p05/1e6).toFixed(1)}–${(r.p95/1e6).toFixed(1)})`, (r.fact/1e6).toFixed(2), r.errorPct.toFixed(1), r.within, r.lastValueErrorPct?.toFixed(0), r.driftErrorPct?.toFixed(0))
console.log(process.cpuUsage(t0))
