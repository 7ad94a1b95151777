import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { errorText } from '../shown/error-text';

/** The translated words for users, in the language that there is for what the editor speaks. */
export interface Words {
  /** BCP 47, of the words and so of the pages that show them. */
  readonly language: string;
  /** Translations by their English text; undefined: English as it stands in the code. */
  readonly translations: Readonly<Record<string, string>> | undefined;
  /** Why a translation that there should be could not be read. */
  readonly problem: string | undefined;
}

const english: Words = { language: 'en', translations: undefined, problem: undefined };
const fileSchema = z.record(z.string(), z.string());

/**
 * Reads `bundle.l10n.<language>.json` of a folder: of `de-AT`, else of `de`, else none, which is English. A file that
 * can't be read leaves English, with the reason.
 */
export function readWords(folder: string, editorLanguage: string): Words {
  for (const language of candidates(editorLanguage)) {
    const text = textOf(path.join(folder, `bundle.l10n.${language}.json`));
    if (text === undefined) continue;
    try {
      return { language, translations: fileSchema.parse(JSON.parse(text)), problem: undefined };
    } catch (error) {
      return { ...english, problem: `The translation to '${language}' is broken: ${errorText(error)}` };
    }
  }
  return english;
}

function candidates(editorLanguage: string): readonly string[] {
  const parts = editorLanguage.split('-');
  if (!parts.every((part) => /^[a-z\d]+$/i.test(part))) return [];
  return parts.map((_, dropped) =>
    parts
      .slice(0, parts.length - dropped)
      .join('-')
      .toLowerCase(),
  );
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
