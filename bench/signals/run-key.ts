import { basename } from 'node:path';
import { shippedSettings } from '../../src/core/bandit/settings';
import type { SignalTable } from '../../src/core/terms/signals';
import { textHash } from '../routing/text-hash';
import type { Options } from './arguments';
import type { PassKey } from './pass-store';

/**
 * What the passes of a run have in common: rows, descriptions, developers. A pass that was made otherwise is another one.
 * That the router itself was changed it can't tell: a new file is the only way then.
 */
export function keyOfRun(options: Options): PassKey {
  const { limit, half, steps, features, dims, vectors, projectionFrom, table } = options;
  const description = {
    features,
    dims,
    vectors: vectors?.map(nameOf),
    from: projectionFrom && nameOf(projectionFrom),
  };
  return {
    rows: `${half} ${String(limit ?? 'all')} ${String(steps ?? 'all')}`,
    description: hashOf({ description, table: table && nameOf(table) }),
    settings: hashOf(shippedSettings),
  };
}

/** The table that a router goes by, in a few characters: how many were tried is how many there are. */
export function keyOfTable(table: SignalTable): string {
  return hashOf(table);
}

export function hashOf(value: unknown): string {
  return textHash(JSON.stringify(value)).toString(36);
}

function nameOf(path: string): string {
  return basename(path);
}
