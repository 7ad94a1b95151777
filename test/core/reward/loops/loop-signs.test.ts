import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { LoopReading } from '../../../../src/core/reward/loops/loop-signs';
import { readLoop } from '../../../../src/core/reward/loops/loop-signs';
import { stepsOf } from '../../../../src/core/reward/loops/loop-steps';
import type { Message } from '../../../../src/core/terms/request';
import type { JsonObject } from '../../../../src/core/terms/tools';
import { runs } from '../../../runs';
import { seededRandom } from '../../seeded-random';
import { healthyLoops } from './healthy-loops';
import { stuckLoops } from './stuck-loops';

interface Call {
  readonly name: string;
  readonly input?: JsonObject;
  readonly result?: string;
}

function loopOf(...calls: readonly Call[]): readonly Message[] {
  return [
    { role: 'user', text: 'Go.' },
    ...calls.flatMap(({ name, input = {}, result }, index): readonly Message[] => {
      const id = `c${String(index)}`;
      const called = { role: 'assistant', text: '', toolCalls: [{ id, name, input }] } as const;
      if (result === undefined) return [called];
      return [called, { role: 'user', text: '', toolResults: [{ callId: id, text: result }] }];
    }),
  ];
}

function read(
  messages: readonly Message[],
  change: Partial<Parameters<typeof readLoop>[1]> = {},
): LoopReading {
  return readLoop(messages, {
    ownSteps: stepsOf(messages).length,
    earlierSteps: undefined,
    usualSteps: 15,
    ...change,
  });
}

const look = (path: string, result: string, more: JsonObject = {}): Call => ({
  name: 'read_file',
  input: { path, ...more },
  result,
});
const edited: Call = {
  name: 'apply_diff',
  input: { path: 'a.ts', diff: '-a\n+b' },
  result: 'Changes applied.',
};
const tests = (result: string): Call => ({ name: 'run_in_terminal', input: { command: 'npm test' }, result });
const red = tests('Tests:       1 failed, 3 passed, 4 total');
const green = tests('Tests:       4 passed, 4 total');

describe('the same call for the third time', () => {
  test('is a sign where it brings the same, whatever the order of its arguments and its remarks', () => {
    const calls = [
      look('a.ts', 'text', { from: 1, to: 9, explanation: 'First.' }),
      look('b.ts', 'other text'),
      { name: 'read_file', input: { to: 9, from: 1, path: 'a.ts', explanation: 'Again.' }, result: 'text' },
      { name: 'read_file', input: { to: 9, path: 'a.ts', from: 1 }, result: 'text\n' },
    ];
    expect(read(loopOf(...calls)).signs).toEqual(['repeated-call']);
    expect(read(loopOf(...calls.slice(0, 3))).signs).toEqual([]);
  });

  test('is none where what it brings changes, or where something was changed in between', () => {
    const poll = (result: string): Call => ({ name: 'get_build_status', input: { id: 7 }, result });
    expect(read(loopOf(poll('10 %'), poll('20 %'), poll('40 %'), poll('done'))).signs).toEqual([]);
    const check: Call = { name: 'run_in_terminal', input: { command: 'npx tsc --noEmit' }, result: '' };
    const edits = ['b', 'c', 'd'].map((text): Call => ({ ...edited, input: { path: 'a.ts', diff: text } }));
    expect(read(loopOf(...edits.flatMap((edit) => [edit, check]))).signs).toEqual([]);
  });

  test('of a wait is a sign only much later', () => {
    const wait: Call = { name: 'get_terminal_output', input: { id: '7' }, result: 'Still running.' };
    expect(read(loopOf(...Array.from({ length: 9 }, () => wait))).signs).toEqual([]);
    expect(read(loopOf(...Array.from({ length: 10 }, () => wait))).signs).toEqual(['repeated-call']);
  });
});

test('refused arguments and edits that don’t apply are signs, each once', () => {
  const refused: Call = {
    name: 'create_file',
    result: 'ERROR: Your input to the tool was invalid (must be string)',
  };
  const missed: Call = { ...edited, result: 'Could not find matching text to replace.' };
  expect(read(loopOf(refused, missed, refused, missed, edited)).signs).toEqual([
    'bad-arguments',
    'failed-edit',
  ]);
});

