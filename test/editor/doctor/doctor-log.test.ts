import { expect, test, vi } from 'vitest';
import { recordLog } from '../../../src/editor/doctor/doctor-log';
import { exportConversation } from '../../../src/editor/chat/conversation-list';
import { createKnownKeys } from '../../../src/text/redaction/known-keys';
import { conversationWith, savedTurnWith } from '../chat/conversations';

const opened = vi.hoisted(() => [] as string[]);

vi.mock('vscode', () => ({
  ThemeIcon: class {
    constructor(readonly id: string) {}
  },
  workspace: {
    openTextDocument: ({ content }: { content: string }) => Promise.resolve(void opened.push(content)),
  },
  window: { showTextDocument: () => Promise.resolve() },
}));

const key = 'sk-proj-Q7xT2mZ9-bV4nL8pR_w3Kd';
const known = createKnownKeys();
known.add(key);
const forms = [key, Array.from(key).join(' '), Buffer.from(key).toString('base64'), encodeURIComponent(key)];

test.each(forms)(
  'no line of the log holds a known key, and what Doctor remembers of it neither: %s',
  (form) => {
    const lines: string[] = [];
    const write =
      (level: string) =>
      (...values: readonly unknown[]) =>
        lines.push([level, ...values].join(' '));
    const names = ['trace', 'debug', 'info', 'warn', 'error', 'append', 'appendLine', 'replace'] as const;
    const channel = Object.fromEntries(names.map((name) => [name, write(name)]));
    const { log, recent } = recordLog(
      channel as never,
      () => 0,
      (text) => text,
      known,
    );
    for (const name of ['trace', 'debug', 'info', 'warn', 'error'] as const) log[name](`with ${form}`, form);
    for (const name of ['append', 'appendLine', 'replace'] as const) log[name](`with ${form}`);
    log.error(new Error(`failed with ${form}`));
    expect(lines).toHaveLength(9);
    for (const line of lines) expect(line).toContain('[key]');
    expect(lines.join('\n')).not.toContain(form);
    expect(recent()).toHaveLength(3);
    expect(JSON.stringify(recent())).not.toContain(form);
  },
);

test.each(forms)('no exported conversation holds a known key: %s', async (form) => {
  opened.length = 0;
  const turns = [savedTurnWith(`Is ${form} right?`, { text: `No: ${form} is yours.` })];
  await exportConversation(conversationWith({ turns }), known.hide);
  expect(opened[0]).toContain('[key]');
  expect(opened[0]).not.toContain(form);
});
