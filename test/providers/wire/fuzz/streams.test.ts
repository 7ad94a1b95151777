import { beforeAll, expect, test } from 'vitest';
import { seededRandom } from '../../../core/seeded-random';
import { campaignSeed, runs } from '../../../runs';
import type { Mutated } from './mutate';
import { mutate } from './mutate';
import type { Reading, RecordedStream } from './recorded-streams';
import { readingOf, recordedStreams } from './recorded-streams';

/**
 * Recorded streams, changed as servers and proxies change them: never a lost answer where the text was there, never a
 * call with other arguments than were sent, never "whole" for one that was cut, never a throw or a hang, and no exact
 * cost that isn't.
 */

const truths = new Map<RecordedStream, Reading>();

beforeAll(async () => {
  for (const stream of recordedStreams)
    truths.set(stream, await readingOf(stream, [Buffer.from(stream.text)]));
});

test('as they were recorded all of them end well, with what they say', () => {
  for (const [{ name }, { end, text, calls }] of truths) {
    expect([name, end === 'failed']).toEqual([name, false]);
    expect(text.length + calls.length, name).toBeGreaterThan(0);
  }
});

test(
  'changed in any way, they say the same',
  async () => {
    const random = seededRandom(campaignSeed('wire-streams'));
    const count = runs(2_000);
    const seen = { whole: 0, cut: 0, failed: 0, exact: 0 };
    for (let run = 0; run < count; run += 1) {
      const stream = recordedStreams[run % recordedStreams.length];
      const truth = stream && truths.get(stream);
      if (stream === undefined || truth === undefined) throw new Error('There is no such stream.');
      const mutated = mutate(stream.text, random);
      const reading = await readingOf(stream, mutated.pieces);
      check(stream, truth, mutated, reading);
      seen[reading.end] += 1;
      if (reading.cost?.kind === 'exact') seen.exact += 1;
    }
    console.log(`${String(count)} streams: ${JSON.stringify(seen)}`);
  },
  runs(60_000),
);

function check(
  { name }: RecordedStream,
  truth: Reading,
  { cut, done, pieces }: Mutated,
  reading: Reading,
): void {
  const what = () => `${name}, ${done.join(', ')}:\n${Buffer.concat(pieces).toString('utf8')}`;
  if (reading.cost?.kind === 'exact') expect(reading.cost, what()).toEqual(truth.cost);
  if (cut) {
    if (!truth.text.startsWith(reading.text)) expect.fail(`other text: ${reading.text}\n${what()}`);
    expect(truth.calls.slice(0, reading.calls.length), what()).toEqual(reading.calls);
    // Where the end came, all that follows tells no more than the cost.
    if (reading.end === 'whole')
      expect([reading.text, reading.calls], what()).toEqual([truth.text, truth.calls]);
  } else {
    if (reading.end !== truth.end || reading.text !== truth.text)
      expect.fail(
        `${reading.end} (${reading.detail ?? ''}): ${reading.text} in the place of ${truth.end}: ${truth.text}\n${what()}`,
      );
    expect(reading.calls, what()).toEqual(truth.calls);
  }
}
