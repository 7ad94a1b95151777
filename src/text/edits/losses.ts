import { hasBraces } from './code-languages';
import type { Doubt } from './doubt';
import type { PlaceLines } from './edit-place';
import { indentOf, isBlank } from './edit-place';
import { isVersionOf, knownLine } from './likeness';

/** Bodies that stand for the code that was there. */
const stub =
  /^(?:pass|\.\.\.|(?:todo|unimplemented)!\(.*|raise NotImplementedError.*|throw new \w*(?:NotImplemented|NotSupported|UnsupportedOperation)\w*\(.*|throw new \w*Error\(["'`](?:not (?:yet )?implemented|todo).*|panic\("(?:not implemented|todo|unimplemented).*|(?:\/\/|#) ?TODO.*)/i;

/** Code of so many lines less than a third of which come back was cut, or is an excerpt. */
const longCode = 10;

/** What is gone that nobody asked to go, as far as the code itself tells it. */
export function lossesOf(code: readonly string[], place: PlaceLines, languageId: string): readonly Doubt[] {
  const { original } = place;
  const [own, there] = [code, original].map((lines) => lines.filter((line) => !isBlank(line))) as [
    string[],
    string[],
  ];
  if (there.length === 0 || own.length === 0) return [];
  const isLost =
    dropsForStub(own, there) ||
    (there.length >= longCode && own.length * 3 < there.length) ||
    isExcerpt(own, there) ||
    isBodyAlone(own, there);
  return [
    ...(isLost ? (['lost'] as const) : []),
    ...(isUnbalanced(code, place, languageId) ? (['unbalanced'] as const) : []),
  ];
}

function dropsForStub(own: readonly string[], there: readonly string[]): boolean {
  const [now, known] = [own, there].map((lines) => new Set(lines.map((line) => line.trim()))) as [
    Set<string>,
    Set<string>,
  ];
  const gone = there.filter((line) => !now.has(line.trim())).length;
  const stubs = own.filter((line) => !known.has(line.trim()) && stub.test(line.trim().slice(0, 200)));
  return stubs.length > 0 && gone > stubs.length && own.length < there.length + stubs.length;
}

/** Lines from the middle: neither the first nor the last line is there, nor most of the others. */
function isExcerpt(own: readonly string[], there: readonly string[]): boolean {
  if (there.length < 3 || own.length * 2 >= there.length) return false;
  const [first = '', last = ''] = [there[0], there.at(-1)];
  const lines = own.map(knownLine);
  const isThere = (line: string): boolean => {
    const wanted = knownLine(line);
    return lines.some((each) => isVersionOf(each, wanted));
  };
  const known = new Set(there.map((line) => line.trim()));
  return !isThere(first) && !isThere(last) && own.some((line) => known.has(line.trim()));
}

/** The first line opened a block, and the code begins within it. */
function isBodyAlone([first = '']: readonly string[], [firstThere = '']: readonly string[]): boolean {
  return /[:{]$/.test(firstThere.trimEnd().slice(-2)) && indentOf(first).length > indentOf(firstThere).length;
}

function isUnbalanced(
  code: readonly string[],
  { before, original, after }: PlaceLines,
  languageId: string,
): boolean {
  if (!hasBraces(languageId)) return false;
  const more = openBraces(code) - openBraces(original);
  if (more === 0) return false;
  const was = openBraces(before) + openBraces(original) + openBraces(after);
  return Math.abs(was + more) > Math.abs(was);
}

/** How many braces some lines leave open, strings and comments of one line aside; below 0: they close more. */
export function openBraces(lines: readonly string[]): number {
  return lines.reduce((open, line) => open + openInLine(line), 0);
}

function openInLine(line: string): number {
  let open = 0;
  let quote = '';
  for (let at = 0; at < line.length; at += 1) {
    const sign = line.charAt(at);
    if (sign === '\\') at += 1;
    else if (quote !== '') quote = sign === quote ? '' : quote;
    else if (sign === '"' || sign === "'" || sign === '`') quote = sign;
    else if (sign === '/' && line.charAt(at + 1) === '/') return open;
    else if (sign === '{') open += 1;
    else if (sign === '}') open -= 1;
  }
  return open;
}
