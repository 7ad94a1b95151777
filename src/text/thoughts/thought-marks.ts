/** A mark at which thoughts, or an answer, begin, and the one at which they end. */
export interface Marks {
  /** How many characters of a text's beginning are the mark; 0 where it has none. */
  opens(text: string): number;
  /** True where more of the text may make its beginning the mark. */
  mayOpen(text: string): boolean;
  /** '' where nothing ends it. */
  readonly close: string;
}

/** The names of tags that stand around thoughts. */
export const thoughtTags: readonly string[] = [
  'think',
  'thinking',
  'thought',
  'thoughts',
  'reasoning',
  'reason',
  'reflection',
  'seed:think',
];

/** What local models write around what they think, before they answer. */
export const thoughtMarks: readonly Marks[] = [
  ...thoughtTags.map(tag),
  words('<|think|>', '<|/think|>'),
  words('<|begin_of_thought|>', '<|end_of_thought|>'),
  words('<|START_THINKING|>', '<|END_THINKING|>'),
  words('<|channel|>analysis<|message|>', '<|end|>'),
  words('<|channel>thought\n', '<channel|>'),
  words('[THINK]', '[/THINK]'),
  words('◁think▷', '◁/think▷'),
];

/** What they write around an answer, and is no part of it. */
export const answerMarks: readonly Marks[] = [
  words('<|start|>assistant<|channel|>final<|message|>', '<|return|>'),
  words('<|channel|>final<|message|>', '<|return|>'),
  words('<|begin_of_solution|>', '<|end_of_solution|>'),
  words('<|START_RESPONSE|>', '<|END_RESPONSE|>'),
];

/** The same, where thoughts came before: otherwise it may be what was asked for. */
export const answerTags: readonly Marks[] = ['answer', 'response', 'final', 'output'].map(tag);

/** Ends of tags that are words of every day: an answer may be asked for in them. */
export const ambiguous: ReadonlySet<string> = new Set(
  ['thought', 'thoughts', 'reasoning', 'reason', 'reflection'].map((name) => `</${name}>`),
);

function words(open: string, close: string): Marks {
  return {
    opens: (text) => (startsWith(text, open) ? open.length : 0),
    mayOpen: (text) => text.length < open.length && startsWith(open, text),
    close,
  };
}

/** A tag of XML, which may have attributes. */
function tag(name: string): Marks {
  const open = new RegExp(`^<${name}(?:\\s[^<>]{0,100})?>`, 'i');
  const begun = new RegExp(`^<${name}\\s[^<>]{0,100}$`, 'i');
  return {
    opens: (text) => open.exec(text)?.[0].length ?? 0,
    mayOpen: (text) => startsWith(`<${name}>`, text) || begun.test(text),
    close: `</${name}>`,
  };
}

function startsWith(text: string, start: string): boolean {
  return text.slice(0, start.length).toLowerCase() === start.toLowerCase();
}

/** Where `mark` stands in a text first, in capitals or not; -1: nowhere. What stands behind it is not looked at. */
export function placeOf(mark: string, text: string): number {
  return text.search(new RegExp(mark.replaceAll(/[^\p{L}]/gu, String.raw`\$&`), 'i'));
}

/** How many characters at the end of `text` may be the beginning of `mark`, without being all of it. */
export function partialAtEnd(text: string, mark: string): number {
  for (let length = Math.min(mark.length - 1, text.length); length > 0; length -= 1)
    if (startsWith(mark, text.slice(-length))) return length;
  return 0;
}
