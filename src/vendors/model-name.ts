/**
 * What a model's written name says, whoever wrote it: vendors, gateways, clouds, local servers and files. A word that
 * isn't known to be dress stays in `words`, and a name with such a word is another model's: a fine-tune isn't its base.
 */
export interface ModelName {
  /** What makes it another model: family, tier, kind, and every word that isn't understood. Sorted, each once. */
  readonly words: readonly string[];
  /** "claude-3-5-sonnet" has 3 and 5; a last zero is left out. */
  readonly version: readonly number[];
  /** As written, in thousands of millions of parameters: "70", "8x7", "e4". */
  readonly size?: string;
  /** Of those, the ones that work at a time, as "a22b" says. */
  readonly active?: string;
  /** Words and numbers that some names need, and others wear: what a table lacks with them, it may have without. */
  readonly optional: readonly OptionalPart[];
  /** Bits a weight, where the name says so. */
  readonly bits?: number;
}

export interface OptionalPart {
  readonly text: string;
  /**
   * code: a month or day that tells versions apart ("2411", "0324"). release: of what was made from a size ("v0.3").
   * effort: how long it thinks. context: how much it reads. dress: chat, turbo and the like.
   */
  readonly kind: 'code' | 'release' | 'effort' | 'context' | 'dress';
}

/** Longer names are nobody's; their ends are read. */
export const longestName = 160;

/** Reads a name. Never throws, and takes time in proportion to its length. */
export function readModelName(written: string): ModelName {
  const { rest: dressed, bits } = withoutWeights(ownName(written));
  const rest = dressed.replaceAll(/(?<=\d)_(?=\d)/g, '.');
  const reader = { words: new Set<string>(), version: [] as number[], optional: [] as OptionalPart[] };
  const parts = rest.match(partPattern) ?? [];
  let size: string | undefined;
  let active: string | undefined;
  for (const [at, part] of parts.entries()) {
    const [, activeOrEffective, number, unit] = sizePattern.exec(part) ?? [];
    if (number !== undefined && unit !== undefined) {
      // "a22b" of a "235b-a22b" are those that work at a time, and so are the 17b of "17b-16e".
      const inBillions = billions(number, unit);
      if (activeOrEffective === 'a') active = inBillions;
      else if (/^\d+e$/.test(parts[at + 1] ?? '')) continue;
      else if (inBillions === undefined) reader.optional.push({ text: part, kind: 'context' });
      else if (size === undefined) size = (activeOrEffective ?? '') + inBillions;
      else if (size !== inBillions) reader.words.add(part);
    } else if (/^\d+e$/.test(part) || dropped.has(part) || datePattern.test(part)) continue;
    else readPart(part, reader, size !== undefined);
  }
  if (['haiku', 'opus', 'sonnet'].some((tier) => reader.words.has(tier))) reader.words.add('claude');
  const words = [...reader.words].toSorted();
  const families = words.some((word) => thinkers.has(word));
  const last = reader.version.at(-1);
  if (last === 0 && reader.version.length > 1) reader.version.pop();
  return {
    ...sorted(words, reader.optional, { sized: size !== undefined, thinks: families }),
    version: reader.version,
    ...(size !== undefined && { size }),
    ...(active !== undefined && { active }),
    ...(bits !== undefined && { bits }),
  };
}

/** Words that are optional only in some company go where they belong. */
function sorted(
  words: readonly string[],
  optional: readonly OptionalPart[],
  { sized, thinks }: { readonly sized: boolean; readonly thinks: boolean },
): Pick<ModelName, 'words' | 'optional'> {
  const kept: string[] = [];
  const all = [...optional];
  for (const word of words)
    if (isEffort(word, words, thinks)) all.push({ text: word, kind: 'effort' });
    else if (worn.has(word) || (sized && wornBySizes.has(word)) || isServedFaster(word, words))
      all.push({ text: word, kind: 'dress' });
    else kept.push(word);
  return { words: kept, optional: all };
}

function isEffort(word: string, words: readonly string[], thinks: boolean): boolean {
  if (word === 'nonthinking' || word === 'thinkingmode') return true;
  // "claude-instant" is a model.
  if (word === 'instant') return words.includes('gpt') || words.includes('kimi');
  return thinks && efforts.has(word);
}

const worn = new Set(['beta', 'chat', 'latest']);
/** Where a size says which model it is, these say how it is served. */
const wornBySizes = new Set(['fast', 'instant', 'lite', 'turbo', 'vision']);

/** Some vendors sell the same model at two speeds; with others "fast" and "turbo" are smaller models. */
function isServedFaster(word: string, words: readonly string[]): boolean {
  if (word === 'turbo') return words.includes('kimi');
  return (
    word === 'fast' &&
    ['claude', 'deepseek', 'glm', 'gpt', 'kimi', 'minimax', 'o'].some((family) => words.includes(family))
  );
}

