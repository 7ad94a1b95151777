import type { JsonObject, ToolDefinition } from '../../core/terms/tools';
import { referredIn } from '../concessions/reference';
import { objectIn, objectsIn } from '../stream/near-types';

/** The words for a tool; an empty text is refused. */
export function described({ description }: ToolDefinition): { readonly description?: string } {
  return description.trim() === '' ? {} : { description };
}

/**
 * The JSON schema of a tool's input in the form that every vendor takes: an object with properties, without a union at
 * the top, and with a schema for the entries of each list. Where variants were, an input may have the properties of any of
 * them, and must have those that all of them demand.
 */
export function schemaOf({ inputSchema }: ToolDefinition): JsonObject {
  const whole = withItems(mergedVariants(resolvedTop(inputSchema ?? {})));
  return { ...whole, type: 'object', properties: objectIn(whole['properties']) ?? {} };
}

/** A reference at the top is what it refers to: an object is demanded there. */
function resolvedTop(schema: JsonObject): JsonObject {
  const { $ref, ...rest } = schema;
  if (typeof $ref !== 'string') return schema;
  return { ...rest, ...referredIn(schema, $ref) };
}

const unions = ['anyOf', 'oneOf', 'allOf'] as const;

function mergedVariants(schema: JsonObject): JsonObject {
  const name = unions.find((each) => each in schema);
  if (name === undefined) return withoutNull(schema);
  const { [name]: listed, ...rest } = schema;
  const variants = objectsIn(listed).map(mergedVariants);
  const properties = Object.assign(
    {},
    ...variants.map((each) => objectIn(each['properties']) ?? {}),
    objectIn(rest['properties']),
  ) as JsonObject;
  const demanded = variants.map((each) => namesIn(each['required']));
  const common =
    name === 'allOf'
      ? demanded.flat()
      : (demanded[0] ?? []).filter((each) => demanded.every((names) => names.includes(each)));
  const required = [...new Set([...namesIn(rest['required']), ...common])];
  return mergedVariants({ ...rest, properties, ...(required.length > 0 && { required }) });
}

/** `enum` and `not` are refused at the top, too. */
function withoutNull(schema: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(schema).filter(([key, value]) => value !== null && key !== 'enum' && key !== 'not'),
  );
}

function namesIn(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}

/** A list without a word on its entries is refused. */
function withItems(schema: JsonObject): JsonObject {
  const inner = Object.fromEntries(
    Object.entries(schema).map(([key, value]) => [
      key,
      key === 'properties' ? eachWithItems(value) : nested(key, value),
    ]),
  );
  const isList =
    [inner['type']].flat().includes('array') &&
    inner['items'] === undefined &&
    inner['prefixItems'] === undefined;
  return isList ? { ...inner, items: {} } : inner;
}

function eachWithItems(value: unknown): unknown {
  const object = objectIn(value);
  return object === undefined
    ? value
    : Object.fromEntries(Object.entries(object).map(([name, each]) => [name, nested('', each)]));
}

/** Values that are no schemas stay as they are. */
function nested(key: string, value: unknown): unknown {
  if (['enum', 'const', 'default', 'examples', 'required'].includes(key)) return value;
  if (Array.isArray(value)) return value.map((each: unknown) => nested('', each));
  const object = objectIn(value);
  return object === undefined ? value : withItems(object);
}
