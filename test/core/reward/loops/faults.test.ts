import { describe, expect, test } from 'vitest';
import { callKindOf } from '../../../../src/core/reward/loops/commands';
import { faultOf } from '../../../../src/core/reward/loops/faults';
import { dialects } from './dialects';

const faultIn = (name: string, text: string, command?: string): string | undefined =>
  faultOf(callKindOf({ name, input: command === undefined ? {} : { command }, result: text }), text);

describe('arguments that a tool refuses', () => {
  test.each([
    ['create_directory', "ERROR: Your input to the tool was invalid (must have required property 'dirPath')"],
    [
      'read_file',
      'ERROR: Your input to the tool was invalid (must be string)\nPlease check your input and try again.',
    ],
    ['write_to_file', "Missing value for required parameter 'content'. Please retry with complete response."],
    ['read_file', "Missing value for required parameter 'path'. Please retry with complete response."],
    ['mcp_shop_order', 'MCP error -32602: Invalid arguments for tool order: [{"code":"invalid_type"}]'],
    [
      'Read',
      '<tool_use_error>InputValidationError: Read failed due to the following issue:\nThe required parameter `file_path` is missing</tool_use_error>',
    ],
    ['order', '[{"code":"invalid_type","expected":"array","received":"string"}]'],
    ['order', '1 validation error for OrderInput\nitems\n  Field required [type=missing]'],
    ['order', "TypeError: order() got an unexpected keyword argument 'colour'"],
    ['task_complete', 'Tool "task_complete" does not exist.'],
    ['Edit', 'Error: Invalid JSON in arguments: Unexpected token } in JSON at position 12'],
  ])('%s: %s', (name, text) => {
    expect(faultIn(name, text)).toBe('bad-arguments');
  });
});

describe('edits that don’t apply', () => {
  test.each([
    [
      'replace_string_in_file',
      'Could not find matching text to replace. The string to replace must match exactly.',
    ],
    [
      'apply_diff',
      'Unable to apply diff to file: a.ts\n\n<error_details>\nNo sufficiently similar match found at line: 12',
    ],
    [
      'replace_in_file',
      'The tool execution failed with the following error:\n<error>\nThe SEARCH block:\nx\n...does not match anything in the file.\n</error>',
    ],
    ['Edit', '<tool_use_error>String to replace not found in file.\nString: a</tool_use_error>'],
    [
      'Edit',
      '<tool_use_error>Found 3 matches of the string to replace, but replace_all is false.</tool_use_error>',
    ],
    ['replace', 'Failed to edit, expected 1 occurrence(s) but found 3.'],
    [
      'str_replace_editor',
      'No replacement was performed, old_str `a` did not appear verbatim: no match in a.ts.',
    ],
    ['apply_patch', 'Error: Invalid context 4:\nconst a = 1;'],
    ['edit_file', '{"success":false,"error":"old_string not found in a.ts"}'],
    ['multi_edit', 'Input and output are identical'],
  ])('%s: %s', (name, text) => {
    expect(faultIn(name, text)).toBe('failed-edit');
  });

  test('a patch in a terminal', () => {
    expect(
      faultIn('Bash', 'error: patch failed: a.ts:3\nerror: a.ts: patch does not apply', 'git apply a.patch'),
    ).toBe('failed-edit');
    expect(faultIn('Bash', 'patching file a.ts\nHunk #1 FAILED at 3.', 'patch -p1 < a.patch')).toBe(
      'failed-edit',
    );
    expect(faultIn('Bash', 'patching file a.ts', 'patch -p1 < a.patch')).toBeUndefined();
  });

  test('none, where the tool says that it is done, whatever stands in the lines that it shows', () => {
    const lines = ['// no match: could not find', 'throw new Error("not found in file");', '}'];
    for (const { edit, create } of dialects) {
      const called = edit('src/no-match-hunk.ts', 'a', lines[0]!, lines, 0);
      expect(faultIn(called.name, called.result)).toBeUndefined();
      const created = create('src/no-match.ts', lines.join('\n'));
      expect(faultIn(created.name, created.result)).toBeUndefined();
    }
  });
});

describe('text that a tool only shows', () => {
  const source = [
    'export const message = "Your input to the tool was invalid";',
    'throw new McpError(-32602, "Invalid arguments for tool");',
    'Tests: 3 failed, 1 passed',
  ];
  test.each(dialects)('is no refusal, whatever it says ($name)', ({ read, search, run }) => {
    const file = read('src/errors.ts', 1, 3, source);
    expect(faultIn(file.name, file.result)).toBeUndefined();
    const found = search(
      'invalid',
      source.map((line) => `src/errors.ts:1:${line}`),
    );
    expect(faultIn(found.name, found.result)).toBeUndefined();
    const tests = run('npm test', source.join('\n'), 0);
    expect(faultIn(tests.name, tests.result, 'npm test')).toBeUndefined();
  });
});

test('what the user would not have is nobody’s fault', () => {
  expect(faultIn('run_in_terminal', 'The user cancelled the tool call.', 'rm -r dist')).toBe('denied');
  expect(faultIn('apply_diff', 'The user denied this operation.')).toBe('denied');
});

test('other errors: of commands by their code, of searches only where nothing else is said', () => {
  expect(faultIn('run_in_terminal', 'Cloning\n\nCommand exited with code 128', 'git clone x')).toBe('error');
  expect(faultIn('fetch_webpage', 'Error: connect ETIMEDOUT')).toBe('error');
  expect(
    faultIn('read_file', `Error handling\n${'This page explains errors.\n'.repeat(60)}`),
  ).toBeUndefined();
});

test('texts that are made to be slow to read are read', () => {
  const nasty = ['<', '<a', ' ', '\t', '(', '"', '-', '0', 'exit ', 'tool ', '\u001b[', ': '];
  for (const piece of nasty) {
    const text = piece.repeat(200_000);
    for (const name of ['read_file', 'Edit', 'Bash', 'order'])
      expect(typeof faultIn(name, text)).toMatch(/undefined|string/);
  }
});
