/** What a person can put right in the command: printed alone, in French, without a trace. */
export class Refusal extends Error {}
