import { pick, shuffled } from '../../seeded-random';
import type { Sort } from './loop-parts';
import { check, fileNames, line, runTests, testName } from './loop-parts';
import { checkers, errorText, testRunners } from './outputs';
import { codeLine, nouns, upper } from './stage';

/** Loops that get on: exploring, editing, testing. */
export const healthyWork: readonly Sort[] = [
  {
    name: 'a refactoring of 20 to 60 files, each read and edited, types checked at the end',
    play: (on) => {
      const files = fileNames(on, on.between(20, 60));
      on.search(
        'oldName',
        files.map((file) => `${file}:3:import { oldName }`),
      );
      for (const file of files) {
        on.read(file);
        on.edit(file, line(on), codeLine(on.random) + 'newName();');
      }
      check(on, checkers[0]!, []);
    },
  },
  {
    name: 'the same replacement in 40 files, without reading any',
    play: (on) => {
      const files = fileNames(on, 40);
      for (const file of files) on.create(file, `import { oldName } from './shared';\nuse(oldName);`);
      for (const file of files) on.edit(file, 1, `import { newName } from './shared';`);
      on.search('oldName', []);
    },
  },
  {
    name: 'a build in the background, polled while its output grows',
    play: (on) => {
      on.run('npm run build:all &', 'Started in the background, id 7');
      let output = 'Building';
      for (let poll = on.between(5, 25); poll > 0; poll -= 1) {
        output += `\n[${String(poll)}] packed ${pick(nouns, on.random)}.js`;
        on.use('get_terminal_output', { id: '7' }, output);
      }
      on.use('get_terminal_output', { id: '7' }, `${output}\nDone in 41 s.`);
    },
  },
  {
    name: 'a job elsewhere, asked for until it is done, with pauses between',
    play: (on) => {
      on.run('git push origin HEAD', 'To github.com:shop/shop.git\n   1a2b3c..4d5e6f  main -> main');
      for (let poll = on.between(2, 8); poll > 0; poll -= 1) {
        on.use('mcp_github_get_workflow_run', { run_id: 4711 }, '{"status":"in_progress","conclusion":null}');
        if (on.random() < 0.5) on.run('sleep 30', '');
      }
      on.use(
        'mcp_github_get_workflow_run',
        { run_id: 4711 },
        '{"status":"completed","conclusion":"success"}',
      );
    },
  },
  {
    name: 'a log that is read again while it grows',
    play: (on) => {
      for (let look = on.between(6, 20); look > 0; look -= 1)
        on.run(
          'tail -n 5 server.log',
          Array.from(
            { length: 5 },
            () => `GET /${pick(nouns, on.random)}/${String(on.between(1, 9_999))} 200`,
          ).join('\n'),
        );
    },
  },
  {
    name: 'one file, edited and read again after each edit',
    play: (on) => {
      const [file = ''] = fileNames(on, 1);
      on.read(file);
      for (let edit = on.between(8, 25); edit > 0; edit -= 1) {
        on.edit(
          file,
          line(on),
          `${codeLine(on.random)} // ${pick(nouns, on.random)} ${pick(nouns, on.random)}`,
        );
        on.read(file);
      }
    },
  },
  {
    name: 'failing tests that get fewer with each edit',
    play: (on) => {
      const runner = pick(testRunners, on.random);
      let failing: readonly string[] = Array.from({ length: on.between(2, 6) }, () => testName(on));
      const [file = '', other = ''] = fileNames(on, 2);
      runTests(on, runner, failing);
      while (failing.length > 0) {
        on.read(on.random() < 0.7 ? file : other);
        on.edit(file, line(on), `${codeLine(on.random)} // ${pick(nouns, on.random)}`);
        if (on.random() < 0.7) failing = failing.slice(1);
        runTests(on, runner, failing);
      }
    },
  },
  {
    name: 'one failing test, right at the second to fifth attempt',
    play: (on) => {
      const runner = pick(testRunners, on.random);
      const failing = [testName(on)];
      const [file = ''] = fileNames(on, 1);
      on.search(failing[0]!, [`${file}:4:${failing[0]!}`]);
      on.read(file);
      runTests(on, runner, failing);
      for (let attempt = on.between(1, 4); attempt > 0; attempt -= 1) {
        on.edit(file, line(on), `${codeLine(on.random)} // ${pick(nouns, on.random)} ${String(attempt)}`);
        runTests(on, runner, failing);
        if (on.random() < 0.4) on.read(file);
      }
      on.edit(file, line(on), `${codeLine(on.random)} // right`);
      runTests(on, runner, []);
    },
  },
  {
    name: 'a tool that fails some times before it works',
    play: (on) => {
      const [file = ''] = fileNames(on, 1);
      on.read(file);
      for (let round = on.between(1, 3); round > 0; round -= 1) {
        const query = pick(nouns, on.random);
        for (let miss = on.between(1, 5); miss > 0; miss -= 1)
          on.use(
            'fetch_webpage',
            { urls: [`https://docs.example/${query}`], query },
            'Error: connect ETIMEDOUT 93.184.215.14:443',
          );
        on.use(
          'fetch_webpage',
          { urls: [`https://docs.example/${query}`], query },
          `# ${upper(query)}\n${codeLine(on.random)}\nThe ${query} is documented here.`,
        );
        on.edit(file, line(on), `${codeLine(on.random)} // ${query}`);
      }
    },
  },
  {
    name: 'a large repository, explored in 60 to 150 steps',
    play: (on) => {
      for (const file of fileNames(on, on.between(15, 25))) {
        on.search(pick(nouns, on.random), [`${file}:7:${codeLine(on.random)}`]);
        on.read(file, 1, 100);
        if (on.random() < 0.7) on.read(file, 100, 200);
        if (on.random() < 0.5) on.read(file, 200, 300);
        if (on.random() < 0.5)
          on.use(
            'list_dir',
            { path: `/work/${file.slice(0, -3)}` },
            shuffled(nouns, on.random).slice(0, 6).join('\n'),
          );
      }
    },
  },
  {
    name: 'a table of figures, read in pieces',
    play: (on) => {
      for (let piece = 0; piece < on.between(10, 40); piece += 1) {
        const from = piece * 50 + 1;
        const rows = Array.from(
          { length: 50 },
          () => `${String(on.between(1, 9_999))},${String(on.between(1, 99))},${String(on.between(1, 9))}`,
        );
        on.use(
          'read_file',
          { filePath: '/work/data.csv', startLine: from, endLine: from + 49 },
          `File: \`/work/data.csv\`. Lines ${String(from)} to ${String(from + 49)} (2000 lines total):\n${rows.join('\n')}`,
        );
      }
    },
  },
  {
    name: 'some searches that miss before one that hits',
    play: (on) => {
      for (let round = on.between(1, 4); round > 0; round -= 1) {
        for (let miss = on.between(2, 6); miss > 0; miss -= 1)
          on.search(`${pick(nouns, on.random)}${upper(pick(nouns, on.random))}`, []);
        const [file = ''] = fileNames(on, 1);
        on.search(pick(nouns, on.random), [`${file}:12:${codeLine(on.random)}`]);
        on.read(file);
        on.edit(file, line(on), `${codeLine(on.random)} // found`);
      }
    },
  },
  {
    name: 'edits that don’t apply at first, then do after the file was read again',
    play: (on) => {
      for (const file of fileNames(on, on.between(2, 6))) {
        on.read(file);
        for (let miss = on.between(1, 3); miss > 0; miss -= 1) {
          on.failEdit(file, codeLine(on.random), codeLine(on.random));
          if (on.random() < 0.8) on.read(file);
        }
        on.edit(file, line(on), `${codeLine(on.random)} // ${pick(nouns, on.random)}`);
      }
    },
  },
  {
    name: 'a refactoring beside one test that had failed before it and still does',
    play: (on) => {
      const runner = pick(testRunners, on.random);
      const failing = [testName(on)];
      runTests(on, runner, failing);
      for (const file of fileNames(on, on.between(8, 16))) {
        on.read(file);
        on.edit(file, line(on), `${codeLine(on.random)} // ${pick(nouns, on.random)}`);
        if (on.random() < 0.4) on.edit(file, line(on), `${codeLine(on.random)} // ${pick(nouns, on.random)}`);
        runTests(on, runner, failing);
      }
    },
  },
  {
    name: 'a feature built in two files, linted after each edit, beside errors that were there before',
    play: (on) => {
      const checker = pick(checkers, on.random);
      const errors = [{ text: errorText(on.random), line: 4 }];
      const files = fileNames(on, 2);
      for (const file of files) on.read(file);
      for (let edit = on.between(3, 7); edit > 0; edit -= 1) {
        on.edit(
          pick(files, on.random),
          line(on),
          `${codeLine(on.random)} // ${pick(nouns, on.random)} ${pick(nouns, on.random)}`,
        );
        check(on, checker, errors);
      }
    },
  },
  {
    name: 'a test first, then what it asks for, many times',
    play: (on) => {
      const runner = pick(testRunners, on.random);
      const [file = '', tests = ''] = fileNames(on, 2);
      for (let cycle = on.between(4, 10); cycle > 0; cycle -= 1) {
        const name = testName(on);
        on.edit(tests, line(on), `test('${name}', () => undefined); // ${String(cycle)}`);
        runTests(on, runner, [name], 20 + cycle);
        on.edit(file, line(on), `${codeLine(on.random)} // ${name}`);
        runTests(on, runner, [], 20 + cycle);
      }
    },
  },
];
