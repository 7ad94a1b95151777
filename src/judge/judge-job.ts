import type { Configuration } from '../core/terms/configuration';
import { onTheDayOf } from '../core/terms/dates';
import type { Deployment } from '../core/terms/deployment';
import type { Dispatcher } from '../core/terms/dispatch';
import type { Judgement } from '../core/terms/judgement';
import type { JudgeDoor } from '../core/terms/judging';
import type { LedgerEntry } from '../core/terms/ledger-entry';
import type { JudgedSignal } from '../core/terms/observation';
import type { Calendar, Clock, Log, NewId, PriceBook } from '../core/terms/ports';
import type { JsonObject } from '../core/terms/tools';
import type { JudgeReply } from './ask-judge';
import { askJudge, mostUsdOf } from './ask-judge';
import type { KeptAnswer } from './kept-answers';
import type { JudgeChoice } from './kinship';
import type { JudgePrompt, PromptParts } from './prompt';
import { promptForOne, promptForTwo } from './prompt';
import { reserve } from './reserve';
import type { Preference, Verdict } from './verdict';
import { preferenceForm, preferenceIn, verdictForm, verdictIn } from './verdict';

/** An answer to be judged, or two to the same question, which are compared. */
export interface JudgeJob {
  readonly kept: KeptAnswer;
  readonly rival?: KeptAnswer | undefined;
}

export interface JobParts {
  readonly dispatcher: Dispatcher;
  readonly prices: PriceBook;
  readonly clock: Clock;
  readonly calendar: Calendar;
  readonly newId: NewId;
  /** A new mark for a fence, which nobody can guess. */
  readonly newMark: () => string;
  /** Whether a text looks as if it held a password or a key: what the user let one vendor have goes to no other. */
  readonly holdsSecret: (text: string) => boolean;
  readonly log: Log;
}

/** Most tokens of question and answer together: enough for a page of each, and the same small price for all. */
export const usualTokens = 6_000;
/** Part of a small context window that they may fill: rubric and reply need the rest. */
const windowShare = 0.5;

/**
 * Asks the judge and records what it said, with what that cost. Resolves where nothing came of it, too; rejects where
 * the ledger can't be written.
 */
export async function runJob(
  job: JudgeJob,
  { judge, sibling }: JudgeChoice,
  { configuration, door, signal }: JobContext,
  parts: JobParts,
): Promise<void> {
  const { kept, rival } = job;
  const promptParts = promptPartsFor(judge, configuration, parts);
  const asking = { judge, configuration, door, signal, parts, decisionId: kept.answer.decisionId };
  const marked = { judge: judge.id, ...(sibling && { sibling: true as const }) };
  if (rival === undefined) {
    const prompt = promptForOne(kept.answer, promptParts);
    const asked = await ask(asking, { prompt, form: verdictForm, read: verdictIn });
    if (asked === undefined) return;
    const { found, end } = asked;
    const verdict = found && observationOf(kept, { kind: 'judged', ...found, ...marked, ...drawn(kept) });
    await door.record([end, ...(verdict === undefined ? [] : [verdict])]);
    return;
  }
  // In both orders: judges favour what they read first, or last.
  const orders = [
    promptForTwo(kept.answer, rival.answer, promptParts),
    promptForTwo(rival.answer, kept.answer, promptParts),
  ];
  const preferences: Preference[] = [];
  for (const prompt of orders) {
    const asked = await ask(asking, { prompt, form: preferenceForm, read: preferenceIn });
    if (asked === undefined) return;
    const { found, end } = asked;
    if (found !== undefined) preferences.push(found);
    const [first, second] = preferences;
    const over = found === undefined || second !== undefined;
    const told = first && second && bothTold(job, settled(first, second), marked);
    await door.record([end, ...(told ?? [])]);
    if (over) return;
  }
}

interface JobContext {
  readonly configuration: Configuration;
  readonly door: JudgeDoor;
  readonly signal: AbortSignal;
}

/** `better` names the answer that is kept as A, its rival as B. A verdict that changes with the order is a tie. */
function settled(first: Preference, second: Preference): Preference {
  const turned = { A: 'B', B: 'A', tie: 'tie' } as const;
  return first.better === turned[second.better] ? first : { better: 'tie', reason: 'other' };
}

