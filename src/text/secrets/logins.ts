import { isCredible, isPlaceholder, isRandom } from './credible-value';
import type { FoundSecret } from './secret-kind';
import { isPublic } from './shapes';

/** Schemes of the header `Authorization`, and what stands behind one. Bounded. */
const schemeThenValue =
  /(Basic|Bearer|Token|ApiKey|SSWS|GenieKey|Bot|Splunk|OAuth|JWT)[ \t]{1,4}([A-Za-z0-9._~+/=%:|-]{8,2000})/gi;

/** Headers of requests, wherever they are written: "Bearer …", "Basic …". */
export function headerLogins(text: string): readonly FoundSecret[] {
  return [
    ...text.matchAll(/(?<![A-Za-z0-9_-])(?:Basic|Bearer)[ \t]{1,4}[A-Za-z0-9._~+/=-]{8,2000}/g),
  ].flatMap(({ index, 0: whole }) => loginIn(text, index, index + whole.length) ?? []);
}

/** What a value of `Authorization` gives away, if anything. */
export function loginIn(text: string, start: number, end: number): FoundSecret | undefined {
  const [match] = text.slice(start, end).matchAll(schemeThenValue);
  const [, scheme = '', value = ''] = match ?? [];
  if (match === undefined) return undefined;
  const credible =
    scheme.toLowerCase() === 'basic' ? isUserAndPassword(value) : isRandom(value) && !isPlaceholder(value);
  const from = start + match.index + match[0].length - value.length;
  return credible ? { kind: 'login', start: from, end: from + value.length } : undefined;
}

/** "dXNlcjpwYXNz" is "user:pass" in base64. */
function isUserAndPassword(value: string): boolean {
  if (!/^[A-Za-z0-9+/_-]+={0,2}$/.test(value)) return false;
  const text = Buffer.from(value, 'base64').toString('latin1');
  if (!/^[\x20-\x7e]+$/.test(text)) return false;
  const colon = text.indexOf(':');
  if (colon < 0) return false;
  const [user, password] = [text.slice(0, colon), text.slice(colon + 1)];
  return [user, password].some((part) => part.length >= 4 && isCredible(part, 'password', true));
}

/**
 * Options that take "user:password" or a password, with the programs that have them so. What is between the program and
 * the option is bounded.
 */
