import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { commitMessageIn } from '../../../src/text/commit-prompt';

const fixtures = path.resolve(import.meta.dirname, '../../fixtures/commit');
const read = (name: string): string => readFileSync(path.join(fixtures, name), 'utf8');

interface Answered {
  readonly answer: string;
  readonly right: string | null;
}

const body = 'feat: add a\n\nBecause of b.';

describe('what is around a commit message', () => {
  test.each(JSON.parse(read('around/answers.json')) as readonly Answered[])(
    '$answer',
    ({ answer, right }) => {
      expect(commitMessageIn(answer)).toBe(right ?? '');
    },
  );

  test.each(['quotes/answer.txt', 'quotes/answer2.txt'])('marks that are no pair stay: %s', (name) => {
    expect(commitMessageIn(read(name))).toBe(read(name).trim());
  });

  test.each([
    'Here is the commit message:',
    'Here’s a commit message for these changes:',
    'Got it, here is the commit message:',
    'Sure! Here is one:',
    'Sure thing! Here you go:',
    'Certainly! Based on the diff, I suggest the following commit message:',
    'I would suggest this commit message:',
    'Based on the changes, the commit message is:',
    'Suggested commit message:',
    'Commit message:',
    '**Commit message:**',
    '**Commit Message**',
    '## Commit message',
    '### Suggested Commit Message:',
    'Voici le message de commit :',
    'Voilà :',
    'Bien sûr ! Voici une proposition :',
    'Proposition de message de commit :',
    'Hier ist die Commit-Nachricht:',
    'Gerne! Hier ist ein Vorschlag:',
    'Commit-Nachricht:',
    'Aquí está el mensaje de commit:',
    '¡Claro! Aquí tienes el mensaje:',
    'Aqui está a mensagem de commit:',
    'Ecco il messaggio di commit:',
    'Hier is het commitbericht:',
    'Oto wiadomość commita:',
    'Här är commit-meddelandet:',
    'Tässä on commit-viesti:',
    'Íme a commit üzenet:',
    'İşte commit mesajı:',
    'Вот сообщение коммита:',
    'Ось повідомлення коміту:',
    '好的,以下是提交信息:',
    '好的\uff0c以下是提交信息\uff1a',
    '提交信息\uff1a',
    '以下是根据变更生成的提交信息:',
    '提交信息:',
    '當然,以下是提交訊息:',
    'はい、以下がコミットメッセージです:',
    'コミットメッセージ:',
    '네, 다음은 커밋 메시지입니다\uff1a',
    '커밋 메시지:',
    'Đây là thông điệp commit:',
    'Berikut pesan commit-nya:',
    'إليك رسالة الالتزام:',
    'यहाँ कमिट संदेश है:',
    'הנה הודעת הקומיט:',
  ])('“%s” is no part of it', (announcement) => {
    for (const [open, close] of [
      ['\n\n', ''],
      ['\n', ''],
      ['\n\n```\n', '\n```'],
      ['\n```text\n', '\n```\n'],
      ['\n\n> ', ''],
    ] as const) {
      const message = open.includes('>') ? 'feat: add a' : body;
      expect(commitMessageIn(`${announcement}${open}${message}${close}`)).toBe(message);
    }
  });

  test.each([
    'The commit message is "feat: add a".',
    'I would write: feat: add a',
    'Commit message - feat: add a',
    'Commit message = "feat: add a"',
    'COMMIT_MESSAGE: feat: add a',
    '[commit message]\nfeat: add a',
    '=== COMMIT MESSAGE ===\nfeat: add a\n=== END ===',
    '---BEGIN COMMIT---\nfeat: add a\n---END COMMIT---',
    String.raw`\boxed{feat: add a}`,
    'feat: add a [/INST]',
    'assistant\n\nfeat: add a',
    'Assistant: feat: add a',
    'コミットメッセージは以下の通りです。\n\nfeat: add a',
    'Thinking Process:\n\n1. Read the diff.\n2. Write it.\n\nfeat: add a',
    'Run:\n\n```bash\ngit commit -m "feat: add a"\n```',
    '````markdown\n```\nfeat: add a\n```\n````',
    '<commit_message><![CDATA[feat: add a]]></commit_message>',
    '{"type":"feat","scope":null,"description":"add a"}',
    'A) feat: add a\nB) feat: bring a',
    'Sure! Here is the commit message: feat: add a',
    'Here is the commit message: `feat: add a`',
    '好的\uff0c提交信息如下\uff1afeat: add a',
    'Certainly!\n\nfeat: add a',
    'Sure, I can help with that.\n\nHere is the message:\n\nfeat: add a',
    'I have written a commit message for you.\n\nfeat: add a',
    'The changes move the queue. They are a feature.\n\nfeat: add a',
    'Looking at the staged files, I can identify the following changes:\n\n1. A new file\n2. A test\n\nHere is the commit message:\n\nfeat: add a',
    'Looking at the staged files, I can identify the following changes:\n\n- A new file\n- A test\n\nfeat: add a',
    'I looked at the diff, and it adds a.\n\n```\nfeat: add a\n```',
    '---\nfeat: add a\n---',
    '# feat: add a',
    '**feat: add a**',
    '> feat: add a',
    '    feat: add a',
    '- feat: add a',
    '<commit_message>\nfeat: add a\n</commit_message>',
    '<message>feat: add a</message>\n\nI hope this helps!',
    '```commit-message\nfeat: add a\n```',
    '```gitcommit\n"feat: add a"\n```',
    'Commit message:\n```text\n"feat: add a"\n```',
    '```diff\n+a\n```\n\nHere is the commit message:\n\nfeat: add a',
    '«feat: add a»',
    '“feat: add a”',
    '「feat: add a」',
    '``feat: add a``',
    'Commit: feat: add a',
    'Title: feat: add a',
    'Subject line: feat: add a',
    '**Title**: feat: add a',
    '标题\uff1afeat: add a',
    'Betreff: feat: add a',
    'feat: add a\n```',
    'A suitable commit message might be: "feat: add a"',
    'You could use: `feat: add a`',
    'feat: add a<|im_end|>',
    'feat: add a</s>\n',
  ])('a subject alone: %j', (answer) => {
    expect(commitMessageIn(answer)).toBe('feat: add a');
  });

  test.each([
    'Subject: feat: add a\n\nBody:\nBecause of b.',
    'Subject: feat: add a\nBody: Because of b.',
    '**Subject:** feat: add a\n\n**Body:**\n\nBecause of b.',
    'Title: feat: add a\nDescription: Because of b.',
    '## Subject\n\nfeat: add a\n\n## Body\n\nBecause of b.',
    '**Subject:**\n```\nfeat: add a\n```\n\n**Body:**\n```\nBecause of b.\n```',
    '标题\uff1afeat: add a\n正文\uff1aBecause of b.',
    '**feat: add a**\n\nBecause of b.',
    '`feat: add a`\n\nBecause of b.',
    '> feat: add a\n>\n> Because of b.',
    '"feat: add a\n\nBecause of b."',
    String.raw`"feat: add a\n\nBecause of b."`,
    String.raw`feat: add a\n\nBecause of b.`,
    '<commit-message>\n<subject>feat: add a</subject>\n<body>Because of b.</body>\n</commit-message>',
    '```yaml\nsubject: feat: add a\nbody: Because of b.\n```',
    'Option 1: feat: add a\n\nBecause of b.\n\nOption 2: feat: bring a',
    'Here it is:\n\n---\nfeat: add a\n\nBecause of b.\n---\n\nLet me know!',
    "```powershell\ngit commit -m @'\nfeat: add a\n\nBecause of b.\n'@\n```",
    'subject: "feat: add a"\nbody: |\n  Because of b.',
    '```yaml\nmessage: |\n  feat: add a\n\n  Because of b.\n```',
    'type: feat\nscope:\nsubject: add a\nbody: Because of b.',
    '{"commit":{"type":"feat","description":"add a","body":"Because of b."}}',
  ])('a subject and a body: %j', (answer) => {
    expect(commitMessageIn(answer)).toBe(body);
  });

  test.each([
    'This message says what the change does.',
    'This commit message follows the Conventional Commits format.',
    'Let me know if you’d like any changes!',
    '(72 characters)',
    '*(11 characters)*',
    'Character count: 11',
    '_This message is under 72 characters._',
    'P.S. I kept it short as you asked.',
    'This is a concise commit message that follows the conventions.',
    '> Note: adjust the scope if you like.',
    '**Note:** I assumed that b is unused.',
    'You can edit it as needed.',
    'Please note that these commit messages are just suggestions. Feel free to modify them.',
    'I hope this helps!',
    'Would you like me to shorten it?',
    'If you’d like a shorter one, tell me.',
    '---\n\nThis follows the style of the repository.',
    '**Explanation:**\n- `feat` is the type.\n- The subject is short.',
    '### Why this works\n\nIt is in the imperative.',
    'Explanation: the prefix `feat` says that it is new.',
    'I used the conventional prefix, as the last commits do.\n\nLet me know what you think.',
    '(This message follows the conventions of the repository.)',
    '(Note: this follows the style of the repository.)',
    'Here’s why I chose this message:\n- It is short.',
    'N’hésitez pas à me dire si vous voulez un autre message.',
    'Lass mich wissen, ob du Änderungen möchtest.',
    'Avísame si quieres otra versión.',
    'Fammi sapere se va bene.',
    '如果您需要修改,请告诉我。',
    '这条提交信息遵循约定式提交规范。',
    'このコミットメッセージは規約に従っています。',
    '이 커밋 메시지는 규칙을 따릅니다.',
    'Дайте знать, если нужно изменить.',
  ])('what the model says behind it goes: %j', (remark) => {
    expect(commitMessageIn(`${body}\n\n${remark}`)).toBe(body);
    expect(commitMessageIn(`Here it is:\n\n\`\`\`\n${body}\n\`\`\`\n\n${remark}`)).toBe(body);
  });

  test.each([
    ['numbered', '1. feat: add a\n2. feat: bring a\n3. feat: a'],
    ['numbered, in marks', 'Here are three options:\n\n1. `feat: add a`\n2. `feat: bring a`'],
    ['numbered, with bold numbers', '**1.** feat: add a\n**2.** feat: bring a'],
    ['with names on lines that follow', 'Option A: feat: add a\nOption B: feat: bring a'],
    ['numbered, bold', '1. **feat: add a**\n2. **feat: bring a**'],
    ['listed', 'Here are some options:\n\n- feat: add a\n- feat: bring a'],
    ['in fences', '```\nfeat: add a\n```\n\nor\n\n```\nfeat: bring a\n```'],
    [
      'in fences with names',
      '**Option 1:**\n```\nfeat: add a\n```\n\n**Option 2 (longer):**\n```\nfeat: bring a\n```',
    ],
    ['with names', 'Option 1: feat: add a\n\nOption 2: feat: bring a'],
    ['with names on lines of their own', '### Option 1\n\nfeat: add a\n\n### Option 2\n\nfeat: bring a'],
    ['in Chinese', '以下是几个选项\uff1a\n\n1. feat: add a\n2. feat: bring a'],
    ['in German', 'Hier sind drei Vorschläge:\n\n1. feat: add a\n2. feat: bring a'],
    ['as an afterthought', 'feat: add a\n\nAlternatively:\n\nfeat: bring a'],
    ['as paragraphs', 'Here are two suggestions:\n\nfeat: add a\n\nfeat: bring a'],
    ['as JSON', '["feat: add a", "feat: bring a"]'],
  ])('of several the first one is taken: %s', (_, answer) => {
    expect(commitMessageIn(answer)).toBe('feat: add a');
  });

  test.each([
    ['subject and body', '{"subject": "feat: add a", "body": "Because of b."}'],
    [
      'title and description, in a fence',
      '```json\n{\n  "title": "feat: add a",\n  "description": "Because of b."\n}\n```',
    ],
    ['a message', '{"message":"feat: add a\\n\\nBecause of b."}'],
    ['a name in capitals', '{"commitMessage":"feat: add a\\n\\nBecause of b."}'],
    [
      'an object within',
      '{"commit_message": {"subject": "feat: add a", "body": ["Because of b."]}}'.replace(
        '["Because of b."]',
        '"Because of b."',
      ),
    ],
    ['type apart', '{"type": "feat", "scope": "", "subject": "add a", "body": "Because of b."}'],
    ['ends of lines as they are', '{"subject": "feat: add a", "body": "Because of b.\n"}'],
    ['announced', 'Here is the commit message:\n{"subject": "feat: add a", "body": "Because of b."}'],
    ['a command', 'git commit -m "feat: add a" -m "Because of b."'],
    ['a command of several lines', '```bash\ngit add -A\ngit commit -m "feat: add a\n\nBecause of b."\n```'],
    ['a command behind another', "$ git add . && git commit -am 'feat: add a' -m 'Because of b.'"],
    [
      'a command with a text of its own',
      'git commit -m "$(cat <<\'EOF\'\nfeat: add a\n\nBecause of b.\nEOF\n)"',
    ],
    ['a command that reads', "git commit -F - <<'EOF'\nfeat: add a\n\nBecause of b.\nEOF"],
    ['a command with escapes', String.raw`git commit -m $'feat: add a\n\nBecause of b.'`],
  ])('a message in another form: %s', (_, answer) => {
    expect(commitMessageIn(answer)).toBe(body);
  });

  test.each([
    ['with a list', '{"subject":"feat: add a","body":["One","Two"]}', 'feat: add a\n\n- One\n- Two'],
    ['with trailers', '{"subject":"a b","trailers":{"Refs":"#1"}}', 'a b\n\nRefs: #1'],
    ['with a scope', '{"type":"fix","scope":"ui","subject":"a b"}', 'fix(ui): a b'],
    ['with marks', '{"subject":"Say \\"no\\" to `x`"}', 'Say "no" to `x`'],
    ['quoted by the shell', 'git commit -m "Say \\"no\\" to \\`x\\` for \\$5"', 'Say "no" to `x` for $5'],
  ])('JSON or a command %s', (_, answer, message) => {
    expect(commitMessageIn(answer)).toBe(message);
  });

  test.each([
    ['only an announcement', 'Here is the commit message:'],
    ['an empty fence', 'Here is the commit message:\n\n```\n```'],
    ['a refusal', 'I’m sorry, but I can’t see any changes.'],
    ['a question', 'Please provide the diff, and I will write a message for it.'],
    ['JSON without one', '{"error": "no changes"}'],
    ['a fence alone', '```'],
    ['blank lines', '\r\n \t\r\n'],
    ['thoughts alone', '<think>Hm.</think>'],
  ])('an answer without a message has none: %s', (_, answer) => {
    expect(commitMessageIn(answer)).toBe('');
  });
});