interface Reader {
  readonly words: Set<string>;
  readonly version: number[];
  readonly optional: OptionalPart[];
}

function readPart(part: string, { words, version, optional }: Reader, sized: boolean): void {
  if (/^(?:2048|4096|8192|16384|32768|65536|131072)$/.test(part))
    optional.push({ text: part, kind: 'context' });
  else if (codePattern.test(part)) optional.push({ text: codeOf(part), kind: 'code' });
  else if (/^v\d/.test(part) && sized) optional.push({ text: part, kind: 'release' });
  else if (part === '4o') words.add(part);
  else if (/^v?\d/.test(part)) {
    const digits = part.replace(/^v/, '');
    // "gemini-1.5-pro-002" is one of several builds.
    if (/^00\d$/.test(digits)) return;
    for (const number of digits.split('.')) version.push(Number(number));
  } else words.add(part);
}

/** The last part of a path, without what clouds put around it, in small letters. */
function ownName(written: string): string {
  const path = written
    .slice(-longestName)
    .toLowerCase()
    .trim()
    .replace(/\/versions\/[^/]*$/, '')
    .replace(/\.gguf$/, '');
  const last = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  const own = withoutCloud(last);
  return own
    .replace(/^ft:/, 'finetune-')
    .replace(vendorBefore, '')
    .replace(/:thinking$/, ':thinkingmode')
    .replace(
      /:(?:novita|together|groq|cerebras|fireworks-ai|nebius|hyperbolic|sambanova|fastest|cheapest)$/,
      '',
    )
    .replace(/^(?:databricks|anthropic-|goog|groq|c4ai)-(?=[a-z])/, '')
    .replace(/^open-(?=mi[sx])/, '')
    .replaceAll(/(?<=\d)p(?=\d)/g, '.')
    .replaceAll(
      /\b(?:non?|without|disabled?)[-_ ]?(?:thinking|think|reasoning)\b|\bnothink\b/g,
      'nonthinking',
    )
    .replaceAll(/\b(xhigh|high|medium|low|max)[-_ ]?effort\b/g, (_, effort: string) =>
      effort === 'max' ? 'xhigh' : effort,
    )
    .replaceAll(/(?<=thinking)[-_ ]auto\b|\b(?:high|low)(?=thinking\b)/g, '')
    .replaceAll(/\b(?:adaptive|extended)[-_ ]?(?=thinking|reasoning)/g, '');
}

/**
 * "us.anthropic.claude-sonnet-4-20250514-v1:0" is "claude-sonnet-4-20250514"; but the 2 of "anthropic.claude-v2:1" is a
 * version of the model's own.
 */
function withoutCloud(name: string): string {
  const [before = '', vendor = ''] = cloudPattern.exec(name) ?? [];
  if (!clouded.has(vendor)) return name;
  const rest = name.slice(before.length);
  const bare = rest.replace(/(?:-v\d+|-\d)?(?::\d+)?(?::\w+)?$/, '');
  const own = /\d/.test(bare) ? bare : rest;
  return vendor === 'deepseek' ? `deepseek-${own}` : own;
}

const cloudPattern = /^(?:[a-z]{2,8}(?:-[a-z]{2,4})?\.)?([a-z0-9]+)\.(?=[a-z])/;

/** "openai:gpt-4o", where what is before the point is no family that has a tag behind it. */
const vendorBefore =
  /^(?:anthropic|azure|bedrock|cerebras|fireworks|google(?:-gla|-vertex)?|groq|huggingface|ollama|openai|openrouter|together|xai):(?=[a-z])/;

/** Vendors that Amazon's cloud writes before a name, with a point. */
const clouded = new Set([
  ...[
    'ai21',
    'amazon',
    'anthropic',
    'cohere',
    'deepseek',
    'google',
    'meta',
    'minimax',
    'mistral',
    'moonshot',
  ],
  ...['moonshotai', 'nvidia', 'openai', 'qwen', 'stability', 'twelvelabs', 'writer', 'zai', 'zhipu'],
]);

/** How the weights were made smaller: taken out of the name, and told in bits. */
function withoutWeights(name: string): { readonly rest: string; readonly bits?: number } {
  let bits: number | undefined;
  const rest = name.replaceAll(weightsPattern, (found) => {
    // So some are made from the start.
    if (found.startsWith('mxfp')) return ' ';
    const digits = /\d+/.exec(found.replace(/^w(\d+)a\d+$/, '$1'))?.[0];
    const own = digits === undefined ? (/awq|gptq|nf4|bnb/.test(found) ? 4 : undefined) : Number(digits);
    if (own !== undefined && own <= 32) bits = Math.min(bits ?? own, own);
    return ' ';
  });
  return bits === undefined ? { rest } : { rest, bits };
}

