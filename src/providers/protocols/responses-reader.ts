import type { ModelEvent, Report } from '../../core/terms/ports';
import type { JsonObject } from '../../core/terms/tools';
import { reportedCost } from '../prices/reported-cost';
import { createAnswer, working } from '../stream/answer';
import { fieldOf, objectIn, objectsIn, textIn, wordIn } from '../stream/near-types';
import type { AnswerReader } from '../stream/read-answer';
import { errorIn } from '../stream/stream-error';
import { readResponsesUsage } from '../usage/responses-usage';
import type { RunningCall } from '../stream/running-call';
import { createResponseItems } from './response-items';
import { createResponseTexts } from './response-texts';
import { withTier } from './reported-tier';

/**
 * Reads the events of the Responses API, or a whole response in their place. What an item's events left out is taken from
 * the item, and what the items left out from the response.
 */
export function createResponsesReader(running: RunningCall): AnswerReader {
  const { call, http } = running;
  const answer = createAnswer(running);
  const items = createResponseItems();
  const texts = createResponseTexts();
  let usage: unknown;
  let servedModel = '';
  let thoughtSaid = false;
  let over = false;

  function report(answered: boolean): Report {
    const costUsd = reportedCost(call.deployment, usage, http.header);
    return {
      usage: usage === undefined ? undefined : readResponsesUsage(usage, answered),
      servedModel: servedModel === '' ? undefined : servedModel,
      ...(costUsd !== undefined && { costUsd }),
    };
  }

  function takeReport(response: unknown): void {
    servedModel = wordIn(fieldOf(response, 'model')) || servedModel;
    const reported = objectIn(fieldOf(response, 'usage'));
    if (reported === undefined) return;
    usage = withTier(reported, response, call.deployment);
  }

  function takeItem(event: unknown, item: JsonObject, isWhole: boolean): readonly ModelEvent[] {
    switch (item['type']) {
      case 'function_call':
      case 'custom_tool_call':
        items.take(event, item, isWhole);
        return [];
      case 'reasoning':
        items.take(event, item, isWhole);
        return isWhole && !thoughtSaid ? think(summaryOf(item)) : [];
      case 'message':
        return isWhole ? sayParts(event, item) : [];
      default:
        return [];
    }
  }

  /** The texts of a message that no event has said. */
  function sayParts(event: unknown, item: JsonObject): readonly ModelEvent[] {
    const content = item['content'];
    const parts = typeof content === 'string' ? [{ type: 'output_text', text: content }] : objectsIn(content);
    const place = { item_id: item['id'], output_index: fieldOf(event, 'output_index') };
    return parts.flatMap((part, at) => sayRest({ ...place, content_index: at }, textIn([part])));
  }

  function sayRest(event: unknown, text: string): readonly ModelEvent[] {
    return answer.say(texts.restOf(event, text));
  }

  function say(event: unknown, text: string): readonly ModelEvent[] {
    texts.add(event, text);
    return answer.say(text);
  }

  function think(text: string): readonly ModelEvent[] {
    thoughtSaid ||= text !== '';
    return answer.think(text);
  }

  function end(response: unknown, word: string): readonly ModelEvent[] {
    takeReport(response);
    const rest = objectsIn(fieldOf(response, 'output')).flatMap((item, at) =>
      takeItem({ output_index: at }, item, true),
    );
    const text =
      !answer.hasText() && rest.length === 0 ? answer.say(textIn(fieldOf(response, 'output_text'))) : [];
    answer.endWith(word);
    over = true;
    return [...rest, ...text];
  }

  function endOf(response: unknown, type: string): readonly ModelEvent[] {
    const status = wordIn(fieldOf(response, 'status'));
    // Some servers end what failed with `response.completed` or `response.done`.
    if (/^(?:failed|error|errored)$/i.test(status) || errorIn('', response) !== undefined)
      return failed(response);
    const reason = wordIn(fieldOf(fieldOf(response, 'incomplete_details'), 'reason'));
    if (type === 'response.incomplete' || status === 'incomplete')
      return end(response, reason === '' ? 'max_tokens' : reason);
    if (type === 'response.cancelled' || status === 'cancelled') return end(response, 'cancelled');
    return end(response, 'completed');
  }

  return {
    take: (event, name) => {
      const type = wordIn(fieldOf(event, 'type')) || name;
      const item = objectIn(fieldOf(event, 'item'));
      switch (type) {
        case 'response.created':
        case 'response.in_progress':
        case 'response.queued':
          takeReport(fieldOf(event, 'response'));
          return [];
        case 'response.output_text.delta':
        case 'response.refusal.delta':
          return say(event, textIn(fieldOf(event, 'delta')));
        case 'response.output_text.done':
        case 'response.refusal.done':
          return sayRest(event, textIn(fieldOf(event, 'text') ?? fieldOf(event, 'refusal')));
        case 'response.content_part.done':
          return sayRest(event, textIn([fieldOf(event, 'part')]));
        case 'response.reasoning_summary_text.delta':
        case 'response.reasoning_text.delta':
        case 'response.reasoning_summary.delta':
        case 'response.reasoning.delta':
          return think(textIn(fieldOf(event, 'delta')));
        case 'response.output_item.added':
          return item === undefined ? [] : takeItem(event, item, false);
        case 'response.output_item.done':
          return item === undefined ? [] : takeItem(event, item, true);
        case 'response.function_call_arguments.delta':
          items.addInput(event, fieldOf(event, 'delta'), false);
          return [working];
        case 'response.function_call_arguments.done':
          items.addInput(event, fieldOf(event, 'arguments'), true);
          return [];
        case 'response.completed':
        case 'response.done':
        case 'response.incomplete':
        case 'response.cancelled':
          // Some servers put the report beside the response.
          takeReport(event);
          return endOf(fieldOf(event, 'response'), type);
        case 'response.failed':
          return failed(fieldOf(event, 'response'));
        default:
          return fieldOf(event, 'object') === 'response' || fieldOf(event, 'output') !== undefined
            ? endOf(event, '')
            : [];
      }
    },
    done: () => {
      over = true;
      // Without a response that says how it ended, what came is all there is.
      if (answer.hasText() || items.hasCalls()) answer.over();
    },
    state: () => (over ? 'over' : 'open'),
    report: () => report(false),
    close: () => answer.close(items.calls(), report),
  };

  function failed(response: unknown): readonly ModelEvent[] {
    takeReport(response);
    over = true;
    answer.failWith(
      fieldOf(response, 'error') ?? fieldOf(response, 'status_details') ?? fieldOf(response, 'last_error'),
    );
    return [];
  }
}

function summaryOf(item: JsonObject): string {
  const parts = [...objectsIn(item['summary']), ...objectsIn(item['content'])];
  return parts.map((part) => textIn(part['text'])).join('\n\n');
}
