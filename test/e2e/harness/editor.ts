import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Frame, Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import {
  createProfile,
  type Profile,
  type ProfileContents,
  type ServedEditor,
  serveEditor,
} from '../../../scripts/lib/serve-editor.mjs';
import { openBrowser } from './browser';
import { eventually } from './eventually';
import { installedFolder, outputFolder, packagedVsix } from './files';
import { saveEvidence } from './evidence';
import { speak } from './language';
import { createNativeChat, type NativeChat } from './native-chat';

export interface EditorOptions extends ProfileContents {
  /** Default: the VSIX that `npm run package` wrote. */
  readonly vsix?: string | readonly string[];
  /** Added to the environment of the extension host, which has none of the developer's keys. */
  readonly env?: Readonly<Record<string, string>>;
  /** True: the workspace is not trusted before the user says so. The setting must be on too. */
  readonly workspaceTrust?: boolean;
  readonly serverArgs?: readonly string[];
  /** Of the window, in CSS pixels. What is drawn costs by the pixel; default: 1440 by 900. */
  readonly viewport?: { readonly width: number; readonly height: number };
  /** What `vscode.env.language` says; default: English. */
  readonly language?: string;
}

export type Theme = 'light' | 'dark' | 'high-contrast' | 'high-contrast-light';

/** A real VS Code, served to a real browser, with the VSIX installed in a profile of its own. */
export interface Editor {
  /** The workbench; another one after `restart` or `reload`. */
  readonly page: Page;
  readonly profile: Profile;
  /** Runs a command of the palette by its full title, such as "Conduit: Ask". */
  command(title: string): Promise<void>;
  /** Types into the input box that is open, and confirms; with a title, waits until the box has it. */
  answerInput(text: string, title?: string): Promise<void>;
  /** Chooses the entry of the quick pick that is open. */
  pick(label: string): Promise<void>;
  /** Opens a file in an editor of its own, and waits until that has the focus: what is typed next lands there. */
  openFile(name: string): Promise<void>;
  /** Waits until the text editor of a file has the focus: not a diff of it. */
  focusOn(name: string): Promise<void>;
  /** Puts the cursor of the file that is open on a line and a column, both from 1. */
  goTo(line: number, column?: number): Promise<void>;
  /** Selects whole lines of the file that is open; lines from 1, both included. */
  select(firstLine: number, lastLine: number): Promise<void>;
  /** The inner frame of a webview, as soon as its page has loaded. */
  chatFrame(): Promise<Frame>;
  statsFrame(): Promise<Frame>;
  summaryFrame(): Promise<Frame>;
  doctorFrame(): Promise<Frame>;
  demoFrame(): Promise<Frame>;
  replayFrame(): Promise<Frame>;
  readonly nativeChat: NativeChat;
  /** A toast that holds the text, as soon as it is shown; its buttons are `.getByRole('button')`. It is there for seconds. */
  notification(text: string): Promise<Locator>;
  /** Clicks a button of a notification: of its toast, or in the list of all, where it stays until it is answered. */
  answerNotification(text: string, button: string): Promise<void>;
  statusBar(): Promise<string>;
  /** Saves the page to test/e2e/out/<name>.png, and returns the path. */
  screenshot(name: string): Promise<string>;
  setTheme(theme: Theme): Promise<void>;
  /** Writes settings.json and loads the page again: the server doesn't watch the file. */
  updateSettings(settings: Readonly<Record<string, unknown>>): Promise<void>;
  /** Everything that the extension logged, over all starts. */
  logText(): string;
  /** What the extension host says, with failed activations. */
  hostLogText(): string;
  consoleText(): string;
  /** Where the extension keeps its files: the ledger, conduit.yaml. */
  storageFolder(): string;
  /** Ends the browser's page and the server, and starts both with the same profile and port. */
  restart(options?: Pick<EditorOptions, 'env'> & { readonly whileStopped?: () => void }): Promise<void>;
  /** Loads the page again: a new extension host on the same server. */
  reload(): Promise<void>;
  close(): Promise<void>;
}

/** Those that aren't closed yet, for the screenshots of a failing test. */
export const openEditors = new Set<Editor>();

const themes = {
  light: { label: 'Light Modern', className: 'vs' },
  dark: { label: 'Dark Modern', className: 'vs-dark' },
  'high-contrast': { label: 'Dark High Contrast', className: 'hc-black' },
  'high-contrast-light': { label: 'Light High Contrast', className: 'hc-light' },
} as const;

/** What moves by itself is drawn by the processor, again and again, and holds up the editor beside it. */
const still = { 'editor.cursorBlinking': 'solid', 'workbench.reduceMotion': 'on' };

/** The notice of what is read lies over what tests click on: those that are about it turn it on. */
const unnoticed = { 'conduit.learnFromNextTurns': false, 'conduit.learnFromEdits': false };

