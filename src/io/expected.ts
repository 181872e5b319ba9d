/** What the person who runs a program can put right: its message says how, and no stack is needed. */
export class Expected extends Error {}
