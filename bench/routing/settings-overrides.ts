import { z } from 'zod';
import type { PolicySettings } from '../../src/core/bandit/settings';
import { shippedSettings } from '../../src/core/bandit/settings';
import type { FeatureGroup } from '../../src/core/features/feature-space';
import { textGroups } from '../../src/core/features/feature-space';
import { decimal } from './argument-values';
import { CorpusError } from './corpus-error';
import { readJson } from './json-file';
import { UsageError } from './usage-error';

/** What a variant of the router has other than as shipped. */
export interface Overrides {
  readonly settings?: Partial<PolicySettings>;
  /** Decisions in the UCB1 phase, ≥ 0. */
  readonly switchAfter?: number;
  /** Ridge of a group of features, > 0. */
  readonly ridges?: Ridges;
}

type Ridges = Readonly<Partial<Record<FeatureGroup['name'], number>>>;

export interface NamedOverrides extends Overrides {
  readonly name: string;
}

/** Reads `name=value,…`: numbers, true, false, undefined. Throws UsageError, which for an unknown name lists the known. */
export function overridesIn(given: string): Overrides {
  const entries = given.split(',').map((item): readonly [string, unknown] => {
    const [, name, value] = /^\s*([\w.]+)\s*=\s*(.*?)\s*$/.exec(item) ?? [];
    if (name === undefined || value === undefined) {
      throw new UsageError(`--set: expected name=value, found ${JSON.stringify(item)}.`);
    }
    return [name, valueIn(name, value)];
  });
  const problem = problemOf(entries);
  if (problem !== undefined) throw new UsageError(`--set ${problem}`);
  return overridesOf(entries);
}

const setsSchema = z
  .array(
    z.strictObject({
      name: z
        .string()
        .regex(/^(?!.*-priors-)[^\s,]+$/, 'expected a name without blanks, commas and -priors-'),
      settings: z.record(z.string(), z.unknown()).default({}),
      switchAfter: z.unknown().optional(),
    }),
  )
  .min(1);

/**
 * Reads a file of `[{name, settings: {…}, switchAfter?}]`; a setting that is null is undefined. Throws CorpusError,
 * with the number of the set, where a name is unknown or comes twice, or a value is of another type than the shipped one.
 */
export async function readSets(path: string): Promise<readonly NamedOverrides[]> {
  const sets = setsSchema.safeParse(await readJson(path));
  if (!sets.success) throw new CorpusError(path, z.prettifyError(sets.error));
  const names = new Set<string>();
  return sets.data.map(({ name, settings, switchAfter }, index) => {
    const entries = Object.entries(settings).map(([key, value]): Entry => [key, value ?? undefined]);
    if (switchAfter !== undefined) entries.push(['switchAfter', switchAfter]);
    const problem = names.has(name) ? `name: ${JSON.stringify(name)} comes twice` : problemOf(entries);
    if (problem !== undefined) throw new CorpusError(path, `set ${String(index + 1)}: ${problem}`);
    names.add(name);
    return { name, ...overridesOf(entries) };
  });
}

/** Those of `more` go before those of `base`. */
export function merged(base: Overrides, more: Overrides): Overrides {
  return {
    ...base,
    ...more,
    settings: { ...base.settings, ...more.settings },
    ridges: { ...base.ridges, ...more.ridges },
  };
}

type Entry = readonly [name: string, value: unknown];

function valueIn(name: string, text: string): unknown {
  if (text === 'true' || text === 'false') return text === 'true';
  if (text === 'undefined') return undefined;
  const number = decimal(text);
  if (!Number.isNaN(number)) return number;
  throw new UsageError(
    `--set ${name}: expected a number, true, false or undefined, found ${JSON.stringify(text)}.`,
  );
}

const ridgeName = /^ridge\.(.+)$/;
const groups: readonly string[] = [...textGroups.map(({ name }) => name), 'encoder'];

function problemOf(entries: readonly Entry[]): string | undefined {
  const names = entries.map(([name]) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) return `${twice}: comes twice`;
  for (const [name, value] of entries) {
    const group = ridgeName.exec(name)?.[1];
    if (name === 'switchAfter' || group !== undefined) {
      if (group !== undefined && !groups.includes(group)) return unknownName(name);
      const least = group === undefined ? 0 : Number.MIN_VALUE;
      if (typeof value !== 'number' || value < least)
        return `${name}: expected a number ${group === undefined ? 'of 0 or more' : 'above 0'}, found ${String(value)}.`;
    } else if (!Object.hasOwn(shippedSettings, name)) {
      return unknownName(name);
    } else {
      const shipped: unknown = Reflect.get(shippedSettings, name);
      const fits = value === undefined || shipped === undefined || typeof value === typeof shipped;
      if (!fits) return `${name}: expected a ${typeof shipped}, found ${JSON.stringify(value)}.`;
    }
  }
  return undefined;
}

function unknownName(name: string): string {
  const known = [
    ...Object.keys(shippedSettings),
    'switchAfter',
    ...groups.map((group) => `ridge.${group}`),
  ].join(', ');
  return `${name}: there is no such setting. Settings: ${known}.`;
}

function overridesOf(entries: readonly Entry[]): Overrides {
  const settings = entries.filter(([name]) => name !== 'switchAfter' && !ridgeName.test(name));
  const ridges = entries.flatMap(([name, value]) => {
    const group = ridgeName.exec(name)?.[1];
    return group === undefined ? [] : [[group, value] as const];
  });
  const [, switchAfter] = entries.find(([name]) => name === 'switchAfter') ?? [];
  return {
    ...(settings.length > 0 && { settings: Object.fromEntries(settings) }),
    ...(typeof switchAfter === 'number' && { switchAfter }),
    ...(ridges.length > 0 && { ridges: Object.fromEntries(ridges) }),
  };
}
