import type { Attempt } from '../../core/attempt';
import type { Failure } from '../../core/failure';
import { estimateTokens } from '../../core/features/tokens';
import type { CallOptions } from '../../core/pool/call-options';
import type { Deployment } from '../../core/pool/deployment';
import type { Clock, ModelEvent, PriceBook } from '../../core/ports';
import type { Cost, Usage } from '../../core/receipt';
import type { Message } from '../../core/request';
import { tokensOf } from '../../core/request-tokens';
import type { ToolOffer } from '../../core/tools';

export type FinishedEvent = Extract<ModelEvent, { type: 'finished' }>;

/** One call to one deployment, as it is ordered. */
export interface AttemptOrder extends ToolOffer {
  readonly decisionId: string;
  /** Of the attempt within its decision, from 0. */
  readonly index: number;
  readonly deployment: Deployment;
  readonly messages: readonly Message[];
  readonly options: CallOptions;
  /** The longest answer that a cost cap allows, in tokens; undefined: any. */
  readonly outputCap: number | undefined;
}

/** One attempt while it runs. */
export interface Run extends AttemptOrder {
  readonly startedMs: number;
  /** False where the request was over before anything went out. */
  sent: boolean;
  firstTokenMs: number | undefined;
  /** Its text and tool calls so far. */
  answer: string;
  /** The end of the text that was not passed on yet. */
  unshown: string;
}

export function createRun(order: AttemptOrder, clock: Clock): Run {
  const startedMs = clock.monotonicMs();
  return { ...order, startedMs, sent: false, firstTokenMs: undefined, answer: '', unshown: '' };
}

/** The attempt as it is recorded. `finish` is what the provider reported at its end, where it did. */
export function attemptOf(
  run: Run,
  outcome: Attempt['outcome'],
  { failure, finish }: { readonly failure?: Failure; readonly finish?: FinishedEvent | undefined },
  { prices, clock }: { readonly prices: PriceBook; readonly clock: Clock },
): Attempt {
  const { decisionId, deployment, index, firstTokenMs, startedMs } = run;
  const usage = finish?.usage ?? estimatedUsage(run);
  const servedModel = substituteFor(deployment.model, finish?.servedModel);
  // The price is that of the model that was asked for: another one's answer may have cost something else.
  const measured = finish?.usage !== undefined && servedModel === undefined;
  const cost = run.sent
    ? (reportedCost(finish) ?? (usage && prices.costOf(deployment, usage, measured)))
    : free;
  return {
    decisionId,
    deploymentId: deployment.id,
    index,
    outcome,
    failure,
    receipt: {
      usage,
      cost: cost ?? { kind: 'unknown' },
      timeToFirstTokenMs: firstTokenMs === undefined ? undefined : firstTokenMs - startedMs,
      totalMs: clock.monotonicMs() - startedMs,
      servedModel,
    },
  };
}

const free: Cost = { kind: 'exact', usd: 0 };

/** What the server says that it billed: it knows, whichever model it asked. Nonsense is no report. */
function reportedCost(finish: FinishedEvent | undefined): Cost | undefined {
  const usd = finish?.costUsd;
  return usd !== undefined && Number.isFinite(usd) && usd >= 0 ? { kind: 'exact', usd } : undefined;
}

/**
 * Where the provider reported nothing: estimated from the texts. Undefined where no token came, so that the cost
 * is unknown: most providers bill nothing then, but after a timeout or a stop nobody tells.
 */
function estimatedUsage({ firstTokenMs, answer, messages, tools }: Run): Usage | undefined {
  if (firstTokenMs === undefined) return undefined;
  return {
    inputTokens: tokensOf(messages, tools),
    outputTokens: estimateTokens(answer),
    cachedInputTokens: 0,
  };
}

/** The model named in a reply, where it isn't the one asked for or a dated version of it ("gpt-4o-2024-08-06"). */
function substituteFor(asked: string, served: string | undefined): string | undefined {
  if (served === undefined || served === '' || served === asked) return undefined;
  const bare = (name: string): string => name.split('/').at(-1) ?? name;
  const [a, b] = [bare(asked), bare(served)];
  const dated = b.startsWith(a) && /^-\d{4}-?\d{2}-?\d{2}$/.test(b.slice(a.length));
  return a === b || dated ? undefined : served;
}
