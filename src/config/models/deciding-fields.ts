import * as l10n from '@vscode/l10n';
import { isJsonObject } from '../../core/terms/tools';
import { bodyFields, isProxyParam, timeoutFields } from '../file/litellm-keys';
import { nearWord } from '../file/near-word';

/**
 * Fields of `litellm_params` that decide where a prompt goes: the host, the key, the account, the deployment or the
 * version of the API. Those that Conduit reads are not among them.
 */

/** Fields that Conduit reads, and that a typing mistake must not switch off. */
const readFields = [
  'api_base',
  'base_url',
  'api_key',
  'api_version',
  'custom_llm_provider',
  'litellm_credential_name',
] as const;

/** Fields that Conduit doesn't read. */
const unread: readonly string[] = [
  'organization',
  'openai_organization',
  'project',
  'openai_project',
  'tenant_id',
  'client_id',
  'client_secret',
  'deployment_id',
  'azure_deployment',
  'engine',
  'api_type',
  'extra_query',
  'default_query',
  'token',
  'auth_token',
  'access_token',
  'username',
  'password',
];

const unreadBeginnings =
  /^(?:aws|azure|bedrock|vertex|watsonx|oci|snowflake|databricks|sap|ibm|gigachat|mock)_/;

/** Labels by which the LiteLLM router sorts: with an address of its own, a model is where that says. */
const regions: readonly string[] = ['region', 'region_name', 'location'];

const headerFields: readonly string[] = ['extra_headers', 'headers', 'default_headers'];

/** Headers that change neither who answers nor who pays. */
const plainHeaders: ReadonlySet<string> = new Set([
  'accept',
  'accept-language',
  'anthropic-beta',
  'content-type',
  'http-referer',
  'openai-beta',
  'referer',
  'user-agent',
  'x-app-name',
  'x-client-name',
  'x-request-id',
  'x-title',
]);

/** A field that decides where a prompt would go, and that can't be followed. */
export interface Undecided {
  readonly field: string;
  readonly message: string;
}

type Params = Readonly<Record<string, unknown>>;

/**
 * The first such field of some params, as they are written; undefined: all that decides is read. `values` are the same
 * with what their variables hold. `hasBase`: the address is written.
 */
export function undecidedField(params: Params, values: Params, hasBase: boolean): Undecided | undefined {
  for (const [field, value] of Object.entries(params)) {
    if (value === null || value === undefined || value === '' || value === false) continue;
    const message = whyUndecided(field, value, values[field], hasBase);
    if (message !== undefined) return { field, message };
  }
  return undefined;
}

function whyUndecided(
  field: string,
  value: unknown,
  resolved: unknown,
  hasBase: boolean,
): string | undefined {
  const notRead = l10n.t(
    'says where the prompt goes or as whom, and Conduit doesn’t read it: the model is left out',
  );
  if (readFields.some((known) => known === field) || field === 'model') return undefined;
  if (headerFields.includes(field)) return headerProblem(value);
  if (regions.includes(field)) return hasBase ? undefined : notRead;
  if (field === 'use_litellm_proxy') return notRead;
  if (unread.includes(field) || unreadBeginnings.test(field)) return notRead;
  const meant = nearWord(field.toLowerCase().replaceAll('-', '_'), readFields) ?? otherSpelling(field, value);
  if (meant !== undefined)
    return l10n.t(
      "is not known; did you mean '{0}'? It says where the prompt goes: the model is left out",
      meant,
    );
  if (bodyFields.includes(field) || timeoutFields.includes(field) || isProxyParam(field)) return undefined;
  if (!hasBase && typeof resolved === 'string' && /^https?:\/\//i.test(resolved.trim()))
    return l10n.t(
      'holds an address, and is not known; did you mean api_base? The model is left out, for the prompt would go elsewhere',
    );
  return undefined;
}

/** "apiBase", "API_BASE", "base-url" and "openai_api_base" are meant for what they spell. */
function otherSpelling(field: string, value: unknown): string | undefined {
  const letters = field.toLowerCase().replace(/[^a-z]/g, '');
  if (/(?:apibase|baseurl|apiurl|endpoint)$|^(?:url|host|server)$/.test(letters)) return 'api_base';
  if (/^(?:litellm)?credentials?(?:name)?$/.test(letters)) return 'litellm_credential_name';
  // OpenRouter has a mapping of that name in the request.
  if (typeof value === 'string' && /^(?:custom)?(?:llm)?provider$/.test(letters))
    return 'custom_llm_provider';
  if (/^(?:openai|anthropic|gemini|azure)apikey$/.test(letters)) return 'api_key';
  return readFields.find((known) => known !== field && known.replaceAll('_', '') === letters);
}

function headerProblem(value: unknown): string | undefined {
  if (!isJsonObject(value)) return l10n.t('must be a mapping of headers: the model is left out');
  const name = Object.keys(value).find((header) => !plainHeaders.has(header.trim().toLowerCase()));
  return name === undefined
    ? undefined
    : l10n.t(
        'Conduit sends no headers of a file, and these may hold a key or choose who answers: the model is left out',
      );
}

/** A field that decides, and that stands beside `litellm_params`, where LiteLLM doesn't read it. */
export function misplacedField(model: Readonly<Record<string, unknown>>): Undecided | undefined {
  const field = readFields.find((name) => model[name] !== undefined && model[name] !== null);
  const message = l10n.t(
    'belongs into litellm_params, where it says where the prompt goes: the model is left out',
  );
  return field === undefined ? undefined : { field, message };
}
