import type { Usage } from '../../core/terms/receipt';
import { reportedUsage } from './reported-usage';

/** `usage` of the Responses API, whose `output_tokens` include what the model thought; see `readChatUsage`. */
export function readResponsesUsage(raw: unknown, answered: boolean): Usage | undefined {
  return reportedUsage(raw, answered, 'inside');
}
