import { isJsonObject } from '../../core/terms/tools';

export type Environment = Readonly<Record<string, string | undefined>>;

const reference = 'os.environ/';

/** The variable that `os.environ/NAME` names, blanks around it aside; undefined where the text is something else. */
export function environmentName(text: string): string | undefined {
  const bare = text.trim();
  const name = bare.startsWith(reference) ? bare.slice(reference.length).trim() : '';
  return name === '' ? undefined : name;
}

/** A text of a file, or what the variable that it names holds: undefined where that isn't set. */
export function resolved(text: string, environment: Environment): string | undefined {
  const name = environmentName(text);
  if (name === undefined) return text.trim().startsWith(reference) ? undefined : text;
  const value = Object.hasOwn(environment, name) ? environment[name] : undefined;
  return value === '' ? undefined : value;
}

/** A field whose variable isn't set. */
export interface Unset {
  /** Below the value that was resolved. */
  readonly path: readonly string[];
  readonly name: string;
}

/** A value of a file with every `os.environ/NAME` in it resolved, as LiteLLM does it at any depth. */
export interface Resolved {
  /** Without the fields whose variables aren't set: those never become a value. */
  readonly value: unknown;
  readonly unset: readonly Unset[];
}

/** Resolves the references in a value. Fields at the top that `kept` names stay as they are written. */
export function resolveAll(value: unknown, environment: Environment, kept: readonly string[] = []): Resolved {
  const unset: Unset[] = [];
  const inner = (each: unknown, path: readonly string[]): unknown => {
    if (typeof each === 'string') {
      const text = resolved(each, environment);
      if (text === undefined) unset.push({ path, name: environmentName(each) ?? '' });
      return text;
    }
    if (Array.isArray(each))
      return each.flatMap((item: unknown, index) => {
        const read = inner(item, [...path, String(index)]);
        return read === undefined ? [] : [read];
      });
    if (!isJsonObject(each)) return each;
    const entries = Object.entries(each).flatMap(([key, item]) => {
      const read = path.length === 0 && kept.includes(key) ? item : inner(item, [...path, key]);
      return read === undefined ? [] : [[key, read] as const];
    });
    return Object.fromEntries(entries);
  };
  return { value: inner(value, []), unset };
}

/** The names of all variables that a value refers to, each once. */
export function namesReferred(value: unknown): readonly string[] {
  const names = new Set<string>();
  const look = (each: unknown): void => {
    if (typeof each === 'string') {
      const name = environmentName(each);
      if (name !== undefined) names.add(name);
    } else if (Array.isArray(each)) each.forEach(look);
    else if (isJsonObject(each)) Object.values(each).forEach(look);
  };
  look(value);
  return [...names];
}
