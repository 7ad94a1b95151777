import { basename } from 'node:path';
import type { Options } from './arguments';
import type { Cell } from './cell';

/** What `--json` writes. Files and folders by name alone: where they are is a matter of one machine. */
export interface RunReport {
  readonly settings: Omit<Options, 'corpora' | 'baseline' | 'json' | 'svg' | 'jobs'>;
  readonly cells: readonly Cell[];
}

/** Puts together what `--json` writes. A number that isn't known becomes null there. */
export function reportOf(options: Options, cells: readonly Cell[]): RunReport {
  const {
    corpora: _corpora,
    baseline: _baseline,
    json: _json,
    svg: _svg,
    jobs: _jobs,
    ...settings
  } = options;
  const { sets, router } = settings;
  return {
    settings: {
      ...withNames(settings),
      ...(sets !== undefined && { sets: basename(sets) }),
      ...(router !== undefined && { router: basename(router) }),
    },
    cells,
  };
}

/** The same settings, the files that describe prompts and models by their names alone. */
export function withNames<Settings extends Pick<Options, 'vectors' | 'projectionFrom' | 'table'>>(
  settings: Settings,
): Settings {
  const { vectors, projectionFrom, table } = settings;
  return {
    ...settings,
    ...(vectors !== undefined && { vectors: vectors.map((file) => basename(file)) }),
    ...(projectionFrom !== undefined && { projectionFrom: basename(projectionFrom) }),
    ...(table !== undefined && { table: basename(table) }),
  };
}
