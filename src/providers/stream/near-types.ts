import type { JsonObject } from '../../core/terms/tools';
import { isJsonObject } from '../../core/terms/tools';
import { looseJson } from './loose-json';

/** Fields as they should be, from fields that are nearly so: a number as text, an object for its JSON, one for a list. */

/** An object; undefined for anything else. */
export function objectIn(value: unknown): JsonObject | undefined {
  return isJsonObject(value) ? value : undefined;
}

/** A field of an object; undefined where there is none, or `value` is no object. */
export function fieldOf(value: unknown, name: string): unknown {
  return objectIn(value)?.[name] ?? undefined;
}

/** The objects of a list, of an object alone, or of an object whose keys are the list's positions. */
export function objectsIn(value: unknown): readonly JsonObject[] {
  if (Array.isArray(value)) return value.flatMap((each: unknown): readonly JsonObject[] => listed(each));
  const object = objectIn(value);
  if (object === undefined) return [];
  const keys = Object.keys(object);
  return keys.length > 0 && keys.every((key) => /^\d+$/.test(key))
    ? Object.values(object).flatMap(listed)
    : [object];
}

function listed(value: unknown): readonly JsonObject[] {
  const object = objectIn(value);
  return object === undefined ? [] : [object];
}

/** A text, or a number as text; '' for anything else. */
export function wordIn(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

/** A position in a list, ≥ 0; undefined for anything else. */
export function indexIn(value: unknown): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isInteger(number) && number >= 0 ? number : undefined;
}

/** A text: itself, or what the parts of a list say that are texts. '' for anything else. */
export function textIn(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value)) return value.map((part: unknown) => textOfPart(part)).join('');
  return objectIn(value) === undefined ? '' : textOfPart(value);
}

/** Parts of other types are what a model thought, or pictures. */
function textOfPart(part: unknown): string {
  if (typeof part === 'string') return part;
  const type = wordIn(fieldOf(part, 'type'));
  if (!/^$|text$|^refusal$/.test(type)) return '';
  const text = fieldOf(part, 'text') ?? fieldOf(part, 'content') ?? fieldOf(part, 'refusal');
  const value = fieldOf(text, 'value');
  return typeof text === 'string' ? text : wordIn(value ?? text);
}

/** What the parts of a list say that are thoughts. */
export function thoughtsIn(value: unknown): string {
  return (Array.isArray(value) ? value : [])
    .filter((part: unknown) => /think|reason|thought/.test(wordIn(fieldOf(part, 'type'))))
    .map((part: unknown) =>
      textIn(fieldOf(part, 'thinking') ?? fieldOf(part, 'text') ?? fieldOf(part, 'summary')),
    )
    .join('');
}

/** JSON as text, or a piece of it: itself, or the JSON of an object. '' for null, an empty list, or anything else. */
export function jsonTextIn(value: unknown): string {
  if (typeof value === 'string') return value;
  if (objectIn(value) !== undefined) return JSON.stringify(value);
  return '';
}

/** The object that a tool is called with; undefined where the text is none. An empty one for no text at all. */
export function inputIn(text: string): JsonObject | undefined {
  if (/^\s*(null|\[\s*\]|""|\{\s*\})?\s*$/.test(text)) return {};
  const value = looseJson(text);
  // Some servers encode the JSON once more.
  return objectIn(typeof value === 'string' ? looseJson(value) : value);
}

/** True of the text of a whole JSON object. */
export function looksWhole(text: string): boolean {
  return /^\s*\{[\s\S]*\}\s*$/.test(text) && inputIn(text) !== undefined;
}
