import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { turnClasses } from '../../src/core/terms/observation';

const lineSchema = z.object({
  question: z.string(),
  answer: z.string(),
  code: z.boolean(),
  next: z.string(),
  turn: z.enum(turnClasses),
  good: z.boolean(),
});

/** A turn with the class that people would give it. test/fixtures/next-turns/README.md says how it is labelled. */
export interface LabelledTurn extends z.infer<typeof lineSchema> {
  readonly language: string;
  /** The lexicon was written with `tune` in view, and measured on the other half. */
  readonly half: 'tune' | 'held-out';
}

const folder = path.resolve(import.meta.dirname, '../../test/fixtures/next-turns');

/** All labelled turns, by language, and in the order of their files. */
export function labelledTurns(): readonly LabelledTurn[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.jsonl'))
    .toSorted()
    .flatMap((name) => turnsIn(name));
}

function turnsIn(name: string): readonly LabelledTurn[] {
  const lines = readFileSync(path.join(folder, name), 'utf8').trim().split('\n');
  return lines.map((line) => {
    const turn = lineSchema.parse(JSON.parse(line));
    const [first = 0] = createHash('sha256').update(`${turn.question}\n${turn.next}`).digest();
    return { ...turn, language: path.basename(name, '.jsonl'), half: first % 2 === 0 ? 'tune' : 'held-out' };
  });
}

/** Of the files as they were frozen: whoever changes a turn changes what the figures mean. */
export function digestOfTurns(): string {
  const hash = createHash('sha256');
  for (const turn of labelledTurns()) hash.update(`${JSON.stringify(turn)}\n`);
  return hash.digest('hex').slice(0, 16);
}
