import { isCredible, isRandom } from './credible-value';
import type { FoundSecret } from './secret-kind';
import { promisedBy } from './secret-name';

/** Lines whose form says where a password stands. Each quantifier is bounded. */
const lines: readonly RegExp[] = [
  // .pgpass: host:port:database:user:password
  /^[+ ]?[\w.*-]{1,80}:(?:[0-9]{2,5}|\*):[\w*-]{1,60}:[\w*.@-]{1,60}:([^\s:]{4,200})[ \t\r]{0,4}$/gm,
  // Routers: username … password 0 …, enable secret …, snmp-server community … RW
  /^[+ ]{0,8}(?:username[ \t]\S{1,60}|enable|snmp-server|(?:tacacs|radius)-server|neighbor[ \t]\S{1,60}|set[ \t])[^\n]{0,80}?[ \t](?:password|secret|key|community)[ \t](?:[0-9][ \t])?((?=\S{0,60}[0-9])\S{6,200})(?:[ \t](?:RO|RW))?[ \t\r]{0,4}$/gim,
  // cloud-init: chpasswd: list: | root:…
  /\bchpasswd:\s{1,20}(?:expire:[^\n]{0,20}\s{1,20})?list:[ \t]{0,4}\|?\s{1,20}(?:- )?[\w-]{1,40}:([^\s:]{6,200})/g,
  // credentials: ada / …
  /\b(?:credentials?|logins?|log in|accounts?|zugangsdaten|anmeldung|identifiants)[ \t]{0,4}[:=]?[ \t]{1,4}["'`]?[\w.@+-]{2,60}["'`]?[ \t]{0,4}[/|:][ \t]{0,4}["'`]?((?=[^\s"'`]{0,60}[0-9])(?=[^\s"'`]{0,60}[A-Z])[^\s"'`]{6,200})/gi,
  // sqlplus user/…@service
  /\b(?:sqlplus|sqlldr|expdp|impdp|exp|imp|rman|sqlcl)[ \t](?:-\w{1,10}[ \t]|target[ \t]){0,4}["']?[\w$]{1,40}\/([^\s"'@/]{4,100})@/gi,
  // https://<token>@github.com; those of Sentry are made to be seen.
  /\bhttps?:\/\/([A-Za-z0-9_-]{20,200})@(?![\w.-]{0,80}sentry)(?=[\w.-]{3,100})/g,
];

/** Words of a wallet: whoever has them has what is in it. */
const phrase =
  /\b(?:mnemonic|(?:seed|recovery|secret|backup)[ _-]?(?:phrase|words))["']?[ \t]{0,4}(?:is)?[ \t]{0,4}[:=]{0,2}\s{0,4}["'`]?((?:[a-z]{3,8} ){11,23}[a-z]{3,8})\b/gi;
/** A key as numbers of bytes, behind its name. */
const bytes =
  /\b(\w{0,40}(?:key|secret|salt)\w{0,20})\b[^\n={]{0,40}=[^\n{[(]{0,40}(?:\[[^\n\]]{0,10}\])?[^\n{[(]{0,10}[{[(]\s{0,40}((?:(?:0x[0-9a-f]{1,2}|[0-9]{1,3})(?:u8)?,\s{0,40}){15,64})/gi;

/** Passwords and keys that no name stands beside, or not in the usual way. */
export function lineForms(text: string): readonly FoundSecret[] {
  return [
    ...lines.flatMap((pattern) =>
      [...text.matchAll(pattern)].flatMap(({ index, 0: whole, 1: value = '' }) => {
        const isToken = pattern === lines.at(-1);
        if (isToken ? !isRandom(value) : !isCredible(value, 'password')) return [];
        const start = index + whole.lastIndexOf(value);
        return [{ kind: 'login' as const, start, end: start + value.length }];
      }),
    ),
    ...[...text.matchAll(phrase)].flatMap((match) => spanOf(match, match[1] ?? '')),
    ...[...text.matchAll(bytes)].flatMap((match) => {
      const [, name = '', list = ''] = match;
      const different = new Set(list.split(',').map((each) => each.trim())).size;
      return promisedBy(name) !== undefined && different > 8 ? spanOf(match, list) : [];
    }),
  ];
}

function spanOf({ index, 0: whole }: RegExpExecArray, value: string): readonly FoundSecret[] {
  const start = index + whole.lastIndexOf(value);
  return [{ kind: 'key', start, end: start + value.length }];
}
