import * as l10n from '@vscode/l10n';
import { isMap, isScalar } from 'yaml';
import type { ConfigurationFix } from '../problem';
import type { YamlFile } from './yaml-file';

/** A fix that writes the id of a model into its model_info; undefined where an alias or a merge stands there. */
export function addId(files: YamlFile, index: number, id: string): ConfigurationFix | undefined {
  const { file: yaml, path } = files.ownerOf(['model_list', index]);
  const title = l10n.t('Give the model the id {0}', id);
  const text = quoted(id);
  const insert = (at: number, what: string): ConfigurationFix => ({
    title,
    edits: [yaml.edit(at, at, what)],
  });
  const info = yaml.nodeAt([...path, 'model_info']);
  if (info === undefined) {
    if (yaml.keyAt([...path, 'model_info']) !== undefined) return undefined;
    const model = yaml.nodeAt(path);
    const params = yaml.keyAt([...path, 'litellm_params']);
    if (!isMap(model) || !params?.range) return undefined;
    const [start] = params.range;
    const { column } = yaml.edit(start, start, '');
    const after = model.flow === true ? ', ' : `\n${' '.repeat(column - 1)}`;
    return insert(start, `model_info: { id: ${text} }${after}`);
  }
  const written = yaml.nodeAt([...path, 'model_info', 'id']);
  if (written?.range) {
    const [start, end] = written.range;
    return isScalar(written) && written.value !== null && written.value !== ''
      ? { title, edits: [yaml.edit(start, end, text)] }
      : insert(start, ` ${text}`);
  }
  if (isScalar(info) && info.value === null && info.range)
    return info.range[0] === info.range[1] ? insert(info.range[0], ` { id: ${text} }`) : undefined;
  if (!isMap(info) || !info.range) return undefined;
  if (info.flow === true)
    return insert(info.range[0] + 1, ` id: ${text}${info.items.length > 0 ? ',' : ' '}`);
  const { column } = yaml.edit(info.range[0], info.range[0], '');
  return insert(info.range[0], `id: ${text}\n${' '.repeat(column - 1)}`);
}

/** A fix that gives some models the same model_name; undefined where one of them isn't written in this file. */
export function putInOnePool(
  files: YamlFile,
  indexes: readonly number[],
  pool: string,
): ConfigurationFix | undefined {
  const { file: first } = files.ownerOf(['model_list', indexes[0] ?? 0]);
  const edits = indexes.flatMap((index) => {
    const { file: yaml, path } = files.ownerOf(['model_list', index]);
    const name = yaml === first ? yaml.nodeAt([...path, 'model_name']) : undefined;
    return !name?.range ? [] : [yaml.edit(name.range[0], name.range[1], quoted(pool))];
  });
  return edits.length === indexes.length ? { title: l10n.t('Put these in one pool'), edits } : undefined;
}

/** A text as a YAML scalar that is read as text, in a flow mapping too. */
function quoted(text: string): string {
  const plain = /^[A-Za-z][\w./-]*$/.test(text) && !/^(true|false|null|yes|no|on|off|y|n)$/i.test(text);
  return plain ? text : JSON.stringify(text);
}
