import { isCredible, isPlaceholder, isRandom } from './credible-value';
import type { FoundSecret } from './secret-kind';
import { vendorKeys, vendorShapes } from './vendor-keys';
import { isMonotonous } from './words-in-value';

/** Of what is judged of a key: long ones are not read whole again and again. */
const judged = 300;

/** Keys that are known by their shape, wherever they stand. */
export function vendorSecrets(text: string): readonly FoundSecret[] {
  const begun = vendorKeys.flatMap(({ of, prefixes, body, vague }) =>
    prefixes.flatMap((prefix) => begunBy(text, prefix, body, of, vague === true)),
  );
  const shaped = vendorShapes.flatMap(({ of, pattern }) =>
    [...text.matchAll(pattern)].flatMap(({ index, 0: key }) =>
      isPlaceholderKey(key)
        ? []
        : [{ kind: 'vendor-key' as const, vendor: of, start: index, end: index + key.length }],
    ),
  );
  return [...begun, ...shaped];
}

function begunBy(
  text: string,
  prefix: string,
  body: RegExp,
  vendor: string,
  vague: boolean,
): readonly FoundSecret[] {
  const found: FoundSecret[] = [];
  for (let start = text.indexOf(prefix); start >= 0;) {
    let end = start + prefix.length;
    body.lastIndex = end;
    const rest = isBeginning(text, start) ? body.exec(text)?.[0] : undefined;
    if (rest !== undefined) {
      end += rest.length;
      const part = rest.slice(0, judged);
      if (vague ? isRandom(part) && !isPlaceholder(part) : !isPlaceholderKey(part))
        found.push({ kind: 'vendor-key', vendor, start, end });
    }
    start = text.indexOf(prefix, end);
  }
  return found;
}

/** Whether no letter or digit is before; "\n" in a string of code is none. */
function isBeginning(text: string, start: number): boolean {
  if (!/[A-Za-z0-9]/.test(text.charAt(start))) return true;
  return !/[A-Za-z0-9]/.test(text.charAt(start - 1)) || text.charAt(start - 2) === '\\';
}

/** Four letters of these stand in one of some thousand long keys by chance. */
const shortWords = /your|xxxx|insert|dummy|fake/gi;
/** Longer than what is written around such words. */
const longKey = 48;

/** "AKIAIOSFODNN7EXAMPLE", "ghp_xxxxxxxx": documented as no key. */
function isPlaceholderKey(key: string): boolean {
  if (isMonotonous(key) || /example|placeholder|redacted|changeme|\*{3}|\.{3}/i.test(key)) return true;
  const rest = key.replaceAll(shortWords, '');
  return rest.length < key.length && !(rest.length >= longKey && isRandom(rest));
}

