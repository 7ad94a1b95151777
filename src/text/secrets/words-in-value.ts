/** How a value is made up. Every function here reads it a fixed number of times. */

const letterOrDigit = /[A-Za-z0-9]/g;
/** "nextPageToken2" is next, Page, Token, 2; "HTTPServer" is HTTP, Server. Each piece is read once. */
const pieces = /[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[A-Z]|[0-9]+/g;

/** The words and numbers of a name or a value, in lower case: "DB_PASSWORD", "dbPassword" and "db-password" are db, password. */
export function wordsOf(text: string): readonly string[] {
  return (text.match(pieces) ?? []).map((piece) => piece.toLowerCase());
}

/** Whether most of a value's letters are in what could be words, as in names of variables, slugs and sentences. */
export function isMadeOfWords(value: string): boolean {
  const found = value.match(pieces) ?? [];
  let letters = 0;
  let inWords = 0;
  for (const piece of found) {
    if (/^[0-9]/.test(piece)) continue;
    letters += piece.length;
    if (couldBeWord(piece)) inWords += piece.length;
  }
  if (letters > 0 && inWords >= letters * 0.5) return true;
  // "inputUsdPerToken": random letters change their case oftener.
  return /^[A-Za-z]+$/.test(value) && found.length > 1 && letters >= found.length * 3.5;
}

/**
 * Which letters often follow which, in the words of this project's sources and texts: nine of ten pairs there, and one of
 * three in random letters.
 */
const followers = new Map(
  (
    'abcdfgiklmnprstuvwy baeilorsu cacehiklortu daeilorsu eabcdefghilmnpqrstvwxy faefilortu gaehilnorstu haeilortu ' +
    'iabcdefglmnoprstvx jaeou keios ladeilostuy mabeimopsu nacdefgiklnostuv oabcdfgiklmnoprstuvw paehiloprstu qu ' +
    'racdegiklmnorstuvy sacehilopstuw tacehilorstuy uabcdefgilmnprst vaeio waehino xpt yp ze'
  )
    .split(' ')
    .map((row) => [row.charAt(0), row.slice(1)]),
);

function couldBeWord(piece: string): boolean {
  if (piece.length < 4 || piece.length > 24) return false;
  const letters = piece.toLowerCase();
  let usual = 0;
  for (let index = 1; index < letters.length; index += 1)
    if (followers.get(letters.charAt(index - 1))?.includes(letters.charAt(index)) === true) usual += 1;
  return usual >= (letters.length - 1) * 0.8;
}

/** How many different characters there are. */
export function differentCharacters(value: string): number {
  return new Set(value).size;
}

/** "xxxxxxxx", "********", "0000-0000": one character again and again, or two in turn, or characters in their order. */
export function isMonotonous(value: string): boolean {
  const plain = (value.match(letterOrDigit) ?? []).join('');
  if (plain.length < value.length / 4) return true;
  if (plain.length < 4) return false;
  let same = 0;
  let next = 0;
  for (let index = 1; index < plain.length; index += 1) {
    const step = plain.charCodeAt(index) - plain.charCodeAt(index - 1);
    if (step === 0) same += 1;
    // From 9 to 0, to a, and to A, as one types them.
    else if (
      step === 1 ||
      ['90', '9a', '9A', '0a', '0A', 'z0', 'z1', 'Z0'].includes(plain.slice(index - 1, index + 1))
    )
      next += 1;
  }
  return (
    same >= (plain.length - 1) * 0.6 ||
    next >= (plain.length - 1) * 0.8 ||
    differentCharacters(plain) < Math.min(4, plain.length / 3)
  );
}
