import { frenchCount, frenchNumber } from '../pure/french/french.ts'

/** How far a plan is: futures of the engine drawn, then programs solved, in shares of agents (`linear`) or whole. */
export type PlanStep = { step: 'futures'; drawn: number; of: number } | { step: string; solved: number }

/** The words for a step of a plan, with the share that is done where the end is known. */
export function stepWords(step: PlanStep): { words: string; share?: number } {
  if ('drawn' in step) {
    const { drawn, of } = step
    return {
      words: `Tirage des futurs de la demande : ${frenchNumber(drawn)} sur ${frenchNumber(of)}.`,
      share: drawn / of,
    }
  }
  const tuned = step.step === 'whole' ? 'Passage aux agents entiers' : 'Réglage du plan sur le risque accepté'
  return { words: `${tuned} : ${frenchCount(step.solved, 'essai')}.` }
}