/** JSON Web Tokens. The first part is taken whole, so that nothing is read more than three times. */
export function signedTokens(text: string): readonly FoundSecret[] {
  const rest = /\.[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}/y;
  return [...text.matchAll(/(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{10,}/g)].flatMap(({ index, 0: head }) => {
    rest.lastIndex = index + head.length;
    const [tail] = rest.exec(text) ?? [];
    if (tail === undefined || isPlaceholderKey(head + tail.slice(0, judged))) return [];
    return [{ kind: 'signed-token', start: index, end: rest.lastIndex }];
  });
}

const privateKeyBegin =
  /-----BEGIN (?:[A-Z0-9]{1,12} ){0,3}PRIVATE KEY(?: BLOCK)?-----|-----BEGIN OpenVPN Static key V1-----|PuTTY-User-Key-File-[0-9]:|"kty"[^{}]{0,600}?"d"[ \t]*:[ \t]*"(?=[\w-]{20})|"d"[ \t]*:[ \t]*"[\w-]{20,500}"[^{}]{0,600}?"kty"/g;
/** Headers, line ends and quotes of code between the first line and the key. */
const betweenLines = /(?:\s|\\[nrt]|["'`+,>|;]|[A-Za-z-]{4,20}: [^\n]{0,80}\n){0,40}/y;

/** Private keys: the first line and the beginning of a key, or the end of the text. The line alone is named in code. */
export function privateKeys(text: string): readonly FoundSecret[] {
  return [...text.matchAll(privateKeyBegin)].flatMap(({ index, 0: line }) => {
    const end = index + line.length;
    if (line.startsWith('-----')) {
      betweenLines.lastIndex = end;
      const [skipped = ''] = betweenLines.exec(text) ?? [];
      const body =
        /^[A-Za-z0-9+/=]*/.exec(text.slice(end + skipped.length, end + skipped.length + 40))?.[0] ?? '';
      const atEnd = end + skipped.length + body.length === text.length && !/["'`]/.test(skipped);
      if (!atEnd && (body.length < 16 || isPlaceholderKey(body))) return [];
    }
    return [{ kind: 'private-key', start: index, end }];
  });
}

/** scheme://user:password@host. Each part is bounded, and followed by what it can't take. */
const address =
  /(?<![a-z0-9+.-])[a-z][a-z0-9+.-]{1,20}:\/\/([^\s:@/"'`<>]{0,80}):([^\s@"'`<>]{3,200})@([\w.-]{1,100})/gi;
const exampleHost = /(?:^|\.)(?:example(?:\.(?:com|org|net))?|test|invalid)$/i;

/** Passwords in addresses. */
export function addressSecrets(text: string): readonly FoundSecret[] {
  return [...text.matchAll(address)].flatMap((match) => {
    const [whole, user = '', password = '', host = ''] = match;
    const decoded = password.replaceAll(/%[0-9a-f]{2}/gi, '!');
    if (password === user || exampleHost.test(host) || /^\/|[\\{}]/.test(decoded)) return [];
    if (!isCredible(decoded, 'password', true)) return [];
    return [{ kind: 'address', start: match.index, end: match.index + whole.length - host.length }];
  });
}

/** Addresses that take messages from whoever knows them: ".../hooks/…", a part of which is random. */
export function hookAddresses(text: string): readonly FoundSecret[] {
  const hook =
    /https?:\/\/[^\s"'`<>/]{3,100}(?:\/[^\s"'`<>/]{1,60}){0,5}\/(?:web)?hooks?(?:\/[^\s"'`<>/]{1,60}){0,4}\/([A-Za-z0-9_-]{16,200})/gi;
  return [...text.matchAll(hook)].flatMap(({ index, 0: whole, 1: last = '' }) =>
    isRandom(last) && !isPlaceholder(last)
      ? [{ kind: 'key' as const, start: index + whole.length - last.length, end: index + whole.length }]
      : [],
  );
}

/** Prefixes of keys that are made to be seen, and of names of things (a customer, an answer, a file). */
const publicPrefix =
  /^(?:pk|pub|phc|public|publishable|anon|client|acct|cus|price|prod|sub|evt|req|resp|msg|run|call|toolu|srvtoolu|chatcmpl|file|asst|thread|step|vs|batch|ft|in|ii|il|pi|pm|seti|cs|ch|py|txn|po|tr|card|src|tok|org|user|sess|inst|proj|team|app|rs|fc|ws|gen|trace|span|node|chunk|css|sha|hash|md5|commit|build|deploy|dpl|img|video|doc|page|event|id|uuid|ref|key|test|v)_/;

export function isPublic(key: string): boolean {
  return publicPrefix.test(key);
}

/** rnd_…, syt_…: so vendors write their keys nowadays, a short word and many random letters and digits. */
export function prefixedKeys(text: string): readonly FoundSecret[] {
  const prefixed =
    /(?<![\w/+.-])[a-z][a-z0-9]{1,9}(?:_[a-z0-9]{2,6}){0,2}_([A-Za-z0-9]{30,200})(?![\w+/=-])/g;
  return [...text.matchAll(prefixed)].flatMap(({ index, 0: whole, 1: body = '' }) => {
    // Ids have the time they were made at before what is random.
    const isKey =
      !body.startsWith('01') &&
      /[0-9]/.test(body) &&
      /[a-z]/.test(body) &&
      /[A-Z]/.test(body) &&
      isRandom(body) &&
      !isPlaceholder(body);
    return isKey && !isPublic(whole)
      ? [{ kind: 'key' as const, start: index, end: index + whole.length }]
      : [];
  });
}
