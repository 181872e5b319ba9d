import { z } from '@hono/zod-openapi'

/** A share, from 0 to 1. */
export const share = z.number().min(0).max(1)

/** An amount that may be negative. */
export const finite = z.number().min(-1e12).max(1e12)

/** An amount that may not. */
export const positive = z.number().min(0).max(1e12)
