import type { Deployment } from '../core/terms/deployment';
import type { Usage } from '../core/terms/receipt';

/** How vendors say that a request is billed as usual. Groq's usual tier is `on_demand`. */
const usualWords = new Set([
  '',
  'auto',
  'default',
  'standard',
  'standard_only',
  'on_demand',
  'none',
  'global',
  'not_available',
]);

/** The word for what is billed otherwise than usual, in small letters; undefined where all is as usual. */
export function unusualWord(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  const word = typeof value === 'string' ? value.trim().toLowerCase() : 'unreadable';
  return usualWords.has(word) ? undefined : word;
}

/** The service tier that every request to a deployment asks for; undefined: the usual one. */
export function serviceTierOf({ options }: Deployment): string | undefined {
  return unusualWord(options.extraBody?.['service_tier']);
}

/** Fields whose words may ask for another price. */
const wordFields = ['speed', 'inference_geo'];
/** Fields that ask for something that isn't billed by the token, or leave it to a gateway whom it asks. */
const furtherFields = [
  'tools',
  'web_search_options',
  'search_parameters',
  'enable_search',
  'plugins',
  'modalities',
  'models',
  'provider',
];

/** Whether a deployment's own fields ask for something that no price by the token states; service tiers apart. */
export function isBilledOtherwise({ options }: Deployment, usage: Usage): boolean {
  const body = options.extraBody ?? {};
  const asks = (name: string): boolean => (body[name] ?? false) !== false;
  return (
    wordFields.some((name) => unusualWord(body[name]) !== undefined) ||
    furtherFields.some(asks) ||
    // How long a cache is to keep what it takes changes the price of that, where the report doesn't tell it apart.
    (asks('cache_control') && (usage.cacheWriteTokens ?? 0) > 0 && (usage.cacheWriteHourTokens ?? 0) === 0)
  );
}
