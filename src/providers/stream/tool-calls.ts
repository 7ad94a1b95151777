import { randomUUID } from 'node:crypto';
import * as l10n from '@vscode/l10n';
import type { ModelCall, ModelEvent } from '../../core/terms/ports';
import type { JsonObject, ToolCall } from '../../core/terms/tools';
import type { Failure } from '../../core/terms/failure';
import { toolCall } from '../failures/answer-failures';
import { malformed } from '../failures/failure-from';
import { inputIn } from './near-types';
import { offeredName } from './tool-name';

/** A tool call as it came over the wire. */
export interface WireCall {
  /** '' where the server gave none. */
  id: string;
  name: string;
  /** JSON, perhaps in several pieces; '' means no input. */
  input: string;
  /** What the vendor wants back beside the call. */
  readonly verbatim: JsonObject[];
}

/** The calls of an answer as events, or why there are none. */
export type CallEvents =
  | { readonly events: readonly Extract<ModelEvent, { type: 'tool-call' }>[]; readonly failure: undefined }
  | { readonly events: undefined; readonly failure: Failure };

/**
 * The events of an answer's tool calls, or one failure: where no tool was offered and `asksInstead` says that the
 * answer is nothing else, or where an input is not a JSON object. All calls of an answer are passed on together, so
 * that a failure never comes after one of them. `cut`: the answer ended at its limit, and half of a call is left out.
 */
export function callEvents(
  calls: readonly WireCall[],
  { asksInstead, cut }: { readonly asksInstead: boolean; readonly cut: boolean },
  { tools = [], deployment }: ModelCall,
  nameOf: (wireName: string) => string,
  key: string,
): CallEvents {
  if (tools.length === 0)
    return asksInstead ? failed(toolCall(calls[0]?.name, key)) : { events: [], failure: undefined };
  const offered = tools.map((tool) => tool.name);
  const events: Extract<ModelEvent, { type: 'tool-call' }>[] = [];
  const ids = new Set<string>();
  for (const [index, { id, name, input, verbatim }] of calls.entries()) {
    // A piece of nothing.
    if (name === '' && input.trim() === '') continue;
    const parsed = inputIn(input);
    // Of the last one nobody knows whether its input would have followed.
    const half = cut && (parsed === undefined || (index === calls.length - 1 && input.trim() === ''));
    if (half) continue;
    if (parsed === undefined || name === '') {
      const detail =
        name === ''
          ? l10n.t('The model called a tool without saying which.')
          : l10n.t('The model called the tool {0} with an input that is not a JSON object.', name);
      return failed(malformed(detail, key));
    }
    const own = id === '' || ids.has(id) ? `call_${randomUUID()}` : id;
    ids.add(own);
    const call: ToolCall = {
      id: own,
      name: nameOf(offeredName(name, offered)),
      input: parsed,
      ...(verbatim.length > 0 && { verbatim: { deploymentId: deployment.id, items: verbatim } }),
    };
    events.push({ type: 'tool-call', call });
  }
  return { events, failure: undefined };
}

function failed(failure: Failure): CallEvents {
  return { events: undefined, failure };
}
