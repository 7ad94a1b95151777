/**
 * Where the word begins that a completion at the end of `before` replaces, from 0. Words of conduit.yaml are longer than
 * the editor's: "os.environ/OPENAI_API_KEY", "gpt-5.4-mini" and "http://127.0.0.1" are one each.
 */
export function completionStart(before: string): number {
  return before.search(/(?:[\w./@][\w./@-]*|(?<=\w):(?=\S))*$/);
}
