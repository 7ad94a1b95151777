import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import corrections from './corrections.json' with { type: 'json' };

/*
 * corrections.json has what a collection can't know: `mixed` are its models whose figures are of several, or that aren't
 * for chat; `same` names twice what is one; the rest are days, sizes and prices that it lacks or has wrong, by name, and
 * days by how names begin.
 */

/** Our family of tasks, by a collection's word for a task. What is absent says of a model as a whole, not of a family. */
const families = {
  'code-edit': 'code',
  'code-gen': 'code',
  'code-chat': 'code',
  'code-reading': 'code',
  'test-writing': 'code',
  'agentic-code': 'agentic',
  'tool-use': 'agentic',
  assistant: 'agentic',
  math: 'reasoning',
  reasoning: 'reasoning',
  'data-analysis': 'reasoning',
  reading: 'reading',
  'long-context': 'reading',
  knowledge: 'knowledge',
  science: 'knowledge',
  facts: 'facts',
  language: 'language',
  writing: 'language',
  'instruction-following': 'language',
};

/**
 * The compact facts of a collection of figures in its long form (JSON, gzipped or not): each model with its day, its size
 * in thousands of millions of parameters (and of those that work at a time), its list price at 3 tokens in to 1 out, and its figures as
 * "column:value" or "column:value@effort", one for each column and effort. Throws where the collection isn't of that form.
 */
export function collectedFrom(file) {
  const bytes = readFileSync(file);
  const text = bytes[0] === 0x1f ? gunzipSync(bytes) : bytes;
  const { sources, models } = JSON.parse(text.toString());
  const columns = new Map();
  const reduced = models
    .filter(({ name }) => !corrections.mixed.includes(name))
    .flatMap((model) => reducedOf(model, sources, columns));
  return {
    sources: Object.fromEntries(
      sources.map(({ id, title, site, date, measures, group }) => [
        id,
        { title, site, date, measures, group },
      ]),
    ),
    columns: [...columns.values()].map(({ source, family, of }) => ({ source, family, of })),
    models: Object.fromEntries(merged(reduced).toSorted(([a], [b]) => (a < b ? -1 : 1))),
  };
}

function reducedOf(model, sources, columns) {
  if (/-q\d(?:-|$)|-fp16$/.test(model.name)) return [];
  const figures = new Map();
  for (const { source, task, metric, value, unit, setting } of model.figures) {
    const key = [source, task, metric].filter(Boolean).join('/');
    const column = columns.get(key) ?? {
      at: columns.size,
      source,
      family: families[task],
      of: metric ?? task,
    };
    columns.set(key, column);
    const effort = effortOf(setting?.effort);
    const at = `${column.at}@${effort ?? ''}`;
    figures.set(at, [...(figures.get(at) ?? []), unit === 'elo' ? value : Math.min(100, value)]);
  }
  const name = writtenName(model);
  const { inputUsdPerMTok: input, outputUsdPerMTok: output } = model;
  const price = corrections.usdPerMTok[name] ?? (input > 0 ? (3 * input + output) / 4 : undefined);
  return [
    [
      corrections.same[name] ?? name,
      {
        released: corrections.released[name] ?? model.released ?? releasedByPrefix(name),
        sizeB: corrections.sizeB[name] ?? model.parametersB ?? sizeIn(name),
        activeB: activeOf(model, name),
        usdPerMTok: price && Number(price.toPrecision(3)),
        figures,
      },
    ],
  ];
}

const efforts = { xhigh: 'high', max: 'high', enabled: 'on' };

function effortOf(effort) {
  return efforts[effort] ?? effort;
}

/** The name with the points that a collection's ids lack: "qwen2-5-7b" is "qwen2.5-7b" by what else it is called. */
function writtenName({ name, aliases }) {
  const plain = (text) => text.toLowerCase().replaceAll(/[^a-z0-9]/g, '-');
  for (const alias of aliases.map((each) => each.slice(each.lastIndexOf('/') + 1)))
    if (plain(alias).startsWith(name) && /\d\.\d/.test(alias))
      return alias
        .slice(0, name.length)
        .toLowerCase()
        .replaceAll(/[^a-z0-9.]/g, '-');
  return name.replace(/^([a-z-]*\d)-(\d)(?=-|$)/, '$1.$2');
}

function sizeIn(name) {
  const [, experts, size] = /(?:^|[-x])(?:(\d+)x)?(\d+(?:\.\d+)?)b(?:-|$)/.exec(name) ?? [];
  return size === undefined ? undefined : Number(size) * (experts === undefined ? 1 : 0.72 * Number(experts));
}

/** Of a model of which only a part works at a time: how large that part is. */
function activeOf({ parametersB: all, activeParametersB: active }, name) {
  const [, written] = /-[ae](\d+(?:\.\d+)?)b(?:-|$)/.exec(name) ?? [];
  if (written !== undefined) return Number(written);
  return active < 0.9 * all ? active : undefined;
}

function releasedByPrefix(name) {
  return corrections.releasedByPrefix.find(([prefix]) => name.startsWith(prefix))?.[1];
}

/** Models that a collection has twice, with all the figures of both. */
function merged(models) {
  const all = new Map();
  for (const [name, model] of models) {
    const first = all.get(name);
    if (first === undefined) all.set(name, model);
    else {
      for (const [at, values] of model.figures)
        first.figures.set(at, [...(first.figures.get(at) ?? []), ...values]);
      for (const key of ['released', 'sizeB', 'activeB', 'usdPerMTok']) first[key] ??= model[key];
    }
  }
  return [...all].map(([name, { figures, ...facts }]) => [name, { ...facts, figures: written(figures) }]);
}

function written(figures) {
  return [...figures]
    .map(([at, values]) => {
      const [column, effort] = at.split('@');
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      return `${column}:${Number(mean.toFixed(mean > 200 ? 0 : 1))}${effort && `@${effort}`}`;
    })
    .join(' ');
}
