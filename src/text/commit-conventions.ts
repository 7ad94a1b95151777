/** How the last commits of a repository are written, as far as it can be measured. */
export interface Conventions {
  /** What a model is told of it. */
  readonly sentences: readonly string[];
  /** Characters of the longest subject; undefined: there are too few to say. */
  readonly longestSubject: number | undefined;
  readonly endsWithStop: 'always' | 'never' | 'sometimes';
  /** True where all subjects begin with a type, as in "feat(ui): …". */
  readonly hasTypes: boolean;
}

/** Something in which a message plainly differs from all of the last commits. */
export type Breach =
  | { readonly kind: 'long'; readonly characters: number; readonly longest: number }
  | { readonly kind: 'stop' }
  | { readonly kind: 'type' };

/** Fewer commits show no convention. */
const fewest = 3;
/** Share of the commits that keep to a convention. */
const most01 = 0.6;
/** Longer subjects are too long for most tools of git. */
const longestUsual = 72;

const type = /^([a-z][a-z-]{1,20})(?:\(([^()]{1,60})\))?!?: /;
const ticket = /^[[(]?([A-Z][A-Z0-9]{1,15}-\d{1,8}|#\d{1,8})[\])]?[: ]/;
const area = /^(?:\[([^[\]]{1,40})\]|([A-Za-z][\w./-]{1,40}):) /;
const emoji = /^(?::[a-z0-9_+-]{1,40}:|\p{Extended_Pictographic})/u;
const stop = /[.。]$/;
const trailer = /^([A-Z][A-Za-z]*(?:-[A-Za-z]+)*): \S/;
/** Merges, and what is to be part of an earlier commit, are written by git. */
const byGit = /^(?:Merge |Revert "|fixup! |squash! |amend! )/;
/** Letters that show a language by themselves. */
const scripts: readonly (readonly [name: string, letters: RegExp])[] = [
  ['Japanese', /[\p{Script=Hiragana}\p{Script=Katakana}]/u],
  ['Chinese', /\p{Script=Han}/u],
  ['Korean', /\p{Script=Hangul}/u],
  ['Cyrillic letters', /\p{Script=Cyrillic}/u],
  ['Greek', /\p{Script=Greek}/u],
  ['Arabic letters', /\p{Script=Arabic}/u],
  ['Hebrew', /\p{Script=Hebrew}/u],
  ['Thai', /\p{Script=Thai}/u],
];

/** Measures the messages of the last commits, latest first. */
export function conventionsIn(messages: readonly string[]): Conventions {
  const own = messages.filter((message) => message.trim() !== '' && !byGit.test(message));
  const subjects = own.map(subjectOf);
  const longestSubject = Math.max(0, ...subjects.map(lengthOf));
  const stops = subjects.filter((subject) => stop.test(subject)).length;
  if (own.length < fewest)
    return { sentences: [], longestSubject: undefined, endsWithStop: 'sometimes', hasTypes: false };
  const types = found(subjects, type);
  return {
    sentences: [
      ...beginningOfSubjects(subjects),
      ...lettersOf(subjects),
      `The longest of their subjects has ${String(longestSubject)} characters.`,
      ...(stops === 0 ? ['None of their subjects ends with a full stop.'] : []),
      ...(stops === own.length ? ['All of their subjects end with a full stop.'] : []),
      ...bodiesOf(own),
      ...trailersOf(own),
    ],
    longestSubject,
    endsWithStop: stops === 0 ? 'never' : stops === own.length ? 'always' : 'sometimes',
    hasTypes: types.length === own.length,
  };
}

/** In what a message plainly differs from all of the last commits. */
export function breachesOf(message: string, conventions: Conventions): readonly Breach[] {
  const { longestSubject, endsWithStop, hasTypes } = conventions;
  if (longestSubject === undefined || byGit.test(message)) return [];
  const subject = subjectOf(message);
  const characters = lengthOf(subject);
  return [
    ...(characters > Math.max(longestUsual, longestSubject)
      ? [{ kind: 'long', characters, longest: longestSubject } as const]
      : []),
    ...(endsWithStop === 'never' && stop.test(subject) ? [{ kind: 'stop' } as const] : []),
    ...(hasTypes && !type.test(subject) ? [{ kind: 'type' } as const] : []),
  ];
}

function beginningOfSubjects(subjects: readonly string[]): readonly string[] {
  const types = found(subjects, type);
  if (isMost(types, subjects)) {
    const scopes = listOf(types.map(([, , scope]) => scope));
    const where = scopes === '' ? '' : ` Scopes among them: ${scopes}.`;
    return [
      `Their subjects begin with a type and a colon. Types among them: ${listOf(types.map(([, name]) => name))}.${where}`,
    ];
  }
  const tickets = found(subjects, ticket);
  if (isMost(tickets, subjects))
    return [
      `Their subjects begin with a ticket, as in “${tickets[0]?.[0].trim() ?? ''}”. Take it from the branch or from what the author has noted; where neither names one, write none.`,
    ];
  const areas = found(subjects, area);
  if (isMost(areas, subjects))
    return [`Their subjects begin with an area, as in “${listOf(areas.map(([whole]) => whole.trim()))}”.`];
  return isMost(found(subjects, emoji), subjects) ? ['Their subjects begin with an emoji or its name.'] : [];
}

function lettersOf(subjects: readonly string[]): readonly string[] {
  const script = scripts.find(([, letters]) =>
    isMost(
      subjects.filter((each) => letters.test(each)),
      subjects,
    ),
  );
  const first = subjects.map((subject) => subject.replace(type, '').charAt(0));
  const capitals = first.filter((sign) => /\p{Lu}/u.test(sign));
  const smalls = first.filter((sign) => /\p{Ll}/u.test(sign));
  return [
    ...(script === undefined ? [] : [`They are written in ${script[0]}.`]),
    ...(smalls.length === subjects.length ? ['What a subject says begins with a small letter.'] : []),
    ...(capitals.length === subjects.length ? ['What a subject says begins with a capital.'] : []),
  ];
}

function bodiesOf(messages: readonly string[]): readonly string[] {
  const withBody = messages.filter((message) => withoutTrailers(message).trim().includes('\n'));
  if (withBody.length === 0) return ['None of them has a body.'];
  return isMost(withBody, messages) ? ['Most of them have a body.'] : [];
}

function trailersOf(messages: readonly string[]): readonly string[] {
  const names = [...new Set(messages.flatMap(trailerNames))].filter((name) =>
    isMost(
      messages.filter((message) => trailerNames(message).includes(name)),
      messages,
    ),
  );
  if (names.length === 0) return [];
  return [
    `They end with trailers: ${names.join(', ')}. Write those whose value you were told, in this form; never invent a person, an id or a ticket.`,
  ];
}

/** Names of the lines of the last paragraph, where all of these are trailers. */
function trailerNames(message: string): readonly string[] {
  const paragraphs = message.trim().split(/\r?\n\r?\n/);
  const lines = paragraphs.length < 2 ? [] : (paragraphs.at(-1)?.split(/\r?\n/) ?? []);
  const names = lines.map((line) => trailer.exec(line)?.[1]);
  return names.every((name) => name !== undefined) ? names : [];
}

function withoutTrailers(message: string): string {
  if (trailerNames(message).length === 0) return message;
  return message
    .trim()
    .split(/\r?\n\r?\n/)
    .slice(0, -1)
    .join('\n\n');
}

function subjectOf(message: string): string {
  return message.split('\n', 1).join('').trim();
}

function lengthOf(subject: string): number {
  return Array.from(subject).length;
}

function found(subjects: readonly string[], pattern: RegExp): readonly RegExpExecArray[] {
  return subjects.map((subject) => pattern.exec(subject)).filter((match) => match !== null);
}

function isMost(some: readonly unknown[], all: readonly unknown[]): boolean {
  return some.length >= all.length * most01;
}

/** Each once, and no more than show what is meant. */
function listOf(names: readonly (string | undefined)[]): string {
  return [...new Set(names.filter((name) => name !== undefined))].slice(0, 12).join(', ');
}
