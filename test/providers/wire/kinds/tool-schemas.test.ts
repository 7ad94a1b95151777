import { describe, expect, test } from 'vitest';
import type { JsonObject, ToolDefinition } from '../../../../src/core/terms/tools';
import { jsonReply, reply } from '../replies';
import type { Sent } from '../replies';
import { outcomeOf } from '../wire-case';
import { listIn, protocols, whole42 } from './expectations';

/** A schema that a vendor refuses: the tool is offered all the same, in a form that it takes. */

const tool = (properties: object, more: object = {}): ToolDefinition => ({
  name: 'read_file',
  description: 'Reads a file.',
  inputSchema: {
    type: 'object',
    properties: { path: { type: 'string' }, ...properties },
    ...more,
  },
});

function schemaIn(sent: Sent): JsonObject {
  const [first = {}] = listIn(sent, 'tools');
  const inner = (first['function'] ?? first) as Sent;
  return (inner['parameters'] ?? inner['input_schema'] ?? {}) as JsonObject;
}

/** All schemas within one, itself too. */
function schemasIn(schema: unknown): readonly JsonObject[] {
  if (typeof schema !== 'object' || schema === null) return [];
  if (Array.isArray(schema)) return schema.flatMap(schemasIn);
  const { properties, items, anyOf, oneOf, allOf } = schema as JsonObject;
  return [
    schema as JsonObject,
    ...schemasIn(Object.values(properties ?? {})),
    ...[items, anyOf, oneOf, allOf].flatMap(schemasIn),
  ];
}
const each = (fits: (schema: JsonObject) => boolean) => (sent: Sent) => schemasIn(schemaIn(sent)).every(fits);
const lacks =
  (...words: readonly string[]) =>
  (sent: Sent) =>
    words.every((word) => !JSON.stringify(schemaIn(sent)).includes(`"${word}"`));
const plain = (word: string) => ({ error: { code: 400, message: word, status: 'INVALID_ARGUMENT' } });
const at = 'GenerateContentRequest.tools[0].function_declarations[0].parameters.properties[x]';

