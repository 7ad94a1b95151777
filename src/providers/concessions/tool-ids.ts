import { createHash } from 'node:crypto';
import { objectIn } from '../stream/near-types';
import type { Concede } from './concession';
import { ifChanged } from './concession';
import { isNamed } from './fields';

const ofIds =
  /tool[_ ]?(?:call|use)s?[`'"\]]*[_ .]?(?:\[\d+\])?[_ .]?(?:id|[^.]{0,30}\bids?\b)|(?:tool[_ ]?use|call)s?\b.{0,40}\bids?\b|call_id/i;
/** Where a request says the id of a call, or of its result. */
const idFields: Readonly<Record<string, (object: Readonly<Record<string, unknown>>) => boolean>> = {
  id: ({ type }) => type === 'function' || type === 'tool_use',
  tool_call_id: () => true,
  tool_use_id: () => true,
  call_id: () => true,
};

/** Nine letters and digits, the same for the same id: what the strictest vendor takes, every other takes. */
export function shortId(id: string): string {
  return /^[a-zA-Z0-9]{9}$/.test(id) ? id : createHash('sha256').update(id).digest('hex').slice(0, 9);
}

/** Ids that another model or caller made may be too long, or of other letters. */
export const concedeToolIds: Concede = (refusal) =>
  isNamed(refusal, ofIds) &&
  /length|long|characters|letters|a-z|pattern|match|format|invalid|must be|unique|duplicate/i.test(
    refusal.words,
  )
    ? {
        id: 'short ids of tool calls',
        lasting: true,
        change: (body) => ifChanged(body, objectWithShortIds(body)),
      }
    : undefined;

function objectWithShortIds<T extends Readonly<Record<string, unknown>>>(object: T): T {
  return Object.fromEntries(
    Object.entries(object).map(([key, value]) => {
      const isId = typeof value === 'string' && idFields[key]?.(object) === true;
      // What a tool is called with is not looked into.
      if (key === 'tools' || key === 'input_schema' || (key === 'input' && !Array.isArray(value)))
        return [key, value];
      return [key, isId ? shortId(value) : withShortIds(value)];
    }),
  ) as T;
}

function withShortIds(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withShortIds);
  const object = objectIn(value);
  return object === undefined ? value : objectWithShortIds(object);
}
