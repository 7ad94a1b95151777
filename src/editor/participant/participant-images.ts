import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { z } from 'zod';
import type { Image } from '../../core/terms/tools';

/** Pictures that go with a request: pasted ones, and files. */
export interface PicturesOf {
  readonly images: readonly Image[];
  /** What else is referred to. */
  readonly others: readonly vscode.ChatPromptReference[];
}

/** No vendor takes larger ones, in bytes. */
const largestImage = 5_000_000;

/** Types that all vendors take, by how names end. */
const imageTypes: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
};

/** A pasted picture: no version of the API documents it for all extensions, but all of them hand it over. */
const pastedSchema = z.object({
  mimeType: z.string().startsWith('image/'),
  data: z.custom<() => Thenable<Uint8Array>>((value) => typeof value === 'function'),
});

/** Takes the pictures out of what a request refers to. `tell` is told what can't be sent, and `show` what goes along. */
export async function picturesOf(
  references: readonly vscode.ChatPromptReference[],
  tell: (text: string) => void,
  show: (uri: vscode.Uri) => void,
): Promise<PicturesOf> {
  const pictures = references.map((reference) => ({ reference, read: pictureOf(reference) }));
  const images: Image[] = [];
  for (const { reference, read } of pictures) {
    if (read === undefined) continue;
    const name = nameOf(reference);
    try {
      const { mimeType, bytes } = await read();
      if (bytes.length > largestImage) tell(l10n.t('{0} is too large to be sent as a picture.', name));
      else {
        images.push({ mimeType, base64: Buffer.from(bytes).toString('base64') });
        if (reference.value instanceof vscode.Uri) show(reference.value);
      }
    } catch {
      tell(l10n.t('{0} can’t be read. Nothing of it was attached.', name));
    }
  }
  const others = pictures.filter(({ read }) => read === undefined).map(({ reference }) => reference);
  return { images, others };
}

interface Picture {
  readonly mimeType: string;
  readonly bytes: Uint8Array;
}

function pictureOf({ value }: vscode.ChatPromptReference): (() => Promise<Picture>) | undefined {
  if (value instanceof vscode.Uri) {
    const mimeType = imageTypes[value.path.split('.').at(-1)?.toLowerCase() ?? ''];
    if (mimeType === undefined) return undefined;
    return async () => ({ mimeType, bytes: await vscode.workspace.fs.readFile(value) });
  }
  const pasted = pastedSchema.safeParse(value);
  if (!pasted.success) return undefined;
  const { mimeType } = pasted.data;
  // Called on the object itself: it is a method of a class.
  const { data } = value as { data(): Thenable<Uint8Array> };
  return async () => ({ mimeType, bytes: await data.call(value) });
}

function nameOf({ value, modelDescription, id }: vscode.ChatPromptReference): string {
  if (value instanceof vscode.Uri) return vscode.workspace.asRelativePath(value);
  return modelDescription ?? (id === '' ? l10n.t('Something attached') : id);
}

/** Pictures of the questions asked last, for another answer to one: they are too large for what the editor keeps. */
export interface AskedPictures {
  keep(conversationId: string, question: string, images: readonly Image[]): void;
  of(conversationId: string, question: string): readonly Image[];
}

/** Forgets the oldest first. */
export function createAskedPictures(most = 20): AskedPictures {
  const kept = new Map<string, readonly Image[]>();
  const keyOf = (conversationId: string, question: string): string => `${conversationId} ${question}`;
  return {
    keep: (conversationId, question, images) => {
      if (images.length === 0) return;
      kept.set(keyOf(conversationId, question), images);
      const [oldest] = kept.keys();
      if (kept.size > most && oldest !== undefined) kept.delete(oldest);
    },
    of: (conversationId, question) => kept.get(keyOf(conversationId, question)) ?? [],
  };
}
