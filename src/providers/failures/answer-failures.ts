import * as l10n from '@vscode/l10n';
import type { Failure } from '../../core/terms/failure';
import { malformed } from './failure-from';

/** The provider's filter ended the answer, or refused it. */
export const filtered: Failure = {
  reason: 'content-filter',
  detail: l10n.t('The provider’s content filter ended the answer.'),
  status: undefined,
};

/** The model refused to answer, as its protocol has it. */
export const refusal: Failure = {
  reason: 'content-filter',
  detail: l10n.t('The model refused to answer.'),
  status: undefined,
};

/** The model asked for a tool instead of answering: none was offered, and none is executed. */
export function toolCall(name: string | undefined, key: string): Failure {
  const detail =
    name === undefined || name === ''
      ? l10n.t('The model asked to call a tool instead of answering; Conduit offers none.')
      : l10n.t('The model asked to call the tool {0} instead of answering; Conduit offers none.', name);
  return malformed(detail, key);
}