describe.each(protocols)('%s', (_protocol, deployment, ok) => {
  test.each<readonly [string, ToolDefinition, (sent: Sent) => boolean, object]>([
    // taylorwilsdon/google_workspace_mcp#1099
    [
      'Gemini knows one type',
      tool({ x: { type: ['string', 'null'] } }),
      each(({ type }) => !Array.isArray(type)),
      plain(
        'Invalid JSON payload received. Unknown name "type" at \'tools[0].function_declarations[0].parameters.properties[1].value\': Proto field is not repeating, cannot start list.',
      ),
    ],
    [
      'Gemini knows no const',
      tool({ x: { const: 'a' } }),
      lacks('const'),
      plain(
        'Invalid JSON payload received. Unknown name "const" at \'tools[0].function_declarations[0].parameters.properties[1].value\': Cannot find field.',
      ),
    ],
    // nanbingxyz/5ire#42
    [
      'Gemini’s additionalProperties',
      tool({ x: { type: 'array', items: { type: 'object', additionalProperties: true } } }),
      lacks('additionalProperties'),
      plain(
        'Invalid JSON payload received. Unknown name "additionalProperties" at \'tools[0].function_declarations[0].parameters.properties[1].value.items\': Cannot find field.',
      ),
    ],
    [
      'Gemini’s formats',
      tool({ x: { type: 'string', format: 'uri' } }),
      lacks('format'),
      plain(`${at}.format: only 'enum' and 'date-time' are supported for STRING type`),
    ],
    [
      'Gemini’s bounds',
      tool({ x: { type: 'integer', exclusiveMinimum: 0 } }),
      lacks('exclusiveMinimum'),
      plain(
        'Invalid JSON payload received. Unknown name "exclusiveMinimum" at \'tools[0].function_declarations[0].parameters.properties[1].value\': Cannot find field.',
      ),
    ],
    [
      'Moonshot’s unions',
      tool({ x: { type: 'string', anyOf: [{ type: 'string' }, { type: 'null' }] } }),
      each((schema) => !('type' in schema && 'anyOf' in schema)),
      {
        error: {
          message:
            "Invalid request: tools.function.parameters is not a valid moonshot flavored json schema, details: <At path 'properties.x': when using anyOf, type should be defined in anyOf items instead of the parent schema>",
          type: 'invalid_request_error',
        },
      },
    ],
    // LibreChat#6971
    [
      'Gemini wants types',
      tool({ x: { description: 'Anything.' } }),
      each((schema) => 'type' in schema || 'anyOf' in schema),
      plain(`${at}.type: must be specified when not using one_of, any_of or all_of fields`),
    ],
    // diegosouzapw/OmniRoute#760
    [
      'Gemini’s enum is of texts',
      tool({ x: { type: 'integer', enum: [1, 2] } }),
      each((schema) => !('enum' in schema) || schema['type'] === 'string'),
      plain(`${at}.enum: only allowed for STRING type`),
    ],
    // NousResearch/hermes-agent#15082
    [
      'Gemini’s enum, as a value',
      tool({ x: { type: 'integer', enum: [60, 1440] } }),
      each(
        ({ enum: values }) => !Array.isArray(values) || values.every((value) => typeof value === 'string'),
      ),
      plain(
        "Invalid value at 'tools[0].function_declarations[0].parameters.properties[1].value.enum[0]' (TYPE_STRING), 60",
      ),
    ],
    [
      'Gemini’s enum has no empty text',
      tool({ x: { type: 'string', enum: ['', 'a'] } }),
      each(({ enum: values }) => !Array.isArray(values) || !values.includes('')),
      plain(`${at}.enum[0]: cannot be empty`),
    ],
    // NousResearch/hermes-agent#89673
    [
      'Gemini knows no references',
      tool({ x: { $ref: '#/$defs/X' } }, { $defs: { X: { type: 'string' } } }),
      lacks('$ref', '$defs'),
      plain(
        'Invalid JSON payload received. Unknown name "$ref" at \'tools[0].function_declarations[0].parameters.properties[1].value\': Cannot find field.',
      ),
    ],
    // anomalyco/opencode#11888
    [
      'Gemini’s properties of a text',
      tool({ x: { type: 'string', properties: {}, required: [] } }),
      each((schema) => schema['type'] === 'object' || !('properties' in schema)),
      plain(`${at}.properties: only allowed for OBJECT type`),
    ],
    [
      'Gemini’s required',
      tool({}, { required: ['path', 'gone'] }),
      (sent) => !JSON.stringify(schemaIn(sent)['required'] ?? []).includes('gone'),
      plain(
        'GenerateContentRequest.tools[0].function_declarations[0].parameters.required[1]: property is not defined',
      ),
    ],
    [
      'OpenAI’s items of a list that may be null',
      tool({ x: { type: ['array', 'null'] } }),
      each((schema) => ![schema['type']].flat().includes('array') || 'items' in schema),
      {
        error: {
          message:
            "Invalid schema for function 'read_file': In context=('properties', 'x', 'type', '0'), array schema missing items.",
          type: 'invalid_request_error',
          param: 'tools[0].function.parameters',
          code: 'invalid_function_parameters',
        },
      },
    ],
    [
      'OpenAI’s descriptions',
      { ...tool({}), description: 'x'.repeat(1_500) },
      (sent) => JSON.stringify(sent['tools']).length < 1_400,
      {
        error: {
          message:
            "Invalid 'tools[0].function.description': string too long. Expected a string with maximum length 1024, but got a string with length 1500 instead.",
          type: 'invalid_request_error',
          param: 'tools[0].function.description',
          code: 'string_above_max_length',
        },
      },
    ],
    [
      'a schema that is true',
      tool({ x: true }),
      each((schema) => Object.values(schema['properties'] ?? {}).every((value) => typeof value === 'object')),
      {
        error: {
          message: "Invalid schema for function 'read_file': True is not of type 'object'.",
          param: 'tools[0].function.parameters',
          code: 'invalid_function_parameters',
        },
      },
    ],
  ])('%s', async (_name, offered, accepts, said) => {
    const outcome = await outcomeOf({ deployment, tools: [offered] }, (sent) =>
      accepts(sent) ? reply(ok) : jsonReply(400, said),
    );
    expect(outcome).toMatchObject(whole42);
    expect(JSON.stringify(schemaIn(outcome.sent.at(-1) ?? {}))).toContain('"path"');
  });

  test.each<readonly [string, ToolDefinition['inputSchema'], (schema: JsonObject) => boolean]>([
    ['none at all', undefined, ({ type, properties }) => type === 'object' && typeof properties === 'object'],
    [
      'a union at the top',
      {
        anyOf: [
          { type: 'object', properties: { path: { type: 'string' } } },
          { type: 'object', properties: { id: { type: 'string' } } },
        ],
      },
      (schema) => !('anyOf' in schema) && 'path' in (schema['properties'] as object),
    ],
    [
      'type null',
      { type: null, properties: null },
      ({ type, properties }) => type === 'object' && typeof properties === 'object' && properties !== null,
    ],
    [
      'several types at the top',
      { type: ['object', 'null'], properties: {} },
      ({ type }) => type === 'object',
    ],
    [
      'a list for properties',
      { type: 'object', properties: [] },
      ({ properties }) => !Array.isArray(properties),
    ],
    [
      'a reference at the top',
      {
        $ref: '#/$defs/Args',
        $defs: {
          Args: { type: 'object', properties: { path: { type: 'string' } } },
        },
      },
      (schema) => 'path' in (schema['properties'] as object),
    ],
  ])('what no vendor takes is never sent: %s', async (_name, inputSchema, fits) => {
    const { sent } = await outcomeOf(
      { deployment, tools: [{ name: 'read_file', description: 'Reads.', inputSchema }] },
      reply(ok),
    );
    expect(fits(schemaIn(sent[0] ?? {}))).toBe(true);
  });

  test('two tools of one name are one', async () => {
    const outcome = await outcomeOf({ deployment, tools: [tool({}), tool({})] }, reply(''));
    expect(listIn(outcome.sent[0], 'tools')).toHaveLength(1);
  });

  test('a tool without a description has some words, or none', async () => {
    const { sent } = await outcomeOf({ deployment, tools: [{ ...tool({}), description: '' }] }, reply(''));
    expect(JSON.stringify(sent[0])).not.toContain('"description":""');
  });
});
