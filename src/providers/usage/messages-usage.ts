import { isJsonObject } from '../../core/terms/tools';
import type { Usage } from '../../core/terms/receipt';
import { isChargedOtherwise } from './charged-otherwise';
import { reportFields } from './report-fields';
import { usageOf, writtenIn } from './reported-usage';

/** The reports of one answer of Anthropic's Messages API. */
export interface MessagesUsage {
  /**
   * Takes in the next report. `final`: its output is a total, as in message_delta or in a whole message; absent: all but
   * the first are, for message_start knows the beginning alone.
   */
  add(raw: unknown, final?: boolean): void;
  /** What the answer used; undefined where its output was never told. `answered`: see `readChatUsage`. */
  usage(answered: boolean): Usage | undefined;
  /** What is known of an answer that was stopped: its output at least. */
  soFar(): Usage | undefined;
}

/** `input_tokens` leave out what the cache held and took; counts are those of the whole answer so far. */
export function createMessagesUsage(): MessagesUsage {
  let reports = 0;
  let begun = 0;
  let told: number | undefined;
  let certain = true;
  const state = { fresh: 0, cached: 0, written: 0, hour: 0, thought: 0 };

  /** A later count takes the earlier one's place; a zero says nothing of it. */
  function replace(name: keyof typeof state, count: number | undefined): void {
    if (count !== undefined && count > 0) state[name] = count;
  }

  const input = (): number => state.fresh + state.cached + state.written;

  function add(raw: unknown, final = reports > 0): void {
    reports += 1;
    const fields = reportFields(raw);
    if (fields === undefined || !isJsonObject(raw)) return;
    const before = input();
    const written = writtenIn(fields);
    replace('fresh', fields.count('input_tokens'));
    replace('cached', fields.count('cache_read_input_tokens'));
    replace('written', written.tokens);
    replace('hour', written.hourTokens);
    replace('thought', fields.count('output_tokens_details.thinking_tokens'));
    const output = fields.count('output_tokens');
    if (final) {
      if (output !== undefined && told !== undefined && output < told && output > 0) certain = false;
      if (output !== undefined) told = Math.max(told ?? 0, output);
    } else begun = Math.max(begun, output ?? 0);
    // What is counted can't become less.
    const lessThanBefore = input() < before;
    if (lessThanBefore || !written.certain || fields.doubtful || isChargedOtherwise(raw, fields))
      certain = false;
  }

  function usageWith(outputTokens: number): Usage | undefined {
    if (input() === 0) return undefined;
    return usageOf({
      inputTokens: input(),
      outputTokens,
      thoughtTokens: state.thought,
      cached: state.cached,
      written: state.written,
      hourTokens: state.hour,
      certain,
    });
  }

  return {
    add,
    usage: (answered) => {
      if (told === undefined || (answered && told === 0)) return undefined;
      return usageWith(told);
    },
    soFar: () => usageWith(Math.max(begun, told ?? 0)),
  };
}
