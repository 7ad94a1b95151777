import type { agreeToCost } from '../spending/agree-to-cost';
import type { AnswerEvent } from '../../core/terms/answer-event';
import type { Conduit } from '../../core/conduit';
import type { RouteRequest } from '../../core/terms/request';
import { knownOfQuestion } from '../../text/known-of-question';
import type { ToChat, TurnView } from '../../webview/protocol/chat';
import type { AnswerFacts } from '../answers/answer-facts';
import { readAnswer } from '../answers/read-answer';
import type { TakenCode } from '../observations/taken-code';
import { errorText } from '../shown/error-text';
import { soon } from '../soon';
import { answerWithinBudget } from '../answers/answer-within-budget';
import type { Answer, Turn } from './turn';
import { messagesUpTo } from './turn';

export interface AnswerRunnerParts {
  readonly conduit: () => Promise<Pick<Conduit, 'answer' | 'allowOver'>>;
  /** The pool that the next request goes to, and the only model of it that may answer, where the user chose one. */
  readonly target: () => Promise<Target>;
  /** Whether a request may go over the cost caps this once; `question` says what it would cost. */
  readonly agreeToCost: typeof agreeToCost;
  readonly post: (message: ToChat) => void;
  readonly onAnswering: (answering: boolean) => void;
  readonly onAnswered: (model: string) => void;
  /** An answer has ended with some text; `asked` is what it answers. */
  readonly onText?: TakenCode['answered'];
  /** A turn was added, has grown, has ended, or was rated: what is kept is no longer what is shown. */
  readonly onChanged: () => void;
}

/** What a conversation adds to an answer of its own. */
export interface AnswerHooks {
  /** The turn as the page shows it. */
  readonly viewOf: (turn: Turn) => TurnView;
  /** An answer came whole, from a model of this pool. Not to reject. */
  readonly onFinished: (turn: Turn, answer: Answer, pool: string) => Promise<void>;
}

export type Target = Pick<RouteRequest, 'pool' | 'only'>;
type Wanted = Pick<RouteRequest, 'avoid'> & Partial<Target>;

/** When the decision is kept: the request has gone out by then, and nothing was written before it. */
const decisionKeptMs = 250;
/** An editor that is killed loses at most what came of an answer in so long. */
const longestUnkeptMs = 3_000;

/** Asks for the answers of one conversation, one at a time. */
export interface AnswerRunner {
  readonly running: boolean;
  /** The answer that is under way. */
  readonly answer: Answer | undefined;
  /** Asks the turn's question, and streams into `answer`, which is the turn's own or its rival. */
  start(turn: Turn, answer: Answer, wanted?: Wanted): true;
  /** Stops the answer that is under way; resolves when it is recorded as stopped. */
  stop(): Promise<void>;
}

export function createAnswerRunner(
  parts: AnswerRunnerParts,
  conversationId: string,
  turns: readonly Turn[],
  { viewOf, onFinished }: AnswerHooks,
): AnswerRunner {
  let running:
    | { readonly answer: Answer; readonly controller: AbortController; readonly ended: Promise<void> }
    | undefined;

  function postTurn(turn: Turn): void {
    parts.post({ type: 'turn', turn: viewOf(turn) });
  }

  function start(turn: Turn, answer: Answer, wanted: Wanted = {}): true {
    const controller = new AbortController();
    postTurn(turn);
    const ended = run(turn, answer, wanted, controller.signal).finally(() => {
      running = undefined;
      parts.onChanged();
      parts.onAnswering(false);
    });
    running = { answer, controller, ended };
    parts.onChanged();
    parts.onAnswering(true);
    return true;
  }

  async function run(turn: Turn, answer: Answer, wanted: Wanted, signal: AbortSignal): Promise<void> {
    const know = (facts: AnswerFacts): void => {
      answer.facts = facts;
      postTurn(turn);
    };
    const take = (facts: AnswerFacts, event: AnswerEvent): void => {
      // The first text comes with its turn, which tells the page that the answer has begun; so does the first thought.
      const begun = event.type === 'thought' ? answer.facts.thoughts : answer.facts.text;
      if ((event.type !== 'text' && event.type !== 'thought') || !begun) know(facts);
      else {
        answer.facts = facts;
        const of = event.type === 'thought' ? ({ of: 'thoughts' } as const) : {};
        parts.post({ type: 'delta', turnId: answer.id, text: event.text, ...of });
      }
      if (event.type === 'finished') parts.onAnswered(event.attempt.deploymentId);
      if (event.type === 'decided') keepDecision();
      else keepText();
    };
    const keepDecision = soon(parts.onChanged, decisionKeptMs);
    const keepText = soon(parts.onChanged, longestUnkeptMs);
    try {
      const [conduit, target] = [await parts.conduit(), await parts.target()];
      // A rival is another model than the one that the conversation is locked to, and so is one of a named pool.
      const { origin, pool } = turn.question;
      const only = turn.rival === answer || pool !== undefined ? undefined : target.only;
      const request = {
        pool: pool ?? target.pool,
        only,
        ...wanted,
        messages: messagesUpTo(turns, turn),
        origin,
        conversationId,
        known: knownOfQuestion(turn.question),
      };
      const { by, text } = await readAnswer(
        answerWithinBudget(conduit, request, signal, parts.agreeToCost),
        take,
      );
      if (by !== undefined && text !== '') parts.onText?.(by, text, request.messages);
      if (answer.facts.end?.type === 'finished') await onFinished(turn, answer, request.pool);
    } catch (error) {
      know({ ...answer.facts, end: { type: 'broken', detail: errorText(error) } });
    } finally {
      keepDecision.dispose();
      keepText.dispose();
    }
  }

  return {
    get running() {
      return running !== undefined;
    },
    get answer() {
      return running?.answer;
    },
    start,
    stop: async () => {
      running?.controller.abort();
      await running?.ended;
    },
  };
}
