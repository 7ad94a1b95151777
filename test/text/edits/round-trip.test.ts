import { createTwoFilesPatch } from 'diff';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readEdit } from '../../../src/text/edits/read-edit';
import { applied, planned, proposalFor } from '../../../src/text/proposal';
import { runs } from '../../runs';
import { placeOf } from './edited';

/** Code as it may stand anywhere: levels that open and close, lines of all sorts. */
const line = fc.oneof(
  fc.stringMatching(/^[a-z]{3,8}\([a-z0-9, ]{0,12}\);$/),
  fc.stringMatching(/^const [a-z]{2,6} = [0-9]{1,4};$/),
  fc.stringMatching(/^return [a-z]{2,8}\.[a-z]{2,5};$/),
  fc.constantFrom('if (a) {', 'for (const b of c) {', '}', '', '// a word of comment', "text = '…';"),
);
const code = fc.array(line, { minLength: 1, maxLength: 10 }).map((lines) => {
  let level = 0;
  const nested = lines.flatMap((each) => {
    if (each === '}' && level === 0) return [];
    if (each === '}') level -= 1;
    const written = each === '' ? '' : '  '.repeat(level) + each;
    if (each.endsWith('{')) level += 1;
    return [written];
  });
  while (level > 0) nested.push(`${'  '.repeat((level -= 1))}}`);
  return ['first();', ...nested, 'last();'];
});

const before = 'import { a } from "a";\n\nexport function outer() {\n';
const after = '\n  closing(outer);\n}\n';

const fence = (text: string): string => `\`\`\`ts\n${text}\n\`\`\``;
/** All give the new text of the lines; `document` is before and after, with the old and the new lines. */
const forms: Readonly<Record<string, (now: string, documents: readonly [string, string]) => string>> = {
  plain: (now) => now,
  fenced: fence,
  chatty: (now) => `Sure, I changed it for you:\n\n${fence(now)}\n\nLet me know whether that helps.`,
  thinking: (now) => `<think>\nWhat if\n${fence('other();')}\n</think>\n${fence(now)}`,
  'whole file': (_now, [, file]) => fence(file.trimEnd()),
  diff: (_now, [old, file]) => `\`\`\`diff\n${createTwoFilesPatch('a/a.ts', 'b/a.ts', old, file)}\`\`\``,
  'from the margin': (now) => fence(now.replaceAll(/^ {2}/gm, '')),
  tabs: (now) => fence(now.replaceAll(/^(?: {2})+/gm, (blanks) => '\t'.repeat(blanks.length / 2))),
  CRLF: (now) => fence(now).replaceAll('\n', '\r\n'),
  waves: (now) => `~~~~\n${now}\n~~~~`,
};

describe('code that was wrapped in an answer', () => {
  test.each(Object.entries(forms))('comes back: %s', (name, wrap) => {
    let said = 0;
    let tried = 0;
    fc.assert(
      fc.property(code, code, (old, now) => {
        const [original, proposed] = [old, now].map((lines) =>
          lines.map((each) => (each === '' ? '' : `  ${each}`)).join('\n'),
        ) as [string, string];
        fc.pre(original !== proposed);
        const documents = [before + original + after, before + proposed + after] as const;
        const place = placeOf(documents[0], [4, 3 + old.length], 'typescript', 'a.ts');
        const { text, doubts } = readEdit(wrap(proposed, documents), place, true);
        tried += 1;
        if (doubts.length > 0) said += 1;
        else expect(text).toBe(proposed);
      }),
      { numRuns: runs(150) },
    );
    // Where all of the lines are other ones, little shows what is meant by some of the forms.
    expect(said / tried, name).toBeLessThan(0.35);
  });
});

describe('whatever a model answers', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      '```',
      '```ts\n',
      '\n```\n',
      '<<<<<<< SEARCH\n',
      '\n=======\n',
      '\n>>>>>>> REPLACE\n',
      '@@ -1 +1 @@\n',
      '-',
      '+',
      '<think>',
      '</think>',
      '// ... existing code ...\n',
      '\n',
      '    ',
      '\t',
      '1 | ',
      '"""',
      'first();',
      'last();',
      '\r\n',
      '\ufeff',
    ),
    fc.string({ maxLength: 12 }),
  );
  const answer = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(''));

  test('accepting it changes its lines alone, and undoing that restores every byte', () => {
    fc.assert(
      fc.property(
        answer,
        code,
        fc.constantFrom('\n', '\r\n'),
        fc.boolean(),
        (text, lines, lineEnd, marked) => {
          const original = lines.join('\n');
          const document = ((marked ? '\ufeff' : '') + before + original + after).replaceAll('\n', lineEnd);
          const place = placeOf(document, [4, 3 + lines.length], 'typescript', 'a.ts');
          const range = { start: place.before.length, length: place.original.length };
          const read = readEdit(text, place, true);
          const proposal = { ...proposalFor(document, range), text: read.text, doubts: read.doubts };
          const plan = planned(proposal, document);
          if (plan === undefined) return;
          const accepted = applied(document, plan);
          expect(accepted.startsWith(place.before)).toBe(true);
          expect(accepted.endsWith(place.after)).toBe(true);
          // Of lines that end otherwise the editor would make a mess.
          expect(accepted.replaceAll('\r\n', '').includes('\r')).toBe(false);
          if (lineEnd === '\r\n') expect(accepted.replaceAll('\r\n', '').includes('\n')).toBe(false);
          const back = { range: { start: range.start, length: plan.text.length }, text: proposal.original };
          expect(applied(accepted, back)).toBe(document);
        },
      ),
      { numRuns: runs(400) },
    );
  });

  test('a part of it is read too, and reading it again gives the same', () => {
    fc.assert(
      fc.property(answer, code, fc.nat(), (text, lines, cut) => {
        const place = placeOf(before + lines.join('\n') + after, [4, 3 + lines.length], 'typescript');
        const part = text.slice(0, cut % (text.length + 1));
        expect(readEdit(part, place, false).doubts).toEqual([]);
        expect(readEdit(part, place, true)).toEqual(readEdit(part, place, true));
      }),
      { numRuns: runs(300) },
    );
  });
});
