import type { AnswerEvent } from '../core/answer-event';
import type { Conduit } from '../core/conduit';
import type { Decision } from '../core/decision';
import type { Thumb } from '../core/observation';
import type { NewId } from '../core/ports';
import type { Message, RequestOrigin } from '../core/request';
import type { ToChat, TurnView } from '../webview/protocol';
import { answerLine, explanation } from './answer-view';
import { answerWithinBudget } from './answer-within-budget';
import { withAttachments } from './attach';
import { overBudgetText } from './budget-text';
import { errorText } from './error-text';
import { adviceFor, nameOfExclusion, nameOfFailure } from './failure-text';
import type { Attachment } from './selection';

/** What is asked in one turn. */
export interface Question {
  readonly prompt: string;
  readonly attachments: readonly Attachment[];
  readonly origin: RequestOrigin;
}

interface Turn {
  readonly question: Question;
  view: TurnView;
  /** The arm that a rating is evidence about. */
  answeredBy: string | undefined;
  /** Of the latest attempt that is made again: what becomes of it replaces the notice. */
  retryNotice?: string;
}

export interface ConversationParts {
  readonly conduit: () => Promise<Conduit>;
  /** The pool that the next request goes to. */
  readonly pool: () => Promise<string>;
  /** Whether a request may go over the cost caps this once; `question` says what it would cost. */
  readonly agreeToCost: (question: string) => Promise<boolean>;
  readonly newId: NewId;
  readonly post: (message: ToChat) => void;
  readonly onAnswering: (answering: boolean) => void;
  readonly onAnswered: (model: string) => void;
}

/** One conversation of the chat view: its turns, and the answer that is under way. */
export interface Conversation {
  readonly turns: readonly TurnView[];
  readonly answering: boolean;
  /** Asks in a new turn. Refused (false) while an answer is under way: the caller keeps the text. */
  ask(question: Question): boolean;
  /** Asks a failed or stopped turn's question again, in place. */
  retry(turnId: string): boolean;
  /** Stops the answer that is under way; resolves when it is recorded as stopped. */
  stop(): Promise<void>;
  rate(decisionId: string, thumb: Thumb | undefined): Promise<void>;
}

export function createConversation(parts: ConversationParts): Conversation {
  const conversationId = parts.newId();
  const turns: Turn[] = [];
  let running: { readonly controller: AbortController; readonly ended: Promise<void> } | undefined;

  function update(turn: Turn, change: Partial<TurnView>): void {
    turn.view = { ...turn.view, ...change };
    parts.post({ type: 'turn', turn: turn.view });
  }

  function start(turn: Turn): void {
    const controller = new AbortController();
    parts.post({ type: 'turn', turn: turn.view });
    const ended = run(turn, controller.signal).finally(() => {
      running = undefined;
      parts.onAnswering(false);
    });
    running = { controller, ended };
    parts.onAnswering(true);
  }

  async function run(turn: Turn, signal: AbortSignal): Promise<void> {
    try {
      const conduit = await parts.conduit();
      const pool = await parts.pool();
      const { origin } = turn.question;
      const request = { pool, messages: messagesUpTo(turns, turn), origin, conversationId };
      const applied = { decision: undefined as Decision | undefined };
      for await (const event of answerWithinBudget(conduit, request, signal, parts.agreeToCost))
        applyEvent(turn, event, applied);
    } catch (error) {
      update(turn, { status: 'failed', error: { text: errorText(error), actions: ['retry', 'show-log'] } });
    }
  }

  function applyEvent(turn: Turn, event: AnswerEvent, applied: { decision: Decision | undefined }): void {
    const { decision } = applied;
    switch (event.type) {
      case 'decided':
        applied.decision = event.decision;
        turn.answeredBy = event.decision.deploymentId;
        update(turn, { decisionId: event.decision.id, explanation: explanation(event.decision) });
        return;
      case 'text':
        if (turn.view.status !== 'streaming') update(turn, { status: 'streaming' });
        turn.view = { ...turn.view, answer: turn.view.answer + event.text };
        parts.post({ type: 'delta', turnId: turn.view.id, text: event.text });
        return;
      case 'fell-back':
        turn.answeredBy = event.to;
        update(turn, { notices: [...lastingNotices(turn), fallbackNotice(event)] });
        return;
      case 'retrying': {
        const notices = lastingNotices(turn);
        turn.retryNotice = retryNotice(event);
        update(turn, { notices: [...notices, turn.retryNotice] });
        return;
      }
      case 'not-recorded':
        update(turn, { notices: [...turn.view.notices, notRecordedNotice(event.detail)] });
        return;
      case 'finished':
        if (event.truncated) turn.view = { ...turn.view, notices: [...turn.view.notices, truncatedNotice] };
        update(turn, { status: 'done', ...(decision && { line: answerLine(decision, event.attempt) }) });
        parts.onAnswered(event.attempt.deploymentId);
        return;
      case 'stopped':
        update(turn, { status: 'stopped', ...(decision && { line: answerLine(decision, event.attempt) }) });
        return;
      case 'failed':
        update(turn, { status: 'failed', error: errorOf(event), notices: lastingNotices(turn) });
        return;
      case 'no-model':
        update(turn, { status: 'failed', error: errorOfNoModel(event) });
        return;
      case 'over-budget':
        update(turn, {
          status: 'failed',
          error: {
            text: `${overBudgetText(event)} Nothing was sent.`,
            actions: ['retry', 'open-configuration'],
          },
        });
        return;
    }
  }

  return {
    get turns() {
      return turns.map((turn) => turn.view);
    },
    get answering() {
      return running !== undefined;
    },
    ask: (question) => {
      if (running !== undefined) return false;
      const turn: Turn = { question, view: newView(parts.newId(), question), answeredBy: undefined };
      turns.push(turn);
      start(turn);
      return true;
    },
    retry: (turnId) => {
      const turn = turns.find((candidate) => candidate.view.id === turnId);
      if (running !== undefined || turn === undefined) return false;
      turn.view = newView(turnId, turn.question);
      start(turn);
      return true;
    },
    stop: async () => {
      running?.controller.abort();
      await running?.ended;
    },
    rate: async (decisionId, thumb) => {
      const turn = turns.find((candidate) => candidate.view.decisionId === decisionId);
      if (turn?.answeredBy === undefined) return;
      const conduit = await parts.conduit();
      await conduit.rate(decisionId, turn.answeredBy, thumb);
      const { thumb: _previous, ...rest } = turn.view;
      turn.view = thumb === undefined ? rest : { ...rest, thumb };
      parts.post({ type: 'turn', turn: turn.view });
    },
  };
}

