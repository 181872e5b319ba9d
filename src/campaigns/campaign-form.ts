import { HOLDERS } from '../demand/engine/cohort-flow.ts'
import type { Campaign } from './campaign.ts'
import { MEANS_CODES } from './response.ts'

/** Messages that the form offers. */
export const FORM_ROWS = 3

/** The campaign that a form tells: a message to nobody is none. */
export function campaignOfForm(fields: Readonly<Record<string, string>>, place: string): Campaign {
  const messages = Array.from({ length: FORM_ROWS }, (_, row) => row).flatMap(row => {
    const cell = (name: string) => fields[`messages.${row}.${name}`]?.trim() ?? ''
    const holders = HOLDERS.find(code => code === cell('holders'))
    const endsFrom = cell('endsFrom')
    const endsTo = cell('endsTo') || endsFrom
    const means = MEANS_CODES.find(code => code === cell('means')) ?? MEANS_CODES[0]
    return holders === undefined
      ? []
      : [{ holders, endsFrom, endsTo, sentIn: cell('sentIn'), means, share: 1 }]
  })
  return {
    name: fields['name'] ?? '',
    place,
    messages,
    counted: [],
  }
}
