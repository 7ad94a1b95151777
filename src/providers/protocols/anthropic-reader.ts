import type { Report } from '../../core/terms/ports';
import type { JsonObject } from '../../core/terms/tools';
import { reportedCost } from '../prices/reported-cost';
import { createAnswer, working } from '../stream/answer';
import { fieldOf, indexIn, objectIn, objectsIn, textIn, wordIn } from '../stream/near-types';
import type { AnswerReader } from '../stream/read-answer';
import { createMessagesUsage } from '../usage/messages-usage';
import { createAnswerBlocks } from './anthropic-blocks';
import type { RunningCall } from '../stream/running-call';

/** Reads the events of the Messages API, or a whole message in their place. */
export function createMessagesReader(running: RunningCall): AnswerReader {
  const answer = createAnswer(running);
  const blocks = createAnswerBlocks();
  const usage = createMessagesUsage();
  const { call, http } = running;
  let reported: unknown;
  let servedModel = '';
  let ended = false;
  let over = false;

  function report(answered: boolean): Report {
    const costUsd = reportedCost(call.deployment, reported, http.header);
    return {
      usage: usage.usage(answered),
      servedModel: servedModel === '' ? undefined : servedModel,
      ...(costUsd !== undefined && { costUsd }),
    };
  }

  function takeReport(message: unknown, final: boolean): void {
    servedModel = wordIn(fieldOf(message, 'model')) || servedModel;
    reported = fieldOf(message, 'usage') ?? reported;
    usage.add(fieldOf(message, 'usage'), final);
  }

  function takeEnding(from: unknown): void {
    const word = wordIn(fieldOf(from, 'stop_reason'));
    if (word === '') return;
    answer.endWith(word);
    ended = true;
  }

  function soFar() {
    const known = usage.soFar();
    return known === undefined ? [] : [{ type: 'usage', usage: known } as const];
  }

  function startBlock(index: number | undefined, block: JsonObject) {
    blocks.start(index, block);
    const thought = /thinking/.test(wordIn(block['type'])) ? textIn(block['thinking']) : '';
    return [...answer.think(thought), ...answer.say(blockText(block))];
  }

  return {
    take: (event, name) => {
      const type = wordIn(fieldOf(event, 'type')) || name;
      const index = indexIn(fieldOf(event, 'index'));
      const delta = objectIn(fieldOf(event, 'delta'));
      switch (type) {
        case 'message_start': {
          const message = fieldOf(event, 'message');
          takeReport(message, false);
          return [
            ...soFar(),
            ...objectsIn(fieldOf(message, 'content')).flatMap((block) => startBlock(undefined, block)),
          ];
        }
        case 'content_block_start':
          return startBlock(index, objectIn(fieldOf(event, 'content_block')) ?? {});
        case 'content_block_delta':
          if (delta === undefined) return [];
          ended = false;
          blocks.add(index, delta);
          return 'partial_json' in delta
            ? [working]
            : [...answer.think(textIn(delta['thinking'])), ...answer.say(deltaText(delta))];
        case 'message_delta':
          takeReport(event, true);
          takeEnding(delta);
          takeEnding(event);
          return soFar();
        case 'message_stop':
          answer.over();
          over = true;
          return [];
        case 'message': {
          takeReport(event, true);
          takeEnding(event);
          answer.over();
          over = true;
          const content = fieldOf(event, 'content');
          const said = typeof content === 'string' ? answer.say(content) : [];
          return [...said, ...objectsIn(content).flatMap((block) => startBlock(undefined, block))];
        }
        default:
          return [];
      }
    },
    done: () => {
      answer.over();
      over = true;
    },
    state: () => (over ? 'over' : ended ? 'ended' : 'open'),
    report: () => report(false),
    close: () => answer.close(blocks.calls(), report),
  };
}

function blockText(block: JsonObject): string {
  return /^(text|output_text)?$/.test(wordIn(block['type'])) ? textIn(block['text']) : '';
}

/** Another kind of delta is thinking, a tool's input, a signature, or a citation. */
function deltaText(delta: JsonObject): string {
  const type = wordIn(delta['type']);
  return type === '' || type === 'text_delta' || type === 'text' ? textIn(delta['text']) : '';
}