/** Starts an editor and waits until the extension is active. */
export async function startEditor(options: EditorOptions = {}): Promise<Editor> {
  const profile = createProfile({ ...options, settings: { ...still, ...unnoticed, ...options.settings } });
  const languageArgs = options.language === undefined ? [] : speak(profile, options.language);
  const consoleLines: string[] = [];
  let env = options.env ?? {};
  let served: ServedEditor | undefined;
  let browser: Browser | undefined;
  let page: Page;

  async function serve(vsix: string | readonly string[], port?: number): Promise<void> {
    // A run that was killed leaves no server behind for long.
    const serverArgs = ['--idle-timeout-seconds', '600', ...languageArgs, ...(options.serverArgs ?? [])];
    served = await serveEditor({
      profile,
      vsix,
      env,
      serverArgs,
      workspaceTrust: options.workspaceTrust ?? false,
      ...(port !== undefined && { port }),
    });
    browser = await openBrowser();
    const context = await browser.newContext({
      viewport: options.viewport ?? { width: 1440, height: 900 },
      colorScheme: 'light',
    });
    await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: served.url });
    // As long as it may take while other files of tests keep the machine busy.
    context.setDefaultTimeout(60_000);
    page = await context.newPage();
    page.on('console', (message) => consoleLines.push(`${message.type()}: ${message.text()}`));
    page.on('pageerror', (error) => consoleLines.push(`page error: ${error.message}`));
    await open(() => page.goto(served!.workbench));
  }

  /** Loads the workbench and waits for the activation that this causes. */
  async function open(load: () => Promise<unknown>): Promise<void> {
    const before = { activations: activations(), logs: startedLogs() };
    await load();
    await page.locator('.monaco-workbench .activitybar').waitFor({ timeout: 60_000 });
    await eventually(
      'the activation of the extension',
      () => activations() > before.activations || undefined,
      60_000,
    );
    await eventually('the first line of its log', () => startedLogs() > before.logs || undefined);
  }

  const startedLogs = (): number => profile.readLogs('Conduit.log').filter((text) => text !== '').length;
  const hostLogText = (): string => profile.readLogs('remoteexthost.log').join('');
  const activations = (): number => hostLogText().split('_doActivateExtension conduit-router.conduit').length;

  async function stop(): Promise<void> {
    await browser?.close();
    await served?.stop();
  }

  const quickInput = (): Locator => page.locator('.quick-input-widget:visible');
  const quickInputBox = (): Locator => quickInput().locator('.quick-input-box input');

  /**
   * Waits until the workbench knows that the box of the palette has lost the focus. It hears of that by a timer, and
   * gives an Enter that comes before to the box, which is hidden by then. Timers fire in their order.
   */
  async function settled(): Promise<void> {
    // A command may load the page anew.
    await page.evaluate(() => new Promise((done) => setTimeout(done, 50))).catch(() => undefined);
  }

  /**
   * Opens the palette, or the file finder, and types. A key that comes while the workbench is busy is lost, and a view
   * that takes the focus late closes what it opened: then it is opened again.
   */
  async function openQuickInput(key: string, text: string): Promise<void> {
    await eventually('the palette', async () => {
      try {
        await page.keyboard.press(key);
        await quickInputBox().waitFor({ timeout: 2_000 });
        await quickInputBox().fill(text, { timeout: 1_000 });
        return true;
      } catch {
        return undefined;
      }
    });
  }

  /**
   * Goes to the entry of a list with the arrow key and takes it with Enter, as the list scrolls along and a click that
   * comes while it is drawn anew only closes it. Undefined: the list is closed, or the entry isn't there yet.
   */
  async function take(label: string): Promise<true | undefined> {
    const row = quickInput().locator('.monaco-list-row.focused');
    const passed = new Set<string | undefined>();
    for (;;) {
      const [here] = await row.evaluateAll((rows) =>
        rows.map((each) => ({
          index: each.getAttribute('data-index') ?? '',
          label: each.querySelector('.label-name')?.textContent.trim(),
        })),
      );
      const found = here?.label === label;
      // Once around, or there is no list.
      if (!found && passed.has(here?.index)) return undefined;
      passed.add(here?.index);
      await quickInputBox().focus({ timeout: 1_000 });
      if (found) {
        await page.keyboard.press('Enter');
        await settled();
        return true;
      }
      await page.keyboard.press('ArrowDown');
    }
  }

  function taken(label: string, timeoutMs?: number): Promise<true> {
    return eventually(`the entry '${label}'`, () => take(label).catch(() => undefined), timeoutMs);
  }

  async function frameOf(name: string): Promise<Frame> {
    return eventually(`the webview '${name}'`, async () => {
      for (const frame of page.frames().reverse()) {
        if (!frame.url().startsWith(served!.url)) continue;
        const found = await frame
          .evaluate(() => document.querySelector('body')?.dataset['page'])
          .catch(() => undefined);
        if (found === name) return frame;
      }
      return undefined;
    });
  }

  const editor: Editor = {
    get page() {
      return page;
    },
    profile,
    async command(title) {
      // A view that takes the focus late closes the palette: then it is opened again.
      await eventually(`the command '${title}'`, async () => {
        try {
          await openQuickInput('F1', `>${title}`);
          return await taken(title, 3_000);
        } catch {
          return undefined;
        }
      });
    },
    async answerInput(text, title) {
      // What was open before, the palette or a list, may not be gone yet.
      const alone = quickInput().filter({ hasNot: page.locator('.monaco-list-row:visible') });
      await (title === undefined ? alone : alone.filter({ hasText: title })).waitFor();
      await quickInputBox().fill(text);
      await page.keyboard.press('Enter');
      await settled();
    },
    async pick(label) {
      await taken(label);
    },
    async openFile(name) {
      // Right after the start nothing is found yet.
      await eventually(`the file ${name}`, async () => {
        try {
          await openQuickInput('Control+P', name);
          return await taken(path.basename(name), 5_000);
        } catch {
          return undefined;
        }
      });
      // As long as the finder is there it takes keys such as Control+Home.
      await quickInput().waitFor({ state: 'hidden' });
      await editor.focusOn(name);
    },
    async focusOn(name) {
      await page.locator(`.editor-instance > .monaco-editor.focused[data-uri$="/${name}"]`).waitFor();
    },
    async goTo(line, column = 1) {
      await openQuickInput('Control+G', `:${line}:${column}`);
      await page.keyboard.press('Enter');
      await quickInput().waitFor({ state: 'hidden' });
      await settled();
    },
    async select(firstLine, lastLine) {
      await editor.goTo(firstLine);
      await page.keyboard.press('Home');
      for (let line = firstLine; line < lastLine; line++) await page.keyboard.press('Shift+ArrowDown');
      await page.keyboard.press('Shift+End');
    },
    chatFrame: () => frameOf('chat'),
    statsFrame: () => frameOf('stats'),
    summaryFrame: () => frameOf('summary'),
    doctorFrame: () => frameOf('doctor'),
    demoFrame: () => frameOf('demo'),
    replayFrame: () => frameOf('replay'),
    nativeChat: createNativeChat(() => page),
    async notification(text) {
      const toast = page.locator('.notifications-toasts .notification-list-item', { hasText: text }).first();
      await toast.waitFor();
      return toast;
    },
    async answerNotification(text, button) {
      const click = (list: string): Promise<void> =>
        page
          .locator(`${list} .notification-list-item`, { hasText: text })
          .first()
          .getByRole('button', { name: button })
          .click({ timeout: 5_000 });
      try {
        await click('.notifications-toasts');
      } catch {
        await editor.command('Notifications: Show Notifications');
        await click('.notifications-center');
      }
    },
    statusBar: () => page.locator('.part.statusbar').innerText(),
    async screenshot(name) {
      mkdirSync(outputFolder, { recursive: true });
      const file = path.join(outputFolder, `${name.replaceAll(/[^\w.-]+/g, '-')}.png`);
      await page.screenshot({ path: file });
      return file;
    },
    async setTheme(theme) {
      const { label, className } = themes[theme];
      await editor.command('Preferences: Color Theme');
      await quickInputBox().fill(label);
      await editor.pick(label);
      await page.locator(`.monaco-workbench.${className}`).waitFor();
    },
    async updateSettings(settings) {
      const file = path.join(profile.userData, 'User', 'settings.json');
      const current = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
      writeFileSync(file, JSON.stringify({ ...current, ...settings }, undefined, 2));
      await editor.reload();
    },
    logText: () => profile.readLogs('Conduit.log').join(''),
    hostLogText,
    consoleText: () => consoleLines.join('\n'),
    storageFolder: () => profile.globalStorage,
    async restart(changes = {}) {
      const { port } = served!;
      await stop();
      changes.whileStopped?.();
      env = changes.env ?? env;
      await serve([], port);
    },
    async reload() {
      await open(() => page.reload());
    },
    async close() {
      openEditors.delete(editor);
      await stop();
      profile.remove();
    },
  };

  openEditors.add(editor);
  try {
    const isInstalled = options.vsix === undefined && existsSync(installedFolder);
    if (isInstalled) cpSync(installedFolder, profile.extensions, { recursive: true });
    await serve(isInstalled ? [] : (options.vsix ?? packagedVsix()));
  } catch (error) {
    await saveEvidence(editor, expect.getState().testPath ?? '', 'start').catch(() => undefined);
    await editor.close();
    throw error;
  }
  return editor;
}
