import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import * as vscode from 'vscode';
import type { AnswerEvent } from '../../../src/core/terms/answer-event';
import { emptyPlace } from '../../../src/text/edits/edit-place';
import { proposalFor } from '../../../src/text/proposal';
import type { InlineQuestion } from '../../../src/text/edit-prompt';
import { nothingYet } from '../../../src/editor/answers/answer-facts';
import { authorOf } from '../../../src/editor/edits/author';
import type { ProposalRun } from '../../../src/editor/edits/proposal-run';
import { streamProposal } from '../../../src/editor/edits/stream-proposal';
import { attemptWith, decisionWith } from '../../core/samples';

vi.mock('vscode', () => ({ EndOfLine: { LF: 1, CRLF: 2 } }));

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** How long the answer was at each time that it was drawn, where a line of code comes every 10 ms. */
async function drawn(lines: number): Promise<readonly number[]> {
  const line = `call(${'x'.repeat(93)});\n`;
  async function* answer(): AsyncGenerator<AnswerEvent> {
    yield { type: 'decided', decision: decisionWith({ deploymentId: 'mini' }) };
    for (let count = 0; count < lines; count += 1) {
      await new Promise((resolve) => setTimeout(resolve, 10));
      yield { type: 'text', text: line };
    }
    yield { type: 'finished', attempt: attemptWith({ deploymentId: 'mini' }), truncated: false };
  }
  const document = { languageId: 'typescript', eol: vscode.EndOfLine.LF } as vscode.TextDocument;
  const run: ProposalRun = {
    target: { document, range: {} as vscode.Range, label: 'a.ts:1' },
    question: {} as InlineQuestion,
    avoid: [],
    place: { ...emptyPlace('typescript'), original: 'x' },
    controller: new AbortController(),
    proposal: proposalFor('x', { start: 0, length: 1 }),
    facts: nothingYet,
    shown: false,
  };
  const lengths: number[] = [];
  const authors: string[] = [];
  const streamed = streamProposal(
    run,
    answer(),
    () => lengths.push(run.facts.text.length),
    (model) => authors.push(model),
  );
  await vi.runAllTimersAsync();
  await streamed;
  expect(authors).toEqual(['mini']);
  expect(authorOf(run.facts)?.line).toBe('mini · $0.0003 · 1.4 s');
  expect(run.proposal.text?.length).toBe(lines * line.length - 1);
  return lengths;
}

test('an answer of usual length is drawn ten times a second, and once more when it is whole', async () => {
  expect(await drawn(100)).toHaveLength(10);
});

test('the longer an answer is, the less often it is drawn: what drawing reads does not grow with its square', async () => {
  const read = async (lines: number): Promise<number> => {
    const lengths = await drawn(lines);
    return lengths.reduce((sum, length) => sum + length, 0);
  };
  const [once, twice] = [await read(2_000), await read(4_000)];
  expect(twice / once).toBeLessThan(2.5);
});
