import { contextAt } from './cursor-context';
import type { TextEdit } from '../problem';
import type { DescribedKey } from './described-keys';
import { keysAt } from './described-keys';
import { titleOf, valuesAt } from './written-values';

/** What can be written at a place of a configuration file. */
export interface ConfigurationCompletion {
  readonly label: string;
  /** What is inserted; it may hold `$0` for where the cursor goes. */
  readonly insertText: string;
  /** Markdown. */
  readonly documentation: string;
  readonly kind: 'key' | 'value';
}

/** What a key or value of a configuration file means. */
export interface ConfigurationHover extends Omit<TextEdit, 'text'> {
  /** Markdown. */
  readonly text: string;
}

/**
 * What can be written at a place of a conduit.yaml, line and column from 1; the file may be half-written. A value
 * takes the place of all that is written of it before the cursor.
 * `variableNames` are names of the environment that may hold keys or addresses.
 */
export function completionsAt(
  text: string,
  line: number,
  column: number,
  variableNames: readonly string[] = [],
): readonly ConfigurationCompletion[] {
  const context = contextAt(text, line, column);
  if (context === undefined) return [];
  const { key, path, siblings, typed } = context;
  if (key === undefined) {
    if (/[^\w-]/.test(typed)) return [];
    return keysAt(path)
      .filter(({ name }) => !siblings.includes(name))
      .map((known) => ({
        label: known.name,
        insertText: keyText(known, typedInFlow(text, line, column)),
        documentation: known.description,
        kind: 'key',
      }));
  }
  return valuesAt(context, text, variableNames)
    .filter((value) => !typed.startsWith(value.text))
    .map((value) => ({
      label: value.text,
      insertText: value.text,
      documentation: value.description,
      kind: 'value',
    }));
}

/** What a key or value at a place means; undefined where nothing is known of it. */
export function hoverAt(text: string, line: number, column: number): ConfigurationHover | undefined {
  const written = text.split(/\r?\n/)[line - 1] ?? '';
  const word = wordAt(written, column);
  if (word === undefined) return undefined;
  const { start, end } = word;
  const range = { line, column: start + 1, endLine: line, endColumn: end + 1 };
  const context = contextAt(text, line, end + 1);
  if (context === undefined) return undefined;
  const token = written.slice(start, end);
  if (context.key === undefined) {
    const known = keysAt(context.path).find(({ name }) => name === token);
    return known === undefined ? undefined : { ...range, text: `**${token}**\n\n${known.description}` };
  }
  const value = valuesAt(context, text, []).find((candidate) => candidate.text === token);
  const about = value?.description ?? (context.key === 'model' ? titleOf(token.split('/')[0] ?? '') : '');
  return about === '' ? undefined : { ...range, text: `**${token}**\n\n${about}` };
}

function wordAt(
  written: string,
  column: number,
): { readonly start: number; readonly end: number } | undefined {
  for (const match of written.matchAll(/[\w./*@-]+(?::(?=\S)[\w./*@:-]+)*/g)) {
    const end = match.index + match[0].length;
    if (match.index < column && column <= end + 1) return { start: match.index, end };
  }
  return undefined;
}

function keyText({ name, holds }: DescribedKey, inFlow: boolean): string {
  switch (holds) {
    case 'value':
      return `${name}: $0`;
    case 'mapping':
      return inFlow ? `${name}: { $0 }` : `${name}:\n  $0`;
    case 'list':
      return `${name}:\n  - $0`;
  }
}

function typedInFlow(text: string, line: number, column: number): boolean {
  const before = (text.split(/\r?\n/)[line - 1] ?? '').slice(0, column - 1);
  return (before.match(/\{/g) ?? []).length > (before.match(/\}/g) ?? []).length;
}