const weightsPattern =
  /(?<![a-z0-9])(?:i?q\d(?:[_-](?:k|\d|xxs|xs|s|m|l|xl|nl)(?![a-z0-9]))*|(?:mx|nv)?(?:bf|fp|f|int|nf)\d{1,2}(?:-?dynamic)?|w\d{1,2}a\d{1,2}|\d{1,2}-?bits?|\d(?:\.\d+)?bpw|awq|gptq|bnb|exl[23]|gguf|ggml|mlx|qat|imat(?:rix)?|i1|ud|unsloth|dwq|quantized|instruct-lite(?=$))(?![a-z0-9])/g;

/** Letters, numbers with their points, sizes with what they are of, versions, months before and after years. */
const partPattern =
  /20\d\d-?(?:0[1-9]|1[0-2])-?[0-3]\d(?!\d)|(?<![\d.])(?:0[1-9]|1[0-2])-(?:20\d\d|[0-3]\d)(?![\d.])|20\d\d-(?:0[1-9]|1[0-2])(?!\d)|(?<![a-z])[ae]?\d+(?:x\d+)?(?:\.\d+)?[bmtk](?![a-z0-9])|\d+e(?![a-z0-9])|\d+x\d+(?:\.\d+)?b(?![a-z0-9])|\d+(?:\.\d+)?b(?![a-z0-9])|(?<![a-z0-9])v\d+(?:\.\d+)*|4o(?![a-z0-9])|\d+(?:\.\d+)*|[a-z]+|[^\u0000-\u007F]+/g;
const sizePattern = /^([ae])?(\d+(?:x\d+)?(?:\.\d+)?)([bmtk])$/;
const datePattern = /^20\d\d-?\d\d-?\d\d$|^2[3-9](?:0[1-9]|1[0-2])[0-3]\d$/;
const codePattern = /^\d{4}$|^\d\d-\d\d$|^\d\d-20\d\d$|^20\d\d-\d\d$/;

/** "2411" however month and year are written: "11-2024", "2024-11". */
function codeOf(part: string): string {
  const [, month, year] = /^(\d\d)-20(\d\d)$/.exec(part) ?? [];
  if (month !== undefined && year !== undefined) return year + month;
  return part.replace(/^20(\d\d)-/, '$1').replace('-', '');
}

/** Undefined: a window of so many thousand or million tokens. */
function billions(number: string, unit: string): string | undefined {
  if (unit === 'b') return number.replace(/\.0$/, '');
  if (unit === 't') return String(Number(number) * 1000);
  return unit === 'm' && Number(number) >= 100 ? String(Number(number) / 1000) : undefined;
}

/** Words that say nothing of which model it is: vendors, states of readiness, ways to be served and stored. */
const dropped = new Set([
  ...[
    'ai',
    'arcee',
    'aws',
    'baidu',
    'alibaba',
    'amazon',
    'anthropic',
    'azure',
    'bedrock',
    'bytedance',
    'cohere',
    'copilot',
    'github',
  ],
  ...[
    'google',
    'ibm',
    'meta',
    'microsoft',
    'mistralai',
    'moonshotai',
    'nvidia',
    'openai',
    'tencent',
    'vertex',
  ],
  ...['xai', 'xiaomi', 'zai', 'zhipu'],
  ...[
    'instruct',
    'it',
    'hf',
    'preview',
    'exp',
    'experimental',
    'stable',
    'maas',
    'serverless',
    'tee',
    'basic',
  ],
  ...['free', 'batch', 'nitro', 'floor', 'exacto', 'extended', 'throughput', 'tput', 'default', 'versatile'],
  ...['customtools', 'highspeed', 'labs', 'specdec', 'ultraspeed', 'cloud', 'us', 'eu'],
]);

/** How long a model thinks before it answers. */
const efforts = new Set([
  ...[
    'thinking',
    'reasoning',
    'reasoner',
    'nonthinking',
    'minimal',
    'low',
    'medium',
    'high',
    'xhigh',
    'instant',
  ],
]);

/** Families whose names say so, where others have tiers and fine-tunes of such names. */
const thinkers = new Set([
  ...[
    'claude',
    'deepseek',
    'gemini',
    'gemma',
    'glm',
    'gpt',
    'grok',
    'kimi',
    'longcat',
    'mimo',
    'minimax',
    'nemotron',
  ],
  ...['nova', 'o', 'qwen', 'trinity'],
]);
