import { withoutBlanks } from './before-message';
import { inCode } from './fences';
import { isRemark, namesRemarks, optionAt, plain, presentation, speaksOfAMessage } from './talk';

/** Words that lead to another message, alone before it. */
const leadsToAnother =
  /^[*_#\s]{0,6}(?:or|alternatively|another option|other options|or, .{0,80}|alternatively, .{0,80}|oder|alternativ|ou(?: bien)?|o(?: bien)?|oppure|或者?|または|もしくは|또는|или)[*_]{0,3}[,\uff0c]?[:\uff1a]?[*_]{0,3}$/iu;

/** A line across, or one that says where a message ends. */
const endMark = /^[-*_=]{3,}$|^[-=#*]{2,} ?end\b[\w ]{0,30}[-=#*]{2,}$/i;

/** Lines of a message without what the model says of it behind it, and without further messages. */
export function withoutRemarks(message: readonly string[], several: boolean): readonly string[] {
  let lines = withoutBlanks(message);
  const code = inCode(lines);
  // A fence that was never opened.
  if (/^(?:```|~~~)$/.test(lines.at(-1) ?? '') && code.at(-1) === true && opensLast(code))
    lines = lines.slice(0, -1);
  if (endMark.test(lines.at(-1) ?? '')) lines = withoutBlanks(lines.slice(0, -1));
  const cut = lines.findIndex((_line, at) => at > 0 && code[at] !== true && endsMessage(lines, at, several));
  const rest = withoutBlanks(lines.slice(0, endBeforeRemarks(lines, cut < 0 ? lines.length : cut, code)));
  return endMark.test(rest.at(-1) ?? '') ? withoutBlanks(rest.slice(0, -1)) : rest;
}

/** Where the paragraphs begin that are remarks and nothing else, at the end of the first `end` lines. */
function endBeforeRemarks(lines: readonly string[], end: number, code: readonly boolean[]): number {
  let stop = end;
  for (let at = end - 1; at > 0; at -= 1) {
    const begins = lines[at - 1] === '' || at === 1;
    if (lines[at] === '' || !begins) continue;
    if (code[at] === true || !isRemark(lines[at] ?? '')) break;
    stop = at;
  }
  return stop;
}

/** True where the last line is a fence that begins, not one that ends a block. */
function opensLast(code: readonly boolean[]): boolean {
  return code.at(-2) !== true;
}

/** Whether what begins at a line is outside of the message. */
function endsMessage(lines: readonly string[], at: number, several: boolean): boolean {
  const line = lines[at] ?? '';
  if (several && optionAt(line) !== undefined) return true;
  if (lines[at - 1] !== '') return false;
  if (/^[-*_]{3,}$/.test(line)) return isOutside(nextText(lines, at), several);
  if (leadsToAnother.test(line.slice(0, 120)) && at + 1 < lines.length) return true;
  if (!namesRemarks(line)) return false;
  // A body may have parts with such names.
  const isMarked = /^[#*_]/.test(line) && !/^[#*_\s]{1,8}(?:why|notes?|summary of changes)\b/i.test(line);
  return isMarked || /\bwhy this\b/i.test(line) || lines.slice(at, at + 20).some(speaksOfTheForm);
}

function nextText(lines: readonly string[], at: number): string | undefined {
  for (let next = at + 1; next < lines.length; next += 1) if (lines[next] !== '') return lines[next];
  return undefined;
}

/** What stands behind a line across. */
function isOutside(line: string | undefined, several: boolean): boolean {
  if (line === undefined) return true;
  return (
    isRemark(line) ||
    namesRemarks(line) ||
    optionAt(line) !== undefined ||
    presentation(line) !== undefined ||
    (several && plain(line) !== '') ||
    leadsToAnother.test(line.slice(0, 120))
  );
}

function speaksOfTheForm(line: string): boolean {
  return (
    (speaksOfAMessage(line) && /[^\p{ASCII}]/u.test(line)) ||
    /(?:commit|this) message|conventional commit|imperative|subject line|`(?:feat|fix|docs|refactor|chore)\b/i.test(
      line,
    )
  );
}
