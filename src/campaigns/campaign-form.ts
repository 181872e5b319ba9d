import { HOLDERS } from '../demand/engine/cohort-flow.ts'
import type { Campaign } from './campaign.ts'
import { MEANS_CODES } from './response.ts'

/** Messages that the form offers. */
export const FORM_ROWS = 3

/** The campaign that a form tells: a message without its month is none. */
export function campaignOfForm(fields: Readonly<Record<string, string>>, place: string): Campaign {
  const messages = Array.from({ length: FORM_ROWS }, (_, row) => {
    const cell = (name: string) => fields[`messages.${row}.${name}`] ?? ''
    const endsFrom = cell('endsFrom')
    return {
      holders: HOLDERS.find(code => code === cell('holders')) ?? HOLDERS[0],
      endsFrom,
      endsTo: cell('endsTo') || endsFrom,
      sentIn: cell('sentIn'),
      means: MEANS_CODES.find(code => code === cell('means')) ?? MEANS_CODES[0],
      share: 1,
    }
  })
  return {
    name: fields['name'] ?? '',
    place,
    messages: messages.filter(({ sentIn, endsFrom }) => sentIn !== '' || endsFrom !== ''),
    counted: [],
  }
}
