import { basename } from 'node:path';
import { CorpusError } from './corpus-error';
import type { CorpusLine } from './corpus-line';
import { parseCorpusLine } from './corpus-line';
import type { TextLine } from './text-lines';
import { textLines } from './text-lines';

export { CorpusError } from './corpus-error';
export { readVectors } from './vectors';

export interface CorpusRow {
  readonly id: string;
  /** The benchmark that the prompt came from: for reports alone, no policy may read it. */
  readonly domain: string;
  readonly prompt: string;
  /** By model, each from 0 to 1. */
  readonly quality01: Float64Array;
  /** By model, each 0 or more. */
  readonly costUsd: Float64Array;
}

export interface Corpus {
  /** The file's name without .jsonl or .jsonl.gz. */
  readonly name: string;
  /** In the order of the first row: the index of every array by model. */
  readonly models: readonly string[];
  readonly rows: readonly CorpusRow[];
  /** C of the reward: the largest mean cost of a model, over the rows read. 0 where nothing costs anything. */
  readonly dearestMeanUsd: number;
}

/**
 * Reads `.jsonl` or `.jsonl.gz`: a line is `{id, domain, prompt, models: {<model>: {quality, cost_usd}}}`, and
 * every line has the models of the first, in any order. Empty lines are passed over. At most `limit` rows are
 * read, from the start. Throws CorpusError, with the line, for anything else.
 */
export async function readCorpus(path: string, limit = Number.POSITIVE_INFINITY): Promise<Corpus> {
  const name = /^(.+)\.jsonl(?:\.gz)?$/.exec(basename(path))?.[1];
  if (name === undefined) throw new CorpusError(path, 'expected a file named ….jsonl or ….jsonl.gz');
  let models: readonly string[] | undefined;
  const rows: CorpusRow[] = [];
  const lineOfId = new Map<string, number>();
  for await (const line of textLines(path)) {
    if (rows.length >= limit) break;
    if (line.text.trim() === '') continue;
    const parsed = parse(path, line);
    models ??= modelsOf(path, parsed, line.number);
    refuseOtherModels(path, parsed, models, line.number);
    refuseSecond(path, parsed.id, lineOfId, line.number);
    rows.push(rowOf(parsed, models));
  }
  if (models === undefined) throw new CorpusError(path, 'expected a row on each line, found an empty file');
  return { name, models, rows, dearestMeanUsd: dearestMean(rows, models.length) };
}

function parse(path: string, { text, number }: TextLine): CorpusLine {
  const parsed = parseCorpusLine(text);
  if ('problem' in parsed) throw new CorpusError(path, parsed.problem, { line: number });
  return parsed;
}

function modelsOf(path: string, { models }: CorpusLine, line: number): readonly string[] {
  const names = Object.keys(models);
  if (names.length >= 2) return names;
  throw new CorpusError(path, `models: expected at least 2, found ${String(names.length)}`, { line });
}

function refuseOtherModels(path: string, row: CorpusLine, models: readonly string[], line: number): void {
  const missing = models.filter((model) => !Object.hasOwn(row.models, model));
  const surplus = Object.keys(row.models).filter((model) => !models.includes(model));
  if (missing.length === 0 && surplus.length === 0) return;
  const differences = [
    ...missing.map((model) => `without ${JSON.stringify(model)}`),
    ...surplus.map((model) => `with ${JSON.stringify(model)}`),
  ];
  throw new CorpusError(
    path,
    `models: expected those of the first row, found them ${differences.join(', ')}`,
    {
      line,
    },
  );
}

function refuseSecond(path: string, id: string, lineOfId: Map<string, number>, line: number): void {
  const earlier = lineOfId.get(id);
  if (earlier !== undefined) {
    throw new CorpusError(path, `id: ${JSON.stringify(id)} is that of line ${String(earlier)} too`, { line });
  }
  lineOfId.set(id, line);
}

function rowOf({ id, domain, prompt, models: outcomes }: CorpusLine, models: readonly string[]): CorpusRow {
  return {
    id,
    domain,
    prompt,
    quality01: Float64Array.from(models, (model) => outcomes[model]?.quality ?? Number.NaN),
    costUsd: Float64Array.from(models, (model) => outcomes[model]?.cost_usd ?? Number.NaN),
  };
}

function dearestMean(rows: readonly CorpusRow[], modelCount: number): number {
  const means = Array.from(
    { length: modelCount },
    (_, model) => rows.reduce((sum, row) => sum + (row.costUsd[model] ?? 0), 0) / rows.length,
  );
  return Math.max(...means);
}
