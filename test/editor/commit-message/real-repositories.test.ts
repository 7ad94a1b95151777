import { rmSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { ensureGit } from '../../../scripts/lib/ensure-git.mjs';
import type { AnswerEvent } from '../../../src/core/terms/answer-event';
import type { RouteRequest } from '../../../src/core/terms/request';
import type { CommitMessageParts } from '../../../src/editor/commit-message/commit-messages';
import { createCommitMessages } from '../../../src/editor/commit-message/commit-messages';
import type { GitRepository } from '../../../src/editor/commit-message/git-access';
import { attemptWith, decisionWith } from '../../core/samples';
import type { RealRepository } from './real-repository';
import { createRealRepository } from './real-repository';
import { encodingOnDisk } from './vscode-on-disk';

/** Commit messages over real repositories: all of the surface but the editor itself. */

const { notices, questions, repositories } = vi.hoisted(() => ({
  notices: [] as string[],
  questions: [] as string[],
  repositories: [] as GitRepository[],
}));

vi.mock('vscode', () => import('./vscode-on-disk'));
vi.mock('../../../src/editor/commit-message/git-access', () => ({
  untracked: 7,
}));
vi.mock('../../../src/editor/notify', () => ({
  notify: (_severity: string, text: string) => notices.push(text),
  choose: (question: string, _detail: string, [first]: readonly string[]) => {
    questions.push(question);
    return Promise.resolve(first);
  },
  confirm: (question: string) => Promise.resolve(questions.push(question) < 0),
}));

let repository: RealRepository;
let asked: string[];

beforeAll(ensureGit);

beforeEach(() => {
  for (const list of [notices, questions, repositories]) list.length = 0;
  encodingOnDisk.setting = 'utf8';
  asked = [];
  repository = createRealRepository();
  repositories.push(repository.api);
});

afterEach(() => rmSync(repository.folder, { recursive: true, force: true }));

/** What stands in the box once a model has answered in this way. */
async function boxAfter(answer: string): Promise<string> {
  repository.look();
  async function* events(): AsyncGenerator<AnswerEvent> {
    yield await Promise.resolve({ type: 'decided', decision: decisionWith() });
    yield { type: 'text', text: answer };
    yield { type: 'finished', attempt: attemptWith(), truncated: false };
  }
  const messages = createCommitMessages({
    conduit: () =>
      Promise.resolve({
        answer: ({ messages: sent }: RouteRequest) => {
          asked.push(sent.map(({ text }) => text).join('\n'));
          return events();
        },
        observe: () => Promise.resolve(),
      }),
    configuration: { pool: () => Promise.resolve({ name: 'default' }) },
    newId: () => 'id',
    log: { error: () => undefined },
    onAnswered: () => undefined,
    git: { repositories: () => repositories },
  } as unknown as CommitMessageParts);
  await messages.write();
  messages.dispose();
  return repository.api.inputBox.value;
}

const sent = (): string => asked.at(-1) ?? '';

const message = 'feat: move the queue\n\nThe worker needs it: `a` and "b".\n\nRefs: #12';
const answers: readonly (readonly [string, string])[] = [
  ['as it is', message],
  ['in a fence', `\`\`\`\n${message}\n\`\`\``],
  ['announced', `Here is the commit message:\n\n${message}`],
  ['announced, in a fence, with a remark', `Sure!\n\n\`\`\`text\n${message}\n\`\`\`\n\nLet me know!`],
  ['announced in Chinese', `好的\uff0c以下是提交信息\uff1a\n\n${message}`],
  ['announced in French', `Voici le message de commit :\n\n${message}`],
  ['with thoughts', `<think>\nfeat: draft\n</think>\n\n${message}`],
  ['with a bold label', `**Commit message:**\n\n${message}`],
  ['with CRLF', message.replaceAll('\n', '\r\n')],
  ['as JSON', JSON.stringify({ message })],
  ['as a command', `\`\`\`bash\ngit commit -m '${message}'\n\`\`\``],
  ['as the first of two', `Option 1:\n\n${message}\n\nOption 2:\n\nfeat: something else`],
];

/** Brings a repository into a state, and says what of it has to be told to the model. */
const states: Readonly<Record<string, () => readonly string[]>> = {
  'a merge without a conflict': () => {
    diverge('other.txt', 'side\n');
    repository.git('merge', '--no-commit', '--no-ff', 'side');
    return ['diff --git a/other.txt b/other.txt', '+side'];
  },
  'a merge with conflicts': () => {
    diverge('file.txt', 'side\n');
    repository.tryGit('merge', 'side');
    return ['diff --cc file.txt', 'In conflict, and not resolved yet: file.txt'];
  },
  'a merge with conflicts beside what is staged': () => {
    diverge('file.txt', 'side\n', 'new.txt');
    repository.tryGit('merge', 'side');
    return ['diff --git a/new.txt b/new.txt', '* Unmerged path file.txt', 'not resolved yet: file.txt'];
  },
  'a rename with blanks': () => {
    repository.git('mv', 'file.txt', 'a new "name".txt');
    return ['rename from file.txt', 'rename to a new "name".txt'];
  },
  'a submodule': () => {
    repository.git('-c', 'protocol.file.allow=always', 'submodule', 'add', '-q', './', 'lib folder');
    return [
      'diff --git a/.gitmodules b/.gitmodules',
      'diff --git a/lib folder b/lib folder',
      '+Subproject commit',
    ];
  },
  'a binary file': () => {
    repository.stage('pic.bin', Uint8Array.from([0, 1, 2, 0, 255]));
    return ['Binary files /dev/null and b/pic.bin differ'];
  },
  'other letters': () => {
    repository.stage('näive 文件.txt', 'a\n');
    return ['diff --git a/näive 文件.txt b/näive 文件.txt'];
  },
  'a mode': () => {
    repository.git('update-index', '--chmod=+x', 'file.txt');
    return ['old mode 100644\nnew mode 100755'];
  },
  'an empty file': () => {
    repository.stage('empty', '');
    return ['diff --git a/empty b/empty\nnew file mode 100644'];
  },
  'a deleted file': () => {
    repository.git('rm', '-q', 'file.txt');
    return ['deleted file mode 100644', '-three'];
  },
  'files that git doesn’t know yet': () => {
    repository.write('folder/new.txt', 'a\r\nb\n');
    return ['diff --git a/folder/new.txt b/folder/new.txt\nnew file\n+a\r\n+b'];
  },
};

/** Two branches that change a file each in its own way. */
function diverge(name: string, text: string, more?: string): void {
  repository.git('checkout', '-q', '-b', 'side');
  repository.stage(name, text);
  if (more !== undefined) repository.stage(more, text);
  repository.git('commit', '-qm', 'feat: side');
  repository.git('checkout', '-q', 'main');
  repository.stage('file.txt', 'main\n');
  repository.git('commit', '-qm', 'feat: main');
}

describe.each(Object.entries(states))('%s', (_, bring) => {
  test('the model is told of it, and however it answers the box holds the message and nothing else', async () => {
    const told = bring();
    for (const [, answer] of answers) {
      repository.api.inputBox.value = '';
      expect(await boxAfter(answer)).toBe(message);
    }
    expect(asked).toHaveLength(answers.length);
    for (const part of told) expect(sent()).toContain(part);
    expect(sent()).not.toContain('\ufffd');
  });
});

describe('a merge with conflicts', () => {
  test('the user is told which files are in conflict', async () => {
    states['a merge with conflicts']?.();
    await boxAfter(message);
    expect(notices.at(-1)).toContain('Still in conflict, and to be resolved before the commit: file.txt');
  });
});

describe('the conventions of the repository', () => {
  test('are told, with its branch, its template and its rules', async () => {
    repository.git('checkout', '-q', '-b', 'feature/AB-12-queue');
    Object.assign(repository.api.state, { HEAD: { name: 'feature/AB-12-queue' } });
    repository.write('.template', '# Why is it needed?\n');
    repository.git('config', 'commit.template', '.template');
    repository.write('.commitlintrc.yml', 'rules:\n  header-max-length: [2, always, 60]\n');
    repository.stage('a.txt', 'a\n');
    await boxAfter(message);
    expect(sent()).toContain('Types among them: docs, fix, feat.');
    expect(sent()).toContain('The branch is called feature/AB-12-queue.');
    expect(sent()).toContain('# Why is it needed?');
    expect(sent()).toContain('header-max-length: [2, always, 60]');
  });

  test('of commitlint stand in package.json too', async () => {
    repository.write(
      'package.json',
      '{"name":"a","commitlint":{"extends":["@commitlint/config-conventional"]}}',
    );
    repository.stage('a.txt', 'a\n');
    await boxAfter(message);
    expect(sent()).toContain('{"extends":["@commitlint/config-conventional"]}');
  });

  test('what breaks them stands as it is, and is told', async () => {
    repository.stage('a.txt', 'a\n');
    const long = `Add ${'a'.repeat(80)}.`;
    expect(await boxAfter(long)).toBe(long);
    const told = notices.at(-1);
    expect(told).toContain('Its subject has 85 characters; those of the last commits have 11 at most');
    expect(told).toContain('ends with a full stop');
    expect(told).toContain('has no type before it');
  });
});

describe('bytes in another encoding', () => {
  const latin = (text: string): Uint8Array => Buffer.from(text, 'latin1');

  test('of what is staged are read as the editor reads the file', async () => {
    repository.stage('latin.txt', latin('caf\xe9\nd\xe9j\xe0\n'));
    repository.git('commit', '-qm', 'feat: latin');
    repository.stage('latin.txt', latin('th\xe9\nd\xe9j\xe0\n'));
    await boxAfter(message);
    expect(sent()).toContain('-café\n+thé\n déjà\n');
    expect(sent()).not.toContain('\ufffd');
    expect(notices.at(-1)).not.toContain('lost');
  });

  test('of what is not staged too, by the user’s setting', async () => {
    encodingOnDisk.setting = 'shiftjis';
    const line = (...bytes: readonly number[]): Uint8Array => Uint8Array.from([...bytes, 10]);
    repository.stage('sjis.txt', line(0x93, 0xfa));
    repository.git('commit', '-qm', 'feat: sjis');
    repository.write('sjis.txt', line(0x96, 0x7b));
    repository.write('new.txt', line(0x8c, 0xea));
    await boxAfter(message);
    expect(sent()).toContain('-日\n+本');
    expect(sent()).toContain('new file\n+語');
  });

  test('that nobody can read are told', async () => {
    repository.stage('sjis.txt', Uint8Array.from([0x93, 0xfa, 0x96, 0x7b, 10]));
    await boxAfter(message);
    expect(notices.at(-1)).toContain('characters of it were lost: sjis.txt');
  });
});

describe('secrets', () => {
  test('that are staged are asked about, and nothing is sent where that is refused', async () => {
    repository.stage('folder with blanks/.env', 'A=1\n');
    expect(await boxAfter(message)).toBe('');
    expect(questions).toEqual(['folder with blanks/.env may hold secrets. Send it to a model?']);
    expect(asked).toEqual([]);
  });

  test('in a merge that is not resolved too', async () => {
    diverge('.env', 'A=1\n');
    repository.stage('.env', 'A=2\n');
    repository.git('commit', '-qm', 'feat: env');
    repository.tryGit('merge', 'side');
    expect(await boxAfter(message)).toBe('');
    expect(questions.at(-1)).toContain('.env may hold secrets');
  });
});

test('a repository without a commit has a first one', async () => {
  rmSync(path.join(repository.folder, '.git'), { recursive: true });
  repository.git('init', '-q', '-b', 'main');
  repository.git('add', '.');
  expect(await boxAfter('feat: begin')).toBe('feat: begin');
  expect(sent()).toContain('This is the first commit of its repository.');
});
