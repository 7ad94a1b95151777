import * as l10n from '@vscode/l10n';
import { longestTogether } from './file-text';
import type { Ask } from './looks-secret';
import { agreeToSecrets, looksSecret } from './looks-secret';
import type { Attachment } from './selection';
import type { Source } from './sources';

/** What a composer needs to know of something attached. */
export interface PendingChip {
  readonly key: string;
  readonly label: string;
  readonly icon: Source['icon'];
}

/** What goes with the next question. */
export interface PendingAttachments {
  readonly chips: readonly PendingChip[];
  /** Attaches what can be read and may be sent; tells of the rest. */
  add(sources: readonly Source[]): Promise<void>;
  remove(key: string): void;
  /**
   * Reads all anew, with `more` that goes along this once, and forgets them. Undefined, and nothing is forgotten,
   * where the user does not want to send a secret.
   */
  take(more: readonly Attachment[]): Promise<readonly Attachment[] | undefined>;
}

export interface PendingParts {
  readonly ask: Ask;
  /** Says why something is not attached, or not whole. */
  readonly tell: (text: string) => void;
  readonly onChanged: () => void;
}

interface Pending extends Source {
  readonly attachment: Attachment;
  readonly notice?: string;
}

export function createPendingAttachments({ ask, tell, onChanged }: PendingParts): PendingAttachments {
  let pending: readonly Pending[] = [];

  /** Reads those that can be read; what is too much for one question is left out, and told. */
  async function readAll(sources: readonly Source[], room: number): Promise<readonly Pending[]> {
    const read: Pending[] = [];
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
            longestTogether.toLocaleString('en'),
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

  return {
    get chips() {
      return pending.map(({ key, icon, attachment }) => ({ key, icon, label: attachment.label }));
    },
    add: async (sources) => {
      const fresh = sources.filter(({ key }) => !pending.some((known) => known.key === key));
      const room = longestTogether - lengthOf(pending.map(({ attachment }) => attachment));
      const read = await readAll(fresh, room);
      if (
        !(await agreeToSecrets(
          read.map(({ attachment }) => attachment),
          ask,
        ))
      )
        return;
      pending = [...pending, ...read.filter(({ key }) => !pending.some((known) => known.key === key))];
      onChanged();
      for (const { notice } of read) if (notice !== undefined) tell(notice);
    },
    remove: (key) => {
      pending = pending.filter((known) => known.key !== key);
      onChanged();
    },
    take: async (more) => {
      const before = pending;
      const read = await readAll(before, longestTogether - lengthOf(more));
      const agreed = new Set(before.filter(hasSecret).map(({ key }) => key));
      const unasked = read.filter(({ key }) => !agreed.has(key)).map(({ attachment }) => attachment);
      if (!(await agreeToSecrets([...more, ...unasked], ask))) return undefined;
      pending = pending.filter((one) => !before.includes(one));
      onChanged();
      return [...more, ...read.map(({ attachment }) => attachment)];
    },
  };
}

function hasSecret({ attachment }: Pending): boolean {
  return looksSecret(attachment) !== undefined;
}

function lengthOf(attachments: readonly Attachment[]): number {
  return attachments.reduce((length, { text }) => length + text.length, 0);
}
