import { randomUUID } from 'node:crypto';
import type { Conduit } from '../core/conduit';
import type { Embedder } from '../core/terms/ports';
import { createPromptCutTeller } from '../editor/answers/tell-prompt-cut';
import { isLearning } from '../editor/configuration/settings';
import type { FailureMemory } from '../editor/doctor/doctor-failures';
import type { Lazy } from '../editor/lazy';
import { startOfDayMs } from '../editor/spending/start-of-day';
import type { TeamInForce } from '../ledger/team/team-in-force';
import type { ComposedConfiguration } from './configuration';
import { createAnswerJudge } from './judge';
import type { Serving } from './serving';
import { clock } from './window';
import type { Window } from './window';

export interface RouterParts {
  readonly window: Window;
  readonly settings: ComposedConfiguration;
  readonly serving: Lazy<Serving>;
  readonly embedder: Embedder;
  readonly failures: FailureMemory;
  readonly team: Lazy<TeamInForce>;
  readonly onRecorded: () => void;
}

/**
 * The router over its ledger, which closes with it: everything that is loaded only when the first question, rating or
 * statistic needs it.
 */
export async function createRouter(parts: RouterParts): Promise<Conduit> {
  const { log } = parts.window;
  const { configuration } = parts.settings;
  const [core, team, dispatching, abilities, served] = await Promise.all([
    import('../core/conduit'),
    parts.team.get(),
    import('../providers/dispatch/dispatcher'),
    import('../vendors/ability-of'),
    parts.serving.get(),
    configuration.current(),
  ]);
  const { client, prices, breakers, keys, cache } = served;
  const dispatcher = parts.failures.watch(
    dispatching.createDispatcher({
      client,
      prices,
      clock,
      breakers,
      random: Math.random,
      onPromptCut: createPromptCutTeller(),
    }),
  );
  const judge = createAnswerJudge(parts.window, parts.settings, served, dispatcher);
  return core.createConduit({
    configuration: configuration.current,
    ledger: team.ledger,
    team: team.learning,
    dispatcher,
    keys,
    prices,
    abilityOf: abilities.createAbilityOf(prices),
    embedder: parts.embedder,
    breakers,
    cache,
    startOfDayMs,
    clock,
    random: Math.random,
    newId: randomUUID,
    learning: isLearning,
    workspace: parts.window.workspaceName,
    log,
    onRecorded: parts.onRecorded,
    judge,
  });
}
