import * as l10n from '@vscode/l10n';
import type { EffectiveValue } from '../effective-values';
import type { Deployment, Pool } from '../../core/terms/deployment';
import { deploymentValues } from '../effective-values';
import type { Environment } from './environment-reference';
import { addId, putInOnePool } from '../file/fixes';
import { makeIds } from './made-ids';
import type { PathSegment, Problem } from '../problem';
import type { FileTier } from '../read-settings';
import type { FileModel } from '../file/schema';
import { shown } from '../shown-text';
import type { Draft } from './to-deployment';
import { toDeployment } from './to-deployment';
import type { YamlFile } from '../file/yaml-file';

export interface ModelsOfFile {
  /** In the order in which the file first names them. */
  readonly pools: readonly Pool[];
  /** What is in force of each model, by its id. */
  readonly values: ReadonlyMap<string, readonly EffectiveValue[]>;
  readonly problems: readonly Problem[];
}

interface Usable {
  readonly index: number;
  readonly draft: Draft;
  readonly id: string | undefined;
}

/** Reads the models of a file. `taken` are ids that other files have; `wanted` is the pool that router.pool names. */
export function readModels(
  yaml: YamlFile,
  models: readonly FileModel[],
  file: FileTier,
  environment: Environment,
  taken: ReadonlySet<string>,
  wanted: string | undefined,
): ModelsOfFile {
  const problems: Problem[] = [];
  const add = (severity: Problem['severity'], index: number, path: readonly PathSegment[], message: string) =>
    problems.push(yaml.problemAt(severity, ['model_list', index, ...path], message));
  const usable: Usable[] = [];
  const explicit = new Set<string>();
  for (const [index, model] of models.entries()) {
    const id = model.model_info?.id ?? undefined;
    if (id !== undefined && explicit.has(id))
      add('error', index, idPath, l10n.t("'{0}' is used twice", shown(id)));
    else if (id !== undefined && taken.has(id))
      add(
        'error',
        index,
        idPath,
        l10n.t("'{0}' is used in your own conduit.yaml: choose another", shown(id)),
      );
    if (id !== undefined) explicit.add(id);
    const { draft, notes } = toDeployment(model, environment);
    for (const { severity, path, message } of notes) add(severity, index, path, message);
    if (draft !== undefined) usable.push({ index, draft, id });
  }
  const deployments = named(yaml, usable, new Set([...explicit, ...taken]), problems);
  const pools = toPools(deployments);
  if (models.length > 0 && usable.length === 0) {
    const message = l10n.t('none of these models can be used: the other messages say why');
    problems.push(yaml.problemAt('error', ['model_list'], message));
  }
  if (usable.length > 1 && pools.length === usable.length) {
    const message = l10n.t(
      'every model has a model_name of its own, so that there is nothing to choose from: models that share a model_name are one pool',
    );
    const indexes = usable.map(({ index }) => index);
    const fix = putInOnePool(yaml, indexes, wanted ?? 'default');
    problems.push({ ...yaml.problemAt('warning', ['model_list'], message), ...(fix && { fix }) });
  }
  const valuesOf = (deployment: Deployment, at: number): readonly EffectiveValue[] => {
    const index = usable[at]?.index ?? at;
    return deploymentValues(deployment, index, file.tier, (path) => {
      const { line } = yaml.problemAt('warning', ['model_list', index, ...path], '', true);
      return `${file.name}:${line}`;
    });
  };
  const values = new Map(deployments.map((each, at) => [each.id, valuesOf(each, at)] as const));
  return { pools, values, problems };
}

const idPath = ['model_info', 'id'];

/** The models with their ids. One that is made is told, with a fix that writes it down. */
function named(
  yaml: YamlFile,
  usable: readonly Usable[],
  taken: ReadonlySet<string>,
  problems: Problem[],
): readonly Deployment[] {
  const unnamed = usable.filter(({ id }) => id === undefined);
  const made = makeIds(
    unnamed.map(({ draft: { pool, model, apiBase } }) => ({ pool, model, host: new URL(apiBase).host })),
    taken,
  );
  return usable.map(({ index, draft, id }) => {
    if (id !== undefined) return { ...draft, id };
    const own = made[unnamed.findIndex((other) => other.index === index)] ?? draft.model;
    const message = l10n.t(
      "is missing: '{0}' was made from the model. Write it down, so that what is learnt stays with it",
      own,
    );
    const fix = addId(yaml, index, own);
    const problem = yaml.problemAt('warning', ['model_list', index, ...idPath], message);
    problems.push({ ...problem, ...(fix && { fix }) });
    return { ...draft, id: own };
  });
}

function toPools(deployments: readonly Deployment[]): readonly Pool[] {
  const names = [...new Set(deployments.map(({ pool }) => pool))];
  return names.map((name) => ({
    name,
    deployments: deployments.filter(({ pool }) => pool === name),
    simulated: false,
  }));
}
