import { objectIn, objectsIn } from '../stream/near-types';
import type { Body, Change, Concede } from './concession';
import { ifChanged } from './concession';
import { isNamed } from './fields';
import { plainSchema } from './plain-schema';

/** Keywords of JSON schema that a vendor may not know, and that only narrow what an input may be. */
const narrowing = [
  '$schema',
  '$id',
  '$comment',
  '$defs',
  'definitions',
  'additionalProperties',
  'unevaluatedProperties',
  'patternProperties',
  'propertyNames',
  'minProperties',
  'maxProperties',
  'dependentRequired',
  'dependencies',
  'if',
  'then',
  'else',
  'not',
  'const',
  'default',
  'examples',
  'title',
  'format',
  'pattern',
  'minLength',
  'maxLength',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
  'minItems',
  'maxItems',
  'uniqueItems',
  'contains',
  'prefixItems',
  'additionalItems',
  'readOnly',
  'writeOnly',
  'deprecated',
  'nullable',
  'contentEncoding',
  'contentMediaType',
  'markdownDescription',
  'enumDescriptions',
  'defaultSnippets',
];

const ofSchemas = /schema|function_declarations|parameters|tools?[\s.[]|function/i;
/** What any vendor takes of a description. */
const longestDescription = 1_024;

/**
 * Schemas that a vendor refuses: without the keywords that it names, else in the plainest form that says what the tool
 * takes. Its descriptions are shortened where they are too long.
 */
export const concedeSchemas: Concede = (refusal, body) => {
  if (!('tools' in body) || !isNamed(refusal, ofSchemas)) return undefined;
  const said = `${refusal.words} ${refusal.param ?? ''}`;
  if (/description/i.test(said) && /long|length|maximum|exceed/i.test(said))
    return { id: 'short descriptions', lasting: true, change: withShortDescriptions };
  const named = narrowing.filter(
    (keyword) => isWritten(keyword, refusal.words) && uses(body['tools'], keyword),
  );
  if (named.length > 0 && !named.some((keyword) => keyword === '$defs' || keyword === 'definitions'))
    return { id: `schemas without ${named.join(', ')}`, lasting: true, change: withoutKeywords(named) };
  if (!/schema|function_declarations|parameters/i.test(said)) return undefined;
  return { id: 'plain schemas', lasting: true, change: withSchemas((schema) => plainSchema(schema)) };
};

function isWritten(keyword: string, words: string): boolean {
  return new RegExp(`(^|[^\\w$])${keyword.replace('$', '\\$')}($|[^\\w])`).test(words);
}

function uses(value: unknown, keyword: string): boolean {
  if (Array.isArray(value)) return value.some((each) => uses(each, keyword));
  const object = objectIn(value);
  return (
    object !== undefined && (keyword in object || Object.values(object).some((each) => uses(each, keyword)))
  );
}

function withoutKeywords(keywords: readonly string[]): Change {
  return withSchemas((schema) => stripped(schema, keywords));
}

/** Changes each tool's schema, wherever its protocol has it. */
function withSchemas(change: (schema: Body) => Body): Change {
  return (body) =>
    ifChanged(body, { ...body, tools: objectsIn(body['tools']).map((tool) => withSchema(tool, change)) });
}

function withSchema(tool: Body, change: (schema: Body) => Body): Body {
  const inFunction = objectIn(tool['function']);
  if (inFunction !== undefined) return { ...tool, function: withSchema(inFunction, change) };
  const name = 'input_schema' in tool ? 'input_schema' : 'parameters';
  const schema = objectIn(tool[name]);
  return schema === undefined ? tool : { ...tool, [name]: change(schema) };
}

const withShortDescriptions: Change = (body) => {
  const shortened = (tool: Body): Body => {
    const inFunction = objectIn(tool['function']);
    const { description } = tool;
    return {
      ...tool,
      ...(inFunction && { function: shortened(inFunction) }),
      ...(typeof description === 'string' && { description: description.slice(0, longestDescription) }),
    };
  };
  return ifChanged(body, { ...body, tools: objectsIn(body['tools']).map(shortened) });
};

function stripped(schema: Body, keywords: readonly string[]): Body {
  const kept = Object.entries(schema).filter(([key]) => !keywords.includes(key));
  return Object.fromEntries(
    kept.map(([key, value]) => {
      // Names of properties are no keywords.
      if (key === 'properties') return [key, mapValues(value, (each) => strippedValue(each, keywords))];
      return [key, key === 'enum' || key === 'required' ? value : strippedValue(value, keywords)];
    }),
  );
}

function strippedValue(value: unknown, keywords: readonly string[]): unknown {
  if (Array.isArray(value)) return value.map((each: unknown) => strippedValue(each, keywords));
  const object = objectIn(value);
  return object === undefined ? value : stripped(object, keywords);
}

function mapValues(value: unknown, change: (each: unknown) => unknown): unknown {
  const object = objectIn(value);
  return object === undefined
    ? value
    : Object.fromEntries(Object.entries(object).map(([key, each]) => [key, change(each)]));
}
