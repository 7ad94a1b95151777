import type { Promised } from './credible-value';
import { wordsOf } from './words-in-value';

const list = (words: string): ReadonlySet<string> => new Set(words.split(' '));

const passwords = list(
  'password passwd passwort pass pwd pw passphrase passcode kennwort contrasena senha motdepasse mdp pswd psw passw requirepass masterauth keypass storepass userpass dbpass identified psk securestring',
);
const keys = list(
  'secret token credential credentials apikey apitoken authkey authtoken accesstoken accesskey secretkey privatekey ' +
    'clientsecret appsecret appkey masterkey bearer pat jwt auth authorization apisecret secretaccesskey signature ' +
    'sig sas cookie salt pepper sessionid webhook dsn',
);
/** What makes "key" one that opens something; "primary key" and "cache key" don't. */
const keyOf = list(
  'api apis access secret private auth authentication authorization signing sign signature encryption encrypt decryption ' +
    'decrypt master account shared service admin license licence session storage subscription function host app ' +
    'application webhook deploy deployment hmac jwt crypto aes rsa symmetric security cookie write ingest integration ' +
    'integrations developer dev personal server root user machine validation sdk rest merchant consumer client backup ' +
    'restic vault unseal recovery encoding cipher wallet mnemonic pre project org organization openai anthropic gemini ' +
    'google azure mistral groq deepseek cohere stripe sendgrid mailgun algolia datadog dd twilio aws gcp github gitlab ' +
    'openrouter perplexity',
);
/** After one of them the value is something about the secret, and not the secret. */
const about = list(
  'name names id ids type types url uri urls path paths dir directory file files filename field fields count counts ' +
    'length len size limit limits min max minimum maximum expiry expires expiration expire expired ttl age label labels ' +
    'placeholder policy policies strength validator validation valid regex regexp pattern prefix suffix header headers ' +
    'env var variable vars ref refs reference arn version versions hint prompt column input error errors message msg ' +
    'title description help text enabled enable disabled required class provider providers store manager service ' +
    'factory budget usage price prices cost costs kind index position pos offset endpoint issuer audience scope scopes ' +
    'rotation rotate reset resets change changed changes form page view component dialog modal button btn link icon ' +
    'attempts attempt retries rate algorithm algo alg hash hashes hashed hasher arg args argument arguments digest checksum fingerprint hashing encoder ' +
    'encoding format mode method strategy source selector option options config configuration settings handler callback ' +
    'helper util utils utility parser exception interceptor filter guard middleware repository controller model schema ' +
    'props state status at by time date timestamp set list map array group groups role roles location keyname ' +
    'region bucket mount namespace owner ciphertext encrypted template generator generated getter setter test tests ' +
    'spec case cases example classes id_token estimate total per rows matches match visibility visible toggle expression ' +
    'language lang locale translation backend frontend display show bytes bits char chars characters symbol symbols ' +
    'word words vocab vocabulary tokenizer tokenization ids mask embedding embeddings encode decode split replace equals includes append mgr manager realm box window stream seed',
);
/** Before "token" they make it one of a text, a list or a page. */
const harmlessBefore = list(
  'existing per cost price next page paging pagination continuation sync cancel cancellation stop design csrf xsrf antiforgery forgery public ' +
    'publishable no max min total num prompt completion output eos bos pad unk cls sep mask special syntax lexer parse ' +
    'parser previous prev start end first last skip has is show hide toggle forgot requires invalid wrong ' +
    'missing allow validate check verify read get fetch load request create generate make build find lookup resolve parse ' +
    'update remove delete revoke refresh_if reset change cursor resume upload ignore empty anti color colour theme css',
);
/** What may stand behind the word for the secret, and changes nothing. */
const hollow = list(
  'value val data prod production dev development stage staging live default base64 b64 str string plain plaintext clear raw current old new primary secondary main backup internal external',
);

/**
 * What a name promises of the value behind it: "DB_PASSWORD", "clientSecret", "x-api-key"; undefined for names of other
 * things, also of those about secrets: "tokenCount", "passwordField", "secretName", "next_token".
 */
export function promisedBy(name: string): Promised | undefined {
  const words = wordsOf(name.normalize('NFD').replaceAll(/[\u0300-\u036f]/g, ''));
  const at = lastSecretWord(words);
  if (at === undefined) return undefined;
  const behind = words.slice(at + 1).filter((word) => !/^[0-9]/.test(word) && !hollow.has(word));
  if (behind.some((word) => about.has(word))) return undefined;
  const promised = classOf(words, at);
  if (promised !== undefined && isHarmless(words, at)) return undefined;
  // "PASSWORD_FOO" may be the password of Foo, or something of passwords: then only what looks random is one.
  return promised !== undefined && behind.length > 0 ? 'key' : promised;
}

function lastSecretWord(words: readonly string[]): number | undefined {
  const at = words.findLastIndex((_, index) => classOf(words, index) !== undefined);
  return at < 0 ? undefined : at;
}

function classOf(words: readonly string[], at: number): Promised | undefined {
  const word = words[at] ?? '';
  if (passwords.has(word) || /.(?:password|passwd|passphrase|passwort)$|^[a-z]{2,8}pw$/.test(word))
    return 'password';
  if (keys.has(word) || /.(?:secret|apikey|authtoken|accesstoken)$/.test(word)) return 'key';
  const before = words[at - 1] ?? '';
  if (word === 'string' && before === 'secure') return 'password';
  if (word === 'key') return keyOf.has(before) ? 'key' : undefined;
  return /^(?:bot|auth|access|api|my|user|refresh|id|session|github|gitlab|slack|npm)token$/.test(word)
    ? 'key'
    : undefined;
}

function isHarmless(words: readonly string[], at: number): boolean {
  const word = words[at] ?? '';
  const before = words.slice(Math.max(0, at - 2), at);
  if (word === 'nopasswd' || before.includes('no')) return true;
  return (
    before.some((each) => harmlessBefore.has(each)) &&
    !before.some((each) => keyOf.has(each) && each !== 'user')
  );
}
