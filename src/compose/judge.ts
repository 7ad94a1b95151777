import { randomBytes, randomUUID } from 'node:crypto';
import type { AnswerJudge, JudgeDoor } from '../core/terms/judging';
import type { Dispatcher } from '../core/terms/dispatch';
import { isLearning } from '../editor/configuration/settings';
import type { JudgeSetupParts } from '../editor/judge/judge-setup';
import { localCalendar } from '../ledger/reservations/local-calendar';
import type { Lazy } from '../editor/lazy';
import { lazy } from '../editor/lazy';
import { errorText } from '../editor/shown/error-text';
import type { Conduit } from '../core/conduit';
import type { ComposedConfiguration } from './configuration';
import type { Serving } from './serving';
import { clock } from './window';
import type { Window } from './window';

/**
 * What judges answers in the background, over the same keys, breakers and deadlines as every other request. It is loaded
 * when it first hears of an answer while judging is on.
 */
export function createAnswerJudge(
  { log }: Window,
  { configuration }: ComposedConfiguration,
  { keys, breakers, prices }: Serving,
  dispatcher: Dispatcher,
): (door: JudgeDoor) => AnswerJudge {
  return (door) => {
    const judge = lazy(async () => {
      const [{ createJudge }, { findSecrets }] = await Promise.all([
        import('../judge/create-judge'),
        import('../text/secrets/find-secrets'),
      ]);
      return createJudge({
        configuration: configuration.current,
        keys,
        breakers,
        prices,
        dispatcher,
        clock,
        calendar: localCalendar,
        random: Math.random,
        newId: randomUUID,
        newMark: () => randomBytes(16).toString('hex'),
        learning: isLearning,
        // Question and answer have both in them.
        holdsSecret: (text) =>
          (['code', 'plain'] as const).some((reading) => findSecrets(text, reading).length > 0),
        later: (run) => void setImmediate(run),
        log,
      })(door);
    });
    /** In the order in which it is told, for a rating is of an answer before it. */
    let telling = Promise.resolve();
    const tell = (what: (judge: AnswerJudge) => void): void => {
      telling = telling
        .then(async () => {
          if ((await configuration.current()).judge.enabled) what(await judge.get());
        })
        .catch((error: unknown) => log.warn(`The judge could not be told of an answer: ${errorText(error)}`));
    };
    return {
      answered: (answer) => tell((made) => made.answered(answer)),
      rated: (answer) => tell((made) => made.rated(answer)),
      close: async () => {
        await telling;
        await (await judge.peek())?.close();
      },
    };
  };
}

/** What `Conduit: Judge Answers…` needs. */
export function judgeSetupParts(
  { context }: Window,
  { configuration }: ComposedConfiguration,
  serving: Lazy<Serving>,
  conduit: () => Promise<Conduit>,
): JudgeSetupParts {
  return {
    configuration,
    globalStorageUri: context.globalStorageUri,
    template: async () => (await import('../config/file/template')).configurationTemplate,
    write: async () => (await import('../config/file/set-judge')).withJudge,
    conduit,
    mostUsd: async (judge) => {
      const [{ mostUsdOfOne }, { prices }] = await Promise.all([
        import('../judge/usual-cost'),
        serving.get(),
      ]);
      return mostUsdOfOne(judge, prices);
    },
    nowMs: clock.nowMs,
  };
}
