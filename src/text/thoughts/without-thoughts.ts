import { createThoughtFilter } from './thought-filter';

/**
 * An answer that is there as a whole, without what the model wrote of its thoughts. Thoughts that don't end are none of
 * it either; '' where there is nothing else.
 */
export function withoutThoughts(answer: string): string {
  const filter = createThoughtFilter();
  let text = '';
  for (const part of [...filter.take(answer), ...filter.end({ cut: true, alone: false })]) {
    if (part.type === 'text') text += part.text;
    else if (part.type === 'rethought') text = '';
  }
  return text;
}
