import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';

/** Where a step stands in a dialogue of several. */
export interface StepPosition {
  readonly title: string;
  /** From 1. */
  readonly step: number;
  readonly totalSteps: number;
}

/** The user wants to see the step before. */
export const back = Symbol('back');

/** What a step ends with: a value, the way back, or undefined where the user left the dialogue. */
export type StepResult<T> = T | typeof back | undefined;

export interface InputStep extends StepPosition {
  readonly prompt: string;
  readonly placeholder?: string;
  readonly password?: boolean;
  /** What stands in it at first. */
  readonly value?: string;
  /** What is wrong with the text; a problem that isn't fatal is shown, and can be passed over. */
  check(text: string): { readonly text: string; readonly fatal: boolean } | undefined;
}

/** Asks for a line of text, and for another one until it is right. */
export function inputStep(options: InputStep): Promise<StepResult<string>> {
  const input = vscode.window.createInputBox();
  Object.assign(input, { prompt: options.prompt, placeholder: options.placeholder ?? '' });
  input.password = options.password ?? false;
  input.value = options.value ?? '';
  const judge = (): boolean => {
    const problem = options.check(input.value);
    const severity = vscode.InputBoxValidationSeverity;
    input.validationMessage = problem && {
      message: problem.text,
      severity: problem.fatal ? severity.Error : severity.Warning,
    };
    return problem?.fatal !== true;
  };
  return show(input, options, (resolve) => {
    input.onDidChangeValue(() => {
      if (input.value === '') input.validationMessage = undefined;
      else judge();
    });
    input.onDidAccept(() => {
      if (judge()) resolve(input.value.trim());
    });
  });
}

export interface PickStep<T extends vscode.QuickPickItem> extends StepPosition {
  readonly placeholder: string;
  readonly items: readonly T[];
  /** Hears what is typed to find an item. */
  onTyped?(text: string): void;
}

/** Offers a choice. */
export function pickStep<T extends vscode.QuickPickItem>(options: PickStep<T>): Promise<StepResult<T>> {
  const pick = vscode.window.createQuickPick<T>();
  pick.placeholder = options.placeholder;
  pick.items = options.items;
  pick.matchOnDescription = true;
  if (options.onTyped !== undefined) pick.onDidChangeValue(options.onTyped);
  return show(pick, options, (resolve) => pick.onDidAccept(() => resolve(pick.selectedItems[0])));
}

/** Shows progress until `work` ends. Leaving the step, or going back, aborts its signal. */
export async function waitStep<T>(
  options: StepPosition & { readonly placeholder: string },
  work: (signal: AbortSignal) => Promise<T>,
): Promise<StepResult<T>> {
  const controller = new AbortController();
  const pick = vscode.window.createQuickPick();
  pick.placeholder = options.placeholder;
  pick.items = [{ label: `$(close) ${l10n.t('Cancel')}`, alwaysShow: true }];
  pick.busy = true;
  const result = await show<T>(pick, options, (resolve) => {
    pick.onDidAccept(() => pick.hide());
    work(controller.signal).then(resolve, () => resolve(undefined));
  });
  controller.abort();
  return result;
}

function show<T>(
  input: vscode.QuickPick<vscode.QuickPickItem> | vscode.InputBox,
  { title, step, totalSteps }: StepPosition,
  listen: (resolve: (value: T | undefined) => void) => unknown,
): Promise<StepResult<T>> {
  Object.assign(input, { title, step, totalSteps, ignoreFocusOut: true });
  if (step > 1) input.buttons = [vscode.QuickInputButtons.Back];
  return new Promise<StepResult<T>>((resolve) => {
    input.onDidTriggerButton(() => resolve(back));
    input.onDidHide(() => resolve(undefined));
    listen(resolve);
    input.show();
  }).finally(() => input.dispose());
}
