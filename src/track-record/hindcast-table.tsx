import type { HindcastRow } from '../demand/engine/hindcast.ts'
import { SaidCameChart } from '../pure/charts/said-came.tsx'
import { Details } from '../pure/elements/message.tsx'
import { Table } from '../pure/elements/table.tsx'
import { NINE_IN_TEN } from '../pure/french/chances.ts'
import { frenchCount, frenchDay, frenchNumber, frenchPercent } from '../pure/french/french.ts'
import { isTitle, TITLE_NAMES } from '../pure/law/title.ts'

/** What the engine would have said of the nation at the ends of past years, beside what came, with a verdict in one sentence. */
export function HindcastTable({ rows }: { rows: readonly HindcastRow[] }) {
  if (rows.length === 0) return null
  const both = rows.filter(row => row.title === 'cni-passport')
  return (
    <>
      <h2>Rejoué à la fin des années passées</h2>
      <p>{verdict(rows)}</p>
      <SaidCameChart
        id="rejoue-dessin"
        title={chartTitle(both)}
        subtitle="Demande nationale des deux titres, en millions : dite à la fin d’une année, venue ensuite."
        rival="dernière année"
        words={value => `${frenchNumber(value, 1)} millions`}
        rows={both.map(({ asOf, year, median, p05, p95, fact, lastValue }) => ({
          label: `${year}, vue fin ${asOf.slice(0, 4)}`,
          said: median / 1e6,
          low: p05 / 1e6,
          high: p95 / 1e6,
          came: fact / 1e6,
          rival: lastValue === undefined ? undefined : lastValue / 1e6,
        }))}
        source="volumes nationaux de titres délivrés, publiés ou déduits (page Fiabilité)"
      />
      <Details summary="Chaque année et chaque titre, en nombres">
        <Table
          id="rejoue"
          caption="Demande nationale de l’année : ce que le modèle aurait dit, ce qui est venu, en millions de titres"
          note="Le modèle connaît les volumes des années finies ce jour-là, même imprimés plus tard ; « connu après coup » compte ces volumes et les hypothèses dont la source est postérieure. Les faits déduits sont faibles : leur intervalle est donné."
          rows={[...rows]}
          columns={[
            { label: 'Vu au', cell: row => frenchDay(row.asOf) },
            { label: 'Année', cell: row => String(row.year) },
            { label: 'Titre', cell: row => (isTitle(row.title) ? TITLE_NAMES[row.title] : row.title) },
            {
              label: `Annoncé, et bande de ${NINE_IN_TEN}`,
              cell: row => `${millions(row.median)} (${millions(row.p05)} à ${millions(row.p95)})`,
              file: [
                { label: 'Annoncé, médiane', value: row => row.median, unit: 'titres', type: 'number' },
                { label: 'Annoncé, p05', value: row => row.p05, unit: 'titres', type: 'number' },
                { label: 'Annoncé, p95', value: row => row.p95, unit: 'titres', type: 'number' },
              ],
              numeric: true,
            },
            {
              label: 'Venu',
              cell: row =>
                row.factKind === 'published'
                  ? `${millions(row.fact)} (publié)`
                  : `${millions(row.fact)} (déduit, ${millions(row.factLow)} à ${millions(row.factHigh)})`,
              file: [{ value: row => row.fact, unit: 'titres', type: 'number' }],
              numeric: true,
            },
            { label: 'Écart', figure: row => row.errorPct, as: 'gap', unit: '%' },
            { label: 'Dans la bande', cell: row => (row.within ? 'oui' : 'non') },
            { label: 'Comme la dernière année', figure: row => row.lastValueErrorPct, as: 'gap', unit: '%' },
            { label: 'Dans la même pente', figure: row => row.driftErrorPct, as: 'gap', unit: '%' },
            { label: 'Connu après coup', figure: row => row.hindsight.length },
          ]}
        />
      </Details>
    </>
  )
}

/**
 * The verdict of a hindcast: error and coverage since the crisis, beside the last value, and whether the band was tested enough.
 *
 * Example: six pairs, mean error 4.5 %, all inside: « Depuis la fin de 2021, … se trompe de 4,5 % en moyenne … ».
 */
export function verdict(rows: readonly HindcastRow[]): string {
  const all = rows.filter(row => row.title === 'cni-passport')
  const since = all.filter(row => row.asOf >= '2021')
  const before = all.filter(row => row.asOf < '2021')
  const facts = new Set(since.map(row => row.year)).size
  const sentence = `Depuis la fin de 2021, le modèle se trompe de ${percent(since, row => row.errorPct)} en moyenne sur les deux titres ensemble, « comme la dernière année » de ${percent(since, row => row.lastValueErrorPct)} ; ${frenchNumber(since.filter(row => row.within).length)} ${since.length > 1 ? `prévisions sur ${frenchNumber(since.length)} sont` : 'prévision est'} dans la bande qui devait en contenir 9 sur 10. C’est peu : ${frenchCount(facts, 'année connue', 'années connues')}, dont celles de 2023 et 2024 sont déduites, et des constantes ont été choisies après les avoir vues.`
  return before.length === 0
    ? sentence
    : `${sentence} Vu de la fin de 2019, avant la crise que personne n’annonçait, l’erreur est de ${percent(before, row => row.errorPct)}.`
}

function chartTitle(rows: readonly HindcastRow[]): string {
  const within = rows.filter(row => row.within).length
  return `${frenchNumber(within)} prévisions sur ${frenchNumber(rows.length)} contiennent dans leur bande ce qui est venu`
}

function percent(rows: readonly HindcastRow[], of: (row: HindcastRow) => number | undefined): string {
  const values = rows.flatMap(row => of(row) ?? [])
  if (values.length === 0) return 'non mesuré'
  return frenchPercent(values.reduce((sum, value) => sum + Math.abs(value), 0) / values.length)
}

function millions(value: number): string {
  return frenchNumber(value / 1e6, 1)
}
