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
  return (
    table().get(name) ??
    table().get(undated(name)) ??
    kindWith(words, plainWords) ??
    kindOfPair(words, plainPairs) ??
    guardIn(words) ??
    (isE5(given) ? 'embedding' : undefined)
  );
}

/** Whether a model of that name is known to chat, or is of a family that does. */
export function isKnownChat(vendor: Vendor, model: string): boolean {
  const apiBase = vendor.base ?? '';
  const words = wordsOf(model);
  return (
    Object.keys(keptFacts({ provider: vendor.prefix, apiBase, model })).length > 0 ||
    words.some((word, at) => chatFamilies.has(word) || (word === 'gpt' && /^\d/.test(words[at + 1] ?? '')))
  );
}

const chatFamilies: ReadonlySet<string> = new Set([
  ...['claude', 'codellama', 'codestral', 'deepseek', 'devstral', 'falcon', 'gemini', 'gemma', 'glm'],
  ...['granite', 'grok', 'hermes', 'jamba', 'kimi', 'llama', 'llava', 'magistral', 'ministral', 'mistral'],
  ...['mixtral', 'nemotron', 'olmo', 'phi', 'pixtral', 'qwen', 'qwq', 'vicuna'],
]);

/** "openai/black-forest-labs/FLUX.1-schnell" is "flux.1-schnell", "ft:babbage-002:acme::a" is "babbage-002". */
function bareName(model: string): string {
  const last = model
    .slice(model.lastIndexOf('/') + 1)
    .toLowerCase()
    .replace(/^ft:/, '');
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
    'emb',
    'embed',
    'embedding',
    'embeddings',
    'embedder',
    'textembedding',
    'embeddinggemma',
    'embedqa',
    'embedcode',
    'bge',
    'minilm',
    'mpnet',
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
    ...['gte', 'gtr', 'clip', 'nvclip', 'openclip', 'siglip', 'colbert', 'splade', 'labse', 'sbert'],
    ...['roberta', 'distilbert', 'deberta', 'modernbert'],
    ...['voyage', 'mxbai', 'multilingualembedding', 'arcticembed'],
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
    ...['ltx', 'vidu', 'pika', 'runway', 'heygen', 'pixverse'],
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
    ...['voicebox', 'vibevoice', 'chirp', 'cartesia', 'sambert', 'fastpitch'],
  ],
  music: ['lyria', 'musicgen', 'suno', 'udio', 'audiogen'],
  moderation: [
    ...(plainWords.moderation ?? []),
    ...['shieldgemma', 'nemoguard', 'wildguard', 'llamaguard', 'promptguard', 'virtueguard', 'toxicity'],
    ...['jailbreak', 'reward', 'classifier', 'detector'],
  ],
  completion: ['starcoder', 'starcoderbase', 'santacoder', 'fim'],
};

type Pairs = readonly (readonly [kind: OtherKind, first: string, second: string])[];

/** Words that need another one behind them, in a name that somebody gave too. */
const plainPairs: Pairs = [
  ['embedding', 'ada', '002'],
  ['image', 'dall', 'e'],
  ['image', 'stable', 'diffusion'],
  ['image', 'nano', 'banana'],
  ['image', 'gpt', 'image'],
  ['image', 'image', 'generation'],
  ['image', 'image', 'gen'],
  ['image', 'to', 'image'],
  ['image', 'flux', '1'],
  ['image', 'flux', '2'],
  ['image', 'flux', 'pro'],
  ['video', 'video', 'generation'],
  ['video', 'to', 'video'],
  ['video', 'sora', '2'],
  ['video', 'veo', '2'],
  ['video', 'veo', '3'],
  ['audio', 'speech', 'to'],
  ['audio', 'to', 'speech'],
  ['audio', 'gpt', 'realtime'],
  ['audio', 'realtime', 'preview'],
  ['completion', 'turbo', 'instruct'],
  ['completion', 'davinci', '002'],
  ['completion', 'babbage', '002'],
];

