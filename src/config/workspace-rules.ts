import type { PresetName } from '../core/preset';
import { schemaProblems } from './parse-configuration';
import type { Problem } from './problem';
import { workspaceSchema } from './schema';
import { keysOf, valueOf } from './unknown-keys';
import { readYaml } from './yaml-file';

/** All that a workspace's conduit.yaml may say by itself. */
export interface WorkspaceChoice {
  readonly pool: string | undefined;
  readonly preset: PresetName | undefined;
}

const nothing: WorkspaceChoice = { pool: undefined, preset: undefined };
const mayChoose = ['pool', 'preset'];
const notApplied =
  'a workspace’s conduit.yaml may only choose router.pool and router.preset: this was not applied';

/**
 * Reads a workspace's conduit.yaml. It comes with somebody's repository, so it only chooses among the user's own
 * pools and presets: a model, host or key in it is named in a warning and has no effect. Never throws.
 */
export function parseWorkspaceConfiguration(
  text: string,
  userPools: readonly string[],
): { readonly choice: WorkspaceChoice; readonly problems: readonly Problem[] } {
  const yaml = readYaml(text);
  if (yaml.problems.length > 0) return { choice: nothing, problems: yaml.problems };
  const router = valueOf(yaml.value, 'router');
  const problems = [
    ...keysOf(yaml.value)
      .filter((key) => key !== 'router')
      .map((key) => yaml.problemAt('warning', [key], notApplied, true)),
    ...keysOf(router)
      .filter((key) => !mayChoose.includes(key))
      .map((key) => yaml.problemAt('warning', ['router', key], notApplied, true)),
  ];
  if (yaml.value === undefined || yaml.value === null) return { choice: nothing, problems };
  const parsed = workspaceSchema.safeParse(yaml.value);
  if (!parsed.success)
    return { choice: nothing, problems: [...schemaProblems(yaml, parsed.error), ...problems] };
  const { pool, preset } = parsed.data.router ?? {};
  if (pool !== undefined && !userPools.includes(pool)) {
    const message = `there is no pool '${pool}' in your own configuration (pools: ${userPools.join(', ')})`;
    return {
      choice: { pool: undefined, preset },
      problems: [yaml.problemAt('error', ['router', 'pool'], message), ...problems],
    };
  }
  return { choice: { pool, preset }, problems };
}
