import { findProvider } from '@pydantic/genai-prices';
import { keptFacts } from './model-facts';
import { modelKindsTable } from './model-kinds-table';
import type { Vendor } from './vendor';

/** What a model does that doesn't chat. */
export type OtherKind =
  'embedding' | 'rerank' | 'image' | 'video' | 'audio' | 'music' | 'moderation' | 'completion';

/**
 * What a model does, where it doesn't chat, by all that is kept of models: the lists of models by what they do, the
 * words of its name, and the price list, which has no price of output for what answers in numbers. Undefined: it chats,
 * as far as anybody knows.
 */
export function otherKindOf(vendor: Vendor, model: string): OtherKind | undefined {
  const name = bareName(model);
  return table().get(name) ?? table().get(undated(name)) ?? byWords(vendor, model) ?? byPrice(vendor, name);
}

/** What the name that somebody gave a pool or a deployment says of it: no more than what hardly means anything else. */
export function kindOfGivenName(given: string): OtherKind | undefined {
  const name = bareName(given);
  const words = wordsOf(given);
  return table().get(name) ?? table().get(undated(name)) ?? kindWith(words, plainWords);
}

/** Whether a model of that name is known to chat. */
export function isKnownChat(vendor: Vendor, model: string): boolean {
  const apiBase = vendor.base ?? '';
  return Object.keys(keptFacts({ provider: vendor.prefix, apiBase, model })).length > 0;
}

/** "openai/black-forest-labs/FLUX.1-schnell" is "flux.1-schnell". */
function bareName(model: string): string {
  const last = model.slice(model.lastIndexOf('/') + 1).toLowerCase();
  const colon = last.indexOf(':');
  return colon > 0 ? last.slice(0, colon) : last;
}

function undated(name: string): string {
  return name.replace(/[-@](?:latest|preview|\d{8}|\d{4}-\d{2}-\d{2}|\d{2}-\d{4}|\d{3,4})$/, '');
}

let read: ReadonlyMap<string, OtherKind> | undefined;

function table(): ReadonlyMap<string, OtherKind> {
  read ??= new Map(
    modelKindsTable
      .trim()
      .split('\n')
      .flatMap((row) => {
        const [kind = '', ...names] = row.split(' ');
        const known = kinds.find((each) => each === kind);
        return known === undefined ? [] : names.map((name) => [name, known] as const);
      }),
  );
  return read;
}

const kinds: readonly OtherKind[] = ['embedding', 'rerank', 'image', 'video', 'audio', 'completion'];

/** A model that is billed for what it is given and not for what it answers. */
function byPrice({ base, prefix }: Vendor, name: string): OtherKind | undefined {
  const provider =
    base === undefined ? findProvider({ providerId: prefix }) : findProvider({ providerApiUrl: base });
  const model = provider?.models.find(({ id }) => id === name);
  if (model === undefined) return undefined;
  const prices = Array.isArray(model.prices) ? model.prices.map((each) => each.prices) : [model.prices];
  const fields = prices.flatMap((price) => Object.keys(price));
  if (fields.length === 0 || fields.some((field) => field.startsWith('output_'))) return undefined;
  return fields.some((field) => field.includes('audio')) ? 'audio' : 'embedding';
}

/** The words of a name, with what parts a version from its word: "qwen3guard-gen" is "qwen", "3", "guard", "gen". */
function wordsOf(model: string): readonly string[] {
  return model.toLowerCase().match(/[a-z]+|\d+/g) ?? [];
}

type Words = Readonly<Partial<Record<OtherKind, readonly string[]>>>;

/** Words that mean nothing else, in a name that somebody gave too. */
const plainWords: Words = {
  embedding: [
    'embed',
    'embedding',
    'embeddings',
    'embedder',
    'textembedding',
    'embeddinggemma',
    'embedqa',
    'embedcode',
  ],
  rerank: ['rerank', 'reranker', 'reranking', 'rerankqa'],
  image: ['dalle', 'imagen', 'sdxl', 'txt2img', 'img2img'],
  audio: ['whisper', 'tts', 'stt', 'asr', 'transcribe', 'transcription'],
  moderation: ['moderation', 'moderations'],
};

