import { objectIn, objectsIn } from '../stream/near-types';
import type { Body } from './concession';
import { referredIn } from './reference';

/** Deeper than any schema that a model could fill in; references may go in circles. */
const deepest = 12;
const unions = ['anyOf', 'oneOf', 'allOf'] as const;

/**
 * A schema in the plainest form, which every vendor takes: each with one type and a description, lists with their
 * entries, objects with their properties, and texts with what they may be. References are what they refer to, and of a
 * union the first that isn't null stays.
 */
export function plainSchema(root: Body, schema: Body = root, depth = 0): Body {
  const known = resolved(root, schema);
  const { description } = known;
  const said = typeof description === 'string' && description !== '' ? { description } : {};
  const type = typeOf(known);
  if (depth >= deepest) return { type: 'string', ...said };
  const inner = (value: unknown): Body => plainSchema(root, objectIn(value) ?? {}, depth + 1);
  switch (type) {
    case 'object': {
      const properties = Object.entries(objectIn(known['properties']) ?? {});
      const names = properties.map(([name]) => name);
      const required = textsIn(known['required']).filter((name) => names.includes(name));
      return {
        type,
        ...said,
        properties: Object.fromEntries(properties.map(([name, value]) => [name, inner(value)])),
        ...(required.length > 0 && { required }),
      };
    }
    case 'array':
      return { type, ...said, items: inner(known['items']) };
    case 'string': {
      const values = textsIn(known['enum'] ?? ('const' in known ? [known['const']] : undefined)).filter(
        (each) => each !== '',
      );
      return { type, ...said, ...(values.length > 0 && { enum: values }) };
    }
    default:
      return { type, ...said };
  }
}

/** Without references and unions. */
function resolved(root: Body, schema: Body, depth = 0): Body {
  const { $ref, ...rest } = schema;
  const target = typeof $ref === 'string' ? referredIn(root, $ref) : undefined;
  const union = unions.find((name) => name in rest);
  const variants = union === undefined ? [] : objectsIn(rest[union]);
  const variant = variants.find(({ type }) => type !== 'null');
  const one = target ?? variant;
  if (one === undefined || depth >= deepest) return rest;
  const without = Object.fromEntries(Object.entries(rest).filter(([name]) => name !== union));
  return { ...resolved(root, one, depth + 1), ...without };
}

const simpleTypes = ['object', 'array', 'string', 'number', 'integer', 'boolean'];

/** Of several types the first; of none what its other words tell. */
function typeOf(schema: Body): string {
  const said = [schema['type']].flat().find((each) => typeof each === 'string' && simpleTypes.includes(each));
  if (typeof said === 'string') return said;
  if ('properties' in schema) return 'object';
  return 'items' in schema ? 'array' : 'string';
}

function textsIn(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}
