import { estimateTokens } from '../../core/terms/tokens';
import type { CallOptions } from '../../core/terms/call-options';
import { mergedOptions, noOptions } from '../../core/terms/call-options';

/** Every current model takes a limit this high; a higher one may be more than a model can write, which is refused. */
const surelyAccepted = 4_096;

/** A request's options with a cost cap's limit on the answer, in tokens, where every model accepts it. */
export function optionsWithin(options: CallOptions = noOptions, cap: number | undefined): CallOptions {
  if (cap === undefined || cap > surelyAccepted) return options;
  return mergedOptions(options, { maxOutputTokens: Math.max(1, cap) });
}

/**
 * Says of an answer, as it grows, whether its estimated tokens exceed `cap`. No character is more than one token, so
 * it is only measured again when enough of them came.
 */
export function createCapWatch(cap: number | undefined): (answer: string) => boolean {
  if (cap === undefined) return () => false;
  let measureAt = cap + 1;
  return (answer) => {
    if (answer.length < measureAt) return false;
    const spare = cap - estimateTokens(answer);
    measureAt = answer.length + Math.max(1, spare);
    return spare < 0;
  };
}
