import type { AnswerEvent } from '../../core/terms/answer-event';
import type { Attempt } from '../../core/terms/attempt';
import type { Decision } from '../../core/terms/decision';
import type { AnswerOfModel } from '../../core/terms/observation';
import type { Receipt } from '../../core/terms/receipt';
import type { ToolCall } from '../../core/terms/tools';

/**
 * What is known of one answer so far. Facts, not sentences: each surface puts them into its own words, and what is kept
 * of them is put into the words of the language that is spoken when it is shown again.
 */
export interface AnswerFacts {
  /** Absent: nothing is decided yet, or nobody can answer. */
  readonly decision?: DecisionFacts | undefined;
  /** Who answers: after a fallback not the model first chosen. Absent as `decision` is. */
  readonly by?: AnswerOfModel | undefined;
  /** What the model thought before it answered; absent: nothing that it told. */
  readonly thoughts?: string | undefined;
  readonly text: string;
  /** In order. Comes only where the request offered tools; absent: none. */
  readonly toolCalls?: readonly ToolCall[] | undefined;
  /** What happened on the way, in order. That a model is asked again is replaced by what becomes of it. */
  readonly notices: readonly Notice[];
  /** Absent: it is under way. */
  readonly end?: AnswerEnd | undefined;
}

/** What is shown of a decision: all but what was asked, and the numbers that describe it. */
export type DecisionFacts = Pick<
  Decision,
  | 'deploymentId'
  | 'probability'
  | 'explored'
  | 'candidates'
  | 'excluded'
  | 'repeats'
  | 'stickyInsteadOf'
  | 'pace'
  | 'measured'
  | 'escalation'
  | 'chosenByUser'
  | 'learning'
  | 'learnt01'
  | 'changes'
  | 'phase'
  | 'belief'
  | 'poolSequence'
  | 'switchAfter'
  | 'preset'
  | 'inputTokens'
  | 'task'
  | 'domain'
>;

/** What is shown of an attempt. */
export interface AttemptFacts extends Pick<Attempt, 'deploymentId'> {
  readonly receipt: Pick<Receipt, 'cost' | 'totalMs' | 'servedModel'>;
}

/** What a user is told of an answer besides itself. */
export type Notice = Extract<AnswerEvent, { type: 'fell-back' | 'retrying' | 'not-recorded' }>;

/** How an answer ended. */
export type AnswerEnd =
  | {
      readonly type: 'finished';
      readonly attempt: AttemptFacts;
      /** True where it ends in the middle, at the model's limit. */
      readonly truncated: boolean;
    }
  /** Without an attempt: its window was closed. */
  | { readonly type: 'stopped'; readonly attempt?: AttemptFacts | undefined }
  | (Omit<Extract<AnswerEvent, { type: 'failed' }>, 'attempt'> & {
      readonly attempt: Pick<Attempt, 'deploymentId'>;
    })
  | Extract<AnswerEvent, { type: 'no-model' | 'over-budget' }>
  /** Something threw, and said this. */
  | { readonly type: 'broken'; readonly detail: string };

/** Of an answer that was only just asked for. */
export const nothingYet: AnswerFacts = { text: '', notices: [] };

/** The facts after an event. */
export function take(facts: AnswerFacts, event: AnswerEvent): AnswerFacts {
  switch (event.type) {
    case 'decided': {
      const { id: decisionId, deploymentId } = event.decision;
      return { ...facts, decision: decisionFacts(event.decision), by: { decisionId, deploymentId } };
    }
    case 'thought':
      return { ...facts, thoughts: (facts.thoughts ?? '') + event.text };
    case 'rethought':
      return { ...facts, thoughts: (facts.thoughts ?? '') + facts.text, text: '' };
    case 'text':
      return { ...facts, text: facts.text + event.text };
    case 'tool-call':
      return { ...facts, toolCalls: [...(facts.toolCalls ?? []), event.call] };
    case 'fell-back':
      return {
        ...facts,
        thoughts: undefined,
        by: facts.by && { ...facts.by, deploymentId: event.to },
        notices: [...lasting(facts), event],
      };
    case 'retrying':
      return { ...facts, thoughts: undefined, notices: [...lasting(facts), event] };
    case 'not-recorded':
      return { ...facts, notices: [...facts.notices, event] };
    case 'stuck':
      // For who offered the tools: nothing of the answer.
      return facts;
    case 'finished': {
      const { type, attempt, truncated } = event;
      return { ...facts, end: { type, attempt: attemptFacts(attempt), truncated } };
    }
    case 'stopped':
      return { ...facts, end: { type: event.type, attempt: attemptFacts(event.attempt) } };
    case 'failed': {
      const { deploymentId } = event.attempt;
      return { ...facts, notices: lasting(facts), end: { ...event, attempt: { deploymentId } } };
    }
    case 'no-model':
    case 'over-budget':
      return { ...facts, end: event };
  }
}

function lasting({ notices }: AnswerFacts): readonly Notice[] {
  return notices.filter(({ type }) => type !== 'retrying');
}

function decisionFacts(decision: Decision): DecisionFacts {
  const { deploymentId, probability, explored, candidates, excluded, changes, phase } = decision;
  const { poolSequence, switchAfter, preset, inputTokens, task, domain } = decision;
  const { repeats, stickyInsteadOf, pace, measured, escalation, chosenByUser, learning } = decision;
  const { learnt01, belief } = decision;
  return {
    ...{ deploymentId, probability, explored, candidates, excluded, changes, phase },
    ...{ poolSequence, switchAfter, preset, inputTokens, task, domain },
    ...{ repeats, stickyInsteadOf, pace, measured, escalation, chosenByUser, learning, learnt01, belief },
  };
}

function attemptFacts({ deploymentId, receipt: { cost, totalMs, servedModel } }: Attempt): AttemptFacts {
  return { deploymentId, receipt: { cost, totalMs, servedModel } };
}
