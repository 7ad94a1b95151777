import type { Attachment } from './attached-text';

/** Files that hold secrets by their name alone. */
const secretNames: readonly RegExp[] = [
  /^\.env(\..+)?$|\.env$/,
  /\.(pem|key|p12|pfx|jks|keystore|kdbx|ppk|ovpn)$/,
  /^id_(rsa|dsa|ecdsa|ed25519)(_sk)?$/,
  /^(credentials|\.credentials)(\.\w+)?$/,
  /^(\.netrc|_netrc|\.npmrc|\.pypirc|\.pgpass|\.htpasswd|\.git-credentials|\.dockercfg|kubeconfig)$/,
  /^(secrets?)(\.[\w.]+)?$/,
  /^(client_secret|service[-_]account).*\.json$/,
];

/** Examples for others to fill in hold no secrets of their own; their text is still looked at. */
const exampleName = /(^|[._-])(example|sample|template|dist)($|\.)/;

/**
 * Keys that are known by their shape. A quantifier that something has to follow is bounded: no text makes them slow.
 */
const secretTexts: readonly RegExp[] = [
  /-----BEGIN (?:[A-Z0-9]+ ){0,3}PRIVATE KEY(?: BLOCK)?-----/,
  /\bsk-(?:ant-|proj-|or-v1-)?[A-Za-z0-9_-]{20,}/,
  /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/,
  /\bgh[pousr]_[A-Za-z0-9]{30,}|\bgithub_pat_[A-Za-z0-9_]{30,}/,
  /\bglpat-[A-Za-z0-9_-]{20,}/,
  /\bxox[abeoprs]-[A-Za-z0-9-]{10,}/,
  /\bAIza[0-9A-Za-z_-]{35}/,
  /\bgsk_[A-Za-z0-9]{30,}/,
  /\bnpm_[A-Za-z0-9]{30,}/,
  /\b[sr]k_live_[A-Za-z0-9]{16,}/,
  /\beyJ[A-Za-z0-9_-]{10,500}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}/,
  /\b[a-z][a-z0-9+]{1,15}:\/\/[^\s:@/]{1,64}:(?!\/\/)[^\s:@/$<{]{3,128}@/i,
];

/** A line that gives something called a secret a value. */
const assignment =
  /(?:password|passwd|secret|token|api_?key|access_?key|private_?key)["']?[ \t]{0,8}[:=][ \t]{0,8}["']?([A-Za-z0-9+/_=-]{16,})/gi;

/** Which of two questions a file raises: by what it is called, or by what it says; undefined: neither. */
export type SecretSign = 'name' | 'text';

/** Whether an attachment looks as if it held secrets. A guess on the side of asking; it reads each line once. */
export function looksSecret({ label, text }: Pick<Attachment, 'label' | 'text'>): SecretSign | undefined {
  const name = fileName(label);
  if (!exampleName.test(name) && secretNames.some((pattern) => pattern.test(name))) return 'name';
  if (secretTexts.some((pattern) => pattern.test(text))) return 'text';
  return [...text.matchAll(assignment)].some(([, value]) => isRandom(value ?? '')) ? 'text' : undefined;
}

/** "src/.env:3–9" and ".env (first 10 of 20 characters)" are both of the file ".env". */
function fileName(label: string): string {
  const file = label.replace(/ \(.*\)$/, '').replace(/:\d+(?:–\d+)?$/, '');
  return (file.split(/[/\\]/).at(-1) ?? '').toLowerCase();
}

/** Keys mix letters and digits; names of variables and placeholders seldom do. */
function isRandom(value: string): boolean {
  return /\d/.test(value) && /[A-Za-z]/.test(value) && new Set(value).size >= 8;
}
