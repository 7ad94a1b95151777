/**
 * What a tool does, as far as its name tells: `plan` for what changes and shows nothing of the work itself, such as
 * to-do lists and questions to the user.
 */
export type ToolKind = 'plan' | 'edit' | 'explore' | 'verify';

/** By the words of its name. The first list that has one of them decides. */
const toolWords: Readonly<Record<ToolKind, string>> = {
  plan: 'agent subagent todo todos plan think memory ask question',
  edit:
    'edit write replace insert patch apply create delete remove rename move update modify refactor ' +
    'format save append multiedit',
  explore:
    'read search find grep ripgrep glob list ls view open cat show fetch browse web lookup ' +
    'inspect usages references definition definitions symbols symbol tree codebase semantic ' +
    'diff log status blame docs outline hover',
  verify:
    'run exec execute test tests terminal bash shell powershell command cmd build compile lint ' +
    'check verify validate errors problems diagnostics task debug process output python repl',
};
const kinds = Object.entries(toolWords).map(([kind, words]) => ({
  kind: kind as ToolKind,
  words: new Set(words.split(' ')),
}));

/** Undefined where the name doesn't tell. */
export function toolKindOf(name: string): ToolKind | undefined {
  const words = toolWordsOf(name);
  return kinds.find(({ words: known }) => words.some((word) => known.has(word)))?.kind;
}

/** "copilot_readFile" → copilot, read, file. */
export function toolWordsOf(name: string): readonly string[] {
  return name
    .slice(0, 200)
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word !== '');
}