/** Names of families, and words for what models make of what they are given. */
const modelWords: Words = {
  embedding: [
    ...(plainWords.embedding ?? []),
    ...[
      'bge',
      'gte',
      'gtr',
      'minilm',
      'mpnet',
      'paraphrase',
      'clip',
      'siglip',
      'colbert',
      'splade',
      'labse',
      'sbert',
    ],
    ...[
      'similarity',
      'retriever',
      'retrieval',
      'voyage',
      'uae',
      'mxbai',
      'multilingualembedding',
      'arcticembed',
    ],
  ],
  rerank: [...(plainWords.rerank ?? []), 'ranker', 'crossencoder'],
  image: [
    ...(plainWords.image ?? []),
    ...[
      'image',
      'images',
      'imagine',
      'flux',
      'diffusion',
      'midjourney',
      'ideogram',
      'recraft',
      'seedream',
      'hidream',
    ],
    ...[
      'kandinsky',
      'dreamshaper',
      'cogview',
      'wanx',
      'kolors',
      'pixart',
      'omnigen',
      'inpaint',
      'inpainting',
      'upscale',
    ],
    ...['ocr', 'riverflow', 'seededit'],
  ],
  video: [
    ...[
      'video',
      'videos',
      'veo',
      'sora',
      'kling',
      'seedance',
      'hailuo',
      'cogvideo',
      'cogvideox',
      'hunyuanvideo',
      'mochi',
    ],
    ...['ltx', 'vidu', 'pika', 'runway', 'heygen'],
  ],
  audio: [
    ...(plainWords.audio ?? []),
    ...[
      'audio',
      'voice',
      'speech',
      'realtime',
      'playai',
      'orpheus',
      'kokoro',
      'elevenlabs',
      'eleven',
      'parler',
      'xtts',
    ],
    ...['cosyvoice', 'chatterbox', 'melotts', 'parakeet', 'wav', 'sensevoice', 'paraformer', 'deepgram'],
    ...['voicebox', 'vibevoice', 'chirp'],
  ],
  music: ['lyria', 'music', 'musicgen', 'suno', 'udio', 'audiogen'],
  moderation: [
    ...(plainWords.moderation ?? []),
    ...[
      'guard',
      'guardian',
      'safeguard',
      'shieldgemma',
      'nemoguard',
      'wildguard',
      'llamaguard',
      'promptguard',
      'toxicity',
    ],
    ...['jailbreak', 'reward', 'classifier', 'detector'],
  ],
  completion: ['starcoder', 'starcoderbase', 'santacoder', 'fim'],
};

/** Words that need another one beside them, or a certain place. */
const pairs: readonly (readonly [kind: OtherKind, first: string, second: string])[] = [
  ['image', 'dall', 'e'],
  ['image', 'stable', 'diffusion'],
  ['image', 'nano', 'banana'],
  ['image', 'nova', 'canvas'],
  ['image', 'playground', 'v'],
  ['image', 'titan', 'image'],
  ['video', 'nova', 'reel'],
  ['video', 't', 'v'],
  ['audio', 'nova', 'sonic'],
  ['audio', 'gemini', 'live'],
  ['audio', 'live', 'preview'],
  ['embedding', 'sentence', 'transformers'],
  ['completion', 'turbo', 'instruct'],
];

function byWords(vendor: Vendor, model: string): OtherKind | undefined {
  const words = wordsOf(model);
  const own =
    kindWith(words, modelWords) ?? pairs.find(([, first, second]) => hasPair(words, first, second))?.[0];
  if (own === 'completion' && words.includes('instruct') && words.includes('starcoder')) return undefined;
  if (own !== undefined) return own;
  if (/(?:^|[-/_])e5(?:[-_]|$)/i.test(model)) return 'embedding';
  if (/(?:^|[-._])(?:[tirv]2v|[ti]2a)(?:[-._]|$)/i.test(model)) return 'video';
  if (/(?:^|[-._])(?:t2i|i2i)(?:[-._]|$)|(?:^|[-/])sd[23x](?:[-.]|$)/i.test(model)) return 'image';
  if (/^(?:text-)?(?:ada|babbage|curie|davinci)(?:-\d{3})?$/.test(bareName(model))) return 'completion';
  return vendor.prefix === 'gemini' && bareName(model) === 'aqa' ? 'completion' : undefined;
}

function kindWith(words: readonly string[], known: Words): OtherKind | undefined {
  const own = new Set(words);
  const order: readonly OtherKind[] = [...kinds, 'music', 'moderation'];
  return order.find((kind) => known[kind]?.some((word) => own.has(word)) === true);
}

function hasPair(words: readonly string[], first: string, second: string): boolean {
  return words.some((word, at) => word === first && words[at + 1] === second);
}
