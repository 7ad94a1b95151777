import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { loadConfiguration } from '../../src/config/load-configuration';
import type { Conduit } from '../../src/core/conduit';
import { createConduit } from '../../src/core/conduit';
import type { ConfigurationProblem } from '../../src/config/problem';
import type { KeyRing, Log } from '../../src/core/terms/ports';
import { noEmbedder } from '../../src/embedding/embedder';
import { sqliteLedger } from '../../src/ledger/sqlite-ledger';
import { createBreakers } from '../../src/providers/dispatch/breakers';
import { createDispatcher } from '../../src/providers/dispatch/dispatcher';
import { createModelClient } from '../../src/providers/model-clients';
import { createPriceBook } from '../../src/providers/prices/prices';
import { createAbilityOf } from '../../src/vendors/ability-of';
import { quietParts } from '../core/samples';
import { seededRandom } from '../core/seeded-random';
import { editorModels } from '../providers/stream-helpers';

export interface RealWindow {
  readonly conduit: Conduit;
  readonly problems: readonly ConfigurationProblem[];
  readonly pools: readonly string[];
  /** The ids of each pool's models. */
  readonly models: ReadonlyMap<string, readonly string[]>;
  /** Folder of the ledger's database. */
  readonly folder: string;
  close(): Promise<void>;
}

export interface RealWindowOptions {
  /** The text of a conduit.yaml. */
  readonly file: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly keys: KeyRing;
  readonly log: Log;
}

/** Everything as the extension wires it, from the text of a file to the SDKs, without the editor. */
export async function openRealWindow({
  file,
  environment,
  keys,
  log,
}: RealWindowOptions): Promise<RealWindow> {
  const { configuration, problems } = loadConfiguration({
    file: { name: 'conduit.yaml', text: file },
    environment,
    storedHosts: new Set(),
  });
  const folder = mkdtempSync(path.join(tmpdir(), 'conduit-window-'));
  const clock = { nowMs: Date.now, monotonicMs: () => performance.now() };
  const breakers = createBreakers();
  const prices = createPriceBook({ keys, log, clock });
  const client = createModelClient({ keys, editorModels });
  const ledger = await sqliteLedger({ storage: folder, nowMs: Date.now, log });
  let ids = 0;
  const conduit = createConduit({
    configuration: () => Promise.resolve(configuration),
    ledger,
    reservations: ledger.reservations,
    dispatcher: createDispatcher({ client, prices, clock, breakers, random: seededRandom(6) }),
    ...quietParts,
    abilityOf: createAbilityOf(prices),
    breakers,
    keys,
    prices,
    embedder: noEmbedder,
    clock,
    random: seededRandom(5),
    newId: () => `id-${String((ids += 1))}`,
    log,
    onRecorded: () => undefined,
  });
  return {
    conduit,
    problems,
    pools: configuration.pools.map(({ name }) => name),
    models: new Map(
      configuration.pools.map(({ name, deployments }) => [name, deployments.map(({ id }) => id)] as const),
    ),
    folder,
    close: async () => {
      await ledger.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export const quiet: Log = { debug: ignore, info: ignore, warn: ignore, error: ignore };
function ignore(): void {
  // Nothing is logged here.
}
