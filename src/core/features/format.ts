import { scientific } from './task-kind';
import type { TextShape } from './text-shape';

/** What each number of `formatFeatures` says, in their order. */
export const formatNames = [
  'length',
  'lines',
  'sentences',
  'numbers',
  'digits',
  'names',
  'commas',
  'long-words',
  'question-mark',
  'open-end',
  'small-start',
  'formula',
  'code',
  'science',
  'answer-format',
  'asks-who',
  'asks-which',
  'asks-what',
] as const;
export type FormatName = (typeof formatNames)[number];

/** How many numbers `formatFeatures` returns. */
export const formatDimensions = formatNames.length;

const answerFormat =
  /\\boxed|\b(?:final answer|answer (?:with|in)|respond (?:with|in|only)|output (?:only|format)|json|explain your (?:answer|reasoning)|explain (?:why|briefly)|step by step)\b/i;

/** Numbers from 0 to 1 that can be read off the shape of a text, whatever it is about. */
export function formatFeatures(shape: TextShape): readonly number[] {
  const { text } = shape;
  return [
    logShare(text.length / 4, 2_000),
    logShare(shape.lines - 1, 40),
    logShare(shape.sentences, 12),
    logShare(shape.numbers, 12),
    Math.min(1, shape.digits01 * 8),
    Math.min(1, shape.names01 * 3),
    Math.min(1, (shape.commas / Math.max(4, shape.words)) * 2),
    Math.min(1, Math.max(0, (shape.wordLength - 4) / 4)),
    bit(shape.endsWithQuestionMark),
    bit(!shape.endsWithPunctuation),
    bit(shape.startsSmall),
    bit(shape.formula),
    bit(shape.code),
    bit(scientific.test(text)),
    bit(answerFormat.test(text)),
    bit(/^(?:who|whose|whom)\b/i.test(text)),
    bit(/^which\b/i.test(text)),
    bit(/^what\b/i.test(text)),
  ];
}

/** 0 at 0, 1 at `most` and above, on a log scale. */
function logShare(value: number, most: number): number {
  return Math.min(1, Math.log1p(value) / Math.log1p(most));
}

function bit(holds: boolean): number {
  return holds ? 1 : 0;
}