/** Likewise, in the name of a model. */
const pairs: Pairs = [
  ...plainPairs,
  ['embedding', 'sentence', 'transformers'],
  ['embedding', 'text', 'similarity'],
  ['embedding', 'text', 'search'],
  ['embedding', 'code', 'search'],
  ['embedding', 'paraphrase', 'multilingual'],
  ['embedding', 'uae', 'large'],
  ['embedding', 'bert', 'base'],
  ['embedding', 'bert', 'large'],
  ['embedding', 'bart', 'base'],
  ['embedding', 'bart', 'large'],
  ['image', 'nova', 'canvas'],
  ['image', 'playground', 'v'],
  ['video', 'nova', 'reel'],
  ['video', 't', 'v'],
  ['audio', 'nova', 'sonic'],
  ['audio', 'live', 'preview'],
  ['audio', 'canary', '1'],
];

/** Whose models judge texts where "guard" is in their names too: alone it is a word like any other. */
const guarded: readonly string[] = [
  'gemma',
  'granite',
  'llama',
  'nemotron',
  'oss',
  'prompt',
  'qwen',
  'safety',
];

function guardIn(words: readonly string[]): OtherKind | undefined {
  const guards =
    words.some((word) => ['guard', 'guardian', 'safeguard'].includes(word)) ||
    hasPair(words, 'content', 'safety');
  const judged = guards && (guarded.some((word) => words.includes(word)) || hasSize(words));
  return judged ? 'moderation' : undefined;
}

/** Whether a name says how large the model is: "8b". */
function hasSize(words: readonly string[]): boolean {
  return words.some((word, at) => /^\d/.test(word) && words[at + 1] === 'b');
}

/** What was trained to go on with code and not to follow instructions, as tags and names say: "7b-base", "7b-code". */
const continues = /\db-(?:code-)?base(?![a-z])|:\d+(?:\.\d+)?b-code(?!-instruct|[a-z])/i;

function byWords(vendor: Vendor, model: string): OtherKind | undefined {
  const words = wordsOf(model);
  const own = kindWith(words, modelWords) ?? kindOfPair(words, pairs) ?? guardIn(words);
  if (own === 'completion' && words.includes('instruct') && words.includes('starcoder')) return undefined;
  if (own !== undefined) return own;
  if (isE5(model)) return 'embedding';
  if (words.includes('gemini') && words.includes('live')) return 'audio';
  if (/(?:^|[-._])(?:[tirv]2v|[ti]2a)(?:[-._]|$)/i.test(model)) return 'video';
  if (/(?:^|[-._])(?:t2i|i2i)(?:[-._]|$)|(?:^|[-/])sd[23x](?:[-.]|$)/i.test(model)) return 'image';
  const name = bareName(model);
  if (/^music(?:[-_]?v?\d.*)?$/.test(name)) return 'music';
  if (/^(?:text-|code-)?(?:ada|babbage|curie|cushman|davinci)(?:-edit)?(?:-\d{3})?$/.test(name))
    return 'completion';
  if (continues.test(model)) return 'completion';
  return vendor.prefix === 'gemini' && name === 'aqa' ? 'completion' : undefined;
}

function kindWith(words: readonly string[], known: Words): OtherKind | undefined {
  const own = new Set(words);
  const order: readonly OtherKind[] = [...kinds, 'music', 'moderation'];
  return order.find((kind) => known[kind]?.some((word) => own.has(word)) === true);
}

function kindOfPair(words: readonly string[], known: Pairs): OtherKind | undefined {
  return known.find(([, first, second]) => hasPair(words, first, second))?.[0];
}

function isE5(name: string): boolean {
  return /(?:^|[-/_])e5(?:[-_]|$)/i.test(name);
}

function hasPair(words: readonly string[], first: string, second: string): boolean {
  return words.some((word, at) => word === first && words[at + 1] === second);
}
