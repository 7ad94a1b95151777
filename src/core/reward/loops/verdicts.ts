/** What the output of tests, a build or a linter says. */
export interface Outcome {
  /** Undefined: it doesn't tell. */
  readonly verdict: 'green' | 'red' | undefined;
  /** How many tests or errors it counts, or names where it counts none. */
  readonly failures: number;
  /** The lines that name what is wrong, without figures: durations and places differ from run to run. */
  readonly faults: ReadonlySet<string>;
}

/** Lines at the beginning and at the end that are read, and characters of each: output is anybody's text. */
const firstLines = 120;
const lastLines = 280;
const lineLength = 300;
const mostFaults = 60;

/** Where a line with counts begins; anything else may be a test's name. */
const counting =
  /^(?:\[\w+\] ?)?(?:tests?\b|test files|test suites|test result|suites|=+ |failed[!( ]|passed!|ran \d|#|ℹ|<summary|✖|found \d|\d+ (?:passed|failed|passing|failing|errors?\b|error\(s\)|failures?|examples?|problems?|tests?\b)|\d+% tests)/;
const failCounts =
  /(?<![=\d])(\d{1,7}) (?:tests? )?(?:failed|failing|failures?\b|errors?\b|error\(s\))(?![:=])/g;
const namedFailCounts = /\b(?:failed|failures|failing|errors|fail)[=:" ]{1,14}(\d{1,7})/g;
const passCounts =
  /(\d{1,7}) (?:tests? )?(?:passed|passing|passes|pass\b)|\b(?:passed|pass)[=:" ]{1,14}(\d{1,7})/;

const greenLines = [
  ...['build success', 'build succeeded', '[info] build success', 'success: no issues', 'all checks passed'],
  ...[
    'no errors found',
    'no problems',
    'no errors or warnings',
    'no lint',
    'no issues found',
    'compiled successfully',
  ],
  ...['all matched files use', 'all tests passed', '100% tests passed'],
];
const redLines = [
  ...[
    '--- fail:',
    'fail\t',
    'fail  ',
    'build failure',
    '[info] build failure',
    'build failed',
    'failures!',
    'npm err!',
    'npm error',
  ],
  ...[
    'error:',
    'error[',
    'error ts',
    '[error]',
    'failed ',
    'fail:',
    'make: ***',
    'fatal error',
    'fatal:',
    'panic:',
  ],
  ...['traceback (most recent', '● ', 'e: ', 'command failed', 'error in ', 'compilation failed', 'not ok '],
];
const redWithin = [
  ': error',
  ' error ts',
  'has the problem reported',
  '... failed',
  ' failed to compile',
  '  error  ',
];
const faultWithin = [
  'error',
  'fail',
  'assert',
  'expected',
  'undefined',
  'cannot',
  'not ',
  '×',
  '✗',
  '✕',
  '●',
];

/** `piped`: the exit code is that of another program, so that 0 says nothing, and neither does silence. */
export function outcomeOf(output: string, { piped }: { readonly piped: boolean }): Outcome {
  const lines = linesOf(output);
  let counted: 'green' | 'red' | undefined;
  let failures = 0;
  let named = 0;
  let said: 'green' | 'red' | undefined;
  const faults = new Set<string>();
  for (const line of lines) {
    const count = countIn(line);
    if (count !== undefined) {
      if (count.failures > 0) failures = Math.max(failures, count.failures);
      counted = counted === 'red' || count.failures > 0 ? 'red' : 'green';
    } else if (isRed(line)) {
      said = 'red';
      named += 1;
    } else if (said === undefined && isGreen(line)) said = 'green';
    if (faults.size < mostFaults && isFault(line, count)) faults.add(plainOf(line));
  }
  const code = exitCodeOf(lines);
  const failed = code !== undefined && code !== 0;
  const verdict = counted ?? said ?? verdictOfSilence(lines, code, piped);
  return { verdict: failed ? 'red' : verdict, failures: failures > 0 ? failures : named, faults };
}

/** Two outcomes that are red for the same: most of what they name is in both, and they count alike. */
export function isSameFault(one: Outcome, other: Outcome): boolean {
  if (one.verdict !== 'red' || other.verdict !== 'red' || one.failures !== other.failures) return false;
  const most = Math.max(one.faults.size, other.faults.size);
  if (most === 0) return true;
  const both = [...one.faults].filter((fault) => other.faults.has(fault)).length;
  return both >= 0.6 * most;
}

/** The code with which a command ended, as agents tell it in the first or last lines; undefined: it isn't told. */
export function exitCodeOf(lines: readonly string[]): number | undefined {
  for (const line of [...lines.slice(-3).toReversed(), ...lines.slice(0, 3)]) {
    const at = line.indexOf('exit');
    if (at < 0) continue;
    const code = /^exit(?:ed)?(?:[ _](?:with[ _])?(?:code|status|value))?[>:= "]{1,3}(\d{1,5})\b/.exec(
      line.slice(at),
    );
    if (code?.[1] !== undefined) return Number(code[1]);
  }
  return undefined;
}

/** The lines of a text that are read: without colours, small letters, none empty. */
export function linesOf(text: string): readonly string[] {
  const plain = text.replace(/\u001b\[[\d;]{0,20}[A-Za-z]/g, '');
  const lines = plain.split('\n').flatMap((line) => {
    const trimmed = line.slice(0, lineLength).trim().toLowerCase();
    return trimmed === '' ? [] : [trimmed];
  });
  if (lines.length <= firstLines + lastLines) return lines;
  return [...lines.slice(0, firstLines), ...lines.slice(-lastLines)];
}

/** Without figures. */
export function plainOf(line: string): string {
  return line.replace(/\d+/g, '#').replace(/\s+/g, ' ');
}

function countIn(line: string): { readonly failures: number } | undefined {
  if (!counting.test(line)) return undefined;
  const counts = [...line.matchAll(failCounts), ...line.matchAll(namedFailCounts)].map(([, count]) =>
    Number(count),
  );
  if (counts.length > 0) return { failures: Math.max(...counts) };
  return passCounts.test(line) ? { failures: 0 } : undefined;
}

function isRed(line: string): boolean {
  return (
    line === 'fail' ||
    redLines.some((begin) => line.startsWith(begin)) ||
    redWithin.some((part) => line.includes(part))
  );
}

function isGreen(line: string): boolean {
  return (
    line === 'ok' ||
    line.startsWith('ok \t') ||
    line.startsWith('ok  ') ||
    (line.startsWith('finished ') && line.includes('profile')) ||
    greenLines.some((begin) => line.startsWith(begin))
  );
}

function isFault(line: string, count: { readonly failures: number } | undefined): boolean {
  if (count !== undefined) return false;
  return isRed(line) || faultWithin.some((part) => line.includes(part));
}

function verdictOfSilence(
  lines: readonly string[],
  code: number | undefined,
  piped: boolean,
): 'green' | undefined {
  if (lines.length === 0) return piped ? undefined : 'green';
  return code === 0 && !piped ? 'green' : undefined;
}
