import type { ConfigurationCompletion } from '../../config/file/completions';

/**
 * Where the word begins that a completion at the end of `before` replaces, from 0. Words of conduit.yaml are longer than
 * the editor's: "os.environ/OPENAI_API_KEY", "gpt-5.4-mini" and "http://127.0.0.1" are one each.
 */
export function completionStart(before: string): number {
  return before.search(/(?:[\w./@][\w./@-]*|(?<=\w):(?=\S))*$/);
}

/**
 * What is inserted after `before`, the line up to the cursor. The editor indents further lines as this one is: what
 * hangs from a list's dash has to go further in.
 */
export function completionText(
  { insertText, kind }: Pick<ConfigurationCompletion, 'insertText' | 'kind'>,
  before: string,
): string {
  const dashes = /^\s*((?:- +)+)/.exec(before)?.[1] ?? '';
  const space = kind === 'value' && before.endsWith(':') ? ' ' : '';
  return space + insertText.replaceAll('\n', `\n${' '.repeat(dashes.length)}`);
}

/** Names of environment variables that may hold a key or an address, for completion. */
export function variableNames(environment: NodeJS.ProcessEnv): readonly string[] {
  return Object.keys(environment)
    .filter((name) => /(KEY|TOKEN|SECRET|PAT|URL|BASE|HOST)$/.test(name))
    .sort();
}
