import { pick, shuffled } from '../../seeded-random';
import type { Sort } from './loop-parts';
import { check, fileNames, line } from './loop-parts';
import { checkers, errorText, testRunners } from './outputs';
import { codeLine, nouns } from './stage';

/** Loops that get on: all that agents do beside. */
export const healthyErrands: readonly Sort[] = [
  {
    name: 'searches after a renaming, which show that nothing is left',
    play: (on) => {
      const names = shuffled(nouns, on.random).slice(0, on.between(4, 8));
      for (const name of names) on.edit(`src/${name}.ts`, line(on), `export const ${name}Renamed = 1;`);
      for (const name of names) on.search(`${name}Old`, []);
      check(on, checkers[0]!, []);
    },
  },
  {
    name: 'many commits, with the status after each',
    play: (on) => {
      for (const file of fileNames(on, on.between(6, 14))) {
        on.run(`git add ${file}`, '');
        on.run(
          `git commit -m "Change ${file}"`,
          `[main ${String(on.between(1_000_000, 9_999_999))}] Change ${file}\n 1 file changed`,
        );
        on.run('git status', 'On branch main\nnothing to commit, working tree clean');
      }
    },
  },
  {
    name: 'a list of parts that is kept beside the work',
    play: (on) => {
      const files = fileNames(on, on.between(5, 15));
      on.todo(0, files.length);
      for (const [done, file] of files.entries()) {
        on.edit(file, line(on), `${codeLine(on.random)} // part ${file}`);
        on.todo(done + 1, files.length);
      }
    },
  },
  {
    name: 'the cells of a notebook, run one after the other',
    play: (on) => {
      for (let cell = 1; cell < on.between(8, 25); cell += 1)
        on.use(
          'run_notebook_cell',
          { filePath: '/work/a.ipynb', cellId: `#VSC-${String(cell)}` },
          on.random() < 0.4
            ? 'Cell executed, no output.'
            : `mean ${String(on.random())}\nn ${String(on.between(1, 99))} ${pick(nouns, on.random)}`,
        );
    },
  },
  {
    name: 'a page in a browser, clicked and typed into',
    play: (on) => {
      const menu = Array.from({ length: 30 }, () => `- link "${pick(nouns, on.random)}"`);
      for (let click = on.between(8, 25); click > 0; click -= 1) {
        const target = pick(nouns, on.random);
        const page = [
          ...menu,
          ...Array.from(
            { length: 8 },
            () => `- text: ${pick(nouns, on.random)} ${pick(nouns, on.random)} ${String(on.between(1, 999))}`,
          ),
        ].join('\n');
        on.use(
          'mcp_playwright_browser_click',
          { element: target, ref: `e${String(click)}` },
          `### Page state\n${page}`,
        );
      }
    },
  },
  {
    name: 'a database, asked table by table, some of them empty',
    play: (on) => {
      for (const table of shuffled(nouns, on.random).slice(0, on.between(8, 20)))
        on.use(
          'mcp_postgres_query',
          { sql: `select * from ${table} limit 3` },
          on.random() < 0.3
            ? '[]'
            : `[{"id":${String(on.between(1, 9_999))},"${table}":"${pick(nouns, on.random)}"}]`,
        );
    },
  },
  {
    name: 'a linter’s errors, fixed one by one',
    play: (on) => {
      const checker = pick(checkers, on.random);
      let errors = Array.from({ length: on.between(6, 20) }, (_, index) => ({
        text: errorText(on.random),
        line: 3 + 2 * index,
      }));
      check(on, checker, errors);
      const [file = ''] = fileNames(on, 1);
      while (errors.length > 0) {
        on.edit(file, errors[0]!.line, `${codeLine(on.random)} // fixed ${errors[0]!.text}`);
        errors = errors.slice(1);
        check(on, checker, errors);
      }
    },
  },
  {
    name: 'many new files that are much alike',
    play: (on) => {
      for (let file = 1; file < on.between(10, 30); file += 1)
        on.create(
          `migrations/00${String(file)}.sql`,
          `create table ${nouns[file] ?? ''} (id integer primary key, name text);`,
        );
    },
  },
  {
    name: 'a long document, edited 15 to 30 times with nothing to check',
    play: (on) => {
      on.read('README.md');
      for (let edit = on.between(15, 30); edit > 0; edit -= 1)
        on.edit(
          'README.md',
          line(on),
          `The ${pick(nouns, on.random)} has a ${pick(nouns, on.random)} for its ${pick(nouns, on.random)}.`,
        );
    },
  },
  {
    name: 'a fault, looked for with prints',
    play: (on) => {
      const [file = ''] = fileNames(on, 1);
      on.read(file);
      for (let print = on.between(3, 8); print > 0; print -= 1) {
        on.edit(file, line(on), `console.log('${pick(nouns, on.random)} ${pick(nouns, on.random)}', state);`);
        on.run(
          'node src/main.js',
          `${pick(nouns, on.random)} { count: ${String(on.between(1, 99))} }\nTypeError: state is undefined`,
          1,
        );
      }
      on.edit(file, line(on), `${codeLine(on.random)} // the fault`);
      on.run('node src/main.js', 'ready');
    },
  },
  {
    name: 'a package, installed at the third version that is tried',
    play: (on) => {
      const name = pick(nouns, on.random);
      for (let version = on.between(2, 5); version > 0; version -= 1) {
        on.run(
          `npm install ${name}@${String(version)}`,
          `npm error code ERESOLVE\nnpm error could not resolve ${name}@${String(version)} beside ${pick(nouns, on.random)}`,
          1,
        );
        if (on.random() < 0.5)
          on.run(`npm view ${name} versions`, shuffled(nouns, on.random).slice(0, 3).join('\n'));
      }
      on.run(`npm install ${name}@1 --legacy-peer-deps`, 'added 12 packages in 3s');
    },
  },
  {
    name: 'files that are moved, in silence',
    play: (on) => {
      const names = shuffled(nouns, on.random).slice(0, on.between(10, 25));
      for (const name of names)
        on.run(`mkdir -p lib/${name} && git mv src/${name}.ts lib/${name}/main.ts`, '');
      on.run(
        'git status --short',
        names.map((name) => `R  src/${name}.ts -> lib/${name}/main.ts`).join('\n'),
      );
    },
  },
  {
    name: 'types that are checked after every edit, and are always right',
    play: (on) => {
      for (const file of fileNames(on, on.between(10, 25))) {
        on.edit(file, line(on), `${codeLine(on.random)} // ${file}`);
        check(on, checkers[0]!, []);
      }
    },
  },
  {
    name: 'a server that needs some time until it listens',
    play: (on) => {
      on.run('docker compose up -d', 'Container shop-db-1  Started');
      for (let miss = on.between(2, 6); miss > 0; miss -= 1) {
        on.run(
          'curl -s localhost:8080/health',
          'curl: (7) Failed to connect to localhost port 8080: Connection refused',
          7,
        );
        on.run(`sleep ${String(on.between(2, 9))}`, '');
      }
      on.run('curl -s localhost:8080/health', '{"ok":true}');
    },
  },
  {
    name: 'a file that is looked up again and again between other work',
    play: (on) => {
      for (const file of fileNames(on, on.between(5, 10))) {
        on.read('src/rules.ts', 1, 60);
        on.read(file);
        on.edit(file, line(on), `${codeLine(on.random)} // by the rules`);
      }
    },
  },
  {
    name: 'a training with other figures each time',
    play: (on) => {
      for (let run = on.between(6, 20); run > 0; run -= 1)
        on.run(
          `python train.py --lr 0.${String(on.between(1, 999))}`,
          `epoch 1 loss ${String(on.random())}\nepoch 2 loss ${String(on.random())}\naccuracy ${String(on.random())}`,
        );
    },
  },
  {
    name: 'output of a debugger, read in many pieces',
    play: (on) => {
      for (let piece = on.between(20, 55); piece > 0; piece -= 1)
        on.use(
          'mcp_pty_read_output',
          { session: 3, bytes: 8_192 },
          Array.from(
            { length: 40 },
            () => `ModLoad: ${String(Math.floor(on.random() * 2 ** 40))} ${pick(nouns, on.random)}.dll`,
          ).join('\n'),
        );
    },
  },
  {
    name: 'a step with several calls at once, over and over',
    play: (on) => {
      const runner = pick(testRunners, on.random);
      for (let round = on.between(5, 15); round > 0; round -= 1) {
        const { output } = runner.print({ failing: [], of: 30 }, on.random);
        const name = pick(nouns, on.random);
        on.step(
          {
            name: 'Edit',
            input: {
              file_path: `/work/src/${name}.ts`,
              old_string: codeLine(on.random),
              new_string: `${codeLine(on.random)} // ${String(round)}`,
            },
            result: `The file /work/src/${name}.ts has been updated.`,
          },
          { name: 'Bash', input: { command: runner.command }, result: output },
          {
            name: 'TodoWrite',
            input: { todos: [{ content: name, status: 'in_progress' }] },
            result: 'Todos have been modified successfully.',
          },
        );
      }
    },
  },
];
