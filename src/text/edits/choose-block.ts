import { isBesideCode, namesOf } from './code-languages';
import type { EditPlace } from './edit-place';
import { isBlank } from './edit-place';
import type { FencedBlock } from './fenced-blocks';
import type { Words } from './likeness';
import { likeness01, wordsOf } from './likeness';

/** The block that is the code, and what is known from the others. */
export interface ChosenBlock {
  readonly block: FencedBlock;
  /** Another one could be meant as well. */
  readonly severalVersions: boolean;
  /** Lines of the original that another block repeats, for which this one is the new version. */
  readonly instead: readonly string[] | undefined;
}

/** A block is a version of the code where it is alike to this share. */
const versionFrom01 = 0.5;
/** Versions are of nearly the same likeness. */
const versionsWithin01 = 0.15;
/** Below, likeness tells nothing: all of the code is new. */
const alikeFrom01 = 0.15;

interface Rated {
  readonly block: FencedBlock;
  readonly words: Words;
  readonly size: number;
  readonly score: number;
  readonly likeness: number;
}

/**
 * Of several blocks the one that is to take the place of the lines in question: by its language, the file that is named at
 * it, and how alike it is to the lines or to the whole file. What repeats the lines as they are is shown for comparison.
 */
export function chooseBlock(blocks: readonly FencedBlock[], place: EditPlace): ChosenBlock | undefined {
  const told = blocks.filter(({ lines }) => lines.some((line) => !isBlank(line)));
  const own = ofLanguage(told, place.languageId);
  if (own.length < 2 || isBlank(place.original)) {
    const block = longest(own);
    return block && { block, severalVersions: false, instead: undefined };
  }
  const [toLines, toFile] = [place.original, place.before + place.original + place.after].map(wordsOf);
  const original = textOf(place.original.split('\n'));
  const rated = own.map((block): Rated => {
    const text = textOf(block.lines);
    const words = wordsOf(text);
    const likeness = Math.max(
      ...[toLines, toFile].map((other) => (other === undefined ? 0 : likeness01(words, other))),
    );
    return { block, words, size: text.length, likeness, score: likeness + fileScore(block, place.fileName) };
  });
  const others = rated.filter(({ block }) => textOf(block.lines) !== original);
  const left = others.some(({ likeness }) => likeness >= alikeFrom01) ? others : rated;
  if (left.every(({ likeness }) => likeness < alikeFrom01))
    return chosen(longest(left.map(({ block }) => block)));
  const pair = excerptAndNew(rated, place.original);
  if (pair !== undefined) return pair;
  const best = left.reduce((most, each) => (each.score > most.score ? each : most));
  const versions = left.filter(
    ({ score, likeness, size }) =>
      likeness >= versionFrom01 &&
      score >= best.score - versionsWithin01 &&
      size * 2 > best.size &&
      size < best.size * 2,
  );
  const last = versions.at(-1) ?? best;
  const several = versions.some(({ block }) => textOf(block.lines) !== textOf(last.block.lines));
  return { block: last.block, severalVersions: several, instead: undefined };
}

function chosen(block: FencedBlock | undefined): ChosenBlock | undefined {
  return block && { block, severalVersions: false, instead: undefined };
}

/** Those of the document's language, else those that say none, else all but what is run or printed. */
function ofLanguage(blocks: readonly FencedBlock[], languageId: string): readonly FencedBlock[] {
  const names = namesOf(languageId);
  const own = blocks.filter(({ language }) => names.includes(language));
  if (own.length > 0) return own;
  const code = blocks.filter(({ language }) => !isBesideCode(language, languageId));
  const silent = code.filter(({ language }) => language === '');
  return silent.length > 0 ? silent : code.length > 0 ? code : blocks;
}

function fileScore({ info, lead }: FencedBlock, fileName: string): number {
  if (fileName === '') return 0;
  const named = /[\w.-]{1,100}\.[a-zA-Z]\w{0,9}\b/.exec(info.slice(0, 300))?.[0];
  if (info.includes(fileName) || lead.includes(fileName)) return 0.3;
  return named === undefined ? 0 : -0.4;
}

/** "Replace this … with this …": a part of the lines, and what is to come in its place. */
function excerptAndNew(rated: readonly Rated[], original: string): ChosenBlock | undefined {
  const [one, two, ...more] = rated;
  if (one === undefined || two === undefined || more.length > 0) return undefined;
  const old = textOf(one.block.lines);
  const isPart =
    `\n${textOf(original.split('\n'))}\n`.includes(`\n${old}\n`) && old !== textOf(original.split('\n'));
  const whole = textOf(original.split('\n')).length;
  const isAsLong = Math.abs(two.size - one.size) < Math.abs(whole - two.size);
  if (!isPart || !isAsLong || likeness01(two.words, one.words) < versionFrom01) return undefined;
  return { block: two.block, severalVersions: false, instead: one.block.lines };
}

/** What lines say, without what is only blank. */
function textOf(lines: readonly string[]): string {
  return lines
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('\n');
}

function longest(blocks: readonly FencedBlock[]): FencedBlock | undefined {
  let best: FencedBlock | undefined;
  let most = -1;
  for (const block of blocks) {
    const size = block.lines.reduce((sum, line) => sum + line.length + 1, 0);
    if (size > most) [best, most] = [block, size];
  }
  return best;
}
