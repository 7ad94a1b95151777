import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { table, withGenerated } from '../../../src/config/documentation';
import { causeOf, shippedSignals, signalNames } from '../../../src/core/reward/signal-table';
import { nameOfSignal } from '../../../src/editor/shown/signal-names';

const document = path.resolve(import.meta.dirname, '../../../docs/observations.md');

/** The table of signals as shipped, for people. */
function signalsTable(): string {
  const rows = signalNames.map((name) => {
    const { quality01, none01, weight, halfLife } = shippedSignals[name];
    return [
      `\`${name}\``,
      nameOfSignal(name),
      none01 === undefined ? shown(quality01) : `${shown(none01)} to ${shown(quality01)}`,
      shown(weight),
      halfLife === undefined ? 'none' : `${String(halfLife)} requests`,
      `\`${causeOf[name]}\``,
    ];
  });
  return table(['Name', 'What happened', 'Quality', 'Weight', 'Half-life', 'Cause'], rows);
}

function shown(value: number): string {
  return String(Number(value.toFixed(4)));
}

test('the table of docs/observations.md says what the code does: else run this test with -u', async () => {
  const text = readFileSync(document, 'utf8');
  await expect(withGenerated(text, signalsTable())).toMatchFileSnapshot(document);
  for (const name of signalNames) expect(text).toContain(`| \`${name}\``);
});
