import type { Failure } from '../../core/failure';
import { malformed } from './failure-from';

/** The provider's filter ended the answer, or refused it. */
export const filtered: Failure = {
  reason: 'content-filter',
  detail: 'The provider’s content filter ended the answer.',
  status: undefined,
};

/** The model refused to answer, as its protocol has it. */
export const refusal: Failure = {
  reason: 'content-filter',
  detail: 'The model refused to answer.',
  status: undefined,
};

/** The model asked for a tool instead of answering: none was offered, and none is executed. */
export function toolCall(name: string | undefined, key: string): Failure {
  const tool = name === undefined || name === '' ? 'a tool' : `the tool ${name}`;
  return malformed(`The model asked to call ${tool} instead of answering; Conduit offers none.`, key);
}
