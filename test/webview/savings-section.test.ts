// @vitest-environment jsdom
import { expect, test } from 'vitest';
import type { FromStats } from '../../src/webview/protocol/stats';
import type { SavingsView } from '../../src/webview/protocol/stats-board';
import { createSavingsSection } from '../../src/webview/stats/savings-section';

test('a model is measured, or no longer, where the page offers it', () => {
  const posted: FromStats[] = [];
  const section = createSavingsSection(
    () => undefined,
    (message) => posted.push(message),
  );
  const table = { columns: [], rows: [] };
  const savings = { choices: [], against: '', says: '', notes: [], table, quality: [] };
  const offer = {
    model: 'opus',
    on: false,
    says: 'A share would go to opus.',
    label: 'Measure against opus…',
  };
  const button = (): HTMLElement => {
    const found = section.element.querySelector<HTMLElement>('[data-testid="measure"]');
    if (found === null) throw new Error('There is no button.');
    return found;
  };
  const show = (measure: SavingsView['measure']): void =>
    section.update({ ...savings, ...(measure && { measure }) });
  show(offer);
  const first = button();
  expect(first.textContent).toBe('Measure against opus…');
  expect(first.closest('p')?.textContent).toContain('A share would go to opus.');
  first.click();
  // It stays where it is, and keeps the focus, while what it does changes.
  show({ ...offer, on: true, label: 'Stop measuring opus' });
  expect(button()).toBe(first);
  first.click();
  expect(posted).toEqual([
    { type: 'measure', model: 'opus', on: true },
    { type: 'measure', model: 'opus', on: false },
  ]);
  show(undefined);
  expect(first.closest('p')?.hidden).toBe(true);
});
