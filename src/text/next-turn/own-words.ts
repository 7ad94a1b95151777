import { isErrorLine } from './error-text';

/** What stands for something that was left out, so that the words around it are no neighbours. */
const gap = ' _ ';

const fence = /^ {0,3}(`{3,}|~{3,})/;
const looksLikeCode =
  /[;{}]$|=>|^(?:import|export|const|let|var|def|class|function|func|fn|return|public|private|static|package|using|#include|@\w+|<\/?\w)(?:[\s(>]|$)|^[\w.[\]]{1,80} ?(?:[-+*/]?=|:=) ?\S|^[\w.]{1,80}\([^)]{0,200}\)[;:]?$/;
const quoted =
  /`[^`\n]{1,300}`|"[^"\n]{1,300}"|“[^”\n]{1,300}”|„[^“”\n]{1,300}[“”]|«[^»\n]{1,300}»|「[^」\n]{1,300}」|『[^』\n]{1,300}』/g;

export interface OwnWords {
  readonly text: string;
  /** Code was pasted, between fences or without. */
  readonly hasCode: boolean;
}

/** What the user said, without what was pasted: code, quotations, the lines of an error. */
export function ownWords(text: string): OwnWords {
  let open: string | undefined;
  let hasCode = false;
  const said: string[] = [];
  for (const line of text.split('\n')) {
    const mark = fence.exec(line)?.[1];
    if (mark !== undefined && (open === undefined || mark.startsWith(open))) {
      open = open === undefined ? mark : undefined;
      hasCode = true;
    } else if (open === undefined && !/^\s*>/.test(line) && !isErrorLine(line)) {
      // Four columns in, or a tab, is code where something is said before it.
      const isCode = looksLikeCode.test(line.trim()) || (said.length > 0 && /^(?: {4}|\t)\s*\S/.test(line));
      if (isCode) hasCode = true;
      else said.push(line);
    }
  }
  return { text: said.join('\n').replaceAll(quoted, gap).trim(), hasCode };
}
