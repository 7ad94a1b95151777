import { z } from 'zod';

/**
 * Values in the forms in which files and variables write them. LiteLLM hands a text on to Python's `float`, `int` and
 * pydantic, which take it for the number or truth value that it spells.
 */

const plainNumber = /^[+-]?(?:\d[\d_]*)?(?:\.[\d_]*)?(?:e[+-]?\d+)?$/i;

/** The number that a text spells; anything else as it is, for a schema to refuse. */
export function numberIn(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const text = value.trim();
  if (!/\d/.test(text) || !plainNumber.test(text)) return value;
  const number = Number(text.replaceAll('_', ''));
  return Number.isNaN(number) ? value : number;
}

const truths = new Map([
  ['true', true],
  ['yes', true],
  ['on', true],
  ['1', true],
  ['false', false],
  ['no', false],
  ['off', false],
  ['0', false],
]);

/** The truth value that a text or a number spells; anything else as it is. */
export function truthIn(value: unknown): unknown {
  if (typeof value !== 'string' && typeof value !== 'number') return value;
  return truths.get(String(value).trim().toLowerCase()) ?? value;
}

/** A text that a file writes without quotes, so that it is read as a number or a truth value. */
export function textIn(value: unknown): unknown {
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
}

/** A schema of numbers that also takes those that are written as text. */
export function fromText<Output>(schema: z.ZodType<Output>) {
  return z.preprocess(numberIn, schema);
}

/** A schema of truth values that also takes the words for them. */
export function fromWord<Output>(schema: z.ZodType<Output>) {
  return z.preprocess(truthIn, schema);
}

/** A schema of texts that also takes what looks like a number. */
export function fromScalar<Output>(schema: z.ZodType<Output>) {
  return z.preprocess(textIn, schema);
}
