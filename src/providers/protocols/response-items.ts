import type { JsonObject } from '../../core/terms/tools';
import { inputWith } from '../stream/call-pieces';
import { fieldOf, indexIn, jsonTextIn, objectIn, objectsIn, wordIn } from '../stream/near-types';
import type { WireCall } from '../stream/tool-calls';

/** A tool call or a thought of a response. */
interface Item {
  readonly ids: Set<string>;
  readonly index: number | undefined;
  call: { id: string; name: string } | undefined;
  /** What its pieces come to. */
  pieces: string;
  /** What an event told of the whole input; '' where none did. */
  whole: string;
  thought: JsonObject | undefined;
}

/** The tool calls of a response, with what was thought before each of them. */
export interface ResponseItems {
  /** An item as it begins, or whole. */
  take(event: unknown, item: JsonObject, isWhole: boolean): void;
  /** A piece of a call's input, or all of it. */
  addInput(event: unknown, piece: unknown, isWhole: boolean): void;
  hasCalls(): boolean;
  calls(): readonly WireCall[];
}

/**
 * Events belong to an item by its ids, else by its place, else to the item that began last. Servers leave out the one or
 * the other, give all items the same place, or each event another id.
 */
export function createResponseItems(): ResponseItems {
  const items: Item[] = [];

  function begin(ids: readonly string[], index: number | undefined): Item {
    const begun: Item = {
      ids: new Set(ids),
      index,
      call: undefined,
      pieces: '',
      whole: '',
      thought: undefined,
    };
    items.push(begun);
    return begun;
  }

  function idsOf(event: unknown, item: unknown): readonly string[] {
    return [
      fieldOf(event, 'item_id'),
      fieldOf(item, 'id'),
      fieldOf(item, 'call_id'),
      fieldOf(event, 'call_id'),
    ]
      .map(wordIn)
      .filter((id) => id !== '');
  }

  function known(ids: readonly string[], index: number | undefined): Item | undefined {
    return (
      items.find((item) => ids.some((id) => item.ids.has(id))) ??
      (index === undefined ? undefined : items.findLast((item) => item.index === index))
    );
  }

  function itemFor(event: unknown, item: JsonObject, isWhole: boolean): Item {
    const ids = idsOf(event, item);
    const index = indexIn(fieldOf(event, 'output_index'));
    const byId = items.find((each) => ids.some((id) => each.ids.has(id)));
    const found = byId ?? (isWhole ? sameItem(ids, index, item) : undefined) ?? begin(ids, index);
    for (const id of ids) found.ids.add(id);
    return found;
  }

  /** The item that an item without a known id tells the whole of. */
  function sameItem(ids: readonly string[], index: number | undefined, item: JsonObject): Item | undefined {
    const callId = wordIn(item['call_id']);
    const matches = (each: Item): boolean =>
      each.call !== undefined &&
      (callId === '' || each.call.id === '' || each.call.id === callId) &&
      each.call.name === wordIn(item['name']);
    const last = ids.length === 0 && index === undefined ? items.at(-1) : undefined;
    const there = index === undefined ? last : items.findLast((each) => each.index === index);
    return there !== undefined && matches(there) && there.whole === '' ? there : undefined;
  }

  return {
    take: (event, item, isWhole) => {
      const found = itemFor(event, item, isWhole);
      if (item['type'] === 'reasoning') {
        // As nothing is stored, a thought that isn't there in full can't be referred to.
        const isFull = wordIn(item['encrypted_content']) !== '' || objectsIn(item['content']).length > 0;
        if (isWhole && isFull) found.thought = item;
        return;
      }
      found.call ??= { id: '', name: '' };
      found.call.id ||= wordIn(item['call_id'] ?? item['id']);
      found.call.name ||= wordIn(item['name']);
      const input = jsonTextIn(item['arguments'] ?? item['input']);
      if (input.trim() !== '' && (isWhole || found.pieces === ''))
        found.whole = isWhole ? input : found.whole || input;
    },
    addInput: (event, piece, isWhole) => {
      const ids = idsOf(event, undefined);
      const index = indexIn(fieldOf(event, 'output_index'));
      const found = known(ids, index) ?? items.at(-1) ?? begin(ids, index);
      found.call ??= { id: '', name: wordIn(fieldOf(event, 'name')) };
      const text = jsonTextIn(piece);
      if (isWhole) found.whole = text.trim() === '' ? found.whole : text;
      else {
        // Pieces say more than what the item began with.
        if (found.pieces === '' && text.trim() !== '') found.whole = '';
        found.pieces = inputWith(found.pieces, text, objectIn(piece) !== undefined);
      }
    },
    hasCalls: () => items.some(({ call }) => call !== undefined),
    calls: () => {
      const all: WireCall[] = [];
      let thoughts: JsonObject[] = [];
      for (const { call, thought, whole, pieces } of items) {
        if (thought !== undefined) thoughts.push(thought);
        if (call === undefined) continue;
        // An empty object may stand for what its pieces told.
        const placeholder = whole.trim() === '' || (whole.trim() === '{}' && pieces.trim() !== '');
        all.push({ ...call, input: placeholder ? pieces : whole, verbatim: thoughts });
        thoughts = [];
      }
      return all;
    },
  };
}
