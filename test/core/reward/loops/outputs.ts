import type { Random } from '../../../../src/core/terms/ports';
import { pick } from '../../seeded-random';
import { nouns } from './stage';

/** What test runners, compilers and linters print. Times differ from run to run. */

/** Tests that fail, by name; none: all pass. */
export interface TestRun {
  readonly failing: readonly string[];
  readonly of: number;
}

export interface Runner {
  readonly command: string;
  print(run: TestRun, random: Random): { readonly output: string; readonly code: number };
}

const seconds = (random: Random): string => (0.2 + 9 * random()).toFixed(2);
const exit = (failing: readonly string[]): number => (failing.length > 0 ? 1 : 0);

export const testRunners: readonly Runner[] = [
  {
    command: 'npx jest',
    print: ({ failing, of }, random) => ({
      code: exit(failing),
      output: [
        ...failing.map(
          (name) =>
            `  ● ${name}\n\n    expect(received).toBe(expected)\n\n    Expected: 3\n    Received: 4\n`,
        ),
        `Test Suites: ${failing.length > 0 ? '1 failed, ' : ''}3 passed, ${failing.length > 0 ? 4 : 3} total`,
        `Tests:       ${failing.length > 0 ? `${String(failing.length)} failed, ` : ''}${String(of - failing.length)} passed, ${String(of)} total`,
        `Time:        ${seconds(random)} s`,
      ].join('\n'),
    }),
  },
  {
    command: 'npx vitest run',
    print: ({ failing, of }, random) => ({
      code: exit(failing),
      output: [
        ...failing.map(
          (name) =>
            ` FAIL  test/${name.replaceAll(' ', '-')}.test.ts > ${name}\nAssertionError: expected 4 to be 3`,
        ),
        ` Test Files  ${failing.length > 0 ? '1 failed | ' : ''}5 passed (${failing.length > 0 ? 6 : 5})`,
        `      Tests  ${failing.length > 0 ? `${String(failing.length)} failed | ` : ''}${String(of - failing.length)} passed (${String(of)})`,
        `   Duration  ${seconds(random)}s (transform 92ms, setup 0ms)`,
      ].join('\n'),
    }),
  },
  {
    command: 'npm test',
    print: ({ failing, of }, random) => ({
      code: exit(failing),
      output: [
        '> shop@1.0.0 test\n> mocha\n',
        `  ${String(of - failing.length)} passing (${seconds(random)}s)`,
        ...(failing.length > 0 ? [`  ${String(failing.length)} failing`] : []),
        ...failing.map(
          (name, index) => `  ${String(index + 1)}) ${name}:\n     AssertionError: expected 4 to equal 3`,
        ),
      ].join('\n'),
    }),
  },
  {
    command: 'python -m pytest -q',
    print: ({ failing, of }, random) => ({
      code: exit(failing),
      output: [
        ...failing.map(
          (name) => `FAILED tests/test_all.py::test_${name.replaceAll(' ', '_')} - assert 4 == 3`,
        ),
        `${failing.length > 0 ? `${String(failing.length)} failed, ` : ''}${String(of - failing.length)} passed in ${seconds(random)}s`,
      ].join('\n'),
    }),
  },
  {
    command: 'python -m unittest',
    print: ({ failing, of }, random) => ({
      code: exit(failing),
      output: [
        ...failing.map(
          (name) => `FAIL: test_${name.replaceAll(' ', '_')} (tests.All)\nAssertionError: 4 != 3`,
        ),
        `Ran ${String(of)} tests in ${seconds(random)}s\n`,
        failing.length > 0 ? `FAILED (failures=${String(failing.length)})` : 'OK',
      ].join('\n'),
    }),
  },
  {
    command: 'go test ./...',
    print: ({ failing }, random) => ({
      code: exit(failing),
      output: [
        ...failing.map(
          (name) => `--- FAIL: Test${name.replaceAll(' ', '')} (0.00s)\n    all_test.go:12: got 4, want 3`,
        ),
        failing.length > 0
          ? `FAIL\nFAIL\texample.com/shop\t${seconds(random)}s\nFAIL`
          : `ok  \texample.com/shop\t${seconds(random)}s`,
      ].join('\n'),
    }),
  },
  {
    command: 'cargo test',
    print: ({ failing, of }, random) => ({
      code: failing.length > 0 ? 101 : 0,
      output: [
        `    Finished \`test\` profile [unoptimized + debuginfo] target(s) in ${seconds(random)}s`,
        ...failing.map((name) => `test tests::${name.replaceAll(' ', '_')} ... FAILED`),
        `test result: ${failing.length > 0 ? 'FAILED' : 'ok'}. ${String(of - failing.length)} passed; ${String(failing.length)} failed; 0 ignored; 0 measured; 0 filtered out; finished in ${seconds(random)}s`,
      ].join('\n'),
    }),
  },
  {
    command: 'dotnet test',
    print: ({ failing, of }, random) => ({
      code: exit(failing),
      output: [
        ...failing.map((name) => `  Failed ${name} [12 ms]\n  Assert.Equal() Failure`),
        `${failing.length > 0 ? 'Failed' : 'Passed'}!  - Failed:     ${String(failing.length)}, Passed:    ${String(of - failing.length)}, Skipped:     0, Total:    ${String(of)}, Duration: ${seconds(random)} s - Shop.Tests.dll`,
      ].join('\n'),
    }),
  },
  {
    command: 'mvn -q test',
    print: ({ failing, of }, random) => ({
      code: exit(failing),
      output: [
        ...failing.map(
          (name) => `[ERROR]   ShopTest.${name.replaceAll(' ', '')}:31 expected:<3> but was:<4>`,
        ),
        `Tests run: ${String(of)}, Failures: ${String(failing.length)}, Errors: 0, Skipped: 0, Time elapsed: ${seconds(random)} s`,
        failing.length > 0 ? '[INFO] BUILD FAILURE' : '[INFO] BUILD SUCCESS',
      ].join('\n'),
    }),
  },
];

