import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { z } from 'zod';
import type { EditorModel } from '../../config/models/small-and-strong';
import { languageModelVendor } from '../command-table';
import type { ConfigurationSource } from '../configuration/configuration-source';
import { confirm, notify } from '../notify';
import { numberText } from '../../text/local-format';

const memoryKey = 'conduit.editorModels';
const schema = z.array(
  z.object({ vendor: z.string(), family: z.string(), maxInputTokens: z.number().optional() }),
);

/** The language models of the editor that the user let Conduit use. */
export function chosenEditorModels(memory: vscode.Memento): readonly EditorModel[] {
  const models = schema.safeParse(memory.get(memoryKey)).data ?? [];
  return models.map(({ vendor, family, maxInputTokens }) => ({ vendor, family, maxInputTokens }));
}

/** `Conduit: Use the Editor's Models`: explains, asks, and lets the user choose; again to change or withdraw. */
export async function useEditorModels(
  memory: vscode.Memento,
  configuration: ConfigurationSource,
): Promise<void> {
  const before = chosenEditorModels(memory);
  if (before.length === 0 && !(await confirm(question, meaning, l10n.t('Show Models')))) return;
  const models = await offered();
  if (models.length === 0 && before.length === 0) {
    notify(
      'info',
      l10n.t('No other extension offers language models now. Install one, or sign in to it, and try again.'),
    );
    return;
  }
  const chosen = await vscode.window.showQuickPick(itemsFor(models, before), {
    title: l10n.t('Which of the editor’s models may Conduit use?'),
    placeHolder: l10n.t('Tick the models that Conduit may use'),
    canPickMany: true,
    ignoreFocusOut: true,
    matchOnDescription: true,
  });
  if (chosen === undefined) return;
  const after = chosen.map(({ model }) => model);
  await memory.update(memoryKey, after.length === 0 ? undefined : after);
  await configuration.refresh();
  const { source } = await configuration.current();
  tell(after, source === 'file');
}

const question = l10n.t('Let Conduit use language models of other extensions?');
const meaning = [
  l10n.t(
    'Conduit would send them prompts, with the conversation and what you attach, as it does with any model of a pool.',
  ),
  l10n.t(
    'They count against your subscription or quota with whoever offers them, and Conduit can’t tell their price.',
  ),
  l10n.t(
    'The editor may ask once more before the first request. Run this command again to change your mind.',
  ),
].join('\n\n');

/** All but Conduit's own, each family once. */
async function offered(): Promise<readonly vscode.LanguageModelChat[]> {
  const all = await vscode.lm.selectChatModels({});
  const families = new Map<string, vscode.LanguageModelChat>();
  for (const model of all) {
    if (model.vendor !== languageModelVendor) families.set(nameOf(model), model);
  }
  return [...families.values()];
}

interface ModelItem extends vscode.QuickPickItem {
  readonly model: EditorModel;
}

/** Those that are there, and those that were chosen and are not there now, so that they can be withdrawn. */
function itemsFor(
  models: readonly vscode.LanguageModelChat[],
  before: readonly EditorModel[],
): readonly ModelItem[] {
  const chosen = new Set(before.map(nameOf));
  const there = new Set(models.map(nameOf));
  return [
    ...models.map((model) => ({
      label: model.name,
      description: nameOf(model),
      detail: l10n.t('up to {0} tokens of input', numberText(model.maxInputTokens)),
      picked: chosen.has(nameOf(model)),
      model: { vendor: model.vendor, family: model.family, maxInputTokens: model.maxInputTokens },
    })),
    ...before
      .filter((model) => !there.has(nameOf(model)))
      .map((model) => ({
        label: model.family,
        description: nameOf(model),
        detail: l10n.t('not offered now'),
        picked: true,
        model,
      })),
  ];
}

function nameOf({ vendor, family }: Pick<EditorModel, 'vendor' | 'family'>): string {
  return `vscode/${vendor}/${family}`;
}

function tell(models: readonly EditorModel[], listed: boolean): void {
  if (models.length === 0) {
    notify('info', l10n.t('Conduit uses none of the editor’s models.'));
    return;
  }
  const names = models.map(nameOf).join(', ');
  if (!listed) {
    notify('info', l10n.t('Conduit may use {0}, in its default pool.', names));
    return;
  }
  notify('info', l10n.t('Conduit may use {0}. Your conduit.yaml lists the models: add them there.', names), [
    {
      label: l10n.t('Open Configuration'),
      run: () => vscode.commands.executeCommand('conduit.openConfiguration'),
    },
  ]);
}
