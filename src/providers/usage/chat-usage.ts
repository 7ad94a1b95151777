import type { Usage } from '../../core/terms/receipt';
import { reportedUsage } from './reported-usage';

/**
 * `usage` of chat completions, as any vendor or gateway writes it; undefined where it reports nothing. `answered`: the
 * answer had text or calls, so that zeros can't be true. `thoughtsBeside`: the vendor is known to leave out of
 * `completion_tokens` what the model thought; asked only where the numbers themselves don't tell.
 */
export function readChatUsage(raw: unknown, answered: boolean, thoughtsBeside = false): Usage | undefined {
  return reportedUsage(raw, answered, thoughtsBeside ? 'beside' : undefined);
}
