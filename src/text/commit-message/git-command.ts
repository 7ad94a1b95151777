/** A command that commits, on a line of its own or behind others. */
const commits = /(?:^|&&\s|;\s|[$>]\s)\s{0,8}git\s(?:-\S{1,60}\s(?:\S{1,60}\s)?){0,4}?commit\s/;
/** Options of `git commit` that take the next word, and are no message. */
const withValue: ReadonlySet<string> = new Set(['-C', '-c', '--author', '--date', '--trailer', '-t', '-S']);

/**
 * The message of a `git commit` command, as the shell would hand it to git; undefined: the text has no such command at
 * the beginning of one of its first lines, or it has no message.
 */
export function messageOfCommand(text: string): string | undefined {
  const lines = text.split('\n');
  const at = lines.slice(0, 12).findIndex((line) => commits.test(line.slice(0, 300)));
  const line = lines[at];
  if (line === undefined) return undefined;
  const start = commits.exec(line.slice(0, 300));
  const before = lines.slice(0, at).every(isCommandOrBlank);
  if (start === null || !before) return undefined;
  const rest = [line.slice(start.index + start[0].length), ...lines.slice(at + 1)].join('\n');
  const words = wordsOf(rest);
  const parts = messageParts(words);
  if (parts.length > 0) return parts.join('\n\n');
  return words.some((word) => /^(?:-F|--file)/.test(word)) ? heredoc(rest) : undefined;
}

/** What may stand before it: other commands, remarks, nothing. */
function isCommandOrBlank(line: string): boolean {
  return line.trim() === '' || /^\s{0,8}(?:[$>] )?(?:git |cd |#)/.test(line);
}

function messageParts(words: readonly string[]): readonly string[] {
  const parts: string[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    const option = /^(?:--message=|-[a-zA-Z]{0,6}m)/.exec(word)?.[0];
    if (withValue.has(word)) at += 1;
    else if (word === '--message' || option === word) {
      parts.push(words[at + 1] ?? '');
      at += 1;
    } else if (option !== undefined) parts.push(word.slice(option.length));
  }
  return parts
    .map((part) => (part.startsWith('$(cat') ? (heredoc(part) ?? part) : part))
    .filter((part) => part.trim() !== '');
}

/** What stands between `<<'EOF'` and `EOF`. */
function heredoc(text: string): string | undefined {
  const lines = text.split('\n');
  const at = lines.findIndex((line) => line.includes('<<'));
  const mark = /<<-?\s{0,4}\\?["']?([A-Za-z_]\w{0,40})/.exec(lines[at] ?? '')?.[1];
  if (mark === undefined) return undefined;
  const content = lines.slice(at + 1);
  const end = content.findIndex((line) => line.trim() === mark);
  return (end < 0 ? content : content.slice(0, end)).join('\n');
}

/** The words of a command, up to its end, without what quotes them. Each sign is looked at once. */
function wordsOf(text: string): readonly string[] {
  const words: string[] = [];
  let word: string | undefined;
  let at = 0;
  while (at < text.length) {
    const sign = text.charAt(at);
    if (sign === '\n' || sign === ';' || sign === '&' || sign === '|') break;
    if (sign === ' ' || sign === '\t') {
      if (word !== undefined) words.push(word);
      word = undefined;
      at += 1;
    } else if (sign === '\\') {
      if (text.charAt(at + 1) !== '\n') word = (word ?? '') + text.charAt(at + 1);
      at += 2;
    } else if (/^@(["'])\r?\n/.test(text.slice(at, at + 4))) {
      // A text of PowerShell.
      const from = text.indexOf('\n', at) + 1;
      const end = text.indexOf(`\n${text.charAt(at + 1)}@`, from - 1);
      word = (word ?? '') + text.slice(from, end < 0 ? undefined : end);
      at = end < 0 ? text.length : end + 3;
    } else if (sign === '"' || sign === "'" || (sign === '$' && text.charAt(at + 1) === "'")) {
      const quoted = quotedAt(text, at);
      word = (word ?? '') + quoted.text;
      at = quoted.end;
    } else {
      word = (word ?? '') + sign;
      at += 1;
    }
  }
  return word === undefined ? words : [...words, word];
}

/** What is quoted from `start` on, and where it ends. */
function quotedAt(text: string, start: number): { readonly text: string; readonly end: number } {
  const isAnsi = text.charAt(start) === '$';
  const from = isAnsi ? start + 2 : start + 1;
  const close = text.charAt(from - 1);
  const command = close === '"' && text.startsWith('$(cat', from) ? heredocEnd(text, from) : undefined;
  let out = '';
  let at = from;
  if (command !== undefined) {
    out = text.slice(from, command);
    at = command;
  }
  while (at < text.length && text.charAt(at) !== close) {
    const escapes = text.charAt(at) === '\\' && (isAnsi || close === '"');
    out += escapes ? escaped(text.charAt(at + 1), isAnsi) : text.charAt(at);
    at += escapes ? 2 : 1;
  }
  return { text: out, end: at + 1 };
}

/** Behind the text that a command in quotation marks reads: its marks are its own. */
function heredocEnd(text: string, from: number): number | undefined {
  const mark = /<<-?\s{0,4}\\?["']?([A-Za-z_]\w{0,40})/.exec(text.slice(from, from + 200))?.[1];
  const end = mark === undefined ? -1 : text.indexOf(`\n${mark}`, from);
  return mark === undefined || end < 0 ? undefined : end + 1 + mark.length;
}

function escaped(sign: string, isAnsi: boolean): string {
  if (isAnsi) return { n: '\n', t: '\t' }[sign] ?? sign;
  if (sign === '\n') return '';
  return '"\\$`'.includes(sign) ? sign : `\\${sign}`;
}