const commands: readonly { readonly program: RegExp; readonly option: RegExp; readonly user: boolean }[] = [
  {
    program: /\b(?:curl|wget|http|https|xh|httpie)\b/g,
    option:
      /[ \t](?:-[a-zA-Z]{0,6}u|--user|--proxy-user|-U|-a|--auth)[ =]?["']?([^\s"':]{0,80}:[^\s"']{3,200})/g,
    user: true,
  },
  {
    program: /\b(?:mysql|mysqldump|mysqladmin|mariadb|mariadb-dump|sshpass|7z|7za|zip|unzip)\b/g,
    option: /[ \t]-[pP][ ]?["']?([^\s"']{4,200})/g,
    user: false,
  },
  {
    program:
      /\b(?:docker|podman|helm|oras|az|oc|nerdctl|buildah|skopeo|mongo|mongosh|mongodump|mongorestore|sqlcmd|bcp|keytool|htpasswd|twine)\b/g,
    option: /[ \t]-(?:p|P)[ ]["']?([^\s"']{4,200})/g,
    user: false,
  },
  { program: /\bssh-keygen\b/g, option: /[ \t]-[NP][ ]?["']?([^\s"']{4,200})/g, user: false },
  {
    program: /\b(?:redis-cli|ldapsearch|ldapadd|ldapmodify)\b/g,
    option: /[ \t]-[aw][ ]["']?([^\s"']{4,200})/g,
    user: false,
  },
  {
    program: /\b(?:smbclient|mount\.cifs|rpcclient|winexe)\b/g,
    option: /[ \t]-U[ ]?["']?([^\s"'%]{1,80}%[^\s"']{4,200})/g,
    user: true,
  },
  {
    program: /\bopenssl\b/g,
    option: /[ \t]-(?:passin|passout|pass|k)[ ](?:pass:)?["']?([^\s"']{4,200})/g,
    user: false,
  },
  {
    program: /\b(?:xfreerdp|wfreerdp|cmdkey|rdesktop|psexec|wmic|schtasks)\b/gi,
    option: /[ \t][-/](?:p|pass|password)[: ]["']?([^\s"']{4,200})/gi,
    user: false,
  },
  {
    program: /\b(?:vault|wandb|ngrok|cachix|snyk|infracost|railway)\b/g,
    option: /[ \t](?:login|auth|authtoken|add-authtoken|set-token)[ \t]["']?([A-Za-z0-9_.-]{16,200})/g,
    user: false,
  },
];
/** Of one command, with its continued lines. */
const longestCommand = 600;

/** Passwords and tokens on command lines. */
export function commandLogins(text: string): readonly FoundSecret[] {
  return commands.flatMap(({ program, option, user }) => {
    const found: FoundSecret[] = [];
    let from = 0;
    for (const { index } of text.matchAll(program)) {
      if (index < from) continue;
      const command = text
        .slice(index, index + longestCommand)
        .split(/(?<!\\)\r?\n|&&|;|\|/, 1)
        .join('');
      from = index + command.length;
      for (const match of command.matchAll(option)) {
        const [whole, value = ''] = match;
        const start = index + match.index + whole.length - value.length;
        const secret = user ? value.slice(value.search(/[:%]/) + 1) : value;
        if (isCredible(secret, 'password', true))
          found.push({ kind: 'login', start, end: start + value.length });
      }
    }
    return found;
  });
}

/**
 * A user with a password in quotes: auth=("admin", "…"), user = "jane:…", "app:…@tcp(db:3306)/app", "jane:…@db:5432/app".
 * Bounded.
 */
const pairs: readonly RegExp[] = [
  /auth\w{0,10}["']?[ \t]{0,4}[:=(][ \t]{0,4}[([]?["'][^"'\n]{1,80}["'],[ \t]{0,4}["']([^\s"']{4,200})["']/gi,
  /\b(?:user|userpwd|login|auth|basic_?auth|credentials)["']?[ \t]{0,4}(?:[:=]|=>)[ \t]{0,4}["'][^\s"':/@]{1,60}:([^\s"'/]{4,100})["']/gi,
  // "…" | ConvertTo-SecureString
  /["']([^\s"']{4,200})["'][ \t]{0,4}\|[ \t]{0,4}ConvertTo-SecureString/gi,
  // echo "…" | sudo -S
  /\b(?:echo|printf)[ \t]{1,4}(?:-\w{1,3}[ \t]{1,4})?["']?([^\s"'|]{4,200})["']?[ \t]{0,4}\|[ \t]{0,4}(?=sudo[ \t]+-S|chpasswd|passwd[ \t]|[^|\n]{0,100}(?:--password-stdin|--with-token|--passphrase-fd))/g,
  /["'`][^\s"'`:@/=]{1,60}:(?!\/\/)([^\s"'`@]{3,100})@(?=(?:tcp|udp|unix)?\(|[\w.-]{1,100}:[0-9]{2,5}[/"'`])/g,
];

/** Logins that are written as a pair. */
export function pairedLogins(text: string): readonly FoundSecret[] {
  return pairs.flatMap((pattern) =>
    [...text.matchAll(pattern)].flatMap((match) => {
      const [whole, password = ''] = match;
      if (!isCredible(password, 'password', true)) return [];
      return [{ kind: 'login' as const, start: match.index, end: match.index + whole.length }];
    }),
  );
}

/** new Client("…"), connect('app', '…'): what opens something, given something random in quotes. */
const opener =
  /\b\w{0,40}(?:(?:client|sdk|login|connect|authenticate|configure|getbytes|from_?key|fromsecretkey|keyspec|signingkey|securitykey)\w{0,20}(?:::\w{1,20})?|search)\((?:&?hex!\(|(?:\w{1,20}\.){1,3}getbytes\()?(?:[\w.]{0,40}|["'][^"'\n()]{0,40}["']),?[ \t]{0,4}["']([A-Za-z0-9_-]{24,200})["']/gi;

/** Keys that are handed to a client without a name. */
export function handedKeys(text: string): readonly FoundSecret[] {
  return [...text.matchAll(opener)].flatMap((match) => {
    const [whole, value = ''] = match;
    if (!isRandom(value) || isPlaceholder(value) || isPublic(value)) return [];
    const end = match.index + whole.length - 1;
    return [{ kind: 'key' as const, start: end - value.length, end }];
  });
}

/** getConnection(url, "root", "…"), jwt.sign(payload, "…"): a text behind others that has what names of things don't. */
const given =
  /\b(?:\w{0,40}(?:credential|connection|connect|login|sign|hmac)\w{0,20}|jwt\.(?:en|de)code|jwt\.verify)\((?:(?:["'][^"'\n]{0,80}["']|[\w.$]{1,40}),[ \t]{0,4}){1,3}["']([^\s"']{8,200})["']/gi;

/** Passwords that are handed over without a name. */
export function handedPasswords(text: string): readonly FoundSecret[] {
  return [...text.matchAll(given)].flatMap((match) => {
    const [whole, value = ''] = match;
    const isMixed = /[a-z]/.test(value) && /[A-Z]/.test(value) && /[0-9]/.test(value);
    if (!isMixed || !isCredible(value, 'password') || isPublic(value)) return [];
    const end = match.index + whole.length - 1;
    return [{ kind: 'password' as const, start: end - value.length, end }];
  });
}
