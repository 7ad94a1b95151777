import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { EffectiveValue } from '../../config/effective-values';
import type { withJudge } from '../../config/file/set-judge';
import type { Conduit } from '../../core/conduit';
import type { Configuration } from '../../core/terms/configuration';
import type { Deployment } from '../../core/terms/deployment';
import { isRemote } from '../../core/terms/deployment';
import { hostOf } from '../../core/terms/host';
import type { RecentDecision } from '../../core/stats/routing-stats';
import { changeUserFile } from '../configuration/change-user-file';
import { baseName } from '../configuration/configuration-files';
import type { ConfigurationSource } from '../configuration/configuration-source';
import { confirm, notify } from '../notify';
import { formatUsd } from '../shown/format';
import { judgeOfferText } from './judge-text';

export interface JudgeSetupParts {
  readonly configuration: Pick<ConfigurationSource, 'current' | 'values' | 'refresh'>;
  readonly globalStorageUri: vscode.Uri;
  /** What a new conduit.yaml starts with. */
  readonly template: () => Promise<string>;
  /** The text of a conduit.yaml with a judge, or without; undefined where that can't be done for sure. */
  readonly write: () => Promise<typeof withJudge>;
  readonly conduit: () => Promise<Conduit>;
  /** What judging one usual answer costs at most, in USD; undefined: the price isn't known. */
  readonly mostUsd: (judge: Deployment) => Promise<number | undefined>;
  readonly nowMs: () => number;
}

/** `Conduit: Judge Answers…`: says what a judge sees and costs, and turns it on or off in the user's conduit.yaml. */
export async function setUpJudge(parts: JudgeSetupParts): Promise<void> {
  const configuration = await parts.configuration.current();
  const picked = await pick(parts, configuration);
  if (picked === undefined) return;
  if (picked === 'off') {
    if (await write(parts, { enabled: false })) await tellOutcome(parts, undefined);
    return;
  }
  const offer = judgeOfferText({
    model: picked.id,
    host: isRemote(picked) ? hostOf(picked.apiBase) : undefined,
    judge: configuration.judge,
    requestsPerDay: await requestsPerDay(parts),
    mostUsd: await parts.mostUsd(picked),
  });
  const agreed = await confirm(l10n.t('Let {0} judge answers?', picked.id), offer, l10n.t('Let It Judge'));
  if (!agreed) return;
  if (await write(parts, { enabled: true, model: picked.id })) await tellOutcome(parts, picked.id);
}

/** A model that is to judge, or that none is; undefined where the user left. */
async function pick(
  parts: JudgeSetupParts,
  { judge, pools }: Configuration,
): Promise<Deployment | 'off' | undefined> {
  const deployments = pools
    .flatMap((pool) => pool.deployments)
    .filter(({ protocol }) => protocol !== 'simulated');
  if (deployments.length === 0 && !judge.enabled) {
    notify('info', l10n.t('There is no model that could judge: simulated ones can’t.'));
    return undefined;
  }
  const models = await Promise.all(
    deployments.map(async (deployment) => ({
      label: deployment.id,
      description: judge.enabled && judge.models.includes(deployment.id) ? l10n.t('current') : '',
      detail: priceText(await parts.mostUsd(deployment)),
      chosen: deployment,
    })),
  );
  const off = { label: `$(circle-slash) ${l10n.t('Nobody: Turn It Off')}`, chosen: 'off' as const };
  const items: readonly (vscode.QuickPickItem & { readonly chosen: Deployment | 'off' })[] = [
    ...(judge.enabled ? [off] : []),
    ...models,
  ];
  const picked = await vscode.window.showQuickPick(items, {
    title: l10n.t('Which model should judge answers?'),
    placeHolder: l10n.t('One of another vendor than the models that answer judges best'),
  });
  return picked?.chosen;
}

function priceText(mostUsd: number | undefined): string {
  return mostUsd === undefined
    ? l10n.t('what an answer costs isn’t known')
    : l10n.t('{0} an answer at most', formatUsd(mostUsd));
}

const dayMs = 86_400_000;

/** Of late: over the last decisions that are at hand, but at least a day. 0 where the ledger can't be read. */
async function requestsPerDay({ conduit, nowMs }: JudgeSetupParts): Promise<number> {
  try {
    const read = await conduit();
    await read.refresh();
    return rateOf(read.stats().recent, nowMs());
  } catch {
    return 0;
  }
}

/** `recent` is newest first. */
export function rateOf(recent: readonly Pick<RecentDecision, 'atMs'>[], nowMs: number): number {
  const oldest = recent.at(-1);
  if (oldest === undefined) return 0;
  return recent.length / Math.max(1, (nowMs - oldest.atMs) / dayMs);
}

/** Resolves to true where the file now says so, and is saved. */
async function write(parts: JudgeSetupParts, judge: Parameters<typeof withJudge>[1]): Promise<boolean> {
  const withThis = await parts.write();
  const changed = await changeUserFile(parts.globalStorageUri, parts.template, (text) =>
    withThis(text, judge),
  );
  switch (changed.kind) {
    case 'saved':
      return true;
    case 'refused':
      notify('warning', l10n.t('The judge was not changed: {0}.', changed.reason), [openConfiguration()]);
      return false;
    case 'unsaved': {
      const { document } = changed;
      const message = l10n.t(
        'The judge is in {0}, and counts as soon as you save that file.',
        baseName(document.uri),
      );
      notify('info', message, [
        { label: l10n.t('Open'), run: () => vscode.window.showTextDocument(document) },
      ]);
      return false;
    }
  }
}

/** `wanted`: who is to judge; undefined: nobody. */
async function tellOutcome({ configuration }: JudgeSetupParts, wanted: string | undefined): Promise<void> {
  await configuration.refresh();
  const [{ judge }, values] = await Promise.all([configuration.current(), configuration.values()]);
  const done = wanted === undefined ? !judge.enabled : judge.enabled && judge.models.includes(wanted);
  if (done) {
    const text =
      wanted === undefined
        ? l10n.t('Conduit: no answer is judged from now on')
        : l10n.t('Conduit: {0} judges answers from now on', wanted);
    vscode.window.setStatusBarMessage(text, 4_000);
    return;
  }
  const override = overrideOf(values);
  const reason =
    override === undefined
      ? l10n.t('conduit.yaml has an error, so the last good configuration stays in force')
      : l10n.t('{0} overrides it', override);
  notify('warning', l10n.t('Your conduit.yaml says who judges, but {0}.', reason), [openConfiguration()]);
}

/** What stands above the user's own file for the judge: a variable of the environment, or the workspace's file. */
function overrideOf(values: readonly EffectiveValue[]): string | undefined {
  const value = values.find(
    ({ path, tier }) =>
      (path === 'judge.enabled' || path === 'judge.model') &&
      (tier === 'environment' || tier === 'workspace'),
  );
  return value?.place;
}

function openConfiguration() {
  return {
    label: l10n.t('Open Configuration'),
    run: () => vscode.commands.executeCommand('conduit.openConfiguration'),
  };
}
