import type { Conduit } from '../../core/conduit';
import type { Configuration } from '../../core/terms/configuration';
import type { Decision } from '../../core/terms/decision';
import type { Facts, FactsExtent, FactsOverview, ModelFacts } from '../../core/terms/facts';
import type { Breakers, PriceBook } from '../../core/terms/ports';
import type { EffectiveValue } from '../../config/effective-values';
import type { Look } from '../../webview/protocol/stats-board';
import type { ToStats } from '../../webview/protocol/stats';
import { boardView, filterOf } from './board/board-view';
import { whatWouldChange } from '../answers/what-if-text';
import { whyJson } from '../answers/why-json';
import { decisionsView, detailView, pageQuery } from './board/decisions-view';
import type { ExportFormat } from './export-decisions';
import { askSavings } from './ask-savings';
import { changedSignals, learningView } from './learning-view';
import { toldOfFacts } from './learning-of-facts';
import { periodOf, slicesOf } from './periods';
import { headLines, poolsOfFacts, poolsView } from './stats-view';

export interface BoardParts {
  readonly facts: () => Promise<Facts>;
  readonly conduit: () => Promise<Conduit>;
  readonly breakers: () => Promise<Breakers>;
  readonly prices: () => Promise<Pick<PriceBook, 'costOf'>>;
  readonly configuration: {
    current(): Promise<Configuration>;
    values(): Promise<readonly EffectiveValue[]>;
  };
  readonly nowMs: () => number;
  readonly post: (message: ToStats) => void;
}

/** What one open page looks at. */
export interface BoardSession {
  /** Shows something else, or the same anew. */
  look(look: Look): Promise<void>;
  /** Something was recorded, or configured: shows it. Before the first look it does nothing. */
  update(): Promise<void>;
  detail(id: string): Promise<void>;
  /** Writes what is looked at into a file that the user names. */
  export(format: ExportFormat): Promise<void>;
}

/** Pages of the ledger between two looks of a page that is being filled for the first time: a second or so. */
const pagesAtOnce = 20;
/** What the router has to say, such as of its judge, isn't waited for longer. */
const patienceMs = 60;

export function createBoardSession(parts: BoardParts): BoardSession {
  let looked: Look | undefined;
  let running: Promise<void> | undefined;
  /** Something came while what was before it is shown. */
  let missed = false;
  /** What the router said last: it isn't waited for. */
  let router: Awaited<ReturnType<typeof routerFacts>> | undefined;

  /** One at a time: what comes meanwhile is one more. */
  function update(): Promise<void> {
    if (looked === undefined) return Promise.resolve();
    missed = running !== undefined;
    running ??= showAll().finally(() => {
      running = undefined;
    });
    return running;
  }

  async function showAll(): Promise<void> {
    do await show();
    while (takeMissed());
  }

  function takeMissed(): boolean {
    const was = missed;
    missed = false;
    return was;
  }

  async function show(): Promise<void> {
    const [facts, configuration] = await Promise.all([parts.facts(), parts.configuration.current()]);
    const { complete } = await facts.refresh(configuration.signals, pagesAtOnce);
    if (!complete) missed = true;
    const look = looked;
    if (look === undefined) return;
    const asked = await askFacts(facts, look, parts.nowMs());
    const read = routerFacts();
    if (router === undefined)
      void read.then(
        () => update(),
        () => undefined,
      );
    router = (await withPatience(read)) ?? router;
    const values = await parts.configuration.values();
    const breakers = await parts.breakers();
    const prices = await parts.prices();
    const savings = await askSavings(facts, asked.filter, configuration, prices, look.against);
    // Something else is looked at by now.
    if (look !== looked) return;
    parts.post({
      type: 'board',
      ...(router !== undefined && headLines(configuration, router.spentToday, router.judges)),
      pools: poolsView(
        poolsOfFacts(asked.overview, router?.latest ?? new Map<string, readonly Decision[]>()),
        configuration,
        breakers,
      ),
      learning: learningView(toldOfFacts(asked.overview.told), configuration.signals, changedSignals(values)),
      look,
      board: boardView({
        ...{ ...asked, configuration, savings, against: look.against },
        ...{ filling: !complete, spentToday: router?.spentToday },
      }),
    });
    const query = pageQuery(look, asked.filter);
    parts.post({ type: 'decisions', decisions: decisionsView(await facts.page(query), look.offset) });
  }

  async function routerFacts() {
    const conduit = await parts.conduit();
    await conduit.refresh();
    const { pools } = conduit.stats();
    return {
      latest: new Map(pools.map(({ pool, latest }) => [pool, latest])),
      spentToday: conduit.spentToday(),
      judges: conduit.judges(),
    };
  }

  return {
    look: (look) => {
      looked = look;
      return update();
    },
    update,
    detail: async (id) => {
      const [facts, conduit] = await Promise.all([parts.facts(), parts.conduit()]);
      const [row, decision] = await Promise.all([facts.decision(id), conduit.decision(id)]);
      if (row === undefined || decision === undefined) {
        parts.post({ type: 'detail', id });
        return;
      }
      const [whatIf, json] = await Promise.all([whatWouldChange(conduit, id), whyJson(conduit, id)]);
      const choice = { whatIf: [...whatIf], json: json ?? '' };
      parts.post({ type: 'detail', id, detail: detailView(row, decision, choice) });
    },
    export: async (format) => {
      if (looked === undefined) return;
      const { fromMs, toMs } = periodOf(looked.period, parts.nowMs());
      const query = pageQuery(looked, filterOf(looked, { fromMs, toMs }));
      const { exportDecisions } = await import('./export-decisions');
      await exportDecisions(await parts.facts(), query, format);
    },
  };
}

interface Asked {
  readonly filter: ReturnType<typeof filterOf>;
  readonly extent: FactsExtent;
  readonly slices: ReturnType<typeof slicesOf>;
  readonly overview: FactsOverview;
  readonly before: readonly ModelFacts[] | undefined;
}

async function askFacts(facts: Facts, look: Look, nowMs: number): Promise<Asked> {
  const { fromMs, toMs, before } = periodOf(look.period, nowMs);
  const filter = filterOf(look, { fromMs, toMs });
  const extent = await facts.extent(filter);
  const { firstMs = nowMs, lastMs = nowMs } = extent;
  const slices = slicesOf(fromMs ?? firstMs, lastMs, extent.filtered);
  return {
    filter,
    extent,
    slices,
    overview: await facts.overview(filter, slices.edges),
    before: before && (await facts.models({ ...filter, ...before })),
  };
}

/** What comes within a moment; else undefined. */
async function withPatience<T>(wanted: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), patienceMs);
  });
  try {
    return await Promise.race([wanted, patience]);
  } finally {
    clearTimeout(timer);
  }
}
