import * as l10n from '@vscode/l10n';
import { shown } from '../shown-text';
import type { IncludedText, NamedText } from './named-text';
import { readYaml } from './yaml-file';
import { valueAt } from './yaml-value';

/** More files than a configuration is split into. */
const mostFiles = 20;

/** The files that `include` of a file names. */
export interface IncludePaths {
  readonly paths: readonly { readonly path: string; readonly index: number }[];
  readonly problems: readonly { readonly index: number; readonly message: string }[];
}

/** Reads `include`: paths below the folder of the file, with `/` between their parts. */
export function includePaths(file: unknown): IncludePaths {
  const written = valueAt(file, ['include']);
  const all: readonly unknown[] = Array.isArray(written) ? written : [written];
  const paths: { path: string; index: number }[] = [];
  const problems: { index: number; message: string }[] = [];
  for (const [index, each] of all.entries()) {
    if (each === undefined || each === null) continue;
    const path = typeof each === 'string' ? withinFolder(each) : undefined;
    if (path === undefined)
      problems.push({
        index,
        message: l10n.t('must name a file in the folder of this one or below it: it is not read'),
      });
    else if (paths.length >= mostFiles)
      problems.push({ index, message: l10n.t('only the first {0} files are read', mostFiles) });
    else paths.push({ path, index });
  }
  return { paths, problems: problems.slice(0, mostFiles) };
}

/** "./models/../chat.yaml" is "chat.yaml"; undefined for what leads out of the folder. */
function withinFolder(text: string): string | undefined {
  const written = text.trim();
  if (/^[/\\~]|^[a-z]+:|[\p{C}*?]/iu.test(written)) return undefined;
  const parts: string[] = [];
  for (const part of written.split(/[/\\]/)) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return parts.length === 0 ? undefined : parts.join('/');
}

/** Reads one file by its path below the folder: its text, or why it can't be had. */
export type ReadIncluded = (
  path: string,
) => Promise<{ readonly text: string } | { readonly problem: string }>;

/**
 * A file with the texts of all files that it includes, and that those include: each once, however often it is named, and
 * no more than a configuration has use for. `nameOf` is what messages call a file by.
 */
export async function withIncluded(
  file: NamedText,
  read: ReadIncluded,
  nameOf: (path: string) => string = (path) => path,
): Promise<NamedText> {
  const pathsIn = (text: string): readonly string[] =>
    /^['"]?include|[{,]\s?['"]?include/m.test(text)
      ? includePaths(readYaml(text).value).paths.map(({ path }) => path)
      : [];
  const waiting = [...pathsIn(file.text)];
  if (waiting.length === 0) return file;
  const found = new Map<string, IncludedText>();
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    if (found.has(path)) continue;
    const name = nameOf(path);
    if (found.size >= mostFiles) {
      found.set(path, {
        path,
        name,
        text: undefined,
        problem: l10n.t("'{0}' is one file too many: at most {1} are read", shown(path), mostFiles),
      });
      break;
    }
    const result = await read(path);
    if ('problem' in result) found.set(path, { path, name, text: undefined, problem: result.problem });
    else {
      found.set(path, { path, name, text: result.text });
      waiting.push(...pathsIn(result.text));
    }
  }
  return { ...file, included: [...found.values()] };
}
