import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const source = path.resolve(import.meta.dirname, '../../src');

/** The folders of src with a file that imports this one, by the end of its path. */
function importersOf(module: string): readonly string[] {
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.ts'),
  );
  const importing = files.filter((file) =>
    readFileSync(path.join(source, file), 'utf8')
      .split('\n')
      .some((line) => line.startsWith('import') && line.includes(`${module}'`)),
  );
  return [...new Set(importing.map((file) => path.dirname(file).replaceAll('\\', '/')))].toSorted();
}

test('words are classified of Conduit’s own chats alone: never of what other extensions ask', () => {
  expect(importersOf('next-turn/turn-class')).toEqual(['editor/observations']);
  expect(importersOf('observations/next-turns')).toEqual(['editor/chat', 'editor/participant']);
});
