import type { Random } from '../../../../src/core/terms/ports';
import { pick } from '../../seeded-random';
import type { ScriptedLoop } from './loop-parts';
import { checkers, errorText, testRunners } from './outputs';
import type { Stage } from './stage';
import { codeLine, nouns, stage, upper } from './stage';

/**
 * Loops that come to nothing, as users of agents report them: each has a few steps that are as good as any, and goes on
 * with `again` until it has thirty.
 */
interface Sort {
  readonly name: string;
  play(on: Stage, again: (steps: () => void) => void): void;
}

const stepsOfStuck = 30;
const file = 'src/shop.ts';

const stuckSorts: readonly Sort[] = [
  {
    name: 'the same file read over and over',
    play: (on, again) => again(() => on.read(file, 590, 620)),
  },
  {
    name: 'the same lines with other bounds',
    play: (on, again) => {
      on.read(file, 1, 300);
      again(() => on.read(file, on.between(10, 20), on.between(25, 38)));
    },
  },
  {
    name: 'two reads by turns',
    play: (on, again) =>
      again(() => {
        on.read(file, 1, 60);
        on.read('src/other.ts', 1, 60);
      }),
  },
  {
    name: 'a file in pieces, from the beginning each time',
    play: (on, again) =>
      again(() => {
        for (const from of [1, 11, 21, 31]) on.read(file, from, from + 9);
      }),
  },
  {
    name: 'the same edit that doesn’t apply',
    play: (on, again) => again(() => on.failEdit(file, 'const a = 1;', 'const a = 2;')),
  },
  {
    name: 'an edit that doesn’t apply in many forms, with the file read between',
    play: (on, again) =>
      again(() => {
        on.failEdit(file, codeLine(on.random) + pick(nouns, on.random), codeLine(on.random));
        on.read(file, 1, 200);
      }),
  },
  {
    name: 'the same error of the compiler after each of many edits',
    play: (on, again) => {
      const checker = pick(checkers, on.random);
      const text = errorText(on.random);
      again(() => {
        on.edit(
          file,
          12,
          `  const value = ${pick(nouns, on.random)}(${pick(nouns, on.random)}, ${String(on.between(1, 999))});`,
        );
        const { output, code } = checker.print([{ text, line: on.between(11, 13) }], on.random);
        on.run(checker.command, output, code);
      });
    },
  },
  {
    name: 'the same test that fails, run in several ways, with reads and edits between',
    play: (on, again) => {
      const runner = pick(testRunners, on.random);
      const failing = [`${pick(nouns, on.random)} adds up`];
      again(() => {
        on.read(file, 1, 200);
        on.edit(
          file,
          12,
          `  return ${pick(nouns, on.random)}.${pick(nouns, on.random)} + ${String(on.between(1, 99))};`,
        );
        const { output, code } = runner.print({ failing, of: 24 }, on.random);
        on.run(runner.command + pick(['', ' --verbose', ' 2>&1', ' -v'], on.random), output, code);
      });
    },
  },
  {
    name: 'an edit and its reverse by turns',
    play: (on, again) => {
      on.read(file, 1, 200);
      again(() => {
        on.edit(file, 12, '  const total = price;');
        on.edit(file, 12, '  const total = price * 2;');
      });
    },
  },
  {
    name: 'a call without what it needs',
    play: (on, again) =>
      again(() =>
        on.use(
          'write_to_file',
          { path: `src/${pick(nouns, on.random)}.ts` },
          "Error: Missing value for required parameter 'content'. Please retry with complete response.",
        ),
      ),
  },
  {
    name: 'arguments of the wrong type',
    play: (on, again) =>
      again(() =>
        on.use(
          'ask_user_question',
          { questions: `[{"q":"Which ${pick(nouns, on.random)}?"}]` },
          'MCP error -32602: Invalid arguments for tool ask_user_question: [{"code":"invalid_type","expected":"array","received":"string","path":["questions"],"message":"Expected array, received string"}]',
        ),
      ),
  },
  {
    name: 'an input that the editor refuses',
    play: (on, again) =>
      again(() =>
        on.use(
          'create_directory',
          { path: `/work/${pick(nouns, on.random)}` },
          "ERROR: Your input to the tool was invalid (must have required property 'dirPath')\nPlease check your input and try again.",
        ),
      ),
  },
  {
    name: 'a key that isn’t accepted, whatever is asked',
    play: (on, again) =>
      again(() =>
        on.use(
          'notion_search',
          { query: `${pick(nouns, on.random)} ${pick(nouns, on.random)}` },
          'Error: 401 Unauthorized: the token is invalid.',
        ),
      ),
  },
  {
    name: 'searches that find nothing, in small variations',
    play: (on, again) =>
      again(() =>
        on.search(`${pick(['get', 'fetch', 'load', 'read'], on.random)}${upper(pick(nouns, on.random))}`, []),
      ),
  },
  {
    name: 'a command that fails in the same way',
    play: (on, again) =>
      again(() =>
        on.run(
          'git rebase main',
          'fatal: not a git repository (or any of the parent directories): .git',
          128,
        ),
      ),
  },
  {
    name: 'a command whose filter is changed a little each time',
    play: (on, again) =>
      again(() =>
        on.run(
          `cat shop.log | grep -n total | head -${String(on.between(5, 60))}`,
          '12: total 4\n18: total 9',
        ),
      ),
  },
  {
    name: 'a tool that isn’t there',
    play: (on, again) =>
      again(() =>
        on.use(
          'task_complete',
          { summary: `The ${pick(nouns, on.random)} is done.` },
          'Tool "task_complete" does not exist.',
        ),
      ),
  },
  {
    name: 'three steps in a circle',
    play: (on, again) =>
      again(() => {
        on.search('total', [`${file}:12:total`]);
        on.read(file, 1, 60);
        on.failEdit(file, 'const total = 1;', 'const total = 2;');
      }),
  },
  {
    name: 'a wait that doesn’t end',
    play: (on, again) =>
      again(() => on.use('get_terminal_output', { id: '7' }, 'Still running. No new output.')),
  },
  {
    name: 'a problem that the editor still shows after each edit',
    play: (on, again) => {
      const text = errorText(on.random);
      again(() => {
        on.edit(file, 20, `  const next = ${pick(nouns, on.random)} as ${upper(pick(nouns, on.random))};`);
        on.use(
          'get_errors',
          { filePaths: [`/work/${file}`] },
          `<errors path="/work/${file}">\nThis code at line 20\nhas the problem reported:\n<compileError>\n${text}\n</compileError>\n</errors>`,
        );
      });
    },
  },
  {
    name: 'the same list of parts, written again and again',
    play: (on, again) => again(() => on.todo(1, 5)),
  },
  {
    name: 'the same file read over and over, with a glance at another one now and then',
    play: (on, again) =>
      again(() => {
        for (let read = 0; read < 5; read += 1) on.read(file, 1, 60);
        on.read(`src/${pick(nouns, on.random)}.ts`, 1, 60);
      }),
  },
  {
    name: 'a patch whose pieces fail',
    play: (on, again) =>
      again(() =>
        on.run(
          `git apply /tmp/${pick(nouns, on.random)}.patch`,
          `error: patch failed: ${file}:${String(on.between(1, 99))}\nerror: ${file}: patch does not apply`,
          1,
        ),
      ),
  },
];

/** So many loops of each sort, each of thirty steps. */
export function stuckLoops(each: number, seedOf: (number: number) => Random): readonly ScriptedLoop[] {
  return stuckSorts.flatMap(({ name, play }, sort) =>
    Array.from({ length: each }, (_, index) => {
      const on = stage(seedOf(100_000 + 1_000 * sort + index));
      on.search(pick(nouns, on.random), [`src/${pick(nouns, on.random)}.ts:3:${codeLine(on.random)}`]);
      for (let step = on.between(0, 4); step > 0; step -= 1)
        on.read(`src/${pick(nouns, on.random)}.ts`, 1, 80);
      const steps = (): number => on.messages.filter(({ role }) => role === 'assistant').length;
      play(on, (more) => {
        while (steps() < stepsOfStuck) more();
      });
      // A round may have gone beyond: what counts is that it is noticed by then.
      const last = on.messages.findIndex((_message, at) => at === 2 * stepsOfStuck);
      return {
        name: `${name} (${String(index)})`,
        messages: on.messages.slice(0, last < 0 ? undefined : last + 1),
      };
    }),
  );
}
