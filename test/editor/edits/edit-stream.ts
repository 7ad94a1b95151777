import fc from 'fast-check';

/** One edit stream: a document, a proposal for some of its lines, and what the user does to it meanwhile. */

/** Replaces `removed` units at `start`, in UTF-16 units of the document at that moment. */
export interface Edit {
  readonly start: number;
  readonly removed: number;
  readonly text: string;
}

/** What happens while the answer streams. Several edits are one change, as several cursors make it. */
type Step = { readonly chunk: string } | { readonly edits: readonly Edit[] };

/** What happens after accepting: `keep` and `take back` are Conduit's, of all blocks; the others the editor's. */
type Command = 'keep' | 'take back' | 'undo' | 'redo';
type Action = { readonly command: Command } | { readonly edits: readonly Edit[] };

/** What is played. Lines from 0. */
export interface Script {
  readonly text: string;
  readonly firstLine: number;
  readonly lastLine: number;
  readonly steps: readonly Step[];
  /** The file is saved, and looked at, before the answer ends. */
  readonly settle: boolean;
  /** An edit that is on its way when the proposal is accepted. */
  readonly racing: readonly Edit[] | undefined;
  readonly after: { readonly accept: boolean; readonly actions: readonly Action[] };
}

/** What the document was, and when. */
export interface StreamResult {
  readonly start: string;
  /** Where it was looked at. */
  readonly onDisk: string | undefined;
  readonly streamed: string;
  readonly ended: string;
  /** After each of the actions. */
  readonly texts: readonly string[];
  readonly told: readonly string[];
}

/** What the document has to be, and when. */
export interface Expected {
  readonly edits: number;
  /** As the user left it, while and after the answer streamed. */
  readonly streamed: string;
  /** More than one where an edit raced with the accepting; those after the first only with a message. */
  readonly ended: readonly [string, ...string[]];
  readonly texts: readonly string[];
  readonly outcome: 'accepted' | 'rejected' | 'overtaken' | 'same' | 'raced';
}

type LineEnd = '\n' | '\r\n';

const lineOf = (units: readonly string[]) =>
  fc.string({ unit: fc.constantFrom(...units), minLength: 0, maxLength: 8 });
const line = lineOf(['a', 'b', ' ', '(', ';', 'é', '漢', '🙂', 'e\u0301']);
const lines = fc.array(line, { maxLength: 4 });
/** Lines that neither have a margin nor are their neighbours': what is proposed is then taken as it is. */
const block = (mark: string) =>
  fc
    .tuple(lines, line)
    .map(([before, last]) => [...before.map((each) => each && `${mark}${each}`), `${mark}${last}`]);
/** Blank lines at the beginning of the selection stay. */
function put(proposed: readonly string[], original: readonly string[]): readonly string[] {
  const [first, firstThere] = [proposed, original].map((all) => all.findIndex((each) => each !== '')) as [
    number,
    number,
  ];
  return [...original.slice(0, firstThere), ...proposed.slice(first)];
}

const words = fc.constantFrom('', 'x', 'yes', '🙂', '\n', 'x\n', '\nx', 'one\ntwo');
const place = { at: fc.nat(), removed: fc.nat(4), text: words };
const outside = fc.record({ zone: fc.constantFrom('above', 'below'), ...place });
const inside = fc.record({ zone: fc.constantFrom('inside', 'across'), ...place });
const typed = fc.record({
  zone: fc.constant('cursors' as const),
  at: fc.array(fc.nat(), { minLength: 1, maxLength: 3 }),
});
const event = fc.oneof(
  { weight: 9, arbitrary: fc.constant('chunk' as const) },
  { weight: 9, arbitrary: outside },
  { weight: 1, arbitrary: inside },
  { weight: 1, arbitrary: typed },
);

/** How a stream goes on once its proposal was accepted. */
export type After =
  'nothing' | 'take back' | 'type and take back' | 'undo' | 'undo and redo' | 'keep and undo';

/** A stream before it is played: places are chosen when the texts at that moment are known. */
export const streamsWith = (afters: readonly After[]) =>
  fc.record({
    lineEnd: fc.constantFrom<LineEnd>('\n', '\r\n'),
    above: lines,
    inside: block('k'),
    below: fc.option(fc.tuple(lines, fc.boolean())),
    proposed: fc.option(block('v'), { freq: 12 }),
    chatter: fc.constantFrom('', 'Of course:\n\n'),
    cuts: fc.array(fc.nat(), { maxLength: 5 }),
    events: fc.array(event, { maxLength: 10 }),
    settle: fc.oneof(
      { weight: 9, arbitrary: fc.constant(false) },
      { weight: 1, arbitrary: fc.constant(true) },
    ),
    accept: fc.boolean().chain((again) => (again ? fc.constant(true) : fc.boolean())),
    racing: fc.oneof({ weight: 4, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: outside }),
    after: fc.constantFrom(...afters),
    last: outside,
  });
