import * as l10n from '@vscode/l10n';
import { z } from 'zod';
import type { Failure, FailureReason } from '../../core/terms/failure';

const schema = z.object({
  name: z.string().optional().catch(undefined),
  message: z.string().catch(''),
  /** Of LanguageModelError: "NotFound", "NoPermissions", "Blocked" or "Unknown". */
  code: z.string().optional().catch(undefined),
  cause: z.unknown().optional(),
});

/** A failure from what a language model of the editor threw. `model` is "vendor/family". */
export function editorModelFailure(error: unknown, model: string): Failure {
  const { code, message, cause } = schema.safeParse(error).data ?? {
    code: undefined,
    message: String(error),
  };
  const words = message.trim() || (schema.safeParse(cause).data?.message ?? '');
  const reason = reasonOf(code, words);
  return { reason, detail: detailOf(reason, words, model), status: undefined };
}

function reasonOf(code: string | undefined, words: string): FailureReason {
  switch (code) {
    case 'NotFound':
      return 'not-found';
    case 'NoPermissions':
      return 'refused-key';
    case 'Blocked':
      return 'quota';
    default:
      return reasonOfWords(words);
  }
}

/** The editor passes on what the model's extension threw, and only in words. */
function reasonOfWords(words: string): FailureReason {
  if (/quota|billing|credits?\b/i.test(words)) return 'quota';
  if (/rate.?limit|too many requests|\b429\b/i.test(words)) return 'rate-limit';
  if (/off.?topic|content.?filter|responsible ai/i.test(words)) return 'content-filter';
  if (/too (long|large)|context (length|window)|token limit|exceeds.*tokens/i.test(words))
    return 'context-too-long';
  if (/timed? ?out/i.test(words)) return 'timeout';
  if (/network|offline|ENOTFOUND|ECONN|fetch failed/i.test(words)) return 'network';
  return 'server-error';
}

function detailOf(reason: FailureReason, words: string, model: string): string {
  const said = words.replace(/[\p{Cc}\s]+/gu, ' ').slice(0, 300);
  switch (reason) {
    case 'not-found':
      return said === '' ? l10n.t('The editor has no model {0} now.', model) : said;
    case 'refused-key':
      return said === ''
        ? l10n.t('The editor does not let Conduit use {0}.', model)
        : l10n.t('The editor does not let Conduit use {0}: {1}', model, said);
    default:
      return said === '' ? l10n.t('{0} failed without a reason.', model) : said;
  }
}
