import * as l10n from '@vscode/l10n';
import { reasoningEfforts } from '../../core/terms/call-options';
import type { CursorContext } from './cursor-context';
import { aboutOption, optionPaths } from '../options';
import { vendors } from '../../vendors/catalogue';
import { prefixes, vendorNamed } from '../../vendors/lookup';

/** A value that may be written, with what it means. */
export interface DescribedValue {
  readonly text: string;
  /** Markdown, one line. */
  readonly description: string;
}

const presetTexts: Readonly<Record<string, string>> = {
  balanced: l10n.t('Quality first, with an eye on cost.'),
  quality: l10n.t('The best answer, almost whatever it costs.'),
  cost: l10n.t('Good enough at the lowest price.'),
  speed: l10n.t('The fastest answer that is good enough.'),
};

/** What may be written as the value of a key. `names` are variables of the environment that may hold keys. */
export function valuesAt(
  { path, key }: CursorContext,
  text: string,
  names: readonly string[],
): readonly DescribedValue[] {
  const at = [...path, key ?? ''].join('.');
  const option = optionPaths.find((known) => known === at);
  switch (at) {
    case 'router.pool':
    case 'model_list.[].model_name':
      return poolsIn(text).map((name) => ({ text: name, description: l10n.t('A pool of this file.') }));
    case 'judge.model':
    case 'router.measure.against':
      return idsIn(text).map((id) => ({ text: id, description: l10n.t('A model of this file.') }));
    case 'model_list.[].litellm_params.model':
    case 'model_list.[].litellm_params.custom_llm_provider':
      return prefixes.map((prefix) => ({
        text: key === 'model' ? `${prefix}/` : prefix,
        description: titleOf(prefix),
      }));
    case 'model_list.[].litellm_params.api_key':
      return variables([...keyNames, ...names], text);
    case 'model_list.[].litellm_params.api_base':
      return [
        { text: 'http://127.0.0.1:4000/v1', description: l10n.t('A server on this machine.') },
        ...variables(
          names.filter((name) => /URL|BASE|HOST/.test(name)),
          text,
        ),
      ];
    case 'model_list.[].litellm_params.reasoning_effort':
      return reasoningEfforts.map((effort) => ({
        text: effort,
        description: l10n.t('How hard the model thinks.'),
      }));
    case 'model_list.[].model_info.mode':
      return [
        { text: 'chat', description: l10n.t('A chat model.') },
        { text: 'responses', description: l10n.t('Spoken to over OpenAI’s Responses API.') },
      ];
    case 'cache.redis_url':
      return [
        { text: 'redis://127.0.0.1:6379', description: l10n.t('A Redis on this machine.') },
        ...variables(
          names.filter((name) => name.includes('REDIS')),
          text,
        ),
      ];
    case 'team.database_url':
      return variables(['DATABASE_URL', ...names.filter((name) => /DATABASE|POSTGRES|PG/.test(name))], text);
    default:
      if (option === undefined) return [];
      return (aboutOption(option).choices ?? []).map((choice) => ({
        text: choice,
        description: presetTexts[choice] ?? aboutOption(option).description,
      }));
  }
}

/** What a provider's prefix stands for; '' where there is no such prefix. */
export function titleOf(prefix: string): string {
  const vendor = vendorNamed(prefix);
  return vendor?.about ?? vendor?.title ?? '';
}

const keyNames = vendors.flatMap((vendor) => vendor.keyNames);

function variables(names: readonly string[], text: string): readonly DescribedValue[] {
  const written = [...text.matchAll(/os\.environ\/([A-Za-z_]\w*)/g)].flatMap(([, name]) => name ?? []);
  return [...new Set([...names, ...written])].map((name) => ({
    text: `os.environ/${name}`,
    description: l10n.t('The environment variable {0}.', `\`${name}\``),
  }));
}

function poolsIn(text: string): readonly string[] {
  return valuesOf(text, /\bmodel_name:[ \t]*(["']?)([^"'#,}\r\n]+)\1/g);
}

/** The user's names of their models: keys that end in "_id" are others. */
function idsIn(text: string): readonly string[] {
  return valuesOf(text, /(?<![\w.])id:[ \t]*(["']?)([^"'#,}\r\n]+)\1/g);
}

function valuesOf(text: string, pattern: RegExp): readonly string[] {
  const written = [...text.matchAll(pattern)];
  return [...new Set(written.map(([, , name]) => (name ?? '').trim()))].filter((name) => name !== '');
}
