import { beforeAll, describe, expect, test } from 'vitest';
import { ensurePython } from '../../../scripts/lib/ensure-python.mjs';
import { readEdit } from '../../../src/text/edits/read-edit';
import { runs } from '../../runs';
import type { Form } from './corpus/forms';
import { forms } from './corpus/forms';
import { createParsers, validPython } from './corpus/parsers';
import { chance } from './corpus/random';
import type { CorpusEdit } from './corpus/rules';
import { editOf, intended } from './corpus/rules';
import type { Source } from './corpus/sources';
import { sources } from './corpus/sources';
import { placeOf } from './edited';

/** Edits of real files, each answered in every form. The same each time; another seed gives others. */
const edits = runs(322);
const seed = Number(process.env['CONDUIT_TEST_SEED'] ?? 20);

type Outcome = 'right' | 'said' | 'wrong';
interface Tried {
  readonly form: Form;
  readonly edit: CorpusEdit;
  readonly outcome: Outcome;
  readonly answer: string;
  /** The lines in question, and the whole document, once it is accepted. */
  readonly proposed: string;
  readonly text: string;
}

/** Edits whose result is valid in its language, of all languages alike. */
async function corpus(): Promise<readonly CorpusEdit[]> {
  const by = chance(seed);
  const parsers = await createParsers();
  const files = Map.groupBy(sources(), ({ languageId }) => languageId);
  const made: CorpusEdit[] = [];
  for (const [languageId, own] of files) {
    const [first, ...others] = own;
    if (first === undefined) throw new Error(`There is no file of ${languageId}.`);
    const wanted = Math.ceil(edits / files.size);
    const found = editsOf([first, ...others], wanted * 3, by);
    const valid =
      languageId === 'python'
        ? bothValid(validPython(found.map(({ source }) => source.text)), validPython(found.map(intended)))
        : found.map((edit) =>
            [edit.source.text, intended(edit)].every((text) => parsers.isValid(languageId, text)),
          );
    made.push(...found.filter((_, index) => valid[index]).slice(0, wanted));
  }
  parsers.dispose();
  return made;
}

function bothValid(before: readonly boolean[], after: readonly boolean[]): readonly boolean[] {
  return before.map((valid, index) => valid && after[index] === true);
}

function editsOf(
  files: readonly [Source, ...Source[]],
  count: number,
  by: ReturnType<typeof chance>,
): readonly CorpusEdit[] {
  const found: CorpusEdit[] = [];
  for (let attempt = 0; found.length < count && attempt < count * 20; attempt += 1) {
    const edit = editOf(by.of(files), by);
    if (edit !== undefined) found.push(edit);
  }
  return found;
}

function tryOne(edit: CorpusEdit, form: Form, by: ReturnType<typeof chance>): Tried | undefined {
  const answer = forms[form](edit, by);
  if (answer === undefined) return undefined;
  const { text: document, languageId, fileName } = edit.source;
  const place = placeOf(document, [edit.first, edit.last], languageId, fileName);
  const { text, doubts } = readEdit(answer, place, true);
  const after = place.before + (text ?? place.original) + place.after;
  const isRight = after === intended(edit) && doubts.length === 0;
  // Where nothing would change, the user is told so.
  const isSaid = text === undefined || doubts.length > 0 || after === document;
  const outcome = isRight ? 'right' : isSaid ? 'said' : 'wrong';
  return { form, edit, outcome, answer, proposed: text ?? place.original, text: after };
}

/** What a reader needs to have it again. */
function told({ form, edit, answer, proposed }: Tried): Readonly<Record<string, string>> {
  const { source, rule, first, last, lines } = edit;
  return {
    form,
    rule,
    place: `${source.fileName}:${String(first)}-${String(last)}`,
    answer,
    proposed,
    meant: lines.join('\n'),
  };
}

function table(tried: readonly Tried[]): string {
  const rows = (Object.keys(forms) as Form[]).map((form) => {
    const count = (outcome: Outcome): string =>
      String(tried.filter((each) => each.form === form && each.outcome === outcome).length).padStart(6);
    return `${form.padEnd(15)}${count('right')}${count('said')}${count('wrong')}`;
  });
  return ['form            right  said wrong', ...rows].join('\n');
}

describe('edits of real files in several languages, answered in twelve forms', () => {
  let all: readonly CorpusEdit[] = [];
  let tried: readonly Tried[] = [];

  beforeAll(async () => {
    await ensurePython();
    all = await corpus();
    const by = chance(seed + 1);
    tried = all.flatMap((edit) =>
      (Object.keys(forms) as Form[]).flatMap((form) => tryOne(edit, form, by) ?? []),
    );
    console.log(`${String(all.length)} edits, ${String(tried.length)} answers\n${table(tried)}`);
  }, 1_800_000);

  test('no proposal is wrong in silence', () => {
    const wrong = tried.filter(({ outcome }) => outcome === 'wrong').slice(0, 5);
    expect(wrong.map(told)).toEqual([]);
  });

  test('nearly all are what was meant', () => {
    expect(tried.filter(({ outcome }) => outcome === 'right').length / tried.length).toBeGreaterThan(0.9);
  });

  test('there are edits of every language, rule and kind of selection', () => {
    const count = (of: (edit: CorpusEdit) => string): number => new Set(all.map(of)).size;
    expect(all.length).toBeGreaterThanOrEqual(Math.min(300, edits));
    expect(count(({ source }) => source.languageId)).toBe(7);
    expect(count(({ rule }) => rule)).toBe(7);
    expect(count(({ selection }) => selection)).toBe(6);
  });

  test('Python stays valid', () => {
    const python = tried.filter(
      ({ edit, outcome }) => edit.source.languageId === 'python' && outcome === 'right',
    );
    const texts = [...new Set(python.map(({ text }) => text))];
    expect(texts.length).toBeGreaterThan(0);
    expect(validPython(texts).every(Boolean)).toBe(true);
  }, 300_000);
});
