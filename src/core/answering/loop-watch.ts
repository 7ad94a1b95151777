import type { LoopReading } from '../reward/loops/loop-signs';
import { readLoop, usualStepsBefore } from '../reward/loops/loop-signs';
import type { LoopSign } from '../terms/observation';
import type { RouteRequest } from '../terms/request';
import type { Asked } from './asked';
import { endsByTool } from './ending-tools';
import type { ToolLoop } from './tool-loop';

/** Notes of one tool loop what its messages show, each sign once. It never throws: nobody's answer waits for a note. */
export interface LoopWatch {
  /** What the results that came show. */
  readonly reading: LoopReading;
  note(signs: readonly LoopSign[]): Promise<void>;
}

export function watchLoop({ parts, state, request, pool }: Asked, loop: ToolLoop): LoopWatch {
  const reading = readLoop(request.messages, {
    ownSteps: loop.steps,
    earlierSteps: loop.decision.escalation?.steps,
    usualSteps: state.learnt.usualSteps(pool.name) ?? usualStepsBefore,
  });
  return { reading, note: noteOn({ parts, state }, loop) };
}

/**
 * Notes that the user broke off a loop by asking something else. A model that called a tool to say that it is done had
 * come to its end.
 */
export async function noteInterruption(
  asked: Pick<Asked, 'parts' | 'state'>,
  loop: ToolLoop | undefined,
  { messages }: RouteRequest,
): Promise<void> {
  if (loop === undefined) return;
  const called = messages.findLast(({ role }) => role === 'assistant')?.toolCalls ?? [];
  if (called.some(({ name }) => endsByTool(name))) return;
  await noteOn(asked, loop)(['stopped-by-user']);
}

function noteOn(
  { parts, state }: Pick<Asked, 'parts' | 'state'>,
  { decision: { id: decisionId }, deploymentId, told }: ToolLoop,
): LoopWatch['note'] {
  const known = new Set(told);
  return async (signs) => {
    const fresh = signs.filter((sign) => !known.has(sign));
    if (fresh.length === 0) return;
    for (const sign of fresh) known.add(sign);
    try {
      await state.recorder.record(
        fresh.map((sign) => {
          const observation = { decisionId, deploymentId, signal: { kind: 'loop', sign } } as const;
          return { kind: 'observation', observation } as const;
        }),
      );
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      parts.log.warn(`Signs of the tool loop of decision ${decisionId} were not recorded: ${detail}`);
    }
  };
}
