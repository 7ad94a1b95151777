import { describe, expect, test } from 'vitest';
import { callKindOf } from '../../../../src/core/reward/loops/commands';
import type { JsonObject } from '../../../../src/core/terms/tools';

const kindOf = (name: string, input: JsonObject = {}): string => {
  const kind = callKindOf({ name, input, result: undefined });
  return kind.is === 'check' ? `check ${kind.family}${kind.piped ? ' piped' : ''}` : kind.is;
};

describe('a tool by its name', () => {
  test.each([
    ['read_file', 'look'],
    ['builtin_grep_search', 'look'],
    ['mcp_playwright_browser_snapshot', 'other'],
    ['replace_string_in_file', 'edit'],
    ['apply_patch', 'edit'],
    ['manage_todo_list', 'plan'],
    ['runTests', 'check tests'],
    ['get_errors', 'check build'],
    ['get_terminal_output', 'look'],
    ['get_weather', 'other'],
  ])('%s: %s', (name, kind) => {
    expect(kindOf(name)).toBe(kind);
  });

  test('a task by its own name', () => {
    expect(kindOf('run_task', { id: 'npm: test', workspaceFolder: '/work/build' })).toBe('check tests');
    expect(kindOf('run_task', { id: 'shell: serve', workspaceFolder: '/work/test' })).toBe('other');
  });
});

describe('a command', () => {
  test.each([
    ['npm test', 'check tests'],
    ['cd packages/a && npx jest --silent 2>&1 | tail -20', 'check tests piped'],
    ['npm run test:unit', 'check tests'],
    ['pnpm --filter shop run typecheck', 'check build'],
    ['npx tsc --noEmit', 'check build'],
    ['CI=1 yarn vitest run', 'check tests'],
    ['./node_modules/.bin/mocha', 'check tests'],
    ['python3 -m pytest -q', 'check tests'],
    ['python -m unittest', 'check tests'],
    ['go test ./... || true', 'check tests'],
    ['cargo clippy', 'check build'],
    ['./gradlew test', 'check tests'],
    ['make', 'check build'],
    ['make test', 'check tests'],
    ['dotnet build', 'check build'],
    ['npm install jest', 'other'],
    ['node src/main.js', 'other'],
    ['git push origin main', 'other'],
    ['git status', 'look'],
    ['cat test-output.txt', 'look'],
    ['grep -rn "3 failed" src | head', 'look'],
    ['cat a.txt > b.txt', 'other'],
    ['ls 2>/dev/null', 'look'],
    ['sleep 30', 'wait'],
    ['sleep 5 && curl -s localhost:8080', 'look'],
    ['git apply fix.patch', 'edit'],
    ['', 'other'],
  ])('%s: %s', (command, kind) => {
    expect(kindOf('run_in_terminal', { command })).toBe(kind);
  });
});
