import type { ModelName } from './model-name';
import { readModelName } from './model-name';

/** One of the models that a table knows, under the name that it has there. */
export interface NamedModel {
  readonly name: string;
  /** Thousands of millions of parameters, of a model whose name may be written without or with it. */
  readonly sizeB?: number;
}

interface Read {
  readonly read: ModelName;
}

/** One that shares words with a name. `versionsApart` and `later` as in `Meant`. */
export interface Alike<M extends NamedModel> extends Pick<Meant<M>, 'versionsApart' | 'later'> {
  readonly model: M & Read;
}

/** What a written name was found to mean. */
export interface Meant<M extends NamedModel> {
  readonly model: M & Read;
  readonly read: ModelName;
  /** 0: that model. Else how many versions apart is the nearest of the same family, tier and size. */
  readonly versionsApart: number;
  /** 1: the name's version is later than the one found, −1: earlier, 0: the same, or nobody can tell. */
  readonly later: -1 | 0 | 1;
}

export interface NamedModels<M extends NamedModel> {
  readonly byKey: ReadonlyMap<string, M & Read>;
  readonly byTier: ReadonlyMap<string, readonly (M & Read)[]>;
}

/** Further than this a version says nothing of another. */
const furthest = 1.2;
/** What one more month or day in a name, or the lack of it, counts as. */
const otherCode = 0.15;
/** Families whose months and days tell builds of one model apart, where they do at all. */
const snapshots = new Set(['claude', 'gemini', 'gpt', 'grok', 'o']);
/** What a name without a version counts as that may mean any. */
const anyVersion = 0.5;

/** `aliases`: other names, each with the one in the table; of models that aren't in it they mean nothing. */
export function namedModels<M extends NamedModel>(
  models: readonly M[],
  aliases: readonly (readonly [alias: string, name: string])[] = [],
): NamedModels<M> {
  const byKey = new Map<string, M & Read>();
  const byTier = new Map<string, (M & Read)[]>();
  const add = (key: string, model: M & Read): void => {
    if (!byKey.has(key)) byKey.set(key, model);
  };
  const read = models.map((model) => ({ ...model, read: readModelName(model.name) }));
  for (const model of read) add(keyOf(model.read, model.read.optional), model);
  for (const model of read) {
    const tier = tierOf(model.read);
    byTier.set(tier, [...(byTier.get(tier) ?? []), model]);
    if (model.sizeB === undefined || model.read.size !== undefined) continue;
    for (const size of new Set([model.sizeB, Math.round(model.sizeB * 10) / 10, Math.round(model.sizeB)]))
      add(keyOf({ ...model.read, size: String(size) }, model.read.optional), model);
  }
  const byName = new Map(read.map((model) => [model.name, model]));
  for (const [alias, name] of aliases) {
    const model = byName.get(name);
    const own = readModelName(alias);
    if (model !== undefined) byKey.set(keyOf(own, own.optional), model);
  }
  for (const [bare, [model, ...others]] of Map.groupBy(read, (each) => keyOf(each.read, [])))
    if (model !== undefined && others.length === 0 && saysNoMore(model.read)) add(bare, model);
  return { byKey, byTier };
}

/**
 * The model of the table that a name means, or the nearest version of the same family, tier and size; undefined where
 * there is none. Words of the name that aren't understood are never left out.
 */
export function meantBy<M extends NamedModel>(models: NamedModels<M>, written: string): Meant<M> | undefined {
  const read = readModelName(written);
  if (read.words.length === 0) return undefined;
  for (const kept of subsets(read.optional)) {
    const model = models.byKey.get(keyOf(read, kept));
    if (model === undefined) continue;
    const lost = read.optional.some((part) => part.kind === 'code' && !kept.includes(part));
    const other =
      (lost && (codedSiblings(models, read) || !read.words.some((word) => snapshots.has(word)))) ||
      isOtherRelease(read, model.read);
    return { model, read, versionsApart: other ? otherCode : 0, later: 0 };
  }
  return nearest(models, read);
}

/**
 * Models of which a name has all the words, of those that share the most and are of the nearest version: other sizes of
 * the same, or what it may have been made from.
 */
export function alikeIn<M extends NamedModel>(
  { byTier }: NamedModels<M>,
  read: ModelName,
): readonly Alike<M>[] {
  const all = [...byTier.values()].flat();
  const within = all.filter(({ read: { words } }) => words.every((word) => read.words.includes(word)));
  const most = Math.max(...within.map(({ read: { words } }) => words.length));
  const closest = within.filter(({ read: { words } }) => words.length === most);
  const distances = closest.map((model) => Math.abs(versionOf(read) - versionOf(model.read)));
  const nearestBy = Math.min(...distances);
  return nearestBy > furthest
    ? []
    : closest
        .filter((_model, at) => distances[at] === nearestBy)
        .map((model) => ({ model, versionsApart: nearestBy, later: later(read, model.read) }));
}

/** Whether a name without its optional parts can mean nothing else. */
function saysNoMore({ optional }: ModelName): boolean {
  return optional.every(({ kind }) => kind === 'release' || kind === 'context');
}

