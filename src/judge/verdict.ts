import { z } from 'zod';
import type { JudgeReason } from '../core/terms/observation';
import { judgeReasons } from '../core/terms/observation';

/** What a judge said of one answer. */
export interface Verdict {
  /** 0..1 */
  readonly quality01: number;
  readonly reason: JudgeReason;
}

/** Which of two a judge preferred, as they were named to it; the reason is what the worse one lacks. */
export interface Preference {
  readonly better: 'A' | 'B' | 'tie';
  readonly reason: JudgeReason;
}

const highestScore = 10;

/** A reason that isn't among them takes nothing from the verdict. */
const reason = z
  .preprocess((said) => (typeof said === 'string' ? said.trim().toLowerCase() : said), z.enum(judgeReasons))
  .catch('other');

const verdictSchema = z.object({
  score: z.preprocess((said) => numberIn(said), z.number().min(0).max(highestScore)),
  reason,
});

const preferenceSchema = z.object({
  better: z.preprocess(
    (said) => (typeof said === 'string' ? (said.trim().toLowerCase() === 'tie' ? 'tie' : said.trim()) : said),
    z.enum(['A', 'B', 'tie']),
  ),
  reason,
});

/** What was asked for as JSON schema, where the server takes one. */
export const verdictForm = {
  type: 'object',
  properties: {
    score: { type: 'integer', description: '0 to 10' },
    reason: { type: 'string', enum: [...judgeReasons] },
  },
  required: ['score', 'reason'],
  additionalProperties: false,
} as const;

export const preferenceForm = {
  type: 'object',
  properties: {
    better: { type: 'string', enum: ['A', 'B', 'tie'] },
    reason: { type: 'string', enum: [...judgeReasons] },
  },
  required: ['better', 'reason'],
  additionalProperties: false,
} as const;

/** The verdict in a reply; undefined where there is none, or more than one that differ. */
export function verdictIn(reply: string): Verdict | undefined {
  const found = onlyOne(reply, verdictSchema);
  return found && { quality01: found.score / highestScore, reason: found.reason };
}

export function preferenceIn(reply: string): Preference | undefined {
  return onlyOne(reply, preferenceSchema);
}

/**
 * The one object of that form. Models put words, fences and thoughts around what they were asked for; but a reply that
 * holds two verdicts may be quoting one of them from the answer that it judges.
 */
function onlyOne<T>(reply: string, schema: z.ZodType<T>): T | undefined {
  const found = objectsIn(reply.slice(0, longestReply)).flatMap((text) => {
    const parsed = schema.safeParse(parseJson(text));
    return parsed.success ? [parsed.data] : [];
  });
  const [first, ...others] = found;
  const same = others.every((other) => JSON.stringify(other) === JSON.stringify(first));
  return same ? first : undefined;
}

/** Longer ones are no verdicts. */
const longestReply = 20_000;

/** Flat objects: what is asked for has none within it. */
function objectsIn(text: string): readonly string[] {
  return text.match(/\{[^{}]*\}/g) ?? [];
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** "8", "8/10", 8; anything else as it is, for the schema to refuse. */
function numberIn(said: unknown): unknown {
  if (typeof said !== 'string') return said;
  const [, number] = /^\s*(\d+(?:\.\d+)?)\s*(?:\/\s*10)?\s*$/.exec(said) ?? [];
  return number === undefined ? said : Number(number);
}
