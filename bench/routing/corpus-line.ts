import { z } from 'zod';

const nonEmpty = (what: string) => z.string({ error: `expected ${what}` }).min(1, `expected ${what}`);
const quality = 'expected a number from 0 to 1';
const cost = 'expected a finite number of USD, 0 or more';

const schema = z.object({
  id: nonEmpty('an id'),
  domain: nonEmpty('the name of a domain'),
  prompt: z.string({ error: 'expected a text' }),
  models: z.record(
    z.string(),
    z.object(
      {
        quality: z.number({ error: quality }).min(0, quality).max(1, quality),
        cost_usd: z.number({ error: cost }).min(0, cost),
      },
      { error: 'expected an object with quality and cost_usd' },
    ),
    { error: 'expected an object with an entry for each model' },
  ),
});

export type CorpusLine = z.infer<typeof schema>;

/** The line's contents, or what is wrong with them: `models["gpt-4o"].quality: expected …, found 3`. */
export function parseCorpusLine(text: string): CorpusLine | { readonly problem: string } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (failure) {
    return { problem: `expected JSON: ${failure instanceof Error ? failure.message : String(failure)}` };
  }
  const parsed = schema.safeParse(value, { error: () => 'expected an object' });
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  if (issue === undefined) return { problem: 'expected a row of a corpus' };
  const where = issue.path.map(step).join('').replace(/^\./, '');
  const found = issue.path.reduce(childOf, value);
  return { problem: `${where === '' ? '' : `${where}: `}${issue.message}, found ${shown(found)}` };
}

/** A key as code would write it: `.quality`, `["gpt-4o"]`. */
function step(key: PropertyKey): string {
  const name = String(key);
  return /^[A-Za-z_]\w*$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
}

function childOf(parent: unknown, key: PropertyKey): unknown {
  return typeof parent === 'object' && parent !== null ? (Reflect.get(parent, key) as unknown) : undefined;
}

function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  // JSON.stringify would call Infinity, which 1e999 is read as, null.
  const text = typeof value === 'number' ? String(value) : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
