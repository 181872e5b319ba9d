import type { z } from 'zod'

/** A model that an answer is drawn from: what the answer tells as null may be undefined or lacking there. */
type ModelOf<T> = { readonly [K in keyof T as null extends T[K] ? never : K]: T[K] } & {
  readonly [K in keyof T as null extends T[K] ? K : never]?: T[K] | undefined
}

/** The fields that a schema names, of a model that may hold more; what is absent is null, as JSON tells it. */
export function answerOf<Shape extends z.ZodRawShape>(
  { shape }: { shape: Shape },
  model: ModelOf<z.infer<z.ZodObject<Shape>>>,
): z.infer<z.ZodObject<Shape>> {
  const known: Readonly<Record<string, unknown>> = model
  return Object.fromEntries(Object.keys(shape).map(name => [name, known[name] ?? null])) as z.infer<
    z.ZodObject<Shape>
  >
}
