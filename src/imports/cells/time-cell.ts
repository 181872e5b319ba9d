import type { CellReader } from './column.ts'
import { flawed, quoted } from './fault.ts'

/** Reads a time of day into `08:30`: `8h30`, `8 h 30`, `08:30`, `8h`, `08:30:00`. */
export const readTime: CellReader<string> = text => {
  const [, hour = '', minute = '00'] =
    /^(\d{1,2})\s?(?:h|H|:)\s?(\d{2})?(?::00)?$/.exec(text.replace(/[\u00a0\u202f]/g, ' ')) ?? []
  if (hour === '' || Number(hour) > 23 || Number(minute) > 59) {
    return flawed('invalid-time', `${quoted(text)} n’est pas une heure.`, 'Écrivez 8h30 ou 08:30.')
  }
  return { value: `${hour.padStart(2, '0')}:${minute}` }
}
