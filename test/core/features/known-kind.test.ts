import { describe, expect, it } from 'vitest';
import { describe as describeRequest } from '../../../src/core/features/feature-space';
import type { Message, RouteRequest } from '../../../src/core/terms/request';
import type { KnownOfRequest, TaskKind } from '../../../src/core/terms/task';
import type { ToolDefinition } from '../../../src/core/terms/tools';
import { requestFor } from '../simulation';

const code = '```ts\nit("throws a TypeError", () => expect(load).toThrow(TypeError)); // fix: add docs\n```';

function kindOf(known: KnownOfRequest, prompt = `Do it.\n${code}`): string {
  return describeRequest({ ...requestFor(prompt), known }).task;
}

describe('what a surface knows', () => {
  it('goes before what the text is taken for', () => {
    for (const kind of ['commit-message', 'write-tests', 'rewrite'] as const) {
      const { task, domain, features } = describeRequest({
        ...requestFor('What is the capital of France?'),
        known: { kind, words: 'Fix this bug' },
      });
      expect(task).toBe(kind);
      expect(features).not.toEqual(describeRequest(requestFor('What is the capital of France?')).features);
      expect(domain).toBe(kind === 'rewrite' ? 'language' : 'code');
    }
  });

  it('changes nothing where it is nothing', () => {
    const request = requestFor(`Explain this\n${code}`);
    expect(describeRequest({ ...request, known: {} })).toEqual(describeRequest(request));
    expect(describeRequest({ ...request, known: { language: 'go' } })).toEqual(describeRequest(request));
  });

  it.each<readonly [words: string, language: string, kind: TaskKind]>([
    ['add a null check', 'typescript', 'write-code'],
    ['use a Set', 'ts', 'write-code'],
    ['', 'python', 'write-code'],
    ['make this shorter', 'python', 'refactor-code'],
    ['rename it to total', 'go', 'refactor-code'],
    ['it returns the wrong sum', 'java', 'fix-code'],
    ['what does this return for 0?', 'rust', 'explain-code'],
    ['is that fast enough?', 'cpp', 'explain-code'],
    ['how does this work', 'cpp', 'explain-code'],
    ['and in German?', 'csharp', 'explain-code'],
    ['cover it with tests', 'ruby', 'write-tests'],
    ['add docstrings', 'python', 'document-code'],
    ['finish it', 'kotlin', 'complete-code'],
    ['expose port 8080', 'dockerfile', 'command-or-configuration'],
    ['two replicas', 'yaml', 'command-or-configuration'],
    ['translate into French', 'markdown', 'rewrite'],
    ['summarize', 'plaintext', 'rewrite'],
    ['write a letter about it', 'md', 'write-prose'],
  ])('reads %j about %s as %s, whatever the code says', (words, language, kind) => {
    expect(kindOf({ words, language })).toBe(kind);
  });

  it('reads the words alone where nothing goes with them', () => {
    expect(kindOf({ words: 'What is the capital of France?' })).toBe('fact-question');
  });
});

const tool = (name: string): ToolDefinition => ({ name, description: '', inputSchema: undefined });
const tools = ['read_file', 'apply_patch', 'run_in_terminal'].map(tool);

/** The user's task, then one round of calls of these tools with their results. */
function afterCalls(...names: readonly string[]): readonly Message[] {
  const calls = names.map((name, index) => ({ id: `call-${String(index)}`, name, input: {} }));
  const toolResults = calls.map(({ id }) => ({ callId: id, text: 'done' }));
  return [
    { role: 'user', text: 'Fix the failing test.' },
    { role: 'assistant', text: '', toolCalls: calls },
    { role: 'user', text: '', toolResults },
  ];
}

function stepOf(change: Partial<RouteRequest>): string {
  return describeRequest({ ...requestFor('Fix the failing test.'), tools, ...change }).task;
}

describe('a step of an agent', () => {
  it('is one where tools are offered', () => {
    expect(stepOf({})).toBe('agent-step');
    expect(stepOf({ tools: [] })).toBe('fix-code');
    expect(stepOf({ tools: undefined })).toBe('fix-code');
  });

  it('is none where one tool must be called: it is the form of an answer', () => {
    expect(stepOf({ tools: [tool('answer')], toolUse: 'required' })).toBe('fix-code');
    expect(stepOf({ toolUse: 'required' })).toBe('agent-step');
  });

  it.each<readonly [phase: TaskKind, names: readonly string[]]>([
    [
      'agent-explore',
      [
        ...['read_file', 'copilot_readFile', 'Read', 'Grep', 'file_search', 'list_dir', 'semantic_search'],
        ...['view_image', 'web_search', 'fetch_webpage', 'list_code_usages', 'mcp__github__search_issues'],
        ...['get_definition', 'find_test_files', 'test_search', 'codebase', 'git_diff'],
      ],
    ],
    [
      'agent-edit',
      [
        ...['apply_patch', 'edit_file', 'MultiEdit', 'write_to_file', 'create_file', 'search_replace'],
        ...['replace_string_in_file', 'copilot_insertEdit', 'str_replace_based_edit_tool', 'deleteFile'],
      ],
    ],
    [
      'agent-verify',
      [
        ...['run_in_terminal', 'Bash', 'execute_command', 'runTests', 'get_errors', 'get_terminal_output'],
        ...['shell', 'local_shell_call', 'diagnostics', 'build_project', 'lint'],
      ],
    ],
    ['agent-step', ['look', 'update_todo_list', 'TodoWrite', 'runSubagent', 'think', 'x', '', '42']],
  ])('is %s by the name of the tool whose result came last', (phase, names) => {
    expect(names.map((name) => [name, stepOf({ messages: afterCalls(name) })])).toEqual(
      names.map((name) => [name, phase]),
    );
  });

  it('goes by the last result that tells, and by the last round', () => {
    expect(stepOf({ messages: afterCalls('read_file', 'apply_patch', 'TodoWrite') })).toBe('agent-edit');
    const rounds = [...afterCalls('apply_patch'), ...afterCalls('run_tests').slice(1)];
    expect(stepOf({ messages: rounds })).toBe('agent-verify');
  });

  it('begins anew with what the user says next', () => {
    const messages: readonly Message[] = [
      ...afterCalls('apply_patch'),
      { role: 'assistant', text: 'Done.' },
      { role: 'user', text: 'Now the docs.' },
    ];
    expect(stepOf({ messages })).toBe('agent-step');
  });

  it('is the answer where it may call no more', () => {
    expect(stepOf({ messages: afterCalls('read_file'), tools: [] })).toBe('agent-answer');
  });

  it('is told apart from others even where a result has no call, or a name is endless', () => {
    const messages: readonly Message[] = [
      { role: 'user', text: '', toolResults: [{ callId: 'x', text: '' }] },
    ];
    expect(stepOf({ messages })).toBe('agent-step');
    expect(stepOf({ messages: afterCalls('aA'.repeat(500_000)) })).toBe('agent-step');
  });
});
