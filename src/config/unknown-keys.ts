import type { PathSegment, Problem } from './problem';
import { mostProblems } from './problem';
import { futureKeys, knownKeys } from './schema';
import type { YamlFile } from './yaml-file';

/** Warnings for the keys that have no effect, the first ones of many: nothing is accepted in silence. */
export function unknownKeys(yaml: YamlFile, file: unknown): readonly Problem[] {
  const problems: Problem[] = [];
  const check = (
    value: unknown,
    path: readonly PathSegment[],
    known: readonly string[],
    future: readonly string[],
  ): void => {
    for (const key of keysOf(value)) {
      if (known.includes(key)) continue;
      if (problems.length >= mostProblems) return;
      const message = future.includes(key)
        ? 'is not built yet and has no effect'
        : `is not known and has no effect${suggestion(key, known)}`;
      problems.push(yaml.problemAt('warning', [...path, key], message, true));
    }
  };
  check(file, [], knownKeys.file, futureKeys.file);
  check(valueOf(file, 'router'), ['router'], knownKeys.router, futureKeys.router);
  const models = valueOf(file, 'model_list');
  for (const [index, model] of (Array.isArray(models) ? models : []).entries()) {
    const path = ['model_list', index];
    check(model, path, knownKeys.model, []);
    check(valueOf(model, 'litellm_params'), [...path, 'litellm_params'], knownKeys.litellm_params, []);
    check(valueOf(model, 'model_info'), [...path, 'model_info'], knownKeys.model_info, []);
  }
  return problems;
}

export function keysOf(value: unknown): readonly string[] {
  return isMapping(value) ? Object.keys(value) : [];
}

export function valueOf(value: unknown, key: string): unknown {
  return isMapping(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The known key that a typing mistake was probably meant to be: but for one letter the same. */
function suggestion(key: string, known: readonly string[]): string {
  const near = known.find((candidate) => differsByOneLetter(candidate, key));
  return near === undefined ? '' : `; did you mean '${near}'?`;
}

function differsByOneLetter(a: string, b: string): boolean {
  const longest = Math.max(a.length, b.length);
  let start = 0;
  while (start < longest && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < longest - start && a.at(-1 - end) === b.at(-1 - end)) end += 1;
  return start + end >= longest - 1;
}