type Sample = ReturnType<typeof streamsWith> extends fc.Arbitrary<infer T> ? T : never;
type Place = Pick<Edit, 'removed' | 'text'> & { readonly zone: string; readonly at: number };

/** The document in three parts, as the user changes them. Once `reached`, all of it is in `above`. */
interface Parts {
  readonly above: string;
  readonly inside: string;
  readonly below: string;
  readonly reached: boolean;
}

const whole = ({ above, inside: within, below }: Parts): string => above + within + below;

/** Where a cursor can be: not within a line's end, nor within a character. */
function placesIn(text: string): readonly number[] {
  const places = Array.from({ length: text.length + 1 }, (_, offset) => offset);
  return places.filter(
    (offset) =>
      text.slice(offset - 1, offset + 1) !== '\r\n' &&
      !/^[\udc00-\udfff]/.test(text.slice(offset, offset + 1)),
  );
}

const replaced = (text: string, { start, removed, text: put }: Edit): string =>
  text.slice(0, start) + put + text.slice(start + removed);

/** An edit within a text, at places that exist. */
function editWithin(text: string, { at, removed, text: put }: Omit<Place, 'zone'>): Edit {
  const places = placesIn(text);
  const index = at % places.length;
  const start = places[index] ?? 0;
  const end = places[Math.min(index + removed, places.length - 1)] ?? start;
  return { start, removed: end - start, text: put };
}

/** The edit of a place, and the parts after it. Lines put before the first line, or after the last, are outside. */
function play(parts: Parts, place: Place, lineEnd: LineEnd): { readonly edit: Edit; readonly parts: Parts } {
  const { above, inside: within, below, reached } = parts;
  const text = place.text.replaceAll('\n', lineEnd);
  if (reached) {
    const edit = editWithin(above, { ...place, text });
    return { edit, parts: { ...parts, above: replaced(above, edit) } };
  }
  if (place.zone === 'above') {
    const edit = editWithin(above, { ...place, text });
    const atEdge = edit.start + edit.removed === above.length && !text.endsWith('\n');
    const made = { ...edit, text: atEdge ? text + lineEnd : text };
    return { edit: made, parts: { ...parts, above: replaced(above, made) } };
  }
  const from = above.length + within.length;
  if (place.zone === 'below') {
    const edit = editWithin(below, { ...place, text });
    const made = edit.start === 0 ? { start: 0, removed: 0, text: lineEnd + text } : edit;
    return {
      edit: { ...made, start: from + made.start },
      parts: { ...parts, below: replaced(below, made) },
    };
  }
  const edit =
    place.zone === 'across' ? editAcross(parts, { ...place, text }) : editInside(parts, { ...place, text });
  const after = replaced(whole(parts), edit);
  return { edit, parts: { above: after, inside: '', below: '', reached: true } };
}

function editInside({ above, inside: within }: Parts, place: Place): Edit {
  const edit = editWithin(within, place);
  const { start, removed, text } = edit;
  const moves =
    (removed === 0 && (text.endsWith('\n') || text.startsWith('\r') || text.startsWith('\n'))) ||
    within.slice(start, start + removed) === text;
  return { ...edit, start: above.length + start, text: moves ? `x${text}x` : text };
}

/** From above the first line into it; where nothing is above, from its first character. */
function editAcross({ above, inside: within }: Parts, { at, text }: Place): Edit {
  const starts = placesIn(above);
  const start = starts[at % starts.length] ?? 0;
  const end = above.length + (placesIn(within)[1] ?? 0);
  return { start, removed: end - start, text: `${text}x` };
}

/** A letter at some places at once; one that is within the lines, or at their edge, reaches them. */
function press(
  parts: Parts,
  at: readonly number[],
): { readonly at: readonly number[]; readonly parts: Parts } {
  const places = placesIn(whole(parts));
  const chosen = [...new Set(at.map((one) => places[one % places.length] ?? 0))].sort((a, b) => b - a);
  let { above, below } = parts;
  const from = parts.above.length + parts.inside.length;
  const reaches = chosen.some((one) => one >= parts.above.length && one <= from);
  for (const start of chosen) {
    if (start > from) below = replaced(below, { start: start - from, removed: 0, text: 'q' });
    else above = replaced(above, { start, removed: 0, text: 'q' });
  }
  if (!reaches || parts.reached) return { at: chosen, parts: { ...parts, above, below } };
  const text = chosen.reduce((now, start) => replaced(now, { start, removed: 0, text: 'q' }), whole(parts));
  return { at: chosen, parts: { above: text, inside: '', below: '', reached: true } };
}

