import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * A sentence encoder of a few kilobytes with everything that a real one has: BERT's tokenizer and inputs, weights
 * in ONNX, the same file names. A text's vector is made of its letters. The weights are the same in every run.
 */

export const tinyModelId = 'conduit-test/tiny-encoder';
export const tinyDimensions = 32;

const special = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]'];
const characters = Array.from('abcdefghijklmnopqrstuvwxyz0123456789.,;:?!()[]{}<>=+-*/\'"`_#$%&@^|\\~');
const vocabulary = [...special, ...characters, ...characters.map((character) => `##${character}`)];

/** The files of the model, by their name in its folder. */
export function tinyModelFiles(): ReadonlyMap<string, Buffer> {
  const json = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));
  return new Map([
    ['config.json', json(config)],
    ['tokenizer.json', json(tokenizer)],
    ['tokenizer_config.json', json(tokenizerConfig)],
    ['onnx/model_quantized.onnx', weights()],
  ]);
}

/** Writes the files, without any record that they are installed. */
export function writeTinyModel(modelFolder: string): void {
  for (const [name, content] of tinyModelFiles()) {
    const file = path.join(modelFolder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
}

const config = {
  architectures: ['BertModel'],
  model_type: 'bert',
  hidden_size: tinyDimensions,
  num_attention_heads: 1,
  num_hidden_layers: 1,
  max_position_embeddings: 512,
  type_vocab_size: 2,
  vocab_size: vocabulary.length,
};

const tokenizerConfig = {
  tokenizer_class: 'BertTokenizer',
  model_max_length: 512,
  do_lower_case: true,
  pad_token: '[PAD]',
  unk_token: '[UNK]',
  cls_token: '[CLS]',
  sep_token: '[SEP]',
  mask_token: '[MASK]',
};

const specialToken = (id: string): object => ({ SpecialToken: { id, type_id: 0 } });
const tokenizer = {
  version: '1.0',
  truncation: null,
  padding: null,
  added_tokens: special.map((content, id) => ({
    ...{ id, content, special: true },
    ...{ single_word: false, lstrip: false, rstrip: false, normalized: false },
  })),
  normalizer: {
    ...{ type: 'BertNormalizer', clean_text: true, handle_chinese_chars: true },
    ...{ strip_accents: null, lowercase: true },
  },
  pre_tokenizer: { type: 'BertPreTokenizer' },
  post_processor: {
    type: 'TemplateProcessing',
    single: [specialToken('[CLS]'), { Sequence: { id: 'A', type_id: 0 } }, specialToken('[SEP]')],
    pair: [specialToken('[CLS]'), { Sequence: { id: 'A', type_id: 0 } }, specialToken('[SEP]')],
    special_tokens: {
      '[CLS]': { id: '[CLS]', ids: [2], tokens: ['[CLS]'] },
      '[SEP]': { id: '[SEP]', ids: [3], tokens: ['[SEP]'] },
    },
  },
  decoder: { type: 'WordPiece', prefix: '##', cleanup: true },
  model: {
    type: 'WordPiece',
    unk_token: '[UNK]',
    continuing_subword_prefix: '##',
    max_input_chars_per_word: 100,
    vocab: Object.fromEntries(vocabulary.map((token, id) => [token, id])),
  },
};

/** last_hidden_state = tanh(words[input_ids] + types[token_type_ids]), as an ONNX ModelProto. */
function weights(): Buffer {
  const float = 1;
  const int64 = 7;
  const graph = message(
    bytes(1, node('Gather', ['words', 'input_ids'], 'word')),
    bytes(1, node('Gather', ['types', 'token_type_ids'], 'type')),
    bytes(1, node('Add', ['word', 'type'], 'sum')),
    bytes(1, node('Tanh', ['sum'], 'last_hidden_state')),
    text(2, 'tiny'),
    bytes(5, table('words', vocabulary.length, float, 1)),
    bytes(5, table('types', 2, float, 2)),
    ...['input_ids', 'attention_mask', 'token_type_ids'].map((name) =>
      bytes(11, valueInfo(name, int64, ['batch', 'sequence'])),
    ),
    bytes(12, valueInfo('last_hidden_state', float, ['batch', 'sequence', tinyDimensions])),
  );
  return message(number(1, 8), text(2, 'conduit'), bytes(7, graph), bytes(8, message(number(2, 13))));
}

function node(operator: string, inputs: readonly string[], output: string): Buffer {
  return message(...inputs.map((input) => text(1, input)), text(2, output), text(4, operator));
}

function table(name: string, rows: number, type: number, seed: number): Buffer {
  const random = seeded(seed);
  const values = Float32Array.from({ length: rows * tinyDimensions }, () => random() * 2 - 1);
  return message(
    number(1, rows),
    number(1, tinyDimensions),
    number(2, type),
    text(8, name),
    bytes(9, Buffer.from(values.buffer)),
  );
}

function valueInfo(name: string, type: number, shape: readonly (string | number)[]): Buffer {
  const dimensions = shape.map((size) =>
    bytes(1, message(typeof size === 'number' ? number(1, size) : text(2, size))),
  );
  const tensor = message(number(1, type), bytes(2, message(...dimensions)));
  return message(text(1, name), bytes(2, message(bytes(1, tensor))));
}

/** Protocol buffers' wire format: a field is its number and kind, then a varint or a length with bytes. */
const message = (...fields: readonly Buffer[]): Buffer => Buffer.concat(fields);
const number = (field: number, value: number): Buffer => message(varint(field << 3), varint(value));
const text = (field: number, value: string): Buffer => bytes(field, Buffer.from(value));
const bytes = (field: number, content: Buffer): Buffer =>
  message(varint((field << 3) | 2), varint(content.length), content);

function varint(value: number): Buffer {
  const groups: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return Buffer.from([...groups, rest]);
    groups.push((rest % 128) | 128);
  }
}

/** Park and Miller's generator: uniform in (0, 1). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}
