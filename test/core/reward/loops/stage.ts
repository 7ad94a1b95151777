import type { Message } from '../../../../src/core/terms/request';
import type { Random } from '../../../../src/core/terms/ports';
import { pick } from '../../seeded-random';
import type { Dialect } from './dialects';
import { dialects } from './dialects';

/** One call of a tool, with what it brought. */
export interface Called {
  readonly name: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly result: string;
}

/** A workspace with some files, and an agent that works in it: every method is a step of its loop. */
export interface Stage {
  readonly random: Random;
  readonly messages: readonly Message[];
  readonly files: ReadonlyMap<string, string[]>;
  /** A whole number from `least` to `most`. */
  between(least: number, most: number): number;
  /** One step with these calls. */
  step(...calls: readonly Called[]): void;
  read(path: string, from?: number, to?: number): void;
  /** Replaces one line of a file by `text`, where that is there; the tool says that it did. */
  edit(path: string, line: number, text: string): void;
  /** An edit whose text isn't in the file. */
  failEdit(path: string, old: string, text: string): void;
  create(path: string, text: string): void;
  run(command: string, output: string, code?: number): void;
  search(query: string, hits: readonly string[]): void;
  todo(done: number, of: number): void;
  /** Any tool, in a form of its own. */
  use(name: string, input: Called['input'], result: string): void;
}

const words =
  'account address amount archive badge basket batch branch buffer button cache card catalogue channel client colour ' +
  'column comment contact country currency customer date delivery device discount document draft email event export ' +
  'field filter folder header history image import index invoice item job key label layer ledger limit line link list ' +
  'locale login member menu message meter module name note notice number offer option order owner page panel parser ' +
  'payment person phone photo plan point policy price printer product profile project quote range rate record refund ' +
  'region report request result review route rule sale schedule scope score screen section sender service session shop ' +
  'signal size source stage status stock store street subject summary table tag task team template term text theme ticket ' +
  'time title token total tour trade user value vendor version view visit voucher warehouse week widget window zone';
export const nouns: readonly string[] = words.split(' ');

/** A line of code as there are many. */
export function codeLine(random: Random): string {
  const [a, b, c] = [pick(nouns, random), pick(nouns, random), pick(nouns, random)];
  return pick(
    [
      `  const ${a} = await load${upper(b)}(${c}.id);`,
      `  if (${a}.${b} === undefined) return ${c};`,
      `import { ${a} } from './${b}/${c}';`,
      `export function ${a}${upper(b)}(${c}: string): number {`,
      `  ${a}.${b}.push(${c});`,
      `  return ${a}.map(({ ${b} }) => ${b}.${c});`,
      `// The ${a} of a ${b} is that of its ${c}.`,
      '}',
      '',
    ],
    random,
  );
}

export function upper(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

export function stage(random: Random, dialect: Dialect = pick(dialects, random)): Stage {
  const messages: Message[] = [{ role: 'user', text: `Please take care of the ${pick(nouns, random)}.` }];
  const files = new Map<string, string[]>();
  let ids = 0;
  const between = (least: number, most: number): number => least + Math.floor(random() * (most - least + 1));

  function fileOf(path: string): string[] {
    const known = files.get(path) ?? Array.from({ length: between(40, 300) }, () => codeLine(random));
    files.set(path, known);
    return known;
  }

  function step(...calls: readonly Called[]): void {
    const placed = calls.map((call) => ({ ...call, id: `call_${String((ids += 1))}` }));
    messages.push(
      {
        role: 'assistant',
        text: random() < 0.5 ? `I look at the ${pick(nouns, random)}.` : '',
        toolCalls: placed.map(({ id, name, input }) => ({ id, name, input })),
      },
      { role: 'user', text: '', toolResults: placed.map(({ id, result }) => ({ callId: id, text: result })) },
    );
  }

  return {
    random,
    messages,
    files,
    between,
    step,
    read: (path, from = 1, to = 200) => {
      const lines = fileOf(path);
      step(dialect.read(path, from, Math.min(to, lines.length), lines));
    },
    edit: (path, line, text) => {
      const lines = fileOf(path);
      const at = Math.min(line, lines.length) - 1;
      const old = lines[at] ?? '';
      lines[at] = text;
      step(dialect.edit(path, old, text, lines, at));
    },
    failEdit: (path, old, text) => step(dialect.failEdit(path, old, text, fileOf(path))),
    create: (path, text) => {
      files.set(path, text.split('\n'));
      step(dialect.create(path, text));
    },
    run: (command, output, code = 0) => step(dialect.run(command, output, code)),
    search: (query, hits) => step(dialect.search(query, hits)),
    todo: (done, of) => step(dialect.todo(done, of)),
    use: (name, input, result) => step({ name, input, result }),
  };
}
