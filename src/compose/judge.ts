import { randomBytes, randomUUID } from 'node:crypto';
import type { AnswerJudge, JudgeDoor } from '../core/terms/judging';
import type { Dispatcher } from '../core/terms/dispatch';
import { isLearning } from '../editor/configuration/settings';
import type { JudgeSetupParts } from '../editor/judge/judge-setup';
import { startOfDayMs } from '../editor/spending/start-of-day';
import type { Lazy } from '../editor/lazy';
import type { Conduit } from '../core/conduit';
import type { ComposedConfiguration } from './configuration';
import type { Serving } from './serving';
import { clock } from './window';
import type { Window } from './window';

/** What judges answers in the background, over the same keys, breakers and deadlines as every other request. */
export async function createAnswerJudge(
  { log }: Window,
  { configuration }: ComposedConfiguration,
  { keys, breakers, prices }: Serving,
  dispatcher: Dispatcher,
): Promise<(door: JudgeDoor) => AnswerJudge> {
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
    startOfDayMs,
    random: Math.random,
    newId: randomUUID,
    newMark: () => randomBytes(16).toString('hex'),
    learning: isLearning,
    // Question and answer have both in them.
    holdsSecret: (text) =>
      (['code', 'plain'] as const).some((reading) => findSecrets(text, reading).length > 0),
    later: (run) => void setImmediate(run),
    log,
  });
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
