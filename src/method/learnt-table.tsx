import { ASSUMPTIONS } from '../demand/engine/assumption.ts'
import type { Learnt } from '../demand/engine/learning.ts'
import { Table } from '../pure/elements/table.tsx'
import { frenchDay, frenchNumber } from '../pure/french/french.ts'

/** What national facts made of each assumption: before them, now, and the one that moved it most. */
export function LearntTable({ learnt }: { learnt: readonly Learnt[] }) {
  const moved = learnt.filter(one => Math.abs(shift(one)) >= LEAST_SHIFT)
  return (
    <Table
      id="appris"
      caption="Ce que les volumes publiés ont appris au modèle"
      rows={moved}
      empty="Aucun volume publié n’a encore déplacé une hypothèse : chacune vaut son a priori."
      note={`Seules les hypothèses déplacées d’au moins un dixième d’écart-type sont montrées ; les ${learnt.length - moved.length} autres valent leur a priori. Les années publiées depuis 2022 pèsent les tirages : ceux qui les auraient mal prévues comptent moins. Les relevés d’une mairie déplacent sa part de la demande, jamais ces hypothèses : une mairie ne dit rien des autres.`}
      columns={[
        { label: 'Hypothèse', cell: one => ASSUMPTIONS[one.assumption].label },
        { label: 'A priori', figure: one => one.prior.mean, decimals: 2 },
        { label: 'Maintenant', figure: one => one.now.mean, decimals: 2 },
        { label: 'Écart-type', figure: one => one.now.spread, decimals: 2 },
        { label: 'Ce qui l’a déplacée le plus', cell: one => cause(one)?.words ?? '' },
        { label: 'Appris le', cell: one => cause(one)?.day ?? '' },
      ]}
    />
  )
}

const LEAST_SHIFT = 0.1

/** How far facts moved an assumption, in standard deviations of its prior. */
function shift({ prior, now }: Learnt): number {
  return prior.spread > 0 ? (now.mean - prior.mean) / prior.spread : 0
}

/** The fact after which an assumption moved most, and by how much. */
function cause({ prior, steps }: Learnt): { words: string; day: string } | undefined {
  const moves = steps.map((step, i) => ({ ...step, by: step.mean - (steps[i - 1]?.mean ?? prior.mean) }))
  const most = moves.reduce<(typeof moves)[number] | undefined>(
    (a, b) => (a === undefined || Math.abs(b.by) > Math.abs(a.by) ? b : a),
    undefined,
  )
  if (most === undefined) return undefined
  const titles = most.titles.map(title => (title === 'cni' ? 'cartes' : 'passeports')).join(' et ')
  const by = `${most.by < 0 ? '−' : '+'}\u00a0${frenchNumber(Math.abs(most.by), 2)}`
  return {
    words: `${titles} de ${most.year} (${most.source ?? 'source non dite'}) : ${by}`,
    day: most.day === undefined ? 'jour non dit' : frenchDay(most.day),
  }
}