/** The answer in pieces, none of which ends within a character. */
function chunksOf(answer: string, cuts: readonly number[]): readonly string[] {
  const characters = Array.from(answer);
  const places = [...new Set(cuts.map((cut) => cut % characters.length))].sort((a, b) => a - b);
  const from = [0, ...places.filter((cut) => cut > 0)];
  return from.map((start, index) => characters.slice(start, from[index + 1]).join(''));
}

/** A sample as it is played, and what has to come of it. */
export function scriptOf(sample: Sample): { readonly script: Script; readonly expected: Expected } {
  const { lineEnd } = sample;
  const joined = (all: readonly string[]): string => all.join(lineEnd);
  const below =
    sample.below === null ? '' : lineEnd + joined(sample.below[0]) + (sample.below[1] ? lineEnd : '');
  const above = sample.above.map((one) => one + lineEnd).join('');
  const original = joined(sample.inside);
  const proposed = sample.proposed ?? sample.inside;
  let parts: Parts = { above, inside: original, below, reached: false };
  const text = whole(parts);
  const steps: Step[] = [];
  const chunks = [...chunksOf(`${sample.chatter}\`\`\`\n${proposed.join('\n')}\n\`\`\``, sample.cuts)];
  for (const one of sample.events) {
    if (one === 'chunk') {
      const chunk = chunks.shift();
      if (chunk !== undefined) steps.push({ chunk });
      continue;
    }
    if (one.zone === 'cursors') {
      const pressed = press(parts, one.at);
      steps.push({ edits: pressed.at.map((start) => ({ start, removed: 0, text: 'q' })) });
      parts = pressed.parts;
    } else {
      const played = play(parts, one, lineEnd);
      steps.push({ edits: [played.edit] });
      parts = played.parts;
    }
  }
  steps.push(...chunks.map((chunk) => ({ chunk })));
  const script = {
    text,
    firstLine: sample.above.length,
    lastLine: sample.above.length + sample.inside.length - 1,
    steps,
    settle: sample.settle,
  };
  return ending(sample, script, parts, joined(put(proposed, sample.inside)));
}

function ending(
  { lineEnd, accept, racing, after, last }: Sample,
  script: Omit<Script, 'racing' | 'after'>,
  parts: Parts,
  proposal: string,
): { readonly script: Script; readonly expected: Expected } {
  const streamed = whole(parts);
  const edits = script.steps.filter((step) => !('chunk' in step)).length;
  const quiet = { racing: undefined, after: { accept, actions: [] } };
  const same = (outcome: Expected['outcome']) => ({
    script: { ...script, ...quiet },
    expected: { edits, streamed, ended: [streamed] as const, texts: [], outcome },
  });
  if (parts.reached) return same('overtaken');
  if (!accept) return same('rejected');
  if (proposal === parts.inside) return same('same');
  if (racing !== undefined) {
    const { edit, parts: raced } = play(parts, racing, lineEnd);
    return {
      script: { ...script, racing: [edit], after: { accept, actions: [] } },
      expected: {
        edits,
        streamed,
        ended: [whole({ ...raced, inside: proposal }), whole(raced)],
        texts: [],
        outcome: 'raced',
      },
    };
  }
  const accepted = { ...parts, inside: proposal };
  const { actions, texts } = afterwards(after, { parts, accepted }, last, lineEnd);
  return {
    script: { ...script, racing: undefined, after: { accept, actions } },
    expected: { edits, streamed, ended: [whole(accepted)], texts, outcome: 'accepted' },
  };
}

function afterwards(
  what: Sample['after'],
  { parts, accepted }: { readonly parts: Parts; readonly accepted: Parts },
  last: Place,
  lineEnd: LineEnd,
): { readonly actions: readonly Action[]; readonly texts: readonly string[] } {
  const [before, now] = [whole(parts), whole(accepted)];
  switch (what) {
    case 'nothing':
      return { actions: [], texts: [] };
    case 'undo':
      return { actions: [{ command: 'undo' }], texts: [before] };
    case 'undo and redo':
      return { actions: [{ command: 'undo' }, { command: 'redo' }], texts: [before, now] };
    case 'keep and undo':
      return { actions: [{ command: 'keep' }, { command: 'undo' }], texts: [now, before] };
    case 'take back':
      return { actions: [{ command: 'take back' }], texts: [before] };
    case 'type and take back': {
      const { edit, parts: typedOn } = play(accepted, last, lineEnd);
      return {
        actions: [{ edits: [edit] }, { command: 'take back' }],
        texts: [whole(typedOn), whole({ ...typedOn, inside: parts.inside })],
      };
    }
  }
}
