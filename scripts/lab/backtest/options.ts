import { parseArgs } from 'node:util'
import { isMonth, monthNumber } from '../../../src/pure/calendar/period.ts'

/** How the command is used, in French, for the person who types it. */
export const USAGE = `Usage : npm run backtest -- FICHIER… [options]
  Un fichier de comptes : une colonne de périodes (années, trimestres, mois, ou leurs premiers jours)
  et une de nombres, séparées par des virgules, des points-virgules ou des tabulations.
  Un fichier de flux (month, region_code, arrivals_new_periods, completions,
  backlog_incomplete_month_end) se reconnaît à ses colonnes.
  --flows FICHIER      un fichier de flux, que l’on nomme ainsi ou comme les autres
  --column NOM         colonne des titres délivrés (par défaut : issued, ou la seule de nombres)
  --by NOM             colonne de région : une série par valeur
  --validity 10        validité en années ; 5,10@1995-11 pour un changement daté,
                       5,10@1995-11:0.6 si 60 % seulement prennent la nouvelle
  --origins 2010..2018 fins d'année (ou 2016,2017 ; ou 2016-12) d'où l'on prévoit
  --horizon 6          années, trimestres ou mois à prévoir, selon le fichier
  --exceptional 2020-02..2023-05   périodes dont on n'apprend rien ; aucune pour les garder toutes
  --regimes rupture=2008..2009,calme=2010..2019   années à noter à part
  --france             juge les modèles sur les faits français livrés (aucun fichier), écrit france.json
  --out DOSSIER        écrit forecasts.csv et table.json`

/** A span of months on one common count, both ends included. */
export interface Span {
  name: string
  from: number
  to: number
}

/** A validity in years from a month on, for a share of the titles. */
export interface Validity {
  from: number
  years: number
  share: number
}

/** The command as typed. Months count as in `monthNumber`; a year stands for its December. */
export interface Options {
  files: string[]
  column: string | undefined
  by: string | undefined
  validities: Validity[]
  origins: { from: number; to: number; each: 'year' | 'month' } | { months: number[] } | undefined
  horizon: number | undefined
  exceptional: Span[]
  regimes: Span[]
  france: boolean
  out: string | undefined
}

/**
 * The international health emergency of COVID-19 (WHO, 30 January 2020 to 5 May 2023): borders closed, then
 * journeys put off. A dated event, known to everyone after the fact and to nobody before.
 */
const HEALTH_EMERGENCY = '2020-02..2023-05'

/** Reads the command line. @throws with what to write instead. */
export function readOptions(args: readonly string[]): Options {
  const text = { type: 'string' } as const
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      column: text,
      by: text,
      validity: text,
      origins: text,
      horizon: text,
      exceptional: text,
      regimes: text,
      flows: { type: 'boolean' },
      france: { type: 'boolean' },
      out: text,
    },
  })
  const exceptional = values.exceptional ?? HEALTH_EMERGENCY
  return {
    files: positionals,
    column: values.column,
    by: values.by,
    validities: values.validity === undefined ? [] : readValidities(values.validity),
    origins: values.origins === undefined ? undefined : readOrigins(values.origins),
    horizon: values.horizon === undefined ? undefined : wholeNumber(values.horizon, '--horizon'),
    exceptional: /^(aucune?|none)$/.test(exceptional) ? [] : readSpans(exceptional, '--exceptional'),
    regimes: values.regimes === undefined ? [] : readSpans(values.regimes, '--regimes'),
    france: values.france ?? false,
    out: values.out,
  }
}

function readValidities(text: string): Validity[] {
  return text.split(',').map((part, i) => {
    const match = /^(\d{1,2})(?:@(\d{4}(?:-\d{2})?))?(?::(0?\.\d+|1|0))?$/.exec(part.trim())
    const years = Number(match?.[1])
    if (!match || years < 1 || (i > 0 && match[2] === undefined))
      throw new Error(`--validity ${text} : écrivez 10, ou 5,10@1995-11 pour un changement daté.`)
    return {
      years,
      from: match[2] === undefined ? Number.NEGATIVE_INFINITY : firstMonth(match[2], '--validity'),
      share: match[3] === undefined ? 1 : Number(match[3]),
    }
  })
}

function readOrigins(text: string): Options['origins'] {
  const range = text.split('..')
  if (range.length === 2) {
    const [from, to] = range.map(part => lastMonth(part, '--origins')) as [number, number]
    return { from, to, each: range[0]!.includes('-') ? 'month' : 'year' }
  }
  return { months: text.split(',').map(part => lastMonth(part, '--origins')) }
}

function readSpans(text: string, option: string): Span[] {
  return text.split(',').map(part => {
    const [name, range] = part.includes('=') ? part.split('=', 2) : [part, part]
    const [from, to = from] = range!.split('..')
    return { name: name!, from: firstMonth(from!, option), to: lastMonth(to!, option) }
  })
}

function firstMonth(text: string, option: string): number {
  const trimmed = text.trim()
  return /^\d{4}$/.test(trimmed) ? Number(trimmed) * 12 : month(trimmed, option)
}

function lastMonth(text: string, option: string): number {
  const trimmed = text.trim()
  return /^\d{4}$/.test(trimmed) ? Number(trimmed) * 12 + 11 : month(trimmed, option)
}

function month(text: string, option: string): number {
  if (!isMonth(text))
    throw new Error(`${option} : « ${text} » n'est ni une année (2016) ni un mois (2016-12).`)
  return monthNumber(text)
}

function wholeNumber(text: string, option: string): number {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 1 || value > 120)
    throw new Error(`${option} ${text} : attendu un nombre entier de 1 à 120.`)
  return value
}