describe('tests and builds', () => {
  test('that fail first and pass in the end', () => {
    expect(read(loopOf(red, edited, red, { ...edited, input: { path: 'b.ts' } }, green)).ending).toEqual([
      'turned-green',
    ]);
  });

  test('that pass first and fail in the end', () => {
    expect(read(loopOf(green, edited, red)).ending).toEqual(['turned-red']);
  });

  test('that end as they began say nothing', () => {
    expect(read(loopOf(green, edited, red, edited, green)).ending).toEqual([]);
    expect(read(loopOf(red, edited, red)).ending).toEqual([]);
  });

  test('are compared with their own kind', () => {
    const build = (result: string): Call => ({ name: 'Bash', input: { command: 'cargo build' }, result });
    expect(read(loopOf(build('error[E0308]: mismatched types'), edited, green)).ending).toEqual([]);
  });

  test('are not what a file says, nor what a search finds', () => {
    const file = look('log.txt', '3 failed, 1 passed in 2s\nTests: 3 failed');
    const printed: Call = {
      name: 'Bash',
      input: { command: 'cat log.txt' },
      result: 'Tests: 3 failed, 1 passed',
    };
    expect(read(loopOf(file, printed, edited, green)).ending).toEqual([]);
  });

  test('of the model before count as what it found', () => {
    const messages = loopOf(red, edited, green);
    expect(read(messages, { ownSteps: 1, earlierSteps: 2 }).ending).toEqual(['turned-green']);
    expect(read(messages, { ownSteps: 1, earlierSteps: undefined }).ending).toEqual([]);
  });
});

test('a step that was asked for twice takes none of the model before', () => {
  const one = look('a.ts', 'text');
  const messages = loopOf(one, one, one, look('b.ts', 'other'));
  expect(read(messages, { ownSteps: 4, earlierSteps: undefined }).signs).toEqual(['repeated-call']);
  expect(read(messages, { ownSteps: 4, earlierSteps: 3 }).signs).toEqual([]);
});

describe('a loop that is given up', () => {
  test('ends with an edit that doesn’t apply', () => {
    const missed: Call = { ...edited, result: 'Could not find matching text to replace.' };
    expect(read(loopOf(missed)).ending).toEqual(['given-up']);
    expect(read(loopOf(missed, edited)).ending).toEqual([]);
  });

  test('ends with tests that fail still, after it tried to mend them', () => {
    const other = { ...edited, input: { path: 'a.ts', diff: 'another' } };
    expect(read(loopOf(edited, red, other, red)).ending).toEqual(['given-up']);
    expect(read(loopOf(edited, red, other, green)).ending).toEqual(['turned-green']);
    // What failed before may have to.
    expect(read(loopOf(red, edited, red, other, red)).ending).toEqual([]);
  });

  test('ends with calls that are refused', () => {
    expect(
      read(loopOf(edited, { name: 'order', result: 'MCP error -32602: Invalid arguments' })).ending,
    ).toEqual(['given-up']);
  });
});

test('many steps are many beside what is usual, and never fewer than thirty', () => {
  const calls = Array.from({ length: 80 }, (_, index) =>
    look(`${String(index)}.ts`, `text ${String(index)}`),
  );
  const signsOf = (steps: number, usualSteps: number): readonly string[] =>
    read(loopOf(...calls.slice(0, steps)), { usualSteps }).signs;
  expect(signsOf(29, 1)).toEqual([]);
  expect(signsOf(30, 1)).toEqual(['many-steps']);
  expect(signsOf(74, 25)).toEqual([]);
  expect(signsOf(75, 25)).toEqual(['many-steps']);
});

