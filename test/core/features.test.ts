import fc from 'fast-check';
import { describe as suite, expect, it } from 'vitest';
import { complexity01 } from '../../src/core/features/complexity';
import { domainOf } from '../../src/core/features/domain';
import { describe, dimensions, featureSpace, ridge } from '../../src/core/features/feature-space';
import { hashedNgrams } from '../../src/core/features/hashed-ngrams';
import { taskKindOf } from '../../src/core/features/task-kind';
import { estimateTokens } from '../../src/core/features/tokens';
import type { RouteRequest } from '../../src/core/request';
import { requestFor } from './simulation';

/** Any string that an editor could send, lone surrogates and control characters included. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 400 }),
  fc
    .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 200 })
    .map((codes) => String.fromCharCode(...codes)),
  fc.constantFrom('', '\ud800', '\udfff\ud800', ' ', '\n'.repeat(5_000), '\0'),
);

suite('the description of a request', () => {
  it('has 48 finite features, the bias last, and a ridge for each', () => {
    expect(dimensions).toBe(48);
    expect(ridge).toHaveLength(48);
    expect(Math.min(...ridge)).toBe(ridge[47]);
    fc.assert(
      fc.property(anyText, (prompt) => {
        const { features } = describe(requestFor(prompt));
        expect(features).toHaveLength(48);
        expect(features.every(Number.isFinite)).toBe(true);
        expect(Math.max(...features.map(Math.abs))).toBeLessThanOrEqual(1);
        expect(features[47]).toBe(1);
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
    expect(inConversation.featureSpace).toBe(featureSpace);
    expect(inConversation.inputTokens).toBeGreaterThan(alone.inputTokens);
  });

  it('describes a megabyte of blank lines or of punctuation at once', () => {
    for (const unit of ['\n', '? ', '; ', '{ ', '- ', 'a ', '1 + ']) {
      const start = performance.now();
      describe(requestFor(unit.repeat(1_000_000 / unit.length)));
      expect(performance.now() - start, `${JSON.stringify(unit)} repeated`).toBeLessThan(2_000);
    }
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

suite('what a prompt asks for', () => {
  it.each([
    ['Implement a queue in Go.', 'write-code', 'code'],
    ['Fix this bug: TypeError: x is not a function', 'fix-code', 'code'],
    ['Explain what this function does', 'explain', 'code'],
    ['Write unit tests for the date parser', 'write-tests', 'code'],
    ['Add a docstring to this function', 'document', 'code'],
    ['Write a docker command line to run nginx', 'command-or-configuration', 'code'],
    ['Solve the equation 3 * x = 12', 'math', 'math'],
    ['According to the passage, who arrived first?', 'question-over-text', 'general'],
    ['Translate into French: good morning', 'rewrite', 'writing'],
    ['Write a poem about the sea', 'write-prose', 'writing'],
    ['What is the capital of France?', 'question', 'simple-question'],
    ['hello', 'question', 'general'],
  ])('%j: %s, %s', (prompt, task, domain) => {
    expect([taskKindOf(prompt), domainOf(prompt)]).toEqual([task, domain]);
  });

  it('is complex between 0 and 1, more so the more it demands', () => {
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
