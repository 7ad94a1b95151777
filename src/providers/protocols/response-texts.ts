import { fieldOf, indexIn, wordIn } from '../stream/near-types';

/** The texts of a response, each of which is told up to four times: in pieces, whole, with its item, and at the end. */
export interface ResponseTexts {
  /** Notes a piece. */
  add(event: unknown, piece: string): void;
  /** What of a whole text was not told before. */
  restOf(event: unknown, text: string): string;
}

export function createResponseTexts(): ResponseTexts {
  const said = new Map<string, string>();

  return {
    add: (event, piece) => {
      const place = placeOf(event);
      said.set(place, (said.get(place) ?? '') + piece);
    },
    restOf: (event, text) => {
      if (text === '') return '';
      const place = placeOf(event);
      const there = said.get(place);
      const grows = there !== undefined && there !== '' && text.startsWith(there);
      // Servers count places in other ways from event to event.
      const elsewhere = [...said.values()].some((each) => each.trim() === text.trim()) || isAllOfIt(text);
      if (elsewhere || (there !== undefined && !grows)) return '';
      said.set(place, text);
      return grows ? text.slice(there.length) : text;
    },
  };

  function isAllOfIt(text: string): boolean {
    return [...said.values()].join('').trim() === text.trim();
  }
}

/** Where a text stands: the item and the part of it. '' where the event doesn't say. */
function placeOf(event: unknown): string {
  const item = indexIn(fieldOf(event, 'output_index'));
  const part = indexIn(fieldOf(event, 'content_index')) ?? 0;
  const id = wordIn(fieldOf(event, 'item_id'));
  return item === undefined && id === '' ? '' : `${item === undefined ? id : String(item)}.${String(part)}`;
}
