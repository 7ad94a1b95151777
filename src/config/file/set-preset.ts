import type { PresetName } from '../../core/terms/preset';
import { withOption } from './set-option';

/** The text of a conduit.yaml with this preset in `router.preset`; undefined where that can't be done for sure. */
export function withPreset(text: string, preset: PresetName): string | undefined {
  return withOption(text, { section: 'router', key: 'preset', value: preset }, (empty) =>
    uncommented(empty, preset),
  );
}

/** The template's lines, used: a second router below them would forbid to use the rest of them. */
function uncommented(text: string, preset: PresetName): string | undefined {
  const lines = /^# router:(\r?\n)# {3}preset: \w+/m;
  return lines.test(text) ? text.replace(lines, `router:$1  preset: ${preset}`) : undefined;
}