/** Of what says no release any may be meant. */
function isOtherRelease(read: ModelName, other: ModelName): boolean {
  const [own, theirs] = [read, other].map(({ optional }) => optional.find(({ kind }) => kind === 'release'));
  return own !== undefined && theirs !== undefined && own.text !== theirs.text;
}

function codedSiblings<M extends NamedModel>(models: NamedModels<M>, read: ModelName): boolean {
  const bare = keyOf(read, []);
  const tier = models.byTier.get(tierOf(read)) ?? [];
  return tier.some((other) => keyOf(other.read, []) === bare && codeIn(other.read) !== undefined);
}

const wholeVersion = 1;

/** A family's bare name means none in particular where much later versions have further words: "claude" isn't claude-2.1. */
function goesOnUnderOtherNames<M extends NamedModel>(
  { byTier }: NamedModels<M>,
  read: ModelName,
  found: ModelName,
): boolean {
  if (read.version.length > 0) return false;
  return [...byTier.values()]
    .flat()
    .some(
      ({ read: other }) =>
        other.words.length > read.words.length &&
        read.words.every((word) => other.words.includes(word)) &&
        versionOf(other) >= versionOf(found) + wholeVersion,
    );
}

function nearest<M extends NamedModel>(models: NamedModels<M>, read: ModelName): Meant<M> | undefined {
  const tier = models.byTier.get(tierOf(read)) ?? [];
  const [best] = tier
    .map((model, at) => ({ model, at, apart: apart(read, model.read) }))
    .filter((each) => each.apart <= furthest)
    .toSorted(
      (a, b) =>
        a.apart - b.apart ||
        (codeIn(b.model.read) ?? 0) - (codeIn(a.model.read) ?? 0) ||
        versionOf(b.model.read) - versionOf(a.model.read) ||
        a.at - b.at,
    );
  if (best !== undefined && goesOnUnderOtherNames(models, read, best.model.read)) return undefined;
  return (
    best && {
      model: best.model,
      read,
      versionsApart: Math.max(otherCode, best.apart),
      later: later(read, best.model.read),
    }
  );
}

function later(read: ModelName, other: ModelName): -1 | 0 | 1 {
  if (read.version.length > 0 && other.version.length > 0) {
    const versions = Math.sign(versionOf(read) - versionOf(other));
    if (versions !== 0) return versions > 0 ? 1 : -1;
  }
  const own = codeIn(read);
  const theirs = codeIn(other);
  if (own === undefined || theirs === undefined || !isYearAndMonth(own) || !isYearAndMonth(theirs)) return 0;
  return own > theirs ? 1 : own < theirs ? -1 : 0;
}

function apart(read: ModelName, other: ModelName): number {
  const own = codeIn(read);
  const theirs = codeIn(other);
  const sameEfforts = effortOf(read) === effortOf(other) ? 0 : 0.1;
  const months = own !== undefined && theirs !== undefined ? Math.min(1, Math.abs(own - theirs) / 100) : 0;
  const coded = own === theirs ? 0 : otherCode + months;
  if (read.version.length === 0 || (other.version.length === 0 && isYearAndMonth(theirs)))
    return (read.version.length === other.version.length ? 0 : anyVersion) + coded + sameEfforts;
  return Math.abs(versionOf(read) - versionOf(other)) + coded + sameEfforts;
}

/** A line's first model has no number. */
function versionOf({ version: [major = 1, minor = 0] }: ModelName): number {
  return major + (minor < 10 ? minor / 10 : minor < 100 ? minor / 100 : 0.99);
}

function codeIn({ optional }: ModelName): number | undefined {
  const code = optional.find(({ kind }) => kind === 'code');
  return code && Number(code.text);
}

/** "2411" is, "0324" is a day that says nothing of the year. */
function isYearAndMonth(code: number | undefined): boolean {
  return code !== undefined && code > 2_300;
}

function effortOf({ optional }: ModelName): string | undefined {
  return optional.find(({ kind }) => kind === 'effort')?.text;
}

function tierOf({ words, size }: ModelName): string {
  return `${words.join(' ')}|${size ?? ''}`;
}

function keyOf(read: Pick<ModelName, 'words' | 'version' | 'size'>, kept: ModelName['optional']): string {
  const parts = kept.map(({ text }) => text).toSorted();
  return [read.words.join(' '), read.version.join('.'), read.size ?? '', parts.join(' ')].join('|');
}

/** Every choice of what is optional, those that keep the most first; a code rather than anything else. */
function subsets(optional: ModelName['optional']): readonly ModelName['optional'][] {
  const few = optional.slice(0, 5);
  const all = Array.from({ length: 2 ** few.length }, (_, bits) =>
    few.filter((_part, at) => (bits & (1 << at)) !== 0),
  );
  const worth = (kept: ModelName['optional']): number =>
    kept.reduce((sum, { kind }) => sum + (kind === 'code' ? 1.5 : 1), 0);
  return all.toSorted((a, b) => worth(b) - worth(a));
}
