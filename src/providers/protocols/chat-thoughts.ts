import type { ModelCall } from '../../core/terms/ports';
import type { JsonObject, ToolCall } from '../../core/terms/tools';
import { hasQuirk } from '../../vendors/lookup';
import { objectIn, objectsIn, textIn, wordIn } from '../stream/near-types';
import { verbatimFor } from './verbatim';

/** Texts of what a model thinks, by the names that vendors have for them. */
const textFields = ['reasoning_content', 'reasoning', 'reasoning_text', 'thinking'] as const;
/** Lists of it, whose entries are signed or encrypted, and go back as they came. */
const listFields = ['reasoning_details', 'thinking_blocks'] as const;
/** What seals the text beside it. */
const sealFields = ['reasoning_opaque', 'reasoning_signature', 'thought_signature'] as const;

/** What a model thought before it called tools, as its vendor wants it back: in the fields in which it came. */
export interface ChatThoughts {
  /** Takes in a delta, and returns its thoughts as text. */
  take(delta: JsonObject): string;
  /** Undefined where there are none. */
  kept(): JsonObject | undefined;
}

export function createChatThoughts(): ChatThoughts {
  const texts = new Map<string, string>();
  const lists = new Map<string, JsonObject[]>();

  return {
    take: (delta) => {
      for (const name of [...textFields, ...sealFields]) {
        const text = textIn(delta[name]);
        if (text !== '') texts.set(name, (texts.get(name) ?? '') + text);
      }
      for (const name of listFields) {
        const list = lists.get(name) ?? [];
        for (const entry of objectsIn(delta[name])) addEntry(list, entry);
        if (list.length > 0) lists.set(name, list);
      }
      const plain = textFields.map((name) => textIn(delta[name])).find((text) => text !== '');
      return (
        plain ??
        objectsIn(delta['reasoning_details'])
          .map(({ text, summary }) => textIn(text ?? summary))
          .join('')
      );
    },
    kept: () => {
      // The details say all that the text does.
      if (lists.has('reasoning_details')) texts.delete('reasoning');
      const all = { ...Object.fromEntries(texts), ...Object.fromEntries(lists) };
      return Object.keys(all).length === 0 ? undefined : { thoughts: all };
    },
  };
}

/** Texts come in pieces of one entry; what is encrypted or signed comes whole. */
function addEntry(list: JsonObject[], entry: JsonObject): void {
  const before = list.at(-1);
  const same = before !== undefined && before['type'] === entry['type'] && before['index'] === entry['index'];
  const name = ['text', 'summary', 'thinking'].find((each) => typeof entry[each] === 'string');
  if (!same || before['signature'] || name === undefined) {
    // A signature that comes after its text belongs to it.
    const seals = same && name === undefined && wordIn(entry['signature']) !== '' && !before['signature'];
    if (seals) list[list.length - 1] = { ...before, ...withoutEmpty(entry) };
    else list.push(entry);
  } else {
    list[list.length - 1] = {
      ...before,
      ...withoutEmpty(entry),
      [name]: wordIn(before[name]) + wordIn(entry[name]),
    };
  }
}

function withoutEmpty(entry: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(entry).filter(([, value]) => value !== null && value !== ''));
}

/**
 * The fields of an assistant's message that say what was thought before its calls, where the model that is asked thought
 * it. Of calls that another model made nothing is known that it would understand: where its vendor refuses a history
 * without thoughts, a space is as good as them, and an empty text is not.
 */
export function thoughtFields(calls: readonly ToolCall[], call: ModelCall): JsonObject {
  const own = calls.flatMap((each) => verbatimFor(each, call));
  const kept = own.map(({ thoughts }) => objectIn(thoughts)).find((each) => each !== undefined);
  const before = own.find((item) => typeof item['reasoning_content'] === 'string');
  const all = kept ?? (before && { reasoning_content: before['reasoning_content'] }) ?? {};
  if (!hasQuirk(call.deployment, 'thoughts-go-back') || wordIn(all['reasoning_content']) !== '') return all;
  return { ...all, reasoning_content: ' ' };
}
