import type { Attempt } from '../../core/terms/attempt';
import type { Failure } from '../../core/terms/failure';
import { estimateTokens, tokensOf } from '../../core/terms/tokens';
import type { CallOptions } from '../../core/terms/call-options';
import type { Deployment } from '../../core/terms/deployment';
import type { Clock, PriceBook, Report } from '../../core/terms/ports';
import type { Cost, Usage } from '../../core/terms/receipt';
import type { Message } from '../../core/terms/request';
import type { ToolOffer } from '../../core/terms/tools';
import { isFree } from '../../vendors/price-list';
import { substituteFor } from './served-model';

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
  /** Unix ms. */
  readonly startedAtMs: number;
  /** False where the request was over before anything went out. */
  sent: boolean;
  firstTokenMs: number | undefined;
  /** What the model thought so far. */
  thoughts: string;
  /** Its text and tool calls so far. */
  answer: string;
  /** What the provider reported so far. */
  usage: Usage | undefined;
  /** The end of the text that was not passed on yet. */
  unshown: string;
}

export function createRun(order: AttemptOrder, clock: Clock): Run {
  const startedMs = clock.monotonicMs();
  return {
    ...order,
    startedMs,
    startedAtMs: clock.nowMs(),
    sent: false,
    firstTokenMs: undefined,
    thoughts: '',
    answer: '',
    usage: undefined,
    unshown: '',
  };
}

/** The attempt as it is recorded. `report` is what the provider told at its end, where it did. */
export function attemptOf(
  run: Run,
  outcome: Attempt['outcome'],
  { failure, report }: { readonly failure?: Failure; readonly report?: Report | undefined },
  { prices, clock }: { readonly prices: PriceBook; readonly clock: Clock },
): Attempt {
  const { decisionId, deployment, index, firstTokenMs, startedMs } = run;
  const usage = report?.usage ? doubted(report.usage, run) : estimatedUsage(run);
  const servedModel = substituteFor(deployment, report?.servedModel);
  // The price is that of the model that was asked for: another one's answer may have cost something else.
  const measured = report?.usage !== undefined && servedModel === undefined && !saysFree(run, report);
  const name = servedModel === undefined ? report?.servedModel || undefined : undefined;
  const cost = run.sent
    ? (reportedCost(run, report) ?? (usage && prices.costOf(deployment, usage, measured, name)))
    : free;
  return {
    decisionId,
    deploymentId: deployment.id,
    index,
    outcome,
    failure: failure && slept(run, clock) ? { ...failure, local: true } : failure,
    receipt: {
      usage,
      cost: cost ?? { kind: 'unknown' },
      timeToFirstTokenMs: firstTokenMs === undefined ? undefined : firstTokenMs - startedMs,
      totalMs: clock.monotonicMs() - startedMs,
      servedModel,
    },
  };
}

/** By how much longer the wall's clock may say that a call took. */
const clocksApartMs = 30_000;

/** While a machine sleeps only the wall's clock goes on; a call that was under way then fails for no fault of its server. */
function slept({ startedMs, startedAtMs }: Run, clock: Clock): boolean {
  const wallMs = clock.nowMs() - startedAtMs;
  return wallMs - (clock.monotonicMs() - startedMs) > clocksApartMs;
}

const free: Cost = { kind: 'exact', usd: 0 };

/** What the server says that it billed: it knows, whichever model it asked. Nonsense is no report. */
function reportedCost(run: Run, report: Report | undefined): Cost | undefined {
  const usd = report?.costUsd;
  if (usd === undefined || !Number.isFinite(usd) || usd < 0 || saysFree(run, report)) return undefined;
  return { kind: 'exact', usd };
}

/** A bill of 0 for a model that isn't given away: a discount that may end, or a price that the gateway doesn't know. */
function saysFree({ deployment }: Run, report: Report | undefined): boolean {
  if (report?.costUsd !== 0) return false;
  return !isFree(deployment.model) && !isFree(report.servedModel ?? '');
}

/** Not more than this many times the tokens that were counted can stand in an answer's text, by the usual estimate. */
const mostEstimated = 12;

/** A report with far less output than what was read of it can't be true. */
function doubted(usage: Usage, { answer }: Run): Usage {
  const most = usage.outputTokens === 0 ? 0 : 50 + mostEstimated * usage.outputTokens;
  const plausible = estimateTokens(answer.trim()) <= most;
  return plausible ? usage : { ...usage, uncertain: true };
}

/**
 * Where the provider reported nothing at the end: what it reported before, and an estimate from the texts of the rest.
 * Undefined where nothing came, so that the cost is unknown: most providers bill nothing then, but after a timeout or
 * a stop nobody tells.
 */
function estimatedUsage({ thoughts, answer, messages, tools, usage }: Run): Usage | undefined {
  const written = thoughts + answer;
  if (usage === undefined && written.trim() === '') return undefined;
  const input = usage ?? { inputTokens: tokensOf(messages, tools), cachedInputTokens: 0 };
  return { ...input, outputTokens: Math.max(estimateTokens(written), usage?.outputTokens ?? 0) };
}
