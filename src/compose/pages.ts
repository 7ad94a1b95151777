import type { Conduit } from '../core/conduit';
import type { Facts } from '../core/terms/facts';
import { userFile } from '../editor/configuration/configuration-files';
import type { LearnedPricesExport } from '../editor/configuration/export-learned-prices';
import { createLearnedPricesExport } from '../editor/configuration/export-learned-prices';
import type { DemoPage } from '../editor/demo/demo-page';
import { createDemoPage } from '../editor/demo/demo-page';
import type { FailureMemory } from '../editor/doctor/doctor-failures';
import type { DoctorPage } from '../editor/doctor/doctor-page';
import { createDoctorPage } from '../editor/doctor/doctor-page';
import { versionsOf } from '../editor/doctor/doctor-versions';
import type { Lazy } from '../editor/lazy';
import type { ReplayPage } from '../editor/replay/replay-page';
import { createReplayPage } from '../editor/replay/replay-page';
import type { StatsPages } from '../editor/stats/stats-page';
import { createStatsPages } from '../editor/stats/stats-page';
import { redact } from '../providers/failures/redact';
import type { TeamStatus } from '../ledger/team/team-status';
import type { ComposedConfiguration } from './configuration';
import type { ComposedLedger } from './ledger';
import type { Serving } from './serving';
import { clock } from './window';
import type { Window } from './window';

export interface PageParts {
  readonly window: Window;
  readonly settings: ComposedConfiguration;
  readonly serving: Lazy<Serving>;
  readonly conduit: () => Promise<Conduit>;
  readonly facts: () => Promise<Facts>;
  readonly encoderSpace: () => string | undefined;
  readonly failures: FailureMemory;
  readonly ledger: Lazy<ComposedLedger>;
  /** Undefined where the ledger can't be used. */
  readonly team: () => Promise<TeamStatus | undefined>;
}

/** What shows the router: its stats, a demo of it, its history replayed, Doctor, learnt prices. */
export interface Pages {
  readonly stats: StatsPages;
  readonly demo: DemoPage;
  readonly replay: ReplayPage;
  readonly doctor: DoctorPage;
  readonly learnedPrices: LearnedPricesExport;
}

export function composePages(parts: PageParts): Pages {
  const { conduit, serving, failures } = parts;
  const { context, log, own, recorded } = parts.window;
  const { configuration } = parts.settings;
  const { extensionUri, globalStorageUri } = context;
  return {
    stats: own(
      createStatsPages({
        extensionUri,
        conduit,
        facts: parts.facts,
        breakers: async () => (await serving.get()).breakers,
        prices: async () => (await serving.get()).prices,
        configuration,
        turnSignal: parts.settings.turnSignal,
        measure: parts.settings.measure,
        log,
      }),
    ),
    demo: own(createDemoPage({ extensionUri, clock, log })),
    replay: own(
      createReplayPage({
        extensionUri,
        conduit,
        configuration,
        prices: async () => (await serving.get()).prices,
        log,
      }),
    ),
    doctor: own(
      createDoctorPage({
        extensionUri,
        configuration,
        file: () => userFile(globalStorageUri),
        conduit,
        serving: serving.get,
        check: async (deployment, signal) => {
          const { checkDeployment } = await import('../providers/check-deployment');
          const { client, prices } = await serving.get();
          return checkDeployment(client, deployment, prices, clock, signal);
        },
        redact,
        environment: process.env,
        encoderSpace: parts.encoderSpace,
        ledger: async () => (await parts.ledger.get()).worker.port('look').status(),
        team: parts.team,
        ledgerState: async () => (await parts.ledger.peek())?.ledger.state(),
        abilitiesDay: async () => (await import('../vendors/model-abilities-table')).abilityFigures.day,
        failures,
        recentLog: recorded.recent,
        versions: versionsOf(context.extension),
        log,
      }),
    ),
    learnedPrices: own(
      createLearnedPricesExport({
        conduit,
        globalStorageUri,
        write: async () => (await import('../config/file/learnt-model-info')).withLearntModelInfo,
      }),
    ),
  };
}
