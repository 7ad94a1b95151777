import type { Place } from './value-place';
import { isCertain, isGiven, isOption, isPlain, isSpaced } from './value-place';

interface Span {
  readonly start: number;
  readonly end: number;
}

/** Where a value stands, and whether only a value can stand there. */
export interface Value extends Span {
  readonly isCertain: boolean;
}

/** Longer ones in quotes are texts. */
const longestValue = 1_000;

/** What stands between a name and its value. All are tried at one place, and bounded. */
const between: readonly {
  readonly pattern: RegExp;
  readonly quoted: boolean;
  readonly if?: (place: Place) => boolean;
}[] = [
  // password: string = "…", const TOKEN: &'static str = "…", var key string = "…", password: str = "…"
  {
    pattern:
      /[?!]?[ \t]{0,8}:[ \t]{0,8}(?:&(?:'\w{1,20} )?)?(?:mut )?[[\]?*]{0,3}[A-Za-z_][\w<>|?.,[\] *]{0,60}?[ \t]{0,8}:?=[ \t]{0,8}(?=[\w@$&]{0,3}\\?["'`])/y,
    quoted: true,
  },
  { pattern: /[ \t]{1,8}\*{0,2}[A-Za-z_][\w*[\].]{0,40}[ \t]{0,8}:?=[ \t]{0,8}(?=["'`])/y, quoted: true },
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
    if: ({ text, start }) => /[<"':]/.test(text.charAt(start - 1)),
  },
  // <key>ApiToken</key><string>…</string>
  { pattern: /<\/key>\s{0,40}<(?:string|data)>\s{0,20}/y, quoted: false },
  // fill('#password').type('…'), find_element(By.ID, "password").send_keys("…")
  {
    pattern: /["'`\]]{1,3}\)\.(?:send_?keys|fill|type|set_?value|set|val|enter\w{0,10})\((?=["'`])/iy,
    quoted: true,
  },
  // Assignments, pairs, defaults, comparisons; a line break is allowed before a quote.
  {
    pattern:
      /\\?["'`]?\]?\)?[ \t]{0,20}(?::=|=>|={1,3}|!==?|\|\|=?|\?\?=?|\?=|\+=|->|<-|<<<|:-|:{1,2})(?:\s{0,40}\(?\s{0,40}(?=[a-zA-Z@$]{0,2}["'`])|[ \t]{0,20})/y,
    quoted: false,
  },
  // define('DB_PASSWORD', '…'), getenv("TOKEN", "…"), setPassword("…")
  {
    pattern: /\\?["'`][ \t]{0,4},\s{0,20}(?=[a-zA-Z@$]{0,2}\\?["'`])|\((?=[a-zA-Z@$]{0,2}\\?["'`])/y,
    quoted: true,
  },
  // {password, "…"}
  {
    pattern: /,\s{0,20}(?=["'])/y,
    quoted: true,
    if: ({ text, start }) => text.charAt(start - 1) === '{',
  },
  // PASSWORD '…', #define API_KEY "…", IDENTIFIED BY '…'
  {
    pattern: /[ \t]{1,20}(?:by[ \t]{1,4}|to[ \t]{1,4}|is:?[ \t]{1,4}|as[ \t]{1,4})?(?=[NE]?\\?["'])/iy,
    quoted: true,
  },
  // … and password `…`
  {
    pattern: /[ \t]{1,4}(?:is:?[ \t]|ist:?[ \t])?\(?[*_]{0,2}(?=`)/y,
    quoted: true,
    if: ({ reading }) => reading === 'plain',
  },
  // --password …, ENV API_KEY …, login x password …, password is …
  {
    pattern: /[ \t]{1,20}(?=[^\s=:;"'`-])/y,
    quoted: false,
    if: (place) => isOption(place) || isSpaced(place),
  },
  // bindpw …, user admin insecure-password …: a value that ends its line.
  {
    pattern: /[ \t]{1,20}(?=[^\s=:;"'`-]{6,80}[ \t]{0,8}(?:\r?\n|$))/y,
    quoted: false,
    if: ({ reading }) => reading === 'plain',
  },
  {
    pattern: /[ \t](?:is|ist|lautet|est|was):?[ \t](?=\S)/y,
    quoted: false,
    if: ({ reading }) => reading === 'plain',
  },
];

/** A value that stands behind the name from `start` to `end`, without its quotes. Bounded. */
export function valueAfter(place: Place): Value | undefined {
  const { text, end } = place;
  // Nothing that stands between a name and its value begins otherwise.
  if (!/[\s"'`:=?!<>|(,[{\])\\&+-]/.test(text.charAt(end))) return undefined;
  for (const { pattern, quoted, if: applies } of between) {
    pattern.lastIndex = end;
    const operator = pattern.exec(text);
    if (operator === null || applies?.(place) === false) continue;
    const at = end + operator[0].length;
    const value = quotedAt(text, at) ?? (quoted ? undefined : unquotedAt(at, place, operator[0]));
    if (value !== undefined)
      return { ...value, isCertain: isCertain(place) || (operator[0].trim() === '' && isGiven(place)) };
  }
  return undefined;
}

/** What may stand before a quote: b"…", N'…', @"…", String::from("…"). */
const opening =
  /(?:(?:\[\]byte|[\w.]{0,20}(?:fromhex|b64decode|unhexlify|getbytes|decodebase64)|String::from|new String|new Secret|Some|SecretStr|SecureString|Secret|string|str|Buffer\.from|\$?[A-Za-z]{0,2}|[&@$]{1,2})\(?)?(\\?["'`]{1,3})/iy;

function quotedAt(text: string, at: number): Span | undefined {
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

/** Longer ones are data. */
const longestUnquoted = 300;
const unquoted = /[^\s"'`<>]{1,300}/y;

function unquotedAt(at: number, place: Place, operator: string): Span | undefined {
  const { text } = place;
  // Elements have texts in any language.
  const inElement = operator.includes('>') && !/[=-]>/.test(operator);
  if (!inElement && !isPlain(place)) return undefined;
  const scheme = /(?:Basic|Bearer|Token|ApiKey|SSWS|GenieKey|Bot|Splunk|OAuth|Digest|JWT)[ \t]{1,4}\S/iy;
  scheme.lastIndex = at;
  const skipped = (scheme.exec(text)?.[0].length ?? 1) - 1;
  unquoted.lastIndex = at + skipped;
  const [whole = ''] = unquoted.exec(text) ?? [];
  if (whole.length === longestUnquoted) return undefined;
  const value = withoutRest(whole, place);
  if (value === '' || /^[A-Za-z_][\w.]*\(/.test(value)) return undefined;
  const start = at + skipped;
  if (inElement && !/^\s{0,40}(?:<|\]\]>)/.test(text.slice(start + value.length, start + value.length + 50)))
    return undefined;
  return skipped > 0 ? { start: at, end: start + value.length } : { start, end: start + value.length };
}

/** Without what comes behind a value: the next parameter, the end of a statement or of a list. */
function withoutRest(whole: string, place: Place): string {
  const value = isCertain(place) ? whole.split(/[;&]/, 1).join('') : whole;
  const open = /[{[(]/.test(value) || place.text.charAt(place.start - 1) === '{';
  const end = value.search(open ? /[,;)}\]]/ : /[,;]+$|[)}\]]+[,;]*$/);
  return end < 0 ? value : value.slice(0, end);
}
