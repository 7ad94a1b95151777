import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { Measured, Measurements } from './measurements';
import type { Timing } from './median-time';

const leastRatio = 20;
const mostMemoryBytes = 2 * 1024 * 1024;

/** Measured in a process of its own: the test runner's modules keep the compiler from inlining small functions. */
const script = path.join(import.meta.dirname, 'measure.ts');
const printed = execFileSync(process.execPath, ['--import', 'tsx', script], { encoding: 'utf8' });
const measured = JSON.parse(printed) as Measurements;
const { arms, conduit, textbook } = measured;

test('choosing and learning are as many times faster than a textbook policy as is promised', () => {
  const ratio = {
    choose: textbook.choose.medianUs / conduit.choose.medianUs,
    learn: textbook.learn.medianUs / conduit.learn.medianUs,
    both: sum(textbook) / sum(conduit),
  };
  console.log(
    [
      '',
      `Median per decision (95th percentile in brackets), ${String(arms)} arms:`,
      line(`Conduit, ${String(measured.dimensions)} features`, conduit),
      line(`textbook LinUCB, ${String(measured.textbookDimensions)} features`, textbook),
      `  times faster: choose ${ratio.choose.toFixed(0)}, learn ${ratio.learn.toFixed(0)}, ` +
        `both ${ratio.both.toFixed(0)} (at least ${String(leastRatio)} is promised)`,
    ].join('\n'),
  );
  expect(ratio.both).toBeGreaterThanOrEqual(leastRatio);
});

test('they still are with the time to describe a prompt of 1 kB', () => {
  const { hashedNgrams, description } = measured;
  console.log(
    `  1 kB prompt: hashed n-grams ${micros(hashedNgrams)}, all ${String(measured.dimensions)} features ${micros(description)}`,
  );
  const ratio = sum(textbook) / (sum(conduit) + description.medianUs);
  console.log(`  with the features: ${ratio.toFixed(0)} times faster`);
  expect(ratio).toBeGreaterThanOrEqual(leastRatio);
});

test('a learnt pool takes at most 2 MB', () => {
  console.log(`  ${String(arms)} arms: ${(measured.memoryBytes / 1024).toFixed(0)} kB in typed arrays`);
  expect(measured.memoryBytes).toBeLessThanOrEqual(mostMemoryBytes);
});

function sum({ choose, learn }: Measured): number {
  return choose.medianUs + learn.medianUs;
}

function line(name: string, { choose, learn }: Measured): string {
  return `  ${name.padEnd(32)} choose ${micros(choose)}, learn ${micros(learn)}`;
}

function micros({ medianUs, p95Us }: Timing): string {
  return `${medianUs.toFixed(1)} µs (${p95Us.toFixed(1)})`;
}
