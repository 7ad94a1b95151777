import type { Promised } from './credible-value';
import { isCredible } from './credible-value';
import { loginIn } from './logins';
import { promisedBy } from './secret-name';
import type { FoundSecret } from './secret-kind';
import { valueAfter } from './value-after-name';
import type { Reading } from './value-place';

/** Parts of names that promise something; `promisedBy` looks at the whole name. */
const anchor =
  /pass|pwd|pswd|psw|secret|token|key|credential|auth|bearer|kennwort|contrase|senha|mdp|\bpat\b|psk|jwt|sig|salt|pepper|cookie|session|webhook|dsn|identified|securestring|pw\b/gi;
/** Longer names are data. */
const longestName = 60;
const nameCharacter = /[\w$.\u00c0-\u024f-]/;

/** Names whose values end at the same place are looked at so often: "a=b=c=…" would be read again for each. */
const mostWithOneEnd = 3;

/** Secrets that a name beside them gives away: assignments of all languages and formats. Linear in the text. */
export function namedSecrets(text: string, reading: Reading): readonly FoundSecret[] {
  const found: FoundSecret[] = [];
  const promises = new Map<string, Promised | undefined>();
  const promiseOf = (name: string): Promised | undefined => {
    if (!promises.has(name)) promises.set(name, promisedBy(name));
    return promises.get(name);
  };
  const anchors = new RegExp(anchor);
  let read = 0;
  let lastEnd = -1;
  let withLastEnd = 0;
  for (let match = anchors.exec(text); match !== null; match = anchors.exec(text)) {
    const { start, end } = nameAround(text, match.index, read);
    read = end;
    anchors.lastIndex = Math.max(end, anchors.lastIndex);
    const promised = end - start > longestName ? undefined : promiseOf(nameAt(text, start, end));
    if (promised === undefined) continue;
    const value = valueAfter({ text, start, end, reading });
    if (value === undefined) continue;
    withLastEnd = value.end === lastEnd ? withLastEnd + 1 : 1;
    lastEnd = value.end;
    if (withLastEnd > mostWithOneEnd) continue;
    const isHeader = /auth(?:orization)?$/i.test(text.slice(start, end));
    const login = isHeader ? loginIn(text, value.start, value.end) : undefined;
    if (login !== undefined) found.push(login);
    else if (isCredible(text.slice(value.start, value.end), promised, value.isCertain))
      found.push({ kind: promised, start: value.start, end: value.end });
  }
  return found;
}

/** "?key=…" of an address is a key; "key" elsewhere is any. */
function nameAt(text: string, start: number, end: number): string {
  const name = text.slice(start, end);
  // The pictures of READMEs have tokens that open nothing else.
  if (/badge[^\s()"']{0,20}$/i.test(text.slice(Math.max(0, start - 30), start))) return '';
  const isParameter = /[?&]/.test(text.charAt(start - 1)) && text.charAt(end) === '=';
  return isParameter && /^key$/i.test(name) ? 'api_key' : name;
}

/** The name that a part of it stands in; not before `from`. A long one is not followed to its ends. */
function nameAround(
  text: string,
  at: number,
  from: number,
): { readonly start: number; readonly end: number } {
  let start = at;
  while (start > from && at - start <= longestName && nameCharacter.test(text.charAt(start - 1))) start -= 1;
  let end = at;
  while (end < text.length && end - at <= longestName && nameCharacter.test(text.charAt(end))) end += 1;
  // A sentence, or a dash before a value.
  while (end > at && /[.-]/.test(text.charAt(end - 1))) end -= 1;
  while (start < at && /[.-]/.test(text.charAt(start))) start += 1;
  return { start, end };
}
