import * as l10n from '@vscode/l10n';
import { isJsonObject } from '../../core/terms/tools';
import type { PathSegment, Problem } from '../problem';
import { shown } from '../shown-text';
import { includePaths } from './include-paths';
import type { IncludedText, NamedText } from './named-text';
import type { YamlFile } from './yaml-file';
import { readYaml } from './yaml-file';
import { keysOf, listAt, valueAt } from './yaml-value';

/** An item of a list, or a section, and the file that it is in. */
interface Owned {
  readonly file: YamlFile;
  /** What messages call an included file; undefined: the first one. */
  readonly name: string | undefined;
  /** Where it is in that file. */
  readonly index: number;
}

/**
 * A file with those that its `include` names, read as one, as the LiteLLM proxy joins them: lists go behind each other,
 * and any other section of a later file takes the place of an earlier one's. Problems keep the lines of their own files.
 * Never throws.
 */
export function readFiles(file: NamedText): YamlFile {
  const main = readYaml(file.text);
  if (valueAt(main.value, ['include']) === undefined) return main;
  const { paths, problems: wrongPaths } = includePaths(main.value);
  const included = new Map((file.included ?? []).map((each) => [each.path, each]));
  const own: Problem[] = wrongPaths.map(({ index, message }) =>
    main.problemAt('warning', placeIn(main, index), message),
  );
  const files: { readonly file: YamlFile; readonly name: string }[] = [];
  const missing = (index: number, text: IncludedText | undefined, path: string): void => {
    const why = text?.problem ?? l10n.t("the file '{0}' was not read", shown(path));
    own.push(main.problemAt('warning', placeIn(main, index), l10n.t('{0}: no model of it is there', why)));
  };
  const seen = new Set<string>();
  const add = (path: string, index: number): void => {
    if (seen.has(path)) return;
    seen.add(path);
    const text = included.get(path);
    if (text?.text === undefined) {
      missing(index, text, path);
      return;
    }
    const read = readYaml(text.text);
    files.push({ file: read, name: text.name });
    // A file that is included may include others: their way begins at the first one's folder, as in LiteLLM.
    const inner = includePaths(read.value);
    for (const { path: each } of inner.paths) add(each, index);
    for (const wrong of inner.problems) {
      const where = placeIn(read, wrong.index);
      own.push({ ...read.problemAt('warning', where, wrong.message), fileName: text.name });
    }
  };
  for (const { path, index } of paths) add(path, index);
  return joined(main, files, own);
}

/** Where a file names the one of that number that it includes. */
function placeIn(file: YamlFile, index: number): readonly PathSegment[] {
  return Array.isArray(valueAt(file.value, ['include'])) ? ['include', index] : ['include'];
}

function joined(
  main: YamlFile,
  others: readonly { readonly file: YamlFile; readonly name: string }[],
  own: readonly Problem[],
): YamlFile {
  const all: readonly { readonly file: YamlFile; readonly name: string | undefined }[] = [
    { file: main, name: undefined },
    ...others,
  ];
  const lists = new Map<string, { readonly items: unknown[]; readonly owners: Owned[] }>();
  const sections = new Map<string, Owned>();
  const value = new Map<string, unknown>();
  for (const { file, name } of all) {
    for (const key of keysOf(file.value)) {
      if (key === 'include' && name !== undefined) continue;
      const section = valueAt(file.value, [key]);
      // A section that another file leaves empty takes the place of nothing.
      if (section === null && name !== undefined) continue;
      const list = Array.isArray(section) ? listAt(file.value, [key]) : undefined;
      const before = lists.get(key);
      if (list !== undefined && before !== undefined) {
        list.forEach((item, index) => {
          before.items.push(item);
          before.owners.push({ file, name, index });
        });
        continue;
      }
      lists.delete(key);
      if (list !== undefined) {
        const items = [...list];
        lists.set(key, { items, owners: items.map((_item, index) => ({ file, name, index })) });
        value.set(key, items);
      } else value.set(key, section);
      sections.set(key, { file, name, index: 0 });
    }
  }

  function find(path: readonly PathSegment[]): {
    readonly owned: Owned;
    readonly path: readonly PathSegment[];
  } {
    const [key, index, ...rest] = path;
    const item = typeof index === 'number' ? lists.get(String(key))?.owners[index] : undefined;
    if (item !== undefined) return { owned: item, path: [key ?? '', item.index, ...rest] };
    return { owned: sections.get(String(key)) ?? { file: main, name: undefined, index: 0 }, path };
  }

  const named = (problem: Problem, name: string | undefined): Problem =>
    name === undefined ? problem : { ...problem, fileName: name };
  const mappings = all.every(
    ({ file }) => file.value === undefined || file.value === null || isJsonObject(file.value),
  );
  return {
    ...main,
    value: mappings && isJsonObject(main.value) ? Object.fromEntries(value) : main.value,
    problems: [
      ...all.flatMap(({ file, name }) => file.problems.map((problem) => named(problem, name))),
      ...all.flatMap(({ file, name }) =>
        name === undefined || file.value === undefined || file.value === null || isJsonObject(file.value)
          ? []
          : [
              named(
                file.problemAt('error', [], l10n.t('must be a mapping, for example with a model_list')),
                name,
              ),
            ],
      ),
      ...own,
    ],
    problemAt: (severity, path, message, onKey) => {
      const { owned, path: inner } = find(path);
      return named(owned.file.problemAt(severity, inner, message, onKey), owned.name);
    },
    nodeAt: (path) => {
      const { owned, path: inner } = find(path);
      return owned.file.nodeAt(inner);
    },
    keyAt: (path) => {
      const { owned, path: inner } = find(path);
      return owned.file.keyAt(inner);
    },
    ownerOf: (path) => {
      const { owned, path: inner } = find(path);
      return { file: owned.file, path: inner };
    },
  };
}
