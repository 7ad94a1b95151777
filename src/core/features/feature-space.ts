import type { RouteRequest } from '../request';
import { promptOf } from '../request';
import { complexity01 } from './complexity';
import type { Domain } from './domain';
import { domainOf, domains } from './domain';
import { hashedNgrams } from './hashed-ngrams';
import type { TaskKind } from './task-kind';
import { taskKindOf, taskKinds } from './task-kind';
import { estimateTokens } from './tokens';

/** Names this way of describing a prompt. A change of any feature changes the name. */
export const featureSpace = 'text48-v1';

const hashedDimensions = 20;
const formatDimensions = 8;

/** Kinds of task (11), domains (8), formats (8), hashed n-grams (20), bias (1). */
export const dimensions = taskKinds.length + domains.length + formatDimensions + hashedDimensions + 1;

/**
 * Ridge of each feature: how much evidence it takes to believe in it. The bias, which carries the arm's mean,
 * gives way first; what few features say gives way before what many do (routing.md: 3, 8 and 60).
 */
export const ridge: readonly number[] = [
  ...Array<number>(taskKinds.length).fill(8),
  ...Array<number>(domains.length).fill(8),
  ...Array<number>(formatDimensions).fill(60),
  ...Array<number>(hashedDimensions).fill(60),
  3,
];

/** A request in numbers, and in words for the explanation. */
export interface Description {
  /** `dimensions` numbers; the last is the bias, 1. */
  readonly features: readonly number[];
  readonly featureSpace: string;
  /** Estimated tokens of all messages. */
  readonly inputTokens: number;
  readonly task: TaskKind;
  readonly domain: Domain;
}

/** Describes the user's new message; the history counts only for its tokens. */
export function describe(request: RouteRequest): Description {
  const prompt = promptOf(request);
  const task = taskKindOf(prompt);
  const domain = domainOf(prompt);
  const features = [
    ...taskKinds.map((kind) => (kind === task ? 1 : 0)),
    ...domains.map((name) => (name === domain ? 1 : 0)),
    ...formatFeatures(prompt),
    ...hashedNgrams(prompt, hashedDimensions),
    1,
  ].map(rounded);
  const inputTokens = request.messages.reduce((sum, { text }) => sum + estimateTokens(text), 0);
  return { features, featureSpace, inputTokens, task, domain };
}

/** Eight numbers about 0..1 that can be read off the shape of the text. */
function formatFeatures(prompt: string): readonly number[] {
  const digits = prompt.match(/\d/g)?.length ?? 0;
  return [
    Math.min(1, Math.log1p(estimateTokens(prompt)) / Math.log1p(8_000)),
    complexity01(prompt),
    prompt.includes('```') ? 1 : 0,
    /\?\s*$/.test(prompt) ? 1 : 0,
    Math.min(1, (5 * digits) / (prompt.length + 1)),
    Math.min(1, (prompt.match(/\n/g)?.length ?? 0) / 50),
    /^[ \t]*(?:[A-E][).:]|\d+[.)]|[-*])\s/m.test(prompt) ? 1 : 0,
    /\b(in one (word|sentence)|briefly|short|only the|json|table|list of)\b/i.test(prompt) ? 1 : 0,
  ];
}

/** Six decimals and no −0, so that what the ledger stores is exactly what the policy saw. */
function rounded(value: number): number {
  return Math.round(value * 1e6) / 1e6 + 0;
}
