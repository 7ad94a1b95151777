import { expect } from 'vitest';
import type { Deployment } from '../../../../src/core/terms/deployment';
import type { FailureReason } from '../../../../src/core/terms/failure';
import { jsonReply } from '../replies';
import type { Reply, Sent } from '../replies';
import { chat, message, response, responseText, textBlock } from '../streams';
import { claude, responses } from '../wire-case';

export const whole42 = { text: '42', end: 'whole' };

export function failure(reason: FailureReason | readonly FailureReason[], words: RegExp) {
  return {
    end: 'failed',
    reason: expect.toBeOneOf([reason].flat()) as FailureReason,
    detail: expect.stringMatching(words) as string,
  };
}

type Row = readonly [name: string, deployment: Partial<Deployment>, answer: string];

/** The three protocols, with a whole answer of each. */
export const protocols: readonly [Row, Row, Row] = [
  ['chat', {}, chat([{ content: '42' }])],
  ['messages', claude, message(textBlock(0, '42'))],
  ['responses', responses, response(responseText('42'))],
];

/** An error in the usual form of OpenAI's APIs. */
export function refusal(status: number, text: string, more: Readonly<Record<string, unknown>> = {}): Reply {
  return jsonReply(status, { error: { message: text, type: 'invalid_request_error', ...more } });
}

/** The objects of a list in a request. */
export function listIn(sent: Sent | undefined, name: string): readonly Sent[] {
  return (sent?.[name] ?? []) as readonly Sent[];
}
