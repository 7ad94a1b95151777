import type { LocalModel } from '../../vendors/local-model';
import { errorText } from '../shown/error-text';

/** Models of local servers, as they were when last looked for. */
export interface LocalModels {
  /** What is known; looks again where that is older than a minute. Never rejects. */
  recent(): Promise<readonly LocalModel[]>;
  /** Looks again now. Resolves to true where there are others than before. */
  refresh(): Promise<boolean>;
  stale(): boolean;
}

export interface LocalModelsParts {
  /** Asks the local servers at their usual ports. */
  readonly find: () => Promise<readonly LocalModel[]>;
  readonly monotonicMs: () => number;
  readonly log: { debug(message: string): void };
}

const lifetimeMs = 60_000;

export function createLocalModels({ find, monotonicMs, log }: LocalModelsParts): LocalModels {
  let found: readonly LocalModel[] = [];
  let foundAtMs: number | undefined;
  let looking: Promise<boolean> | undefined;

  async function look(): Promise<boolean> {
    const before = JSON.stringify(found);
    try {
      found = await find();
    } catch (error) {
      log.debug(`Local servers were not found: ${errorText(error)}`);
    }
    foundAtMs = monotonicMs();
    return JSON.stringify(found) !== before;
  }

  const refresh = (): Promise<boolean> => {
    looking ??= look().finally(() => (looking = undefined));
    return looking;
  };
  const stale = (): boolean => foundAtMs === undefined || monotonicMs() - foundAtMs >= lifetimeMs;

  return {
    recent: async () => {
      if (stale()) await refresh();
      return found;
    },
    refresh,
    stale,
  };
}
