import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { CorpusError, readCorpus } from '../../bench/routing/corpus';
import { corpusLine, gzipped, temporaryFolder } from './files';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder[Symbol.dispose]());

const three = ['a', 'b', 'c'].map((id) => corpusLine(id));

describe('a corpus that can be read', () => {
  test.each([
    ['small.jsonl', `${three.join('\n')}\n`],
    ['small.jsonl', three.join('\n')],
    ['small.jsonl', `${three.join('\r\n\r\n')}\r\n`],
    ['small.jsonl.gz', gzipped(three)],
  ])('%s (%#)', async (name, content) => {
    const corpus = await readCorpus(folder.write(name, content));
    expect(corpus.name).toBe('small');
    expect(corpus.models).toEqual(['cheap', 'gpt-4o']);
    expect(corpus.rows.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
    expect(corpus.rows[0]).toEqual({
      id: 'a',
      domain: 'sums',
      prompt: 'Prompt a',
      quality01: Float64Array.of(0.5, 0.75),
      costUsd: Float64Array.of(0.001, 0.02),
    });
  });

  test('stops at the limit, before lines that are wrong', async () => {
    const path = folder.write('small.jsonl.gz', gzipped([...three, 'not JSON']));
    expect((await readCorpus(path, 2)).rows).toHaveLength(2);
    expect((await readCorpus(path, 3)).rows).toHaveLength(3);
  });

  test('takes the models of a row in any order', async () => {
    const swapped = corpusLine('b', {
      models: { 'gpt-4o': { quality: 1, cost_usd: 4 }, cheap: { quality: 0, cost_usd: 0 } },
    });
    const { rows, dearestMeanUsd } = await readCorpus(
      folder.write('a.jsonl', [corpusLine('a'), swapped].join('\n')),
    );
    expect(rows[1]?.quality01).toEqual(Float64Array.of(0, 1));
    expect(dearestMeanUsd).toBeCloseTo(2.01, 12);
  });

  test('keeps prompts of any characters whole, also across the chunks of a stream', async () => {
    const prompt = `cut here?\u2028or\u2029here ${'é😀'.repeat(60_000)}`;
    const path = folder.write('a.jsonl.gz', gzipped([corpusLine('a', { prompt }), corpusLine('b')]));
    const { rows } = await readCorpus(path);
    expect(rows[0]?.prompt).toBe(prompt);
    expect(rows).toHaveLength(2);
  });
});

const withQuality = (quality: unknown) => ({
  models: { cheap: { quality: 0.5, cost_usd: 0 }, 'gpt-4o': { quality, cost_usd: 0 } },
});
const withCost = (cost_usd: unknown) => ({
  models: { cheap: { quality: 0.5, cost_usd }, 'gpt-4o': { quality: 1, cost_usd: 0 } },
});

describe('a line that is wrong', () => {
  test.each([
    ['{"id": ', 'expected JSON: '],
    ['3', 'expected an object, found 3'],
    [corpusLine('x', { id: undefined }), 'id: expected an id, found nothing'],
    [corpusLine('x', { id: '' }), 'id: expected an id, found ""'],
    [corpusLine('x', { domain: 7 }), 'domain: expected the name of a domain, found 7'],
    [corpusLine('x', { prompt: null }), 'prompt: expected a text, found null'],
    [
      corpusLine('x', { models: undefined }),
      'models: expected an object with an entry for each model, found nothing',
    ],
    [
      corpusLine('x', { models: { cheap: 1, 'gpt-4o': 2 } }),
      'models.cheap: expected an object with quality and cost_usd, found 1',
    ],
    [corpusLine('x', withQuality(3)), 'models["gpt-4o"].quality: expected a number from 0 to 1, found 3'],
    [
      corpusLine('x', withQuality(-0.1)),
      'models["gpt-4o"].quality: expected a number from 0 to 1, found -0.1',
    ],
    [corpusLine('x', withQuality('1')), 'models["gpt-4o"].quality: expected a number from 0 to 1, found "1"'],
    [
      corpusLine('x', withQuality(undefined)),
      'models["gpt-4o"].quality: expected a number from 0 to 1, found nothing',
    ],
    [
      corpusLine('x', withCost(-1)),
      'models.cheap.cost_usd: expected a finite number of USD, 0 or more, found -1',
    ],
    [
      corpusLine('x', withCost(5)).replace('5}', '1e999}'),
      'models.cheap.cost_usd: expected a finite number of USD, 0 or more, found Infinity',
    ],
    [
      corpusLine('x', {
        models: { cheap: { quality: 1, cost_usd: 0 }, other: { quality: 1, cost_usd: 0 } },
      }),
      'models: expected those of the first row, found them without "gpt-4o", with "other"',
    ],
    [corpusLine('b'), 'id: "b" is that of line 2 too'],
  ])('%s', async (line, problem) => {
    const path = folder.write(
      'wrong.jsonl.gz',
      gzipped([corpusLine('a'), corpusLine('b'), line, 'not read']),
    );
    const failure: unknown = await readCorpus(path).catch((reason: unknown) => reason);
    expect(failure).toBeInstanceOf(CorpusError);
    const { message } = failure as CorpusError;
    expect(message.startsWith(`${path}:3: ${problem}`), message).toBe(true);
  });

  test('a first row of a single model', async () => {
    const line = corpusLine('a', { models: { cheap: { quality: 1, cost_usd: 0 } } });
    const path = folder.write('a.jsonl', line);
    await expect(readCorpus(path)).rejects.toThrow(`${path}:1: models: expected at least 2, found 1`);
  });
});

describe('a file that is wrong', () => {
  const whole = gzipped(three);
  test.each([
    ['a.jsonl', '', 'expected a row on each line, found an empty file'],
    ['a.jsonl', '\n\n', 'expected a row on each line, found an empty file'],
    ['a.jsonl.gz', gzipped([]), 'expected a row on each line, found an empty file'],
    ['a.jsonl.gz', '', 'the gzip file is cut short'],
    ['a.jsonl.gz', three.join('\n'), 'this is not a gzip file'],
    ['a.jsonl.gz', whole.subarray(0, 5), 'the gzip file is cut short'],
    ['a.jsonl.gz', whole.subarray(0, whole.length - 20), 'the gzip file is cut short'],
    ['a.jsonl', Uint8Array.of(0x7b, 0xff, 0x0a), 'this is not UTF-8 text'],
    ['a.csv', '', 'expected a file named ….jsonl or ….jsonl.gz'],
  ])('%s (%#)', async (name, content, problem) => {
    const path = folder.write(name, content);
    await expect(readCorpus(path)).rejects.toThrow(new CorpusError(path, problem).message);
  });

  test.each(['none.jsonl', 'none.jsonl.gz'])('%s that is missing', async (name) => {
    await expect(readCorpus(name)).rejects.toThrow(new CorpusError(name, 'there is no such file'));
  });

  test('a folder', async () => {
    await expect(readCorpus('test/bench/.jsonl')).rejects.toThrow(CorpusError);
  });
});
