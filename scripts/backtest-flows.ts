import { csvFile, readText } from './backtest/csv-file.ts'
import { flowErrors, flowsByRegion } from './backtest/nhs-flows.ts'
import { Refusal } from './backtest/refusal.ts'
import { rounded, tableText } from './backtest/report.ts'

try {
  const path = process.argv[2]
  if (path === undefined)
    throw new Refusal(
      'Donnez un fichier : month,region_code,arrivals_new_periods,completions,backlog_incomplete_month_end.',
    )
  const errors = flowErrors(flowsByRegion(csvFile(path, readText(path))))
  console.log(
    tableText({
      title: `Liste du mois suivant, d’après celle du mois : ${errors.regions} régions, ${errors.points} prévisions à un mois`,
      notes: [
        `Sorties inexpliquées : ${rounded(errors.exitSharePct).toLocaleString('fr-FR')} % de la liste par mois (médiane des régions), apprises sur les mois d’avant.`,
      ],
      rows: [
        row('entrées − traités', errors.withoutExit),
        row('entrées − traités − sorties', errors.withExit),
      ],
    }),
  )
} catch (error) {
  if (!(error instanceof Refusal)) throw error
  console.error(error.message)
  process.exitCode = 2
}

function row(model: string, { medianPct, meanPct }: { medianPct: number; meanPct: number }) {
  return { modèle: model, 'erreur médiane %': medianPct, 'erreur moyenne %': meanPct }
}
