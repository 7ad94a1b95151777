import { expect, it } from 'vitest';
import { simulatedPool } from '../../src/config/models/simulated-pool';
import { createConduit } from '../../src/core/conduit';
import { noEmbedder } from '../../src/embedding/embedder';
import { memoryRecord } from '../../src/ledger/memory-ledger';
import { createBreakers } from '../../src/providers/dispatch/breakers';
import { createDispatcher } from '../../src/providers/dispatch/dispatcher';
import { createPriceBook } from '../../src/providers/prices/prices';
import { createSimulatedClient } from '../../src/providers/protocols/simulated';
import { configurationWith, quietLog, quietParts } from '../core/samples';
import { seededRandom } from '../core/seeded-random';
import { ask, request } from './windows';

it('a router needs no editor: it routes, answers, is rated, and learns', async () => {
  const [random, breakers, prices] = [seededRandom(1), createBreakers(), createPriceBook()];
  const clock = { nowMs: () => 0, monotonicMs: () => 0 };
  const client = createSimulatedClient({ sleep: () => Promise.resolve() });
  const ledger = memoryRecord(() => 0).open();
  let ids = 0;
  const conduit = createConduit({
    ...quietParts,
    configuration: () => Promise.resolve(configurationWith([simulatedPool])),
    ledger,
    reservations: ledger.reservations,
    dispatcher: createDispatcher({ client, prices, clock, breakers, random }),
    keys: { keyFor: () => Promise.resolve('') },
    newId: () => String((ids += 1)),
    ...{ breakers, prices, clock, random, embedder: noEmbedder, log: quietLog, onRecorded: () => undefined },
  });
  const [decided, ...answer] = await ask(conduit, undefined, { ...request, pool: 'simulated' });
  if (decided?.type !== 'decided') throw new Error('Nothing was decided.');
  expect(answer.at(-1)).toMatchObject({ type: 'finished', truncated: false });
  const { id, deploymentId } = decided.decision;
  await conduit.rate(id, deploymentId, 'up');
  expect(conduit.arm('simulated', deploymentId).quality).toMatchObject({ weight: 1, weightedQuality: 1 });
  await conduit.close();
});
