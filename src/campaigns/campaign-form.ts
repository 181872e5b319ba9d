import { HOLDERS } from '../demand/engine/cohort-flow.ts'
import { addMonths, type Month } from '../pure/calendar/period.ts'
import { writtenMonth } from '../pure/french/french.ts'
import type { Campaign } from './effect-answer.ts'
import { MEANS_CODES } from './response.ts'

/** Messages that the form offers. */
export const FORM_ROWS = 3

/** What the form proposes at first: the holders of old cards that end four years later, told at the first occasion. */
export function proposedFields(first: Month): Record<string, string> {
  return {
    name: 'Anciennes cartes',
    'messages.0.holders': HOLDERS[0],
    'messages.0.endsFrom': addMonths(first, 48),
    'messages.0.endsTo': addMonths(first, 59),
    'messages.0.sentIn': first,
  }
}

/** The campaign that a form tells: a message to nobody is none. */
export function campaignOfForm(fields: Readonly<Record<string, string>>, place: string): Campaign {
  const messages = Array.from({ length: FORM_ROWS }, (_, row) => row).flatMap(row => {
    const cell = (name: string) => fields[`messages.${row}.${name}`]?.trim() ?? ''
    const holders = HOLDERS.find(code => code === cell('holders'))
    const month = (name: string) => writtenMonth(cell(name)) ?? cell(name)
    const endsFrom = month('endsFrom')
    const endsTo = month('endsTo') || endsFrom
    const means = MEANS_CODES.find(code => code === cell('means')) ?? MEANS_CODES[0]
    return holders === undefined
      ? []
      : [{ holders, endsFrom, endsTo, sentIn: month('sentIn'), means, share: 1 }]
  })
  return {
    name: fields['name'] ?? '',
    place,
    messages,
    counted: [],
  }
}
