import type { ModelCall } from '../../core/terms/ports';
import type { JsonObject, ToolCall } from '../../core/terms/tools';
import { objectIn } from '../stream/near-types';
import { verbatimFor } from './verbatim';

/** Where vendors and gateways put a thought's signature beside a call: Google's own place first, and LiteLLM's. */
const places = ['extra_content', 'provider_specific_fields', 'thought_signature'] as const;

/** What seals a call as it came over the wire, for the way back; undefined where nothing does. */
export function sealsOf(call: JsonObject): JsonObject | undefined {
  const seals = { ofCall: sealsIn(call), ofFunction: sealsIn(objectIn(call['function']) ?? {}) };
  return Object.values(seals).every((found) => Object.keys(found).length === 0) ? undefined : seals;
}

function sealsIn(object: JsonObject): JsonObject {
  return Object.fromEntries(
    places.flatMap((place) =>
      object[place] === undefined || object[place] === null ? [] : [[place, object[place]]],
    ),
  );
}

/** The fields that seal a call, in the places in which they came, for the model that gave them. */
export function sealsFor(
  each: ToolCall,
  call: ModelCall,
): { readonly ofCall: JsonObject; readonly ofFunction: JsonObject } {
  const items = verbatimFor(each, call);
  const seals = items.find((item) => 'ofCall' in item);
  return {
    // Calls of before have Google's alone.
    ofCall: objectIn(seals?.['ofCall']) ?? items.find((item) => 'extra_content' in item) ?? {},
    ofFunction: objectIn(seals?.['ofFunction']) ?? {},
  };
}
