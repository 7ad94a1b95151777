import { inputIn, looksWhole } from './near-types';
import type { WireCall } from './tool-calls';

/** A piece of a tool call, as lenient as it is read. */
export interface CallPiece {
  /** Undefined where the server gave none. */
  readonly index: number | undefined;
  readonly id: string;
  readonly name: string;
  /** JSON or a part of it. */
  readonly input: string;
  /** True where the server gave the input as an object, which is all of it. */
  readonly inputIsWhole: boolean;
}

/** The tool calls of one answer, put together from their pieces. */
export interface CallPieces {
  readonly calls: readonly WireCall[];
  /** Adds the pieces of one chunk, and returns the call of each. */
  add(pieces: readonly CallPiece[]): readonly WireCall[];
}

/**
 * Pieces belong together by their index, else by their id, else they go on with the last call. A piece with a name
 * begins a new call where the call that it would belong to is whole, or has another id and no input yet: some servers
 * number all calls alike, give an id with every piece, or none at all. What repeats a whole call adds nothing.
 * `offered` are the names that there are: a name may come in pieces, too.
 */
export function createCallPieces(offered: readonly string[]): CallPieces {
  const calls: WireCall[] = [];
  const byIndex = new Map<number, WireCall>();
  const byId = new Map<string, WireCall>();

  function knownFor({ index, id }: CallPiece): WireCall | undefined {
    if (index !== undefined) return byIndex.get(index);
    return byId.get(id) ?? (id !== '' && calls.at(-1)?.id !== '' ? undefined : calls.at(-1));
  }

  /** A piece with a new id or index may still be the rest of a call whose input has begun. */
  function restOf(piece: CallPiece): WireCall | undefined {
    const last = calls.at(-1);
    return last === undefined || piece.name !== '' || looksWhole(last.input) ? undefined : last;
  }

  function begins(piece: CallPiece, known: WireCall, inThisChunk: ReadonlySet<WireCall>): boolean {
    if (piece.name === '') return false;
    const before = known.input.trim();
    const sameId = piece.id !== '' && piece.id === known.id;
    const otherId = piece.id !== '' && known.id !== '' && piece.id !== known.id;
    if (before === '' || (before === '{}' && sameId))
      return otherId || isOther(piece.name, known.name) || inThisChunk.has(known);
    // A name with every piece begins nothing.
    if (inputIn(before) === undefined || (sameId && piece.input.trim() === '')) return false;
    return otherId || inThisChunk.has(known) || !repeats(piece, known);
  }

  function isOther(name: string, known: string): boolean {
    return known !== '' && name !== known && !isBeginning(known + name, offered);
  }

  function callFor(piece: CallPiece, inThisChunk: ReadonlySet<WireCall>): WireCall | undefined {
    const known = knownFor(piece) ?? restOf(piece);
    if (known !== undefined && !begins(piece, known, inThisChunk)) return known;
    // Neither a name nor a call that it could belong to: nothing that could be called.
    if (known === undefined && piece.name === '' && piece.id === '' && piece.input === '') return undefined;
    const begun: WireCall = { id: '', name: '', input: '', verbatim: [] };
    calls.push(begun);
    if (piece.index !== undefined) byIndex.set(piece.index, begun);
    return begun;
  }

  function addTo(call: WireCall, piece: CallPiece): void {
    if (piece.id !== '') byId.set(piece.id, call);
    call.id ||= piece.id;
    call.name = nameWith(call.name, piece.name, offered);
    if (!repeats(piece, call)) call.input = inputWith(call.input, piece.input, piece.inputIsWhole);
  }

  return {
    calls,
    add: (pieces) => {
      const touched = new Set<WireCall>();
      return pieces.flatMap((piece) => {
        const call = callFor(piece, touched);
        if (call === undefined) return [];
        touched.add(call);
        addTo(call, piece);
        return [call];
      });
    },
  };
}

/** True where a piece says all of a call once more, in whatever writing. */
function repeats(piece: CallPiece, { id, input }: WireCall): boolean {
  // The piece first: it is short, and hardly ever whole.
  if ((piece.id !== '' && piece.id !== id) || !looksWhole(piece.input) || !looksWhole(input)) return false;
  return input.trim() !== '{}' && JSON.stringify(inputIn(input)) === JSON.stringify(inputIn(piece.input));
}

/** What stands for nothing, until there is something: "{}", "null", blanks. */
const longestPlaceholder = 16;

/**
 * The input of a call with its next piece, which may be all of it (`isWhole`). A whole input once more adds nothing, and
 * "{}" is what some servers begin with in the place of nothing. A piece may be a blank or a word of the input: it is taken
 * as it is. The input so far is looked at only where it is short, or as long as the piece.
 */
export function inputWith(before: string, piece: string, isWhole: boolean): string {
  if (piece === '') return before;
  const known = before.length <= longestPlaceholder ? before.trim() : undefined;
  if (isWhole) return known !== '' && piece === '{}' ? before : piece;
  if ((known === '{}' || known === 'null') && piece.trimStart().startsWith('{')) return piece;
  const again = Math.abs(before.length - piece.length) <= longestPlaceholder && looksWhole(piece);
  return again && before.trim() === piece.trim() ? before : before + piece;
}

function nameWith(known: string, piece: string, offered: readonly string[]): string {
  if (known === '' || piece === '') return known + piece;
  return !offered.includes(known) && isBeginning(known + piece, offered) ? known + piece : known;
}

function isBeginning(name: string, offered: readonly string[]): boolean {
  return offered.some((each) => each.startsWith(name));
}
