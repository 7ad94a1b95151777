import type { Called } from './stage';

/** How the tools of an agent are called and what they answer: the shapes are those of agents that are much used. */
export interface Dialect {
  readonly name: string;
  read(path: string, from: number, to: number, lines: readonly string[]): Called;
  /** `lines` are those after the edit, `at` is the index of the one that was changed. */
  edit(path: string, old: string, text: string, lines: readonly string[], at: number): Called;
  failEdit(path: string, old: string, text: string, lines: readonly string[]): Called;
  create(path: string, text: string): Called;
  run(command: string, output: string, code: number): Called;
  search(query: string, hits: readonly string[]): Called;
  todo(done: number, of: number): Called;
}

const numbered = (lines: readonly string[], from: number, to: number, gap: string): string =>
  lines
    .slice(from - 1, to)
    .map((line, index) => `${String(from + index)}${gap}${line}`)
    .join('\n');

const states = (done: number, of: number): readonly string[] =>
  Array.from({ length: of }, (_, index) => (index < done ? 'completed' : 'pending'));

/** The editor's own agent. */
const editorAgent: Dialect = {
  name: 'the editor’s agent',
  read: (path, from, to, lines) => ({
    name: 'read_file',
    input: { filePath: `/work/${path}`, startLine: from, endLine: to },
    result: `File: \`/work/${path}\`. Lines ${String(from)} to ${String(to)} (${String(lines.length)} lines total): \n\`\`\`\n${lines.slice(from - 1, to).join('\n')}\n\`\`\``,
  }),
  edit: (path, old, text) => ({
    name: 'replace_string_in_file',
    input: { filePath: `/work/${path}`, oldString: old, newString: text, explanation: 'As asked.' },
    result: `The following files were successfully edited:\n/work/${path}`,
  }),
  failEdit: (path, old, text) => ({
    name: 'replace_string_in_file',
    input: { filePath: `/work/${path}`, oldString: old, newString: text },
    result: `ERROR while calling tool: Could not find matching text to replace in the file. Try making your search string more specific.`,
  }),
  create: (path, text) => ({
    name: 'create_file',
    input: { filePath: `/work/${path}`, content: text },
    result: `File created at /work/${path}`,
  }),
  run: (command, output, code) => ({
    name: 'run_in_terminal',
    input: { command, explanation: `Runs ${command}`, goal: 'See what it says', isBackground: false },
    result: code === 0 ? output : `${output}\n\nCommand exited with code ${String(code)}`,
  }),
  search: (query, hits) => ({
    name: 'grep_search',
    input: { query, isRegexp: false },
    result:
      hits.length === 0
        ? 'No matches found'
        : `${String(hits.length)} matches\n${hits.map((hit) => `<match path="/work/${hit.split(':')[0] ?? ''}">${hit}</match>`).join('\n')}`,
  }),
  todo: (done, of) => ({
    name: 'manage_todo_list',
    input: {
      operation: 'write',
      todoList: states(done, of).map((status, id) => ({ id, status, title: `Part ${String(id)}` })),
    },
    result: 'Successfully wrote todo list',
  }),
};