function bothTold(
  { kept, rival }: JudgeJob,
  { better, reason }: Preference,
  marked: Pick<JudgedSignal, 'judge' | 'sibling'>,
): readonly LedgerEntry[] {
  if (rival === undefined) return [];
  const told = (own: KeptAnswer, other: KeptAnswer, name: 'A' | 'B'): LedgerEntry => {
    const verdict: Verdict =
      better === 'tie'
        ? { quality01: 0.5, reason: 'other' }
        : better === name
          ? { quality01: 1, reason: 'good' }
          : { quality01: 0, reason: reason === 'good' ? 'other' : reason };
    const { decisionId: otherDecisionId } = other.answer;
    return observationOf(own, { kind: 'judged', ...verdict, ...marked, ...drawn(own), otherDecisionId });
  };
  return [told(kept, rival, 'A'), told(rival, kept, 'B')];
}

function drawn({ probability }: KeptAnswer): Pick<JudgedSignal, 'probability'> {
  return { probability };
}

function observationOf(
  { answer: { decisionId, deploymentId } }: KeptAnswer,
  signal: JudgedSignal,
): LedgerEntry {
  return { kind: 'observation', observation: { decisionId, deploymentId, signal } };
}

interface Asking extends JobContext {
  readonly judge: Deployment;
  readonly decisionId: string;
  readonly parts: JobParts;
}

/** One call: what it said, and its last row, still to be recorded. Undefined: a budget, no price, or a secret forbade it. */
async function ask<Found>(
  { judge, decisionId, configuration, door, signal, parts }: Asking,
  {
    prompt,
    form,
    read,
  }: {
    readonly prompt: JudgePrompt;
    readonly form: JsonObject;
    readonly read: (text: string) => Found | undefined;
  },
): Promise<{ readonly found: Found | undefined; readonly end: LedgerEntry } | undefined> {
  const { log } = parts;
  if (parts.holdsSecret(prompt.data)) {
    log.info(`The judge ${judge.id} wasn't asked: what it would see may hold a secret.`);
    return undefined;
  }
  const call = { judge, messages: prompt.messages, form };
  const mostUsd = mostUsdOf(call, parts.prices);
  if (mostUsd === undefined) {
    log.info(`The judge ${judge.id} wasn't asked: its price isn't known, so that no budget can hold.`);
    return undefined;
  }
  const judgement = { id: parts.newId(), decisionId, judge: judge.id, mostUsd };
  const isToday = onTheDayOf(parts.calendar, parts.clock.nowMs());
  if (!(await reserve(door, judgement, configuration, isToday))) {
    log.info(`The judge ${judge.id} wasn't asked: a budget of the day has no place for it.`);
    return undefined;
  }
  const { limits } = configuration;
  const reply = await askJudge(parts.dispatcher, call, { decisionId, limits }, signal).catch(
    (error: unknown) => {
      // Its words may hold anything.
      log.error(`Asking the judge ${judge.id} failed: ${error instanceof Error ? error.name : 'unknown'}.`);
      return undefined;
    },
  );
  const found = reply?.kind === 'answered' ? read(reply.text) : undefined;
  const ended = endOf(judgement, reply, found !== undefined);
  log.info(`The judge ${judge.id} on decision ${decisionId}: ${ended.outcome}.`);
  return { found, end: { kind: 'judgement', judgement: ended } };
}

function endOf(
  judgement: Omit<Judgement, 'outcome'>,
  reply: JudgeReply | undefined,
  found: boolean,
): Judgement {
  if (reply === undefined) return { ...judgement, outcome: 'failed' };
  const { receipt } = reply;
  if (reply.kind === 'answered') return { ...judgement, outcome: found ? 'verdict' : 'no-verdict', receipt };
  return {
    ...judgement,
    outcome: 'failed',
    receipt,
    mostUsd: reply.mayHaveCost ? judgement.mostUsd : 0,
  };
}

function promptPartsFor(
  { contextWindowTokens, supportsImages }: Deployment,
  { judge }: Configuration,
  { newMark }: JobParts,
): PromptParts {
  const window = contextWindowTokens === undefined ? Infinity : contextWindowTokens * windowShare;
  return {
    rubric: judge.rubric,
    tokens: Math.min(usualTokens, window),
    images: supportsImages !== false,
    newMark,
  };
}
