import type { Read } from '../terms/saved';
import { readList, readMap, readNumber, readShape, readText } from '../terms/saved';
import type { SavedArm } from './arm-record';
import { readArm } from './arm-record';
import type { SavedCall } from './availability';
import { readCalls } from './availability';
import type { SavedTellings } from './tellings';
import { readTellings } from './tellings';
import type { SavedTrust } from './trust';
import { readTrust } from './trust';
import type { SavedWeighing } from './weighing';
import { readWeighing } from './weighing';

export interface SavedPool {
  readonly decisions: number;
  readonly sealedTo: number;
  readonly weighing: SavedWeighing;
  readonly arms: ReadonlyMap<string, SavedArm>;
  /** As the policy's evidence has it. */
  readonly evidence: unknown;
}

export interface SavedLearner {
  readonly met: number;
  readonly tellings: SavedTellings;
  readonly availability: readonly SavedCall[];
  readonly trust: SavedTrust;
  /** Each as `readPool` reads it. */
  readonly pools: ReadonlyMap<string, unknown>;
  /** Ids of each pool's latest decisions. */
  readonly latest: ReadonlyMap<string, readonly string[]>;
  /** Ids of all decisions that aren't sealed, oldest first: those that aren't in `unsealed` were made while learning was paused. */
  readonly ids: readonly string[];
  readonly unsealed: unknown;
}

const asIs: Read<unknown> = (value) => value;

export const readPool = readShape<SavedPool>({
  decisions: readNumber,
  sealedTo: readNumber,
  weighing: readWeighing,
  arms: readMap(readArm),
  evidence: asIs,
});

export const readLearner = readShape<SavedLearner>({
  met: readNumber,
  tellings: readTellings,
  availability: readCalls,
  trust: readTrust,
  pools: readMap(asIs),
  latest: readMap(readList(readText)),
  ids: readList(readText),
  unsealed: asIs,
});
