import { z } from 'zod';

/** A circuit breaker that isn't closed. */
export const breakerSchema = z.enum(['half-open', 'open']);
export type BreakerMark = z.infer<typeof breakerSchema>;
