import { expect, test } from 'vitest';
import { completionsAt, hoverAt } from '../src/config/file/completions';
import { loadConfiguration } from '../src/config/load-configuration';
import { hostileText, shapes } from './hostile-configurations';

/** Characters: the longest text that is read is eight times the shortest. */
const [least, most] = [15_000, 120_000];
/** Three times linear growth, for what a busy machine does beside it: quadratic growth is eight times. */
const mostGrowth = (3 * most) / least;

const common = { environment: {}, storedHosts: new Set<string>() };
const user = {
  name: 'conduit.yaml',
  text: 'model_list:\n- {model_name: p, litellm_params: {model: openai/gpt-5.4}, model_info: {id: a}}\n',
};

/** The shorter of two: the other one was disturbed. A blank more each time, so that nothing is remembered. */
function shortestMs(run: (end: string) => void): number {
  const times = Array.from({ length: 2 }, (_, at) => {
    const start = performance.now();
    run('\n'.repeat(at));
    return performance.now() - start;
  });
  return Math.min(...times);
}

test.each(shapes)(
  'a file of %s takes no more than its length asks for',
  (shape) => {
    const timeOf = (length: number): number => {
      const text = hostileText(shape, length);
      return shortestMs((end) => {
        const file = { name: 'conduit.yaml', text: text + end };
        loadConfiguration({ ...common, file });
        loadConfiguration({ ...common, file: user, workspaceFile: { ...file, name: 'w' } });
      });
    };
    const [short, long] = [timeOf(least), timeOf(most)];
    console.log(`  ${shape.padEnd(24)} ${short.toFixed(0)} ms → ${long.toFixed(0)} ms`);
    expect(long / Math.max(short, 5)).toBeLessThan(mostGrowth);
  },
  120_000,
);

test.each([
  ['a line of braces', (length: number) => `a: {${'b{}'.repeat(length / 3)}`],
  ['a line of blanks', (length: number) => `${' '.repeat(length)}x\u2028`],
  ['a long word in braces', (length: number) => `{${'a'.repeat(length / 2)}${'{}'.repeat(length / 4)}`],
  ['quotes', (length: number) => `"'`.repeat(length / 2)],
  ['names of pools', (length: number) => 'model_name: "'.repeat(length / 13)],
])(
  'help in %s takes no more than its length asks for',
  (_name, textOf) => {
    const timeOf = (length: number): number => {
      const text = textOf(length);
      return shortestMs((end) => {
        completionsAt(text + end, 1, text.length + 1);
        hoverAt(text + end, 1, text.length);
      });
    };
    expect(timeOf(1_000_000) / Math.max(timeOf(125_000), 20)).toBeLessThan(mostGrowth);
  },
  120_000,
);