/** Agents that print the whole file after an edit, and wrap what went wrong in marks. */
const markedAgent: Dialect = {
  name: 'an agent with marks',
  read: (path, from, to, lines) => ({
    name: 'read_file',
    input: { args: { file: [{ path, line_range: `${String(from)}-${String(to)}` }] } },
    result: `<files>\n<file><path>${path}</path>\n<content lines="${String(from)}-${String(to)}">\n${numbered(lines, from, to, ' | ')}\n</content>\n</file>\n</files>`,
  }),
  edit: (path, old, text, lines, at) => ({
    name: 'apply_diff',
    input: {
      path,
      diff: `<<<<<<< SEARCH\n:start_line:${String(at + 1)}\n-------\n${old}\n=======\n${text}\n>>>>>>> REPLACE`,
    },
    result: `<file_write_result>\n<path>${path}</path>\n<operation>modified</operation>\n<notice>You do not need to re-read the file.</notice>\n${lines.slice(Math.max(0, at - 2), at + 3).join('\n')}\n</file_write_result>`,
  }),
  failEdit: (path, old, text, lines) => ({
    name: 'apply_diff',
    input: {
      path,
      diff: `<<<<<<< SEARCH\n:start_line:12\n-------\n${old}\n=======\n${text}\n>>>>>>> REPLACE`,
    },
    result: `Unable to apply diff to file: /work/${path}\n\n<error_details>\nNo sufficiently similar match found at line: 12 (61% similar, needs 100%)\n\nSearch Content:\n${old}\n\nBest Match Found:\n${numbered(lines, 10, 14, ' | ')}\n</error_details>`,
  }),
  create: (path, text) => ({
    name: 'write_to_file',
    input: { path, content: text, line_count: text.split('\n').length },
    result: `<file_write_result>\n<path>${path}</path>\n<operation>created</operation>\n</file_write_result>`,
  }),
  run: (command, output, code) => ({
    name: 'execute_command',
    input: { command, cwd: null },
    result: `Command executed in terminal within working directory '/work'. Exit code: ${String(code)}\nOutput:\n${output}`,
  }),
  search: (query, hits) => ({
    name: 'search_files',
    input: { path: '.', regex: query, file_pattern: null },
    result:
      hits.length === 0
        ? 'Found 0 results.'
        : `Found ${String(hits.length)} results.\n\n${hits.map((hit) => `# ${hit}\n----`).join('\n')}`,
  }),
  todo: (done, of) => ({
    name: 'update_todo_list',
    input: {
      todos: states(done, of)
        .map((status, id) => `[${status === 'completed' ? 'x' : ' '}] Part ${String(id)}`)
        .join('\n'),
    },
    result: 'Todo list updated successfully.',
  }),
};

/** Agents whose tools are few and named by one word. */
const wordAgent: Dialect = {
  name: 'an agent of one-word tools',
  read: (path, from, to, lines) => ({
    name: 'Read',
    input: { file_path: `/work/${path}`, offset: from, limit: to - from + 1 },
    result: numbered(lines, from, to, '→'),
  }),
  edit: (path, old, text, lines, at) => ({
    name: 'Edit',
    input: { file_path: `/work/${path}`, old_string: old, new_string: text },
    result: `The file /work/${path} has been updated. Here's the result of running \`cat -n\` on a snippet of the edited file:\n${numbered(lines, Math.max(1, at - 1), at + 3, '→')}`,
  }),
  failEdit: (path, old, text) => ({
    name: 'Edit',
    input: { file_path: `/work/${path}`, old_string: old, new_string: text },
    result: `<tool_use_error>String to replace not found in file.\nString: ${old}</tool_use_error>`,
  }),
  create: (path, text) => ({
    name: 'Write',
    input: { file_path: `/work/${path}`, content: text },
    result: `File created successfully at: /work/${path}`,
  }),
  run: (command, output, code) => ({
    name: 'Bash',
    input: { command, description: `Run ${command.split(' ')[0] ?? ''}` },
    result: code === 0 ? output : `Exit code ${String(code)}\n${output}`,
  }),
  search: (query, hits) => ({
    name: 'Grep',
    input: { pattern: query, output_mode: 'content', '-n': true },
    result: hits.length === 0 ? 'No matches found' : hits.join('\n'),
  }),
  todo: (done, of) => ({
    name: 'TodoWrite',
    input: { todos: states(done, of).map((status, id) => ({ content: `Part ${String(id)}`, status })) },
    result:
      'Todos have been modified successfully. Ensure that you continue to use the todo list to track your progress.',
  }),
};

export const dialects: readonly Dialect[] = [editorAgent, markedAgent, wordAgent];
