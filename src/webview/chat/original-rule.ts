import type { MarkdownIt, StateBlock } from 'markdown-it';

type BlockRule = (state: StateBlock, start: number, end: number, silent: boolean) => boolean;

/** The rule of that name that markdown-it has, for one that goes before it and then takes its place. */
export function originalRule(markdown: MarkdownIt, name: 'table' | 'reference'): BlockRule {
  const { ruler } = markdown.block;
  const all = ruler.getRules('');
  ruler.disable(name);
  const others = new Set(ruler.getRules(''));
  ruler.enable(name);
  return all.find((rule) => !others.has(rule)) ?? (() => false);
}
