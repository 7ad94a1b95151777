import { differentCharacters, isMadeOfWords, isMonotonous, wordsOf } from './words-in-value';

/** What a name promises: people choose passwords, machines make keys. */
export type Promised = 'password' | 'key';

/** Words of a value that stands for another one; random letters don't spell them. */
const placeholderWords = new Set(
  (
    'example examples sample placeholder changeme change changeit replace replaced replaceme your yours insert ' +
    'enter todo redacted masked hidden removed omitted censored dummy fake mock mocked stub fixture foobar lorem ' +
    'undefined null none empty notset unset required optional invalid missing goes here provided default ' +
    'abcdef abcdefg abcdefgh placeholderkey yourkey yourtoken yourpassword mykey mytoken mysecret mypassword'
  ).split(' '),
);
/** Words that say what a value would be. "secret123" is one that nobody else is kept out by. */
const weakWords = new Set(
  (
    'password passwd pass passwort pwd passphrase secret secrets token tokens key keys api apikey auth bearer ' +
    'test tests testing tester demo dev admin root user username login client value string text my the a an some ' +
    'foo bar baz qux abc xyz postgres mysql mariadb mongo redis rabbitmq guest local localhost current new old ' +
    'confirm confirmation hash super is not basic access private public db database'
  ).split(' '),
);
const trivialNumber =
  /^(?:0+|1|2|3|12|123|1234|12345|123456|1234567|12345678|123456789|1234567890|321|4321)$/;

/**
 * What stands for another value, or fetches it: variables, templates, references to a vault, encrypted values, paths,
 * types, expressions. None of the quantifiers is followed by something that could make it go back far.
 */
