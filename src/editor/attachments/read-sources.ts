import * as l10n from '@vscode/l10n';
import { longestTogether } from '../../text/file-text';
import type { Attachment } from '../../text/attached-text';
import type { Source } from './sources';
import { numberText } from '../../text/local-format';

/** A source with what was read of it. */
export interface ReadSource extends Source {
  readonly attachment: Attachment;
  readonly notice?: string;
}

/**
 * Reads those that can be read. What can't, and what is more than `room` characters together with those before it, is
 * left out, and told.
 */
export async function readSources(
  sources: readonly Source[],
  room: number,
  tell: (text: string) => void,
): Promise<readonly ReadSource[]> {
  const read: ReadSource[] = [];
  let left = room;
  for (const source of sources) {
    const result = await source.read();
    if ('refused' in result) {
      tell(result.refused);
      continue;
    }
    const { attachment, notice } = result;
    if (attachment.text.length > left) {
      tell(
        l10n.t(
          '{0} was left out: more than {1} characters can’t go with one question.',
          attachment.label,
          numberText(longestTogether),
        ),
      );
      continue;
    }
    left -= attachment.text.length;
    read.push({
      key: source.key,
      icon: source.icon,
      read: () => source.read(),
      attachment,
      ...(notice !== undefined && { notice }),
    });
  }
  return read;
}