export interface Checker {
  readonly command: string;
  /** `errors`: messages, each with the line where it is. */
  print(
    errors: readonly { readonly text: string; readonly line: number }[],
    random: Random,
  ): {
    readonly output: string;
    readonly code: number;
  };
}

export const checkers: readonly Checker[] = [
  {
    command: 'npx tsc --noEmit',
    print: (errors) => ({
      code: errors.length > 0 ? 2 : 0,
      output: errors
        .map(({ text, line }) => `src/shop.ts(${String(line)},7): error TS2322: ${text}`)
        .join('\n'),
    }),
  },
  {
    command: 'npx eslint .',
    print: (errors) => ({
      code: errors.length > 0 ? 1 : 0,
      output:
        errors.length === 0
          ? ''
          : [
              '/work/src/shop.ts',
              ...errors.map(({ text, line }) => `  ${String(line)}:7  error  ${text}  no-unused-vars`),
              '',
              `✖ ${String(errors.length)} problems (${String(errors.length)} errors, 0 warnings)`,
            ].join('\n'),
    }),
  },
  {
    command: 'cargo build',
    print: (errors, random) => ({
      code: errors.length > 0 ? 101 : 0,
      output:
        errors.length === 0
          ? `    Finished \`dev\` profile [unoptimized + debuginfo] target(s) in ${seconds(random)}s`
          : [
              ...errors.map(({ text, line }) => `error[E0308]: ${text}\n  --> src/main.rs:${String(line)}:5`),
              `error: could not compile \`shop\` (bin "shop") due to ${String(errors.length)} previous errors`,
            ].join('\n'),
    }),
  },
  {
    command: 'make',
    print: (errors) => ({
      code: errors.length > 0 ? 2 : 0,
      output: [
        'cc -c -o shop.o shop.c',
        ...errors.map(({ text, line }) => `shop.c:${String(line)}:3: error: ${text}`),
        errors.length > 0 ? 'make: *** [Makefile:4: shop.o] Error 1' : 'cc -o shop shop.o',
      ].join('\n'),
    }),
  },
  {
    command: './gradlew build',
    print: (errors, random) => ({
      code: errors.length > 0 ? 1 : 0,
      output: [
        ...errors.map(({ text, line }) => `e: file:///work/Shop.kt:${String(line)}:9 ${text}`),
        errors.length > 0 ? `BUILD FAILED in ${seconds(random)}s` : `BUILD SUCCESSFUL in ${seconds(random)}s`,
      ].join('\n'),
    }),
  },
  {
    command: 'dotnet build',
    print: (errors, random) => ({
      code: errors.length > 0 ? 1 : 0,
      output: [
        ...errors.map(
          ({ text, line }) => `Shop.cs(${String(line)},9): error CS0103: ${text} [/work/Shop.csproj]`,
        ),
        errors.length > 0 ? 'Build FAILED.' : 'Build succeeded.',
        `    ${String(errors.length)} Error(s)`,
        `Time Elapsed 00:00:0${seconds(random)}`,
      ].join('\n'),
    }),
  },
];

export function errorText(random: Random): string {
  const [a, b] = [pick(nouns, random), pick(nouns, random)];
  return pick(
    [
      `Type 'string' is not assignable to type '${a}'.`,
      `'${a}' is defined but never used`,
      `cannot find value ${a} in this scope`,
      `The name '${a}' does not exist in the current context`,
      `mismatched types: expected ${a}, found ${b}`,
    ],
    random,
  );
}
