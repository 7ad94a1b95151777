import { isCredible } from './credible-value';
import { loginIn } from './logins';
import { promisedBy } from './secret-name';
import type { FoundSecret } from './secret-kind';

/** How the text around a name is read: in code, a value that has no quotes is another name or an expression. */
export type Reading = 'code' | 'plain';

/** Parts of names that promise something; `promisedBy` looks at the whole name. */
const anchor =
  /pass|pwd|pswd|psw|\bpw\b|secret|token|key|credential|auth|bearer|kennwort|contrase|senha|mdp|\bpat\b|psk|jwt|sig|salt|pepper|cookie|session|webhook|dsn/gi;
/** Longer names are data. */
const longestName = 60;
const longestValue = 1_000;
const nameCharacter = /[\w$.\u00c0-\u024f-]/;

/** What stands between a name and its value. All are tried at one place, and bounded. */
const between: readonly {
  readonly pattern: RegExp;
  readonly quoted: boolean;
  readonly if?: (place: Place) => boolean;
}[] = [
  // password: string = "…", const TOKEN: &'static str = "…", var key string = "…", password: str = "…"
  {
    pattern:
      /(?:[?!]?[ \t]{0,8}:|[ \t]{1,8})[ \t]{0,8}(?:&(?:'\w{1,20} )?)?(?:mut )?[A-Za-z_][\w<>|?.,[\] *]{0,60}?[ \t]{0,8}:?=[ \t]{0,8}(?=[\w@$&]{0,3}\\?["'`])/y,
    quoted: true,
  },
  // C#: string Password { get; set; } = "…"; C: char password[] = "…"
  { pattern: /[ \t]{0,8}\{[ \t]*get;[^{}\n]{0,40}\}[ \t]{0,8}=[ \t]{0,8}/y, quoted: true },
  { pattern: /\[\w{0,8}\][ \t]{0,8}=[ \t]{0,8}|[ \t]{0,4}\{[ \t]{0,4}(?=")/y, quoted: true },
  // name: DB_PASSWORD⏎ value: …; {"name": "API_KEY", "value": "…"}; key="apiKey" value="…"; <string name="api_key">…</string>
  {
    pattern:
      /\\?["'`]?[ \t]{0,8}[,;]?\s{1,60}(?:- )?\\?["'`]?(?:value|Value|val|content|default|defaultValue)\\?["'`]?[ \t]{0,8}(?:[:=]|=>)[ \t]{0,8}/y,
    quoted: false,
  },
  // variable "db_password" { default = "…" }
  { pattern: /"[ \t]{0,4}\{[^{}]{0,200}?\bdefault[ \t]{0,20}=[ \t]{0,8}/y, quoted: true },
  // <password>…</password>, <entry key="password">…</entry>
  {
    pattern: /["']?(?:[ \t][^<>\n]{0,80})?>\s{0,40}(?:<!\[CDATA\[)?/y,
    quoted: false,
    if: ({ before }) => /[<"':]/.test(before),
  },
  // Assignments, pairs, defaults, comparisons; a line break is allowed before a quote.
  {
    pattern:
      /\\?["'`]?\]?\)?[ \t]{0,20}(?::=|=>|={1,3}|!==?|\|\|=?|\?\?=?|\?=|\+=|->|<-|:-|:{1,2}|\bor\b)(?:\s{0,40}\(?\s{0,40}(?=[a-zA-Z@$]{0,2}["'`])|[ \t]{0,20})/y,
    quoted: false,
  },
  // define('DB_PASSWORD', '…'), getenv("TOKEN", "…"), setPassword("…")
  {
    pattern: /\\?["'`][ \t]{0,4},\s{0,20}(?=[a-zA-Z@$]{0,2}\\?["'`])|\((?=[a-zA-Z@$]{0,2}\\?["'`])/y,
    quoted: true,
  },
  // PASSWORD '…', #define API_KEY "…", IDENTIFIED BY '…'
  {
    pattern: /[ \t]{1,20}(?:by[ \t]{1,4}|to[ \t]{1,4}|is:?[ \t]{1,4}|as[ \t]{1,4})?(?=[NE]?\\?["'`])/iy,
    quoted: true,
  },
  // --password …, ENV API_KEY …, login x password …, password is …
  {
    pattern: /[ \t]{1,20}(?=[^\s=:;"'`-])/y,
    quoted: false,
    if: ({ isOption, spaced }) => isOption || spaced,
  },
  {
    pattern: /[ \t](?:is|ist|lautet|est|was):?[ \t](?=\S)/y,
    quoted: false,
    if: ({ reading }) => reading === 'plain',
  },
];

/** Lines in which a blank is between a name and its value. */
const spacedLine =
  /^[ \t>+-]{0,20}(?:ENV|ARG|setx?|SetEnv|fastcgi_param|proxy_set_header|machine|default|login|password|account|requirepass|masterauth|git config|heroku config:set|fly secrets set|export -?x?)\b/i;

/** Names beside which a password has no quotes: connection strings. */
const connection =
  /(?:server|data source|host(?:name|addr)?|endpoint|accountname|user ?id|user(?:name)?|uid|protocol|catalog|database|dbname|driver|address)[ \t]?=/i;

/** What is known of a place where a name ends. */
interface Place {
  readonly reading: Reading;
  /** The character before the name. */
  readonly before: string;
  /** "--password". */
  readonly isOption: boolean;
  readonly spaced: boolean;
  /** Only a value can stand here: a connection string, the query of an address, an option. */
  readonly certain: boolean;
}

/** Secrets that a name beside them gives away: assignments of all languages and formats. Linear in the text. */
export function namedSecrets(text: string, reading: Reading): readonly FoundSecret[] {
  const found: FoundSecret[] = [];
  const anchors = new RegExp(anchor);
  let read = 0;
  for (let match = anchors.exec(text); match !== null; match = anchors.exec(text)) {
    const { start, end } = nameAround(text, match.index, read);
    read = end;
    anchors.lastIndex = Math.max(end, anchors.lastIndex);
    if (end - start > longestName) continue;
    const name = text.slice(start, end);
    const promised = promisedBy(name);
    if (promised === undefined) continue;
    const value = valueAfter(text, end, placeOf(text, start, reading, name));
    if (value === undefined) continue;
    const { certain } = value;
    const login = /auth(?:orization)?$/i.test(name) ? loginIn(text, value.start, value.end) : undefined;
    if (login !== undefined) found.push(login);
    else if (isCredible(text.slice(value.start, value.end), promised, certain))
      found.push({ kind: promised, start: value.start, end: value.end });
  }
  return found;
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

function placeOf(text: string, start: number, reading: Reading, name: string): Place {
  const before = text.charAt(start - 1);
  const back = text.slice(Math.max(0, start - 200), start);
  const line = back.slice(back.lastIndexOf('\n') + 1);
  const ahead = text.slice(start, start + 200);
  const isOption = before === '-' && /(?:^|[\s"'[(,])--?$/.test(line.slice(-4));
  const inAddress = /[?&]/.test(before) && /^[\w.-]+=/.test(ahead);
  const inConnection =
    /^[\w ]+[ \t]?=/.test(ahead) &&
    (connection.test(line) || connection.test(ahead.split('\n', 1).join('').slice(name.length)));
  const inString = /["'`]/.test(before) && /^[\w.-]{1,60}(?:=[^\s=>"'`]|: ?[^\s"'`,])/.test(ahead);
  const inComment = /(?:^|\s)(?:\/\/|#|\*|--|<!--)[ \t]/.test(line);
  const plain = reading === 'plain' || inComment || inAddress || inConnection || inString || isOption;
  return {
    reading: plain ? 'plain' : 'code',
    before,
    isOption,
    spaced: spacedLine.test(line + ahead.slice(0, 10)),
    certain: inAddress || inConnection || isOption,
  };
}

/** A value that stands behind a name, without its quotes. */
function valueAfter(
  text: string,
  end: number,
  place: Place,
): { readonly start: number; readonly end: number; readonly certain: boolean } | undefined {
  for (const { pattern, quoted, if: applies } of between) {
    if (applies?.(place) === false) continue;
    pattern.lastIndex = end;
    const operator = pattern.exec(text);
    if (operator === null) continue;
    const at = end + operator[0].length;
    const value = quotedAt(text, at) ?? (quoted ? undefined : unquotedAt(text, at, place, operator[0]));
    if (value !== undefined) return { ...value, certain: place.certain || place.spaced };
  }
  return undefined;
}

/** What may stand before a quote: b"…", N'…', @"…", String::from("…"). */
const opening =
  /(?:(?:String::from|new String|new Secret|Some|SecretStr|SecureString|Secret|string|str|Buffer\.from|\$?[A-Za-z]{0,2}|[&@$]{1,2})\(?)?(\\?["'`]{1,3})/y;

function quotedAt(text: string, at: number): { readonly start: number; readonly end: number } | undefined {
  opening.lastIndex = at;
  const match = opening.exec(text);
  const quote = match?.[1];
  if (match === null || quote === undefined) return undefined;
  const start = at + match[0].length;
  const part = text.slice(start, start + longestValue);
  const close = part.indexOf(quote);
  const lineEnd = part.indexOf('\n');
  if (close < 0 || (lineEnd >= 0 && lineEnd < close)) return undefined;
  return { start, end: start + close };
}

const unquoted = /[^\s"'`<>]{1,300}/y;

function unquotedAt(
  text: string,
  at: number,
  { reading, certain, before }: Place,
  operator: string,
): { readonly start: number; readonly end: number } | undefined {
  // Elements have texts in any language.
  const inElement = operator.includes('>') && !/[=-]>/.test(operator);
  if (reading === 'code' && !inElement) return undefined;
  const scheme = /(?:Basic|Bearer|Token|ApiKey|SSWS|GenieKey|Bot|Splunk|OAuth|Digest|JWT)[ \t]{1,4}\S/iy;
  scheme.lastIndex = at;
  const skipped = (scheme.exec(text)?.[0].length ?? 1) - 1;
  unquoted.lastIndex = at + skipped;
  const [whole = ''] = unquoted.exec(text) ?? [];
  const value = withoutRest(whole, certain, before);
  if (value === '' || /^[A-Za-z_][\w.]*\(/.test(value)) return undefined;
  const start = at + skipped;
  return skipped > 0 ? { start: at, end: start + value.length } : { start, end: start + value.length };
}

/** Without what comes behind a value: the next parameter, the end of a statement or of a list. */
function withoutRest(whole: string, certain: boolean, before: string): string {
  const value = certain ? whole.split(/[;&]/, 1).join('') : whole;
  const open = /[{[(]/.test(value) || before === '{';
  const end = value.search(open ? /[,;)}\]]/ : /[,;]+$|[)}\]]+[,;]*$/);
  return end < 0 ? value : value.slice(0, end);
}