describe('what is part of a commit message', () => {
  test.each([
    'Fix these bugs:\n\n- the first\n- the second',
    'feat: support these flags:\n\n--one\n--two',
    'Show how to run it:\n\n```sh\nnpm start\n```',
    'Fix the output of:\n\n```\nnpm start;\n```',
    'docs: show how to run it:\n\n```\nNpm start\n```',
    'Add a\n\nHere is how it looks:\n\n```\na\n```',
    'Add a\n\n1. One\n2. Two',
    'Add a\n\n* One\n  more of it\n\n* Two',
    'Add a\n\nOption 1 of the menu is gone.\n\nOption 2 stays.',
    'Add a\n\nThis commit adds a.\n\nThis message is shown to the user where a is missing.',
    'Add a\n\nIf you want the old behaviour, set b.',
    'Add a\n\nNote: b is gone.',
    'Add a\n\nExplanation: b was slow.',
    'Add a\n\nExplanation: the error message was wrong.',
    'Add a\n\nNotes:\n\n- The prefix changes',
    'Add a\n\n### Why\n\nb is slow.',
    'Add a\n\nYou can use this to run b.',
    'Add a\n\nYou can edit it in the settings.',
    'Add a\n\nI hope that b stays.',
    'Option 1 is the default now',
    'Version 1: add a',
    'Choice A: prefer b',
    'Add a\n\nYou can now use a.',
    'Add a\n\nSigned-off-by: Ada <ada@example.com>\nCo-authored-by: Ann <ann@example.com>\nChange-Id: I0123\nRefs: #12',
    'Add a\n\nBREAKING CHANGE: b is gone',
    'Add a\n\n---\n\nb is gone.',
    'Add "a" and `b`',
    '"a" and "b" are added',
    '`a` is `b`',
    "Don't lose 'a' or 'b'",
    '“Retry” waits for “Done”',
    'JIRA-12: add a',
    '#12: add a',
    '[ui] Add a',
    ':sparkles: Add a',
    '✨ Add a',
    'message: add a',
    'right: align the table',
    'Document the commit message:\n\n- its subject',
    'Merge branch ‘side’',
    'Revert "Add a"\n\nThis reverts commit 0123456.',
    'git: commit the file',
    'Sure-fire: add a',
    'Okay button: make it larger',
    'Handle </think> in the middle of a text',
    '修复以下问题\uff1a\n\n- 一\n- 二',
    'Corrige los errores:\n\n- uno\n- dos',
  ])('%j stays as it is', (message) => {
    expect(commitMessageIn(message)).toBe(message);
    expect(commitMessageIn(`${message.replaceAll('\n', '\r\n')}\r\n`)).toBe(message);
    expect(commitMessageIn(`Here is the commit message:\n\n\`\`\`\`\n${message}\n\`\`\`\`\n`)).toBe(message);
    expect(commitMessageIn(`Commit message:\n\n${message}`)).toBe(message);
  });

  test.each([
    [
      'a block with a name',
      '```\nAdd a\n\n```ts\na(b);\n```\n\nMore.\n```',
      'Add a\n\n```ts\na(b);\n```\n\nMore.',
    ],
    ['a block without one', '```\nAdd a\n\n```\na(b);\n```\n```', 'Add a\n\n```\na(b);\n```'],
    ['a block of waves', '```\nAdd a\n\n~~~\na\n~~~\n```', 'Add a\n\n~~~\na\n~~~'],
    ['quoted marks within', '"Add "a" button"', 'Add "a" button'],
    ['an apostrophe within', "'Don't lose a'", "Don't lose a"],
  ])('its own marks stay where others are taken away: %s', (_, answer, message) => {
    expect(commitMessageIn(answer)).toBe(message);
  });
});

describe('thoughts', () => {
  test.each([
    ['with a draft in a fence', 'thoughts/answer.txt', 'thoughts/right.txt'],
    ['plainly', 'thoughts/b-answer.txt', 'thoughts/b-right.txt'],
    ['before a fence', 'thoughts/c-answer.txt', 'thoughts/c-right.txt'],
  ])('before a message %s', (_, answer, right) => {
    expect(commitMessageIn(read(answer))).toBe(read(right).trim());
  });

  test.each([
    ['of another name', '<thinking>\nHm.\n</thinking>\n\nHere is the commit message:\n\nfeat: add a'],
    ['whose beginning is missing', 'Hm. A feature.\n</think>\n\nfeat: add a'],
    ['in brackets', '[THINK]feat: draft[/THINK]feat: add a'],
    [
      'in channels',
      '<|channel|>analysis<|message|>Hm.<|end|><|start|>assistant<|channel|>final<|message|>feat: add a',
    ],
    ['twice', '<think>One.</think>\n<think>Two.</think>\n```\nfeat: add a\n```'],
    ['with an answer in a tag', '<think>Hm.</think><answer>feat: add a</answer>'],
  ])('%s', (_, answer) => {
    expect(commitMessageIn(answer)).toBe('feat: add a');
  });
});
