import * as l10n from '@vscode/l10n';
import type { EffectiveValue } from '../effective-values';
import type { Deployment, Pool } from '../../core/terms/deployment';
import { deploymentValues } from '../effective-values';
import { addId, putInOnePool } from '../file/fixes';
import { valueAt } from '../file/yaml-value';
import { environmentName } from './environment-reference';
import { makeIds } from './made-ids';
import type { Problem } from '../problem';
import type { FileTier } from '../read-settings';
import { shown } from '../shown-text';
import type { Note } from './note';
import type { SharedValues } from './shared-values';
import type { Draft } from './to-deployment';
import { toDeployment } from './to-deployment';
import type { YamlFile } from '../file/yaml-file';

export interface ModelsOfFile {
  /** In the order in which the file first names them. */
  readonly pools: readonly Pool[];
  /** What is in force of each model, by its id. */
  readonly values: ReadonlyMap<string, readonly EffectiveValue[]>;
  readonly problems: readonly Problem[];
  /** Entries of the list that a model was made of. */
  readonly used: ReadonlySet<number>;
}

interface Usable {
  readonly index: number;
  readonly draft: Draft;
  readonly id: string | undefined;
  /** The id that is written, where another model of the file has it. */
  readonly clashing?: string | undefined;
}

/** Reads the models of a file. `taken` are ids that other files have; `wanted` is the pool that router.pool names. */
export function readModels(
  yaml: YamlFile,
  models: readonly unknown[],
  file: FileTier,
  shared: SharedValues,
  taken: ReadonlySet<string>,
  wanted: string | undefined,
): ModelsOfFile {
  const { problems, addNote } = createNotes(yaml);
  const usable: Usable[] = [];
  const explicit = new Set<string>();
  const known = new Map<string, number>();
  if (models.length > mostModels) {
    const message = l10n.t('only the first {0} models are read', mostModels);
    addNote(mostModels, { severity: 'warning', path: [], message });
  }
  for (const [index, model] of models.slice(0, mostModels).entries()) {
    const { draft, id, notes } = toDeployment(model, shared);
    for (const note of notes) addNote(index, note);
    if (draft === undefined) continue;
    const error = id === undefined ? undefined : idError(id, file, explicit, taken);
    if (error !== undefined) addNote(index, { severity: 'error', path: idPath, message: error });
    const print = JSON.stringify(draft);
    const first = known.get(print);
    if (first !== undefined) {
      addNote(index, { severity: 'note', path: [], message: sameModel(yaml, first) });
      continue;
    }
    known.set(print, index);
    const clashing = id !== undefined && explicit.has(id) ? id : undefined;
    if (id !== undefined) explicit.add(id);
    usable.push({ index, draft, id: clashing === undefined ? id : undefined, clashing });
  }
  const deployments = named(yaml, usable, new Set([...explicit, ...taken]), problems);
  const pools = toPools(deployments);
  if (models.length > 0 && usable.length === 0) {
    // Then what is wrong with each is what is wrong with the file: the first one is what the user is told.
    for (const [at, problem] of problems.entries())
      if (problem.severity === 'warning') problems[at] = { ...problem, severity: 'error' };
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
    const rows = deploymentValues(deployment, index, file.tier, (path) => {
      const { line, fileName } = yaml.problemAt('warning', ['model_list', index, ...path], '', true);
      return `${fileName ?? file.name}:${line}`;
    });
    return rows.map((row) => ({ ...row, value: shownReference(models[index], index, row) }));
  };
  const values = new Map(deployments.map((each, at) => [each.id, valuesOf(each, at)] as const));
  return { pools, values, problems, used: new Set(usable.map(({ index }) => index)) };
}

const idPath = ['model_info', 'id'];
/** More than anybody chooses among: aliases write many in a small file. */
const mostModels = 1_000;

/** A value, or the variable that it comes from: nobody knows what else a variable holds. Where prompts go is shown. */
function shownReference(model: unknown, index: number, { path, value }: EffectiveValue): string {
  const own = path.slice(`model_list[${index}].`.length).split('.');
  const written = valueAt(model, own);
  const isReference = typeof written === 'string' && environmentName(written) !== undefined;
  return isReference && own.at(-1) !== 'api_base' && own.at(-1) !== 'id' ? written : value;
}

/** Collects what is to be said of models. What several of them take from one place is said once. */
function createNotes(yaml: YamlFile): {
  readonly problems: Problem[];
  readonly addNote: (index: number, note: Note) => void;
} {
  const problems: Problem[] = [];
  const told = new Set<string>();
  const addNote = (index: number, { severity, path, absolute, message }: Note): void => {
    const whole = absolute === true ? path : ['model_list', index, ...path];
    const print = JSON.stringify([whole, message]);
    if (told.has(print)) return;
    told.add(print);
    problems.push(yaml.problemAt(severity, whole, message));
  };
  return { problems, addNote };
}

function sameModel(yaml: YamlFile, first: number): string {
  const { line } = yaml.problemAt('note', ['model_list', first, 'litellm_params'], '', true);
  return l10n.t('is the same model at the same address with the same key as in line {0}: both are one', line);
}

/** Why a model can't have the id that is written. A workspace's file must not get at what was learnt by a slip. */
function idError(
  id: string,
  { tier }: FileTier,
  explicit: ReadonlySet<string>,
  taken: ReadonlySet<string>,
): string | undefined {
  if (taken.has(id)) return l10n.t("'{0}' is used in your own conduit.yaml: choose another", shown(id));
  return tier === 'workspace' && explicit.has(id) ? l10n.t("'{0}' is used twice", shown(id)) : undefined;
}

/** The models with their ids. One that is made is told, with a fix that writes it down. */
function named(
  yaml: YamlFile,
  usable: readonly Usable[],
  taken: ReadonlySet<string>,
  problems: Problem[],
): readonly Deployment[] {
  const unnamed = usable.filter(({ id }) => id === undefined);
  const ids = makeIds(
    unnamed.map(({ draft: { pool, model, apiBase } }) => ({ pool, model, host: new URL(apiBase).host })),
    taken,
  );
  const made = new Map(unnamed.map(({ index }, at) => [index, ids[at]]));
  return usable.map(({ index, draft, id, clashing }) => {
    if (id !== undefined) return { ...draft, id };
    const own = made.get(index) ?? draft.model;
    const message =
      clashing === undefined
        ? l10n.t(
            "is missing: '{0}' was made from the model. Write it down, so that what is learnt stays with it",
            own,
          )
        : l10n.t(
            "'{0}' is used twice: '{1}' was made from this model. Write another one down, so that what is learnt stays with it",
            shown(clashing),
            own,
          );
    const fix = addId(yaml, index, own);
    const problem = yaml.problemAt('warning', ['model_list', index, ...idPath], message);
    problems.push({ ...problem, ...(fix && { fix }) });
    return { ...draft, id: own };
  });
}

function toPools(deployments: readonly Deployment[]): readonly Pool[] {
  const byName = new Map<string, Deployment[]>();
  for (const deployment of deployments) {
    const pool = byName.get(deployment.pool);
    if (pool === undefined) byName.set(deployment.pool, [deployment]);
    else pool.push(deployment);
  }
  return [...byName].map(([name, own]) => ({ name, deployments: own, simulated: false }));
}
