import { withOption } from './set-option';

/** The text of a conduit.yaml whose judge is turned on, with this model, or off; undefined where that can't be done for sure. */
export function withJudge(
  text: string,
  judge: { readonly enabled: true; readonly model: string } | { readonly enabled: false },
): string | undefined {
  const set = { section: 'judge', key: 'enabled', value: judge.enabled };
  if (!judge.enabled) return withOption(text, set);
  // The one before it in the file is written last.
  const named = withOption(text, { section: 'judge', key: 'model', value: judge.model });
  return named === undefined ? undefined : withOption(named, set);
}