describe('the steps of a loop', () => {
  test('are those since the model last answered', () => {
    const before = loopOf(look('a.ts', 'text'), look('b.ts', 'text'));
    const messages: readonly Message[] = [
      ...before,
      { role: 'assistant', text: 'Done.' },
      ...loopOf(look('c.ts', 'text')),
    ];
    expect(stepsOf(messages)).toEqual([[{ name: 'read_file', input: { path: 'c.ts' }, result: 'text' }]]);
  });

  test('have their own results, where ids come again', () => {
    const step = (text: string): readonly Message[] => [
      { role: 'assistant', text: '', toolCalls: [{ id: 'call_0', name: 'look', input: {} }] },
      { role: 'user', text: '', toolResults: [{ callId: 'call_0', text }] },
    ];
    expect(stepsOf([...step('one'), ...step('two')]).map(([call]) => call?.result)).toEqual(['one', 'two']);
  });

  test('are answered once every call has its result', () => {
    expect(read(loopOf(look('a.ts', 'text'))).answered).toBe(true);
    expect(read(loopOf(look('a.ts', 'text'), { name: 'read_file' })).answered).toBe(false);
    expect(read([{ role: 'user', text: 'Go.' }]).answered).toBe(false);
  });

  test('may have words before them in a message of their own', () => {
    const messages: readonly Message[] = [
      ...loopOf(look('a.ts', 'text')),
      { role: 'assistant', text: 'Now the other one.' },
      ...loopOf(look('b.ts', 'text')).slice(1),
    ];
    expect(stepsOf(messages)).toHaveLength(2);
  });
});

describe('laws', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.constantFrom(
      'Error: ',
      'exit code 1',
      '1 failed',
      'No match',
      'ok',
      '{"success":false}',
      '<a><b>',
      '\u001b[31m',
    ),
  );
  const message: fc.Arbitrary<Message> = fc.record({
    role: fc.constantFrom('user', 'assistant', 'system'),
    text,
    toolCalls: fc.option(
      fc.array(
        fc.record({
          id: fc.constantFrom('a', 'b', 'c'),
          name: fc.oneof(text, fc.constantFrom('read_file', 'Bash', 'Edit', 'todo', 'runTests', '__proto__')),
          input: fc.dictionary(
            fc.oneof(text, fc.constantFrom('command', 'path', '__proto__')),
            fc.oneof(text, fc.jsonValue()),
          ),
        }),
        { maxLength: 3 },
      ),
      { nil: undefined },
    ),
    toolResults: fc.option(
      fc.array(fc.record({ callId: fc.constantFrom('a', 'b', 'c'), text }), { maxLength: 3 }),
      {
        nil: undefined,
      },
    ),
  });

  test('any messages can be read, and are read the same again', () => {
    fc.assert(
      fc.property(
        fc.array(message, { maxLength: 30 }),
        fc.nat(40),
        fc.option(fc.nat(40), { nil: undefined }),
        (messages, ownSteps, earlierSteps) => {
          const scope = { ownSteps, earlierSteps, usualSteps: 15 };
          const once = readLoop(messages, scope);
          expect(readLoop(messages, scope)).toEqual(once);
          expect(new Set(once.signs).size).toBe(once.signs.length);
        },
      ),
      { numRuns: runs(300) },
    );
  });

  test('ids of calls, words beside them and remarks change nothing', () => {
    const loops = [...healthyLoops(1, seededRandom), ...stuckLoops(1, seededRandom)];
    for (const { messages } of loops) {
      const changed = messages.map((each, at) => ({
        ...each,
        text: each.role === 'assistant' ? `Other words ${String(at)}.` : each.text,
        ...(each.toolCalls && {
          toolCalls: each.toolCalls.map((call) => ({
            ...call,
            id: `x${call.id}`,
            input: { ...call.input, explanation: String(at) },
          })),
        }),
        ...(each.toolResults && {
          toolResults: each.toolResults.map((result) => ({ ...result, callId: `x${result.callId}` })),
        }),
      }));
      expect(read(changed)).toEqual(read(messages));
    }
  });

  test('of a step that is longer no result is read whole', () => {
    const long = `${'x'.repeat(5_000_000)}\nTests: 1 failed, 3 passed`;
    expect(stepsOf(loopOf(tests(long)))[0]?.[0]?.result?.length).toBeLessThan(20_000);
    expect(read(loopOf(green, edited, tests(long))).ending).toEqual(['turned-red']);
  });
});
