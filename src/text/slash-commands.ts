import * as l10n from '@vscode/l10n';
import type { TaskKind } from '../core/terms/task';

interface Command {
  /** What it asks, before whatever the user wrote after it. */
  readonly prompt: string;
  readonly kind: TaskKind;
}

const commandTable: Readonly<Record<string, Command>> = {
  explain: {
    prompt: 'Explain this code: what it does, and anything surprising in it.',
    kind: 'explain-code',
  },
  fix: { prompt: 'Find what is wrong in this code and give the corrected code.', kind: 'fix-code' },
  tests: {
    prompt: 'Write tests for this code, edge cases included, in the style of its language.',
    kind: 'write-tests',
  },
  doc: {
    prompt: 'Write documentation comments for this code, in the style of its language.',
    kind: 'document-code',
  },
};

/** What `/` offers in a composer: the commands, then the pools, each with what it does. */
export function slashWords(pools: readonly string[]): { readonly name: string; readonly text: string }[] {
  const commands = [
    { name: 'explain', text: l10n.t('Explain code') },
    { name: 'fix', text: l10n.t('Find what is wrong, and correct it') },
    { name: 'tests', text: l10n.t('Write tests') },
    { name: 'doc', text: l10n.t('Write documentation comments') },
  ];
  const taken = new Set(Object.keys(commandTable));
  const others = pools.filter((name) => !taken.has(name) && !/\s/.test(name));
  return [...commands, ...others.map((name) => ({ name, text: l10n.t('Ask the pool {0}', name) }))];
}

/** What a question asks, and the pool that it goes to where it names one. */
export interface ReadQuestion {
  readonly prompt: string;
  readonly pool?: string | undefined;
}

/**
 * Reads the commands that a question begins with: any of `/explain`, `/fix`, `/tests`, `/doc`, and the name of a pool.
 * A word after a slash that is no command, such as a path, is a part of the question. A pool alone asks nothing: then
 * the text is the question as it stands.
 */
export function readQuestion(text: string, pools: readonly string[]): ReadQuestion {
  const { asked, pool, rest } = split(text, pools);
  const prompt = [...asked, rest].filter((part) => part !== '').join('\n\n');
  return prompt === '' ? { prompt: text.trim() } : { prompt, ...(pool !== undefined && { pool }) };
}

/** What kind of task a question is that was asked by a command, as `readQuestion` wrote it out; undefined: by none. */
export function kindOfCommand(prompt: string): TaskKind | undefined {
  return Object.values(commandTable).find((command) => prompt.startsWith(command.prompt))?.kind;
}

/** Whether a question begins with a command about code, and says more than that. */
export function commandIn(text: string, pools: readonly string[]): 'none' | 'alone' | 'with-text' {
  const { asked, rest } = split(text, pools);
  if (asked.length === 0) return 'none';
  return rest === '' ? 'alone' : 'with-text';
}

function split(
  text: string,
  pools: readonly string[],
): { readonly asked: readonly string[]; readonly pool: string | undefined; readonly rest: string } {
  let rest = text.trim();
  let pool: string | undefined;
  const asked: string[] = [];
  for (;;) {
    const name = /^\/(\S+)(?:\s|$)/.exec(rest)?.[1];
    if (name === undefined) break;
    const command = Object.hasOwn(commandTable, name) ? commandTable[name]?.prompt : undefined;
    if (command !== undefined) asked.push(command);
    else if (pools.includes(name)) pool = name;
    else break;
    rest = rest.slice(name.length + 1).trim();
  }
  return { asked, pool, rest };
}
