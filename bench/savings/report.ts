import type { DoneTask } from '../routing/pass-pool';
import { mean } from '../routing/statistics';
import { aligned } from '../routing/text-table';
import type { Look } from './looks';
import type { CampaignOptions, WalkTask } from './walk-task';

type Done = DoneTask<WalkTask, readonly Look[]>;

/** One line a corpus, way of telling and number of requests: the share in which figures are shown, and how often they hold. */
export function reportOf(done: readonly Done[], { looks }: CampaignOptions): string {
  const groups = Map.groupBy(done, ({ task }) => JSON.stringify([task.corpus, task.telling, task.feedback]));
  const rows = [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    return looks.map((count) => rowOf(group, first.task, count));
  });
  return aligned([header, ...rows]);
}

const header = [
  ...['corpus', 'told', 'requests', 'runs', '(a) shown', '(b) shown', '(c) of the measured', 'half width'],
  ...['covers', 'of others', 'covers', 'with range', 'at all looks'],
];

function rowOf(group: readonly Done[], { corpus, telling, feedback }: WalkTask, count: number): string[] {
  const at = group.flatMap(({ figures }) => figures.filter(({ decisions }) => decisions === count));
  const measured = at.filter((look) => look.measured);
  const others = at.filter((look) => !look.measured);
  const shown = at.filter(({ said }) => said !== undefined);
  return [
    String(corpus),
    telling === 'all' ? 'all' : `${telling} ${percent(feedback)}`,
    ...[count, group.length].map(String),
    share(at, ({ moneyShown }) => moneyShown),
    share(at, ({ believedShown }) => believedShown),
    share(measured, ({ said }) => said !== undefined),
    widthOf(measured),
    coverage(measured, covers),
    share(others, ({ said }) => said !== undefined),
    coverage(others, covers),
    coverage(shown, rangeCovers),
    coverage(alwaysOf(group, count), ({ always }) => always),
  ];
}

function covers({ said, truth }: Look): boolean {
  return said !== undefined && said.low <= truth && truth <= said.high;
}

function rangeCovers({ said, truth }: Look): boolean {
  return said !== undefined && said.least <= truth && truth <= said.most;
}

/** Each figure that was ever shown by then, and whether it held at each look at which it was. */
function alwaysOf(group: readonly Done[], count: number) {
  return group.flatMap(({ figures }) => {
    const shown = figures.filter(({ said, decisions }) => said !== undefined && decisions <= count);
    return [...Map.groupBy(shown, ({ model }) => model).values()].map((looks) => ({
      said: looks[0]?.said,
      always: looks.every(covers),
    }));
  });
}

function coverage<Each extends Pick<Look, 'said'>>(
  all: readonly Each[],
  holds: (each: Each) => boolean,
): string {
  const shown = all.filter(({ said }) => said !== undefined);
  return shown.length === 0 ? '–' : `${share(shown, holds)} of ${String(shown.length)}`;
}

function widthOf(looks: readonly Look[]): string {
  const widths = looks.flatMap(({ said }) => (said === undefined ? [] : [(said.high - said.low) / 2]));
  return widths.length === 0 ? '–' : mean(widths).toFixed(3);
}

function share<Each>(all: readonly Each[], holds: (each: Each) => boolean): string {
  return all.length === 0 ? '–' : percent(all.filter(holds).length / all.length);
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1).replace(/\.0$/, '')} %`;
}
