import { toolKindOf, toolWordsOf } from '../../terms/tool-kind';
import type { LoopCall } from './loop-steps';

/** What a call of a tool is, for the signs that its result may show. */
export type CallKind =
  /** Changes a file. */
  | { readonly is: 'edit' }
  /** Tests, a build or a linter; those of one `family` are compared. */
  | { readonly is: 'check'; readonly family: Family; readonly piped: boolean }
  /** Only looks at something: a file, a search, a page, output of what runs elsewhere. */
  | { readonly is: 'look' }
  | { readonly is: 'wait' }
  /** Keeps a plan, or asks somebody. */
  | { readonly is: 'plan' }
  /** May do anything. */
  | { readonly is: 'other' };

type Family = 'tests' | 'build';

const setOf = (words: string): ReadonlySet<string> => new Set(words.split(' '));

const testWords = setOf(
  'test tests spec specs unittest jest vitest mocha pytest ava tap nextest ctest phpunit rspec tox nox e2e',
);
const buildWords = setOf(
  'build compile lint check checks typecheck types tsc eslint biome stylelint verify validate assemble package clippy vet ' +
    'errors problems diagnostics mypy pyright ruff flake8 pylint rubocop shellcheck golangci ktlint swiftlint ci',
);
/** Programs that do nothing but check. */
const checkers = setOf(
  'jest vitest mocha ava tap pytest tox nox ctest phpunit rspec tsc eslint biome stylelint mypy pyright ruff flake8 pylint ' +
    'rubocop shellcheck golangci-lint ktlint swiftlint make ninja mvn mvnw gradle gradlew msbuild xcodebuild vue-tsc',
);
/** Programs that check where one of their words says so. */
const hosts = setOf(
  'npm pnpm yarn bun deno node python python3 ruby php go cargo dotnet cmake bazel swift mix rake just task nx turbo ' +
    'composer bundle poetry uv hatch rye sbt lein stack cabal zig dart flutter tsx ts-node npx bunx uvx',
);
const installs = setOf('install add i update upgrade remove view info outdated');
const lookers = setOf(
  'cat head tail less more grep egrep rg ag find fd ls tree wc stat file echo printf pwd which type env printenv awk jq curl ' +
    'wget ps df du date whoami uname diff cmp nl sort uniq cut column hexdump xxd strings',
);
/** What programs that may do anything only look at with. */
const looks: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['git', setOf('log diff status show blame branch remote ls-files grep rev-parse describe shortlog reflog')],
  ['docker', setOf('ps logs inspect images')],
  ['kubectl', setOf('get describe logs')],
  ['gh', setOf('view list status checks')],
  ['sed', setOf('-n')],
]);
const patchers = setOf('patch');
const before = setOf(
  'sudo time nice env command exec npx pnpx bunx yarn pnpm uv poetry run dlx cross-env dotenv',
);

/** What is printed goes into a file. */
const writes = /(?:^|[^\d&>])>{1,2} ?(?!\/dev\/null|[&\s])/;

/** By its name, and where it runs a command by that. */
export function callKindOf({ name, input }: LoopCall): CallKind {
  switch (toolKindOf(name)) {
    case 'plan':
      return { is: 'plan' };
    case 'edit':
      return { is: 'edit' };
    case 'explore':
      return { is: 'look' };
    case 'verify': {
      const command = commandIn(input);
      return command === undefined ? kindByName(name, input) : kindOfCommand(command);
    }
    case undefined:
      return { is: 'other' };
  }
}

function commandIn(input: LoopCall['input']): string | undefined {
  for (const name of ['command', 'cmd', 'commandLine', 'CommandLine', 'script']) {
    const value = input[name];
    if (typeof value === 'string') return value.slice(0, 2_000);
  }
  return undefined;
}

/** A tool that runs no command of the model's: the editor's tests, its list of problems, a task by its name. */
function kindByName(name: string, input: LoopCall['input']): CallKind {
  const task = [input['id'], input['task'], input['label']].find((value) => typeof value === 'string');
  const family = familyOf([...toolWordsOf(name), ...toolWordsOf(typeof task === 'string' ? task : '')]);
  if (family !== undefined) return { is: 'check', family, piped: false };
  return toolWordsOf(name).some((word) => word === 'output' || word === 'process')
    ? { is: 'look' }
    : { is: 'other' };
}

function kindOfCommand(command: string): CallKind {
  const piped = /[^|]\|[^|]/.test(command);
  const parts = command.split(/&&|\|\||[;|\n]/).map(wordsOfPart);
  const kinds = parts.flatMap((words) => kindOfPart(words) ?? []);
  const check = kinds.find((kind) => kind.is === 'check');
  if (check !== undefined) return { ...check, piped };
  const patch = kinds.find((kind) => kind.is === 'edit');
  if (patch !== undefined) return patch;
  if (writes.test(command) || kinds.some((kind) => kind.is === 'other')) return { is: 'other' };
  return (
    kinds.find((kind) => kind.is === 'look') ?? kinds.find((kind) => kind.is === 'wait') ?? { is: 'other' }
  );
}

/** The words of one program's call, without what stands before it. */
function wordsOfPart(part: string): readonly string[] {
  const words = part.trim().split(/\s+/).slice(0, 24);
  const first = words.findIndex((word) => !/^\w+=/.test(word));
  return first < 0 ? [] : words.slice(first);
}

/** Undefined where it does nothing: a change of folder. */
function kindOfPart(words: readonly string[]): CallKind | undefined {
  const [first = '', second = ''] = words;
  const program = programOf(first);
  if (program === '' || program === 'cd' || program === 'set' || program === 'export') return undefined;
  if (program === 'sleep' || program === 'wait') return { is: 'wait' };
  if (patchers.has(program) || (program === 'git' && (second === 'apply' || second === 'am')))
    return { is: 'edit' };
  const check = checkOf(program, words.slice(1));
  if (check !== undefined) return { is: 'check', family: check, piped: false };
  if (lookers.has(program)) return { is: 'look' };
  const looksAt = looks.get(program);
  return looksAt !== undefined && words.slice(1, 4).some((word) => looksAt.has(word))
    ? { is: 'look' }
    : { is: 'other' };
}

function checkOf(program: string, rest: readonly string[]): Family | undefined {
  if (checkers.has(program)) return familyOf([program, ...rest.flatMap(toolWordsOf)]) ?? 'build';
  if (!hosts.has(program) && !before.has(program)) return undefined;
  if (rest.some((word) => installs.has(word))) return undefined;
  const inner = rest.findIndex((word) => !before.has(word) && !word.startsWith('-'));
  const behind = rest.slice(Math.max(0, inner));
  const own = programOf(behind[0] ?? '');
  if (checkers.has(own)) return familyOf([own]) ?? 'build';
  return familyOf(behind.slice(0, 6).flatMap(toolWordsOf));
}

function familyOf(words: readonly string[]): Family | undefined {
  if (words.some((word) => testWords.has(word))) return 'tests';
  return words.some((word) => buildWords.has(word)) ? 'build' : undefined;
}

/** "./node_modules/.bin/jest" → jest. */
function programOf(word: string): string {
  return (word.split(/[/\\]/).at(-1) ?? '').replace(/\.(exe|cmd|bat|sh)$/, '').toLowerCase();
}
