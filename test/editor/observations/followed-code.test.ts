import { beforeEach, expect, test } from 'vitest';
import { followCode } from '../../../src/editor/observations/followed-code';
import { tellingLines } from '../../../src/text/taken-code/telling-lines';

const code = ['const server = createServer(onRequest);', 'server.listen(portOfTheService);'];
const hashes = (lines: readonly string[]): ReadonlySet<number> => new Set(tellingLines(lines).keys());

let nowMs: number;
let due: { readonly atMs: number; readonly run: () => void }[];
let files: Map<string, readonly string[] | undefined>;
let told: string[];

beforeEach(() => {
  nowMs = 0;
  due = [];
  files = new Map([['a', code]]);
  told = [];
});

function follow() {
  return followCode(
    {
      observe: (signal) => {
        if (signal.kind === 'taken') told.push(`${signal.moment} ${String(signal.share01)}`);
      },
      later: (delayMs, run) => {
        const one = { atMs: nowMs + delayMs, run };
        due.push(one);
        return () => void due.splice(due.indexOf(one), 1);
      },
      nowMs: () => nowMs,
      linesIn: (file) => {
        const lines = files.get(file);
        return Promise.resolve(lines && hashes(lines));
      },
    },
    tellingLines(code),
    'a',
    1,
  );
}

async function wait(minutes: number, lateMs = 0): Promise<void> {
  const untilMs = nowMs + minutes * 60_000;
  for (const one of due.filter(({ atMs }) => atMs <= untilMs)) {
    nowMs = one.atMs + lateMs;
    due.splice(due.indexOf(one), 1);
    one.run();
    await settled();
  }
  nowMs = untilMs + lateMs;
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('it is seen at once, and its share is told at the first save, after five and after thirty minutes', async () => {
  const followed = follow();
  expect(told).toEqual(['seen 1']);
  followed.saved('a');
  followed.saved('a');
  await settled();
  files.set('a', code.slice(1));
  await wait(5);
  files.set('a', []);
  await wait(25);
  followed.saved('a');
  await settled();
  expect(told).toEqual(['seen 1', 'save 1', '5-minutes 0.5', '30-minutes 0']);
});

test('what is in several files counts together', async () => {
  const followed = follow();
  files = new Map([
    ['a', code.slice(0, 1)],
    ['b', code.slice(1)],
  ]);
  followed.saved('b');
  await settled();
  expect(told).toEqual(['seen 1']);
  followed.also('b');
  followed.saved('b');
  await settled();
  expect(told).toEqual(['seen 1', 'save 1']);
});

test('the first commit that it is in tells, and one that it isn’t in doesn’t', () => {
  const followed = follow();
  followed.committed(new Set());
  expect(followed.awaitsCommit()).toBe(true);
  followed.committed(hashes(code));
  expect(followed.awaitsCommit()).toBe(false);
  followed.committed(hashes(code));
  expect(told).toEqual(['seen 1', 'commit 1']);
});

test('a file that is gone tells nothing, nor does a machine that slept over the moment', async () => {
  follow();
  files.set('a', undefined);
  await wait(5);
  files.set('a', code);
  await wait(25, 60_001);
  expect(told).toEqual(['seen 1']);
});

test('nothing is told after the window closes', async () => {
  const followed = follow();
  followed.dispose();
  expect(due).toEqual([]);
  followed.saved('a');
  followed.committed(hashes(code));
  await settled();
  expect(told).toEqual(['seen 1']);
});
