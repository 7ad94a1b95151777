import { z } from 'zod';

/** A number of tokens as a provider reports it. */
export const tokenCount = z.number().int().min(0);
