import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export const projectFolder = path.resolve(import.meta.dirname, '../../..');
export const outputFolder = path.join(projectFolder, 'test', 'e2e', 'out');

/** The VSIX that `npm run package` writes. */
export function packagedVsix(): string {
  const { name, version } = JSON.parse(readFileSync(path.join(projectFolder, 'package.json'), 'utf8')) as {
    name: string;
    version: string;
  };
  return path.join(projectFolder, `${name}-${version}.vsix`);
}

/** The texts of all files of a name below a folder, oldest folder first; empty where there is none. */
export function readAll(folder: string, fileName: string): string {
  let names: string[];
  try {
    names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  } catch {
    return '';
  }
  return names
    .filter((name) => path.basename(name) === fileName)
    .sort()
    .map((name) => readFileSync(path.join(folder, name), 'utf8'))
    .join('');
}

/** Polls until the probe answers. Throws, with what it was waiting for, after `timeoutMs`. */
export async function eventually<T>(
  what: string,
  probe: () => T | undefined | Promise<T | undefined>,
  timeoutMs = 30_000,
): Promise<T> {
  const deadlineMs = Date.now() + timeoutMs;
  for (;;) {
    const found = await probe();
    if (found !== undefined) return found;
    if (Date.now() > deadlineMs) throw new Error(`Waited ${timeoutMs / 1000} s in vain for ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
