import type { Deployment } from '../../core/terms/deployment';
import { isNamedByUser } from '../../vendors/price-list';

/**
 * The model named in a reply, where it isn't the one that was asked for under another name: with a date or without one,
 * what an alias stands for, a gateway's variant, in a vendor's or a region's name. What a deployment of Azure's is called
 * says nothing of its model, unless the file does.
 */
export function substituteFor(deployment: Deployment, served: string | undefined): string | undefined {
  if (served === undefined || served.trim() === '') return undefined;
  const { model, pricedAs } = deployment;
  if (isNamedByUser(deployment) && pricedAs === undefined) return undefined;
  const asked = [model, ...(pricedAs === undefined ? [] : [pricedAs])];
  return asked.some((name) => isSameModel(name, served)) ? undefined : served;
}

/** Whether two names can mean one model. */
export function isSameModel(asked: string, served: string): boolean {
  const [a, b] = [nameOf(asked), nameOf(served)];
  const sameTag = a.tag === b.tag || a.tag === undefined || b.tag === undefined;
  const sameDate = a.date === b.date || a.date === undefined || b.date === undefined;
  if (!sameTag || !sameDate || a.tuned !== b.tuned) return false;
  return isSameName(a.base, b.base) || (a.latest && isLatestOf(a.base, b.base));
}

/** Gateways write the version before the size or behind it, and Anthropic has an alias with a 0 behind its version. */
function isSameName(a: string, b: string): boolean {
  const words = (name: string): string => {
    const parts = name.replace(/-0$/, '').split('-');
    const isVersion = (part: string): boolean => /^\d+$/.test(part);
    // Versions keep their order.
    return [...parts.filter((part) => !isVersion(part)).toSorted(), ...parts.filter(isVersion)].join('-');
  };
  return words(a) === words(b);
}

interface ModelWords {
  /** In small letters, without vendor, region, date and variant. */
  readonly base: string;
  /** Its digits: "20240806", "0613"; undefined: any. */
  readonly date: string | undefined;
  /** What stands behind a colon and makes another model: "8b"; undefined: the usual one. */
  readonly tag: string | undefined;
  /** True of an alias for the newest one. */
  readonly latest: boolean;
  /** True of one that was trained further: it is none of the vendor's own. */
  readonly tuned: boolean;
}

/** OpenRouter's ways to serve one model, and Ollama's name for the usual tag. */
const variants = new Set([
  'latest',
  'free',
  'nitro',
  'floor',
  'online',
  'exacto',
  'extended',
  'thinking',
  'beta',
]);

/** Forms of dates and of versions of Google's, at the end of a name: 2024-08-06, 08-2024, 20250219, 250528, 0613, 001. */
const date = /[-@](\d{4}-\d{2}-\d{2}|\d{2}-\d{4}|\d{8}|\d{6}|\d{4}|\d{3})$/;

function nameOf(written: string): ModelWords {
  // OpenAI's of a user: "ft:gpt-4o-mini-2024-07-18:my-org::id".
  const tuned = /^ft:([^:]+):(.*)$/i.exec(written.trim());
  if (tuned !== null) return { ...nameOf(tuned[1] ?? ''), tag: tuned[2], tuned: true };
  const [path = '', ...tags] = written
    .trim()
    .toLowerCase()
    .replace(/-v\d+:\d+$/, '')
    .split(':');
  const lastPart = path.split('/').at(-1) ?? path;
  const plain = lastPart
    .replace(/^(us|eu|apac|jp|au|global)\./, '')
    // Amazon's prefix of a vendor: "anthropic.claude-…".
    .replace(/^[a-z]+\.(?=[a-z])/, '')
    .replace(/(\d)\.(?=\d)/g, '$1-');
  const latest = plain.endsWith('-latest');
  const alias = plain.replace(/-latest$/, '');
  const dated = date.exec(alias);
  // A tag without digits names who serves it, or how: "fastest", "cerebras".
  const tag = tags.find((each) => !variants.has(each) && /\d/.test(each));
  return {
    base: dated === null ? alias : alias.slice(0, dated.index),
    date: dated?.[1]?.replaceAll('-', ''),
    tag,
    latest,
    tuned: false,
  };
}

/** "gemini-flash-latest" may be any version of it, and "gemini-2.5-flash-lite" is none. */
function isLatestOf(alias: string, served: string): boolean {
  const versionless = (name: string): string =>
    name
      .split('-')
      .filter((word) => !/^v?\d+$|^(preview|exp|experimental)$/.test(word))
      .join('-');
  return versionless(alias) === versionless(served);
}
