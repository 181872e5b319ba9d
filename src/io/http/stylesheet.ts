import { inkRules } from '../../pure/charts/ink.ts'
import { darkScheme } from '../../pure/pages/dark-scheme.ts'
import { readAsset } from '../assets.ts'

/**
 * The stylesheet served at `/assets/vigie.css`, after DSFR's own: the house's rules, the inks of charts, the dark scheme
 * without script, and paper.
 *
 * @param dsfrStylesheet text of the `dsfr.main.min.css` that is served, from which the dark colours are read.
 */
export function stylesheet(dsfrStylesheet: string): string {
  return [
    readAsset('vigie.css'),
    inkRules(),
    darkScheme(dsfrStylesheet),
    readAsset('dark.css'),
    readAsset('print.css'),
  ].join('\n')
}