const truncatedNotice = 'The answer was cut off at the model’s output limit.';

function notRecordedNotice(detail: string): string {
  return `This answer could not be recorded and will be missing in the statistics: ${detail}`;
}

function lastingNotices({ view, retryNotice }: Turn): string[] {
  return view.notices.filter((notice) => notice !== retryNotice);
}

function fallbackNotice({ from, to, failure }: Extract<AnswerEvent, { type: 'fell-back' }>): string {
  return `${from} failed (${nameOfFailure(failure)}); ${to} was asked instead.`;
}

function retryNotice({ deploymentId, failure, waitMs }: Extract<AnswerEvent, { type: 'retrying' }>): string {
  const wait = waitMs < 1_000 ? '' : ` after ${String(Math.round(waitMs / 1_000))} s`;
  return `${deploymentId} failed (${nameOfFailure(failure)}); it was asked again${wait}.`;
}

function errorOf(event: Extract<AnswerEvent, { type: 'failed' }>): NonNullable<TurnView['error']> {
  const { failure, attempt, partial } = event;
  const advice = adviceFor(failure);
  const what = `${attempt.deploymentId} failed (${nameOfFailure(failure)}): ${failure.detail}`;
  const state = partial ? ' What arrived so far stands above.' : '';
  return { text: `${what}${state} ${advice.text}`, actions: [...advice.actions] };
}

function errorOfNoModel(event: Extract<AnswerEvent, { type: 'no-model' }>): NonNullable<TurnView['error']> {
  const why = event.excluded.map(({ deploymentId, reason }) => `${deploymentId}: ${nameOfExclusion(reason)}`);
  const keyMissing = event.excluded.some(({ reason }) => reason === 'missing-key');
  return {
    text: `No model of pool '${event.pool}' can take this request (${why.join('; ')}). Nothing was sent.`,
    actions: keyMissing ? ['set-key', 'open-configuration', 'retry'] : ['open-configuration', 'retry'],
  };
}

function newView(id: string, question: Question): TurnView {
  const [attachment] = question.attachments;
  return {
    id,
    prompt: question.prompt,
    ...(attachment && { attachment: attachment.label }),
    answer: '',
    status: 'waiting',
    notices: [],
  };
}

/** The history before a turn, and its own question. Turns without an answer are left out of the history. */
function messagesUpTo(turns: readonly Turn[], current: Turn): readonly Message[] {
  const before = turns.slice(0, turns.indexOf(current)).filter((turn) => turn.view.answer !== '');
  return [
    ...before.flatMap((turn): Message[] => [
      questionMessage(turn),
      { role: 'assistant', text: turn.view.answer },
    ]),
    questionMessage(current),
  ];
}

function questionMessage({ question }: Turn): Message {
  return { role: 'user', text: withAttachments(question.prompt, question.attachments) };
}
