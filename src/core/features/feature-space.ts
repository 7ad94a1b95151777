import type { RouteRequest } from '../terms/request';
import { promptOf } from '../terms/request';
import type { TaskKind } from '../terms/task';
import { taskKinds } from '../terms/task';
import { tokensOf } from '../terms/tokens';
import { formatDimensions, formatFeatures } from './format';
import { knownKindOf } from './known-kind';
import type { TaskFamily } from './task-kind';
import { familyOf, taskFamilies, taskKindOf } from './task-kind';
import { shapeOf } from './text-shape';

/** A way of describing a prompt in numbers, and how much evidence it takes to believe in each of them. */
export interface FeatureSpace {
  /** Changes with any feature: figures of another name can't be compared. */
  readonly name: string;
  /** One positive number for each feature. */
  readonly ridge: readonly number[];
  /** Where the constant feature stands, which carries an arm's mean. */
  readonly bias: number;
}

/** A run of features that are alike. The order is that of the vector. */
export interface FeatureGroup {
  readonly name: 'kinds' | 'families' | 'formats' | 'bias' | 'encoder';
  readonly size: number;
  readonly ridge: number;
}

/**
 * The ridges say in how many outcomes a group is believed by half: the arm's mean first, then what kind of task it
 * is, and what many weak numbers say last. docs/routing.md has what each group is worth.
 */
export const textGroups: readonly FeatureGroup[] = [
  { name: 'kinds', size: taskKinds.length, ridge: 12 },
  { name: 'families', size: taskFamilies.length, ridge: 24 },
  { name: 'formats', size: formatDimensions, ridge: 100 },
  { name: 'bias', size: 1, ridge: 6 },
];
const encoderRidge = 60;

/** The space that needs nothing but the text. */
export const textSpace: FeatureSpace = {
  name: 'text56-v3',
  ridge: textGroups.flatMap(({ size, ridge }) => Array<number>(size).fill(ridge)),
  bias: textGroups.reduce((sum, { size }) => sum + size, 0) - 1,
};

/** A sentence encoder's vector, and the name of the encoder and its projection. */
export interface Embedding {
  readonly space: string;
  readonly vector: readonly number[];
}

/** The text's space with the numbers of an encoder behind it: so what was learnt without them stays of use. */
export function spaceWith(
  encoder: { readonly space: string; readonly dimensions: number } | undefined,
): FeatureSpace {
  if (encoder === undefined) return textSpace;
  return {
    name: `${textSpace.name}+${encoder.space}`,
    ridge: [...textSpace.ridge, ...Array<number>(encoder.dimensions).fill(encoderRidge)],
    bias: textSpace.bias,
  };
}

/** What the space was before: fewer kinds, which stand first, and the same after them. */
const textBefore = { name: 'text48-v2', kinds: 23 } as const;

/**
 * `features` of the space `from`, as `space` has them: zeros for kinds that an earlier version didn't know, and for an
 * encoder's numbers that are missing or another's. Undefined where the two have nothing in common but the mean.
 */
export function translated(
  features: readonly number[],
  from: string,
  space: FeatureSpace,
): readonly number[] | undefined {
  const size = space.ridge.length;
  if (from === space.name) return features.length === size ? features : undefined;
  const own = textSpace.ridge.length;
  const [text, encoder] = partsOf(from);
  const [wantedText, wantedEncoder] = partsOf(space.name);
  const added = text === textBefore.name ? taskKinds.length - textBefore.kinds : 0;
  if ((text !== textSpace.name && added === 0) || wantedText !== textSpace.name) return undefined;
  const all = features.toSpliced(textBefore.kinds, 0, ...Array<number>(added).fill(0));
  if (all.length < own) return undefined;
  if (encoder !== undefined && encoder === wantedEncoder) return all.length === size ? all : undefined;
  return [...all.slice(0, own), ...Array<number>(size - own).fill(0)];
}

/** So many first features of the space `from` are those of `space`; undefined: the two have nothing in common but the mean. */
export function commonFeatures(from: string, space: FeatureSpace): number | undefined {
  if (from === space.name) return space.ridge.length;
  const [[text], [wanted]] = [partsOf(from), partsOf(space.name)];
  return text === textSpace.name && wanted === textSpace.name ? textSpace.ridge.length : undefined;
}

/** The names of how a space describes the text, and of its encoder. */
function partsOf(space: string): readonly [string, string | undefined] {
  const plus = space.indexOf('+');
  return plus === -1 ? [space, undefined] : [space.slice(0, plus), space.slice(plus + 1)];
}

/** A request in numbers, and in words for the explanation. */
export interface Description {
  readonly features: readonly number[];
  readonly featureSpace: string;
  /** Estimated tokens of all messages and tools. */
  readonly inputTokens: number;
  readonly task: TaskKind;
  readonly domain: TaskFamily;
}

/**
 * Describes the user's new message; the history counts only for its tokens, and for how far an agent has come. What
 * the surface knows of the task goes before what the text is taken for.
 */
export function describe(request: RouteRequest, embedding?: Embedding): Description {
  const inputTokens = tokensOf(request.messages, request.tools);
  return { ...describeText(promptOf(request), knownKindOf(request), embedding), inputTokens };
}

/** The numbers of a prompt in the text's space. */
export function featuresOf(prompt: string): readonly number[] {
  return describeText(prompt, undefined, undefined).features;
}

function describeText(
  prompt: string,
  known: TaskKind | undefined,
  embedding: Embedding | undefined,
): Omit<Description, 'inputTokens'> {
  const shape = shapeOf(prompt);
  const task = known ?? taskKindOf(shape);
  const domain = familyOf(task);
  const features = [
    ...taskKinds.map((kind) => (kind === task ? 1 : 0)),
    ...taskFamilies.map((family) => (family === domain ? 1 : 0)),
    ...formatFeatures(shape),
    1,
    ...(embedding?.vector ?? []),
  ].map(rounded);
  const featureSpace = embedding === undefined ? textSpace.name : `${textSpace.name}+${embedding.space}`;
  return { features, featureSpace, task, domain };
}

/** Six decimals and no −0, so that what the ledger stores is exactly what the policy saw. */
function rounded(value: number): number {
  return Math.round(value * 1e6) / 1e6 + 0;
}
