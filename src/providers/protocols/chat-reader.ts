import type { ModelEvent, Report } from '../../core/terms/ports';
import type { JsonObject } from '../../core/terms/tools';
import { hasQuirk } from '../../vendors/lookup';
import { reportedCost } from '../prices/reported-cost';
import { createAnswer, working } from '../stream/answer';
import type { CallPiece } from '../stream/call-pieces';
import { createCallPieces } from '../stream/call-pieces';
import { endingOf } from '../stream/ending';
import {
  fieldOf,
  indexIn,
  jsonTextIn,
  objectIn,
  objectsIn,
  textIn,
  thoughtsIn,
  wordIn,
} from '../stream/near-types';
import type { AnswerReader } from '../stream/read-answer';
import { readChatUsage } from '../usage/chat-usage';
import { withTier } from './reported-tier';
import type { RunningCall } from '../stream/running-call';
import { sealsOf } from './call-seals';
import { createChatThoughts } from './chat-thoughts';

/**
 * Reads the chunks of a chat completion, or a whole one, as OpenAI, Azure and every server say them that is only
 * compatible: of all fields none must be there.
 */
export function createChatReader(running: RunningCall): AnswerReader {
  const { call, http } = running;
  const answer = createAnswer(running);
  const pieces = createCallPieces((call.tools ?? []).map(({ name }) => name));
  const thoughts = createChatThoughts();
  let usage: unknown;
  let servedModel = '';
  let ended = false;
  let over = false;
  /** The text so far, and whether it came in deltas. */
  let said = '';
  let streamed = false;
  /** Behind the last choice nothing but the report comes: the answer is whole, whatever was left out. */
  let reportedLast = false;

  function report(answered: boolean): Report {
    const costUsd = reportedCost(call.deployment, usage, http.header);
    return {
      usage:
        usage === undefined
          ? undefined
          : readChatUsage(usage, answered, hasQuirk(call.deployment, 'thoughts-beside-output')),
      servedModel: servedModel === '' ? undefined : servedModel,
      ...(costUsd !== undefined && { costUsd }),
    };
  }

  function takeReport(chunk: unknown, choice: unknown): void {
    servedModel = wordIn(fieldOf(chunk, 'model')) || servedModel;
    const reported =
      fieldOf(chunk, 'usage') ??
      // Groq's own place for it, and Moonshot's.
      fieldOf(fieldOf(chunk, 'x_groq'), 'usage') ??
      fieldOf(choice, 'usage') ??
      fieldOf(fieldOf(choice, 'delta'), 'usage');
    if (objectIn(reported) === undefined || (usage !== undefined && saysNothing(reported))) return;
    usage = withTier(objectIn(reported) ?? {}, chunk, call.deployment);
  }

  function takeCalls(delta: JsonObject, place: number): number {
    const listed = objectsIn(delta['tool_calls']);
    const old = objectIn(delta['function_call']);
    const calls = [...listed, ...(old === undefined ? [] : [{ index: 0, function: old }])];
    const touched = pieces.add(calls.map((each) => pieceOf(each, place)));
    for (const [at, each] of calls.entries()) {
      const sealed = sealsOf(each);
      if (sealed !== undefined) touched[at]?.verbatim.push(sealed);
    }
    return calls.length;
  }

  /** One is asked for: where there are several, each says a part of the answer. */
  function takeChoice(choice: JsonObject, place: number): readonly ModelEvent[] {
    const delta = objectIn(choice['delta']) ?? {};
    const message = objectIn(choice['message']) ?? {};
    const thought = thoughts.take(delta) || thoughtsIn(delta['content']) || wholeThought(message);
    const text = textIn(delta['content']) || textIn(delta['refusal']) || wordIn(choice['text']);
    const calls = takeCalls(delta, place) + takeCalls(message, place);
    takeEnding([choice, delta, message], text === '' && thought === '' && calls === 0);
    const whole = text === '' ? restOf(textIn(message['content']) || textIn(message['refusal'])) : '';
    said += text + whole;
    if (text !== '') streamed = true;
    const told = [...answer.think(thought), ...answer.say(text || whole)];
    return told.length === 0 && calls > 0 ? [working] : told;
  }

  /** What a whole message says that was not said before: all, the rest of what grows, or the next piece. */
  function restOf(message: string): string {
    if (said === '' || message.startsWith(said)) return message.slice(said.length);
    return streamed || said.trim().endsWith(message.trim()) ? '' : message;
  }

  return {
    take: (chunk) => {
      const choices = objectsIn(fieldOf(chunk, 'choices'));
      const choice = choices.find(({ index }) => (indexIn(index) ?? 0) === 0) ?? choices[0];
      takeReport(chunk, choice);
      if (choice === undefined) return usageSoFar(chunk);
      reportedLast = false;
      takeEnding([objectIn(chunk) ?? {}], true);
      return [choice, ...choices.filter((each) => each !== choice)].flatMap(takeChoice);
    },
    done: () => {
      answer.over();
      over = true;
    },
    state: () => (over ? 'over' : ended ? 'ended' : 'open'),
    report: () => report(false),
    close: () => {
      if (reportedLast) answer.over();
      const kept = thoughts.kept();
      if (kept !== undefined) pieces.calls[0]?.verbatim.push(kept);
      return answer.close(pieces.calls, report);
    },
  };

  function wholeThought(message: JsonObject): string {
    return answer.hasText() ? '' : thoughts.take(message) || thoughtsIn(message['content']);
  }

  function usageSoFar(chunk: unknown): readonly ModelEvent[] {
    if (fieldOf(chunk, 'usage') === undefined) return [];
    reportedLast = true;
    const known = readChatUsage(usage, false);
    return known === undefined ? [] : [{ type: 'usage', usage: known }];
  }

  function takeEnding(places: readonly JsonObject[], saysNothing: boolean): void {
    // More of an answer takes back that it was over; before anything of it, the word is one that comes with every chunk.
    if (!saysNothing) ended = false;
    const word = places.map(finishIn).find((each) => endingOf(each) !== undefined);
    if (word === undefined) return;
    const native = wordIn(places[0]?.['native_finish_reason']);
    const sense = endingOf(native);
    answer.endWith(endingOf(word) === 'whole' && (sense === 'filtered' || sense === 'cut') ? native : word);
    if (saysNothing) ended = answer.hasText() || pieces.calls.length > 0;
  }
}

/** Zeros behind a report take nothing back. */
function saysNothing(reported: unknown): boolean {
  const known = readChatUsage(reported, false);
  return known === undefined || known.inputTokens + known.outputTokens === 0;
}

/** The word for the end; some servers have an object of it. */
function finishIn(place: JsonObject): string {
  const finish = place['finish_reason'] ?? place['finishReason'] ?? place['stop_reason'];
  return wordIn(fieldOf(finish, 'type') ?? fieldOf(finish, 'reason') ?? finish);
}

/** More calls than an answer has. */
const mostCalls = 10_000;

/** Calls of one choice, which stands at `place`: each has its own count. */
function pieceOf(call: JsonObject, place: number): CallPiece {
  const named = objectIn(call['function']) ?? objectIn(call['custom']) ?? call;
  const index = indexIn(call['index']);
  const given = named['arguments'] ?? named['input'] ?? named['parameters'];
  return {
    index: index === undefined ? undefined : index + place * mostCalls,
    id: wordIn(call['id'] ?? call['call_id']),
    name: wordIn(named['name']),
    input: jsonTextIn(given),
    inputIsWhole: objectIn(given) !== undefined,
  };
}