const references: readonly RegExp[] = [
  /^[$%&*@]?[<{([]|^\$(?:[({]|\w+(?:$|->|\[|::|[.:]\w))|^%[A-Za-z_]{2,60}(?:%$|\()|^%[sdv]|^@[A-Za-z]+[({]|^&[A-Za-z_]+$|^\*[A-Za-z_]+$|^![A-Za-z]+$/,
  /\$\{|\{\{|#\{|\$\(|<%|\$\$\(|%\(|%[sdv@]$|\{[0-9]?\}|\{[a-z_.]{1,40}\}|\(\)/i,
  /^(?:os\.environ|process\.env|env|ENV|secrets?|vault|ssm|arn|op|akv|keyring|keychain|file|ref|gcp-?sm|awssm|aws-sm|azure-?kv|bao|sops|encrypted|cipher|crypt|projects|kms|secretsmanager|secretmanager|config|self|this|var|local|data|module|settings|import\.meta)(?:[.:/[]|::)/,
  /^ENC[[(]|^\{(?:cipher|noop|bcrypt|sha)|^(?:AQ[IE]CAH|vault:v\d|\$ANSIBLE_VAULT|AgA[A-D])|^\$2[aby]\$|^\$(?:argon2|5\$|6\$|1\$|apr1)|^(?:pbkdf2|sha(?:1|256|384|512)|md5|bcrypt|scrypt)[_$:-]/,
  /^[a-z][a-z0-9+.-]{1,20}:\/\//i,
  /^\^|\\[dwsb]|\[[a-z]-|\[A-Z|\.\*|\(\?:/,
  /^(?:[A-Za-z]:\\|\\\\)/,
  /^(?:str|string|String|text|int|number|bool|boolean|any|unknown|object|bytes|SecretStr|Optional|None|null|nil|true|false|yes|no|on|off|undefined)$/,
  /\.{3}|…|\*{3}|x{5}|X{4}|•{3}|-{4}|_{4}|#{4}/,
];
/** "/run/secrets/db", "./key.txt", "config/app.yml": names of files, words with slashes. */
const pathLike =
  /^[.~]{0,2}\/?[\w.@-]+(?:\/[\w.@-]+)+\/?$|^[\w-]+\.(?:txt|json|ya?ml|pem|key|crt|conf|cfg|ini|env|ts|js|py|html?)$|^[.~]{1,2}\//;
const uuid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
/** The one of Wikipedia and of every documentation. */
const sampleUuid = /^(?:123e4567-e89b|00000000-0000|11111111-1111|12345678-1234|xxxxxxxx)/i;

/** Whether a value stands in for a secret that is elsewhere or not yet there. */
export function isPlaceholder(value: string): boolean {
  if (references.some((pattern) => pattern.test(value)) || isMonotonous(value)) return true;
  if (/example|placeholder|changeme|redacted/i.test(value)) return true;
  if (pathLike.test(value) && isMadeOfWords(value)) return true;
  const words = wordsOf(value);
  return words.some((word) => placeholderWords.has(word)) || isWeak(words);
}

/** "test-token-1", "password123": nothing else than words that say what it is. */
function isWeak(words: readonly string[]): boolean {
  return words.every((word) => weakWords.has(word) || trivialNumber.test(word));
}

/**
 * Whether a value is likely to be what the name before it promises. `certain`: it stands where only a value can stand
 * (behind `-u`, in a connection string), and not, say, a text to be shown.
 */
export function isCredible(value: string, promised: Promised, certain = false): boolean {
  if (/\s/.test(value) || value.length > 1_000 || isPlaceholder(value)) return false;
  return isRandom(value) || (promised === 'password' && isPassword(value, certain));
}

/** Keys: long, of many different characters, letters among digits or letters that make no words. */
export function isRandom(value: string): boolean {
  const letters = /[A-Za-z]/.test(value);
  if (value.length < 10 || !letters || differentCharacters(value) < 7) return false;
  if (uuid.test(value)) return !sampleUuid.test(value);
  // An address of a chain is shorter, a colour or a number too.
  if (/^0x[0-9a-f]+$/i.test(value)) return value.length === 66;
  if (/^[0-9a-f]{16,}$/i.test(value) && /[0-9].*[0-9].*[0-9]/.test(value)) return true;
  if (isMadeOfWords(value)) return false;
  if (/[~!$^*=+#%]/.test(value)) return value.length >= 12;
  // Names have their digits apart from their letters, keys among them.
  const mixed = value
    .split(/[-_./:@]/)
    .some((part) => /[A-Za-z]/.test(part) && /[0-9]/.test(part) && part.length >= 5);
  return mixed || (value.length >= 16 && value.split(/[-_]/).some(isRandomLetters));
}

function isRandomLetters(part: string): boolean {
  if (!/^[A-Za-z]{10,}$/.test(part) || isMadeOfWords(part)) return false;
  // "postgresql" is no word of the list, and long enough to be one.
  return part.length >= 16 || (/[a-z]/.test(part) && /[A-Z]/.test(part));
}

/** What people choose: letters with digits or with signs that names of things don't have. */
function isPassword(value: string, certain: boolean): boolean {
  // A text to be shown ends so.
  const core = certain ? value : value.replace(/[:!.?*…]$/, '');
  const digits = /[0-9]/.test(core);
  if (!/^[\x21-\x7e]+$/.test(value)) return false;
  if (/^[0-9]+$/.test(core)) return core.length >= 6;
  // "mysecretpassword" of a manual.
  if (/^[A-Za-z]+$/.test(core)) return certain && core.length >= 6 && !/password|passwd|secret/i.test(core);
  const signs = /[^A-Za-z0-9_./-]/.test(core);
  if (signs) return value.length >= 6 && !/^[#.]?[A-Za-z][\w-]*[[:(=]/.test(core);
  if (digits && /[A-Za-z]/.test(core)) return core.length >= 6 && !isNumberedName(core);
  return isPassphrase(core, certain);
}

/** "correct-horse-battery-staple" is a passphrase, "tls-certificate" a name. */
function isPassphrase(value: string, certain: boolean): boolean {
  const words = value.split('-');
  return (
    /^[A-Za-z-]+$/.test(value) &&
    words.length >= (certain ? 3 : 4) &&
    !/password|passwd|secret|credential|ref|key|token/i.test(value) &&
    words.every((word) => word.length >= 3)
  );
}

/** "user_password_2", "v1.2.3", "step-10": words and numbers, each on its own. */
function isNumberedName(value: string): boolean {
  return (
    /[-_./]/.test(value) &&
    value.split(/[-_./]/).every((part) => /^(?:[A-Za-z]*[0-9]{0,2}|v?[0-9]+)$/.test(part))
  );
}
