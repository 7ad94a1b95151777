import { lineHashes } from '../survival';

/** Lines that are told apart, by a hash as `lineHashes` makes it: how much each of them tells of who wrote it, > 0. */
export type TellingLines = ReadonlyMap<number, number>;

/** A line with fewer letters and digits of its own stands in many files. */
const leastOfLine = 8;
/** Two lines of code that have this together are hardly written twice by chance. */
const enough = 30;

/** Words that say nothing by themselves, in the languages that models write most. */
const common = new Set(
  (
    'abstract and any as assert async await begin bool boolean break case catch char class const continue def default del ' +
    'delete do done double echo elif else elsif end endif enum esac except export extends extern false fi final finally ' +
    'float fn for foreach from func function go goto if implements import in include init inline int interface is lambda ' +
    'let long loop main match mod module mut namespace new nil none not null of on open or override package pass print ' +
    'println private proc protected pub public raise readonly ref require return self short signed sizeof static str ' +
    'string struct super switch template then this throw throws trait true try type typedef typename typeof undefined ' +
    'union unless unsigned until use using val var virtual void volatile when where while with yield name args console ' +
    'log div span __name__ __main__ __init__'
  ).split(' '),
);

/** What only says which other code is used: any file about the same has it. */
const importing =
  /^(?:import|from|using|use|package|namespace|@import|#\s*(?:include|import)|library|require(?:_once)?|extern crate)\b|^(?:const|let|var)\s.{0,200}=\s*require\s*\(|^export\s.{0,200}\sfrom\s*['"]/;

/** Of a key, a picture, a checksum: nobody takes that over from an answer. */
const encoded = /^[\w+/=]{40,}$/;

/** How much a line tells: letters and digits beside common words; 0 where any file may have it. */
function weightOf(line: string): number {
  const text = line.trim();
  if (importing.test(text) || encoded.test(text)) return 0;
  let own = 0;
  for (const word of text.match(/[\p{L}\p{N}_]+/gu) ?? [])
    if (!common.has(word.toLowerCase())) own += word.length;
  return own < leastOfLine ? 0 : own;
}

/** Those of some lines that tell something, each once. */
export function tellingLines(lines: readonly string[]): TellingLines {
  const telling = new Map<number, number>();
  for (const line of lines) {
    const weight = weightOf(line);
    const [hash] = weight === 0 ? [] : lineHashes(line);
    if (hash !== undefined) telling.set(hash, weight);
  }
  return telling;
}

/** Whether the lines that are there tell together that they come from these, and not from elsewhere by chance. */
export function tells(lines: TellingLines, there: ReadonlySet<number>): boolean {
  let sum = 0;
  for (const [hash, weight] of lines) if (there.has(hash)) sum += weight;
  return sum >= enough;
}

/** Share of the lines, 0..1, that are there; 0 of none. */
export function shareThere01(lines: TellingLines, there: ReadonlySet<number>): number {
  const count = [...lines.keys()].filter((hash) => there.has(hash)).length;
  return lines.size === 0 ? 0 : count / lines.size;
}

/** The one of several of which most is there, and enough to tell; of two alike the later one. */
export function mostThere<Code extends { readonly lines: TellingLines }>(
  codes: readonly Code[],
  there: ReadonlySet<number>,
): Code | undefined {
  const countOf = ({ lines }: Code): number => [...lines.keys()].filter((hash) => there.has(hash)).length;
  return codes
    .filter(({ lines }) => tells(lines, there))
    .toSorted((one, other) => countOf(one) - countOf(other))
    .at(-1);
}
