import fc from 'fast-check';
import { describe as suite, expect, it } from 'vitest';
import { complexity01 } from '../../../src/providers/protocols/complexity';
import { formatDimensions } from '../../../src/core/features/format';
import {
  describe,
  spaceWith,
  textGroups,
  textSpace,
  translated,
} from '../../../src/core/features/feature-space';
import { hashedNgrams } from '../../../bench/routing/hashed-ngrams';
import { familyOf, taskFamilies } from '../../../src/core/features/task-kind';
import { taskKinds } from '../../../src/core/terms/task';
import { estimateTokens } from '../../../src/core/terms/tokens';
import type { RouteRequest } from '../../../src/core/terms/request';
import { requestFor } from '../simulation';

/** Any string that an editor could send, lone surrogates and control characters included. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 400 }),
  fc
    .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 200 })
    .map((codes) => String.fromCharCode(...codes)),
  fc.constantFrom('', '\ud800', '\udfff\ud800', ' ', '\n'.repeat(5_000), '\0'),
);

suite('the description of a request', () => {
  it('has 56 finite features, the bias last, and a ridge for each', () => {
    expect(textGroups.map(({ name, size }) => [name, size])).toEqual([
      ['kinds', 31],
      ['families', 6],
      ['formats', 18],
      ['bias', 1],
    ]);
    expect([taskKinds.length, taskFamilies.length, formatDimensions]).toEqual([31, 6, 18]);
    expect(textSpace).toMatchObject({ name: 'text56-v3', bias: 55 });
    expect(textSpace.ridge).toHaveLength(56);
    expect(Math.min(...textSpace.ridge)).toBe(textSpace.ridge[textSpace.bias]);
    fc.assert(
      fc.property(anyText, (prompt) => {
        const { features, featureSpace } = describe(requestFor(prompt));
        expect(featureSpace).toBe('text56-v3');
        expect(features).toHaveLength(56);
        expect(features.every(Number.isFinite)).toBe(true);
        expect(Math.max(...features)).toBeLessThanOrEqual(1);
        expect(Math.min(...features)).toBeGreaterThanOrEqual(0);
        expect(features[textSpace.bias]).toBe(1);
      }),
    );
  });

  it('says one kind and its family, and names them', () => {
    fc.assert(
      fc.property(anyText, (prompt) => {
        const { features, task, domain } = describe(requestFor(prompt));
        const kinds = features.slice(0, taskKinds.length);
        const families = features.slice(taskKinds.length, taskKinds.length + taskFamilies.length);
        expect(kinds).toEqual(taskKinds.map((kind) => (kind === task ? 1 : 0)));
        expect(families).toEqual(taskFamilies.map((family) => (family === domain ? 1 : 0)));
        expect(domain).toBe(familyOf(task));
      }),
    );
  });

  it('is the same each time, and the same after the ledger', () => {
    fc.assert(
      fc.property(anyText, (prompt) => {
        const once = describe(requestFor(prompt));
        expect(describe(requestFor(prompt))).toEqual(once);
        expect(JSON.parse(JSON.stringify(once))).toStrictEqual(once);
      }),
    );
  });

  it('reads the new message only; the history counts for its tokens', () => {
    const prompt = 'Write a poem about the sea.';
    const request: RouteRequest = {
      ...requestFor(prompt),
      messages: [
        { role: 'system', text: 'You fix bugs in Rust code.' },
        { role: 'user', text: 'Fix this exception: ```panic!()```' },
        { role: 'assistant', text: 'Done.' },
        { role: 'user', text: prompt },
      ],
    };
    const alone = describe(requestFor(prompt));
    const inConversation = describe(request);
    expect(inConversation.features).toEqual(alone.features);
    expect(inConversation.featureSpace).toBe(textSpace.name);
    expect(inConversation.inputTokens).toBeGreaterThan(alone.inputTokens);
  });

  it('describes a megabyte of blank lines or of punctuation as it describes any text', () => {
    const phrases = [
      '`(',
      '```\n',
      'what is ',
      'what `a` ',
      '1 <= a',
      ' at a:1',
      'Aa.',
      'A',
      '. write a ',
      'make it ',
    ];
    // A pattern that backtracks over them would run into the test's timeout.
    for (const unit of [
      '\n',
      '? ',
      '; ',
      '{ ',
      '- ',
      'a ',
      '1 + ',
      '$',
      '_',
      '`',
      ', ',
      'x = ',
      ...phrases,
    ]) {
      const { features } = describe(requestFor(unit.repeat(1_000_000 / unit.length)));
      expect(features, `${JSON.stringify(unit)} repeated`).toHaveLength(56);
    }
  });

  it('has the encoder’s numbers behind its own, in a space of that name', () => {
    const vector = Array.from({ length: 24 }, (_, index) => (index - 12) / 24);
    const request = requestFor('Write a poem about the sea.');
    const { features, featureSpace } = describe(request, { space: 'mini24-x', vector });
    const space = spaceWith({ space: 'mini24-x', dimensions: 24 });
    expect(featureSpace).toBe('text56-v3+mini24-x');
    expect(space).toMatchObject({ name: featureSpace, bias: textSpace.bias });
    expect(space.ridge).toHaveLength(80);
    expect(features.slice(0, 56)).toEqual(describe(request).features);
    features.slice(56).forEach((value, index) => expect(value).toBeCloseTo(vector[index] ?? NaN, 6));
  });
});

suite('features of one space in another', () => {
  const text = describe(requestFor('Write a poem about the sea.')).features;
  const vector = Array.from({ length: 24 }, () => 0.25);
  const mini = spaceWith({ space: 'mini24-x', dimensions: 24 });
  const other = spaceWith({ space: 'other8-y', dimensions: 8 });
  const withVector = [...text, ...vector];

  it('are themselves in their own', () => {
    expect(translated(text, textSpace.name, textSpace)).toBe(text);
    expect(translated(withVector, mini.name, mini)).toBe(withVector);
  });

  it('keep what the text says, whichever encoder comes or goes', () => {
    expect(translated(text, textSpace.name, mini)).toEqual([...text, ...Array<number>(24).fill(0)]);
    expect(translated(withVector, mini.name, textSpace)).toEqual(text);
    expect(translated(withVector, mini.name, other)).toEqual([...text, ...Array<number>(8).fill(0)]);
  });

  it('are found again where an earlier version had fewer kinds', () => {
    const before = [...text.slice(0, 23), ...text.slice(31)];
    expect(before).toHaveLength(48);
    expect(translated(before, 'text48-v2', textSpace)).toEqual(text);
    expect(translated(before, 'text48-v2', mini)).toEqual([...text, ...Array<number>(24).fill(0)]);
    expect(translated([...before, ...vector], 'text48-v2+mini24-x', mini)).toEqual(withVector);
    expect(translated([...before, ...vector], 'text48-v2+mini24-x', textSpace)).toEqual(text);
    expect(translated([...before, ...vector], 'text48-v2+mini24-x', other)).toEqual([
      ...text,
      ...Array<number>(8).fill(0),
    ]);
  });

  it('have nothing in common with those of another way of reading text, or of a wrong length', () => {
    expect(translated(text, 'text48-v1', textSpace)).toBeUndefined();
    expect(translated(text, 'text48-v20', mini)).toBeUndefined();
    expect(translated(text.slice(1), textSpace.name, textSpace)).toBeUndefined();
    expect(translated(text.slice(1), textSpace.name, mini)).toBeUndefined();
    expect(translated(text.slice(0, 47), 'text48-v2', textSpace)).toBeUndefined();
    expect(translated([...text.slice(0, 48), 1], 'text48-v2+mini24-x', mini)).toBeUndefined();
    expect(translated(text, textSpace.name, { ...textSpace, name: 'text60-v4' })).toBeUndefined();
  });
});

suite('hashed n-grams', () => {
  it('have unit length, or are zeros for a text of nothing', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const length = Math.hypot(...hashedNgrams(text, 20));
        if (text.trim() === '') expect(length).toBe(0);
        else expect(Math.min(Math.abs(length - 1), length)).toBeLessThan(1e-9);
      }),
    );
  });

  it('are nearer for texts that share words', () => {
    const poem = hashedNgrams('write a short poem about the sea', 64);
    const otherPoem = hashedNgrams('write a long poem about the sea and the wind', 64);
    const code = hashedNgrams('TypeError: undefined is not a function at line 12', 64);
    expect(dot(poem, otherPoem)).toBeGreaterThan(dot(poem, code) + 0.3);
  });
});

suite('tokens', () => {
  it.each([
    ['', 0],
    ['word', 1],
    ['The quick brown fox jumps over the lazy dog.', 11],
    ['吾輩は猫である', 7],
  ])('of %j are about %i', (text, tokens) => {
    expect(estimateTokens(text)).toBe(tokens);
  });

  it('never fall when a text grows', () => {
    fc.assert(
      fc.property(anyText, anyText, (a, b) => {
        expect(estimateTokens(a + b)).toBeGreaterThanOrEqual(estimateTokens(a));
      }),
    );
  });
});

suite('the complexity of a prompt', () => {
  it('is between 0 and 1, more so the more is demanded', () => {
    fc.assert(
      fc.property(anyText, (prompt) => {
        expect(complexity01(prompt)).toBeGreaterThanOrEqual(0);
        expect(complexity01(prompt)).toBeLessThan(1);
      }),
    );
    const demanding =
      'Design a distributed queue. It must never lose a job. Compare the trade-offs step by step.';
    expect(complexity01(demanding)).toBeGreaterThan(complexity01('What is a queue?') + 0.2);
  });
});

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);
}
