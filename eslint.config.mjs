import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

/** Only editor/notify.ts speaks to the user outside of Conduit's own views. */
const messages = {
  selector: 'MemberExpression[property.name=/^show(Information|Warning|Error)Message$/]',
  message: 'Say it through editor/notify.ts.',
};

const noClock =
  'The core knows neither the time (a port: core/terms/ports.ts) nor the time zone. Keep Unix ms; hours and days are made in src/editor, or by a function that is handed in, as startOfDayMs.';

/** Chance and time are arguments: a routing decision must replay. */
const clockAndChance = [
  { selector: "MemberExpression[object.name='Date']", message: noClock },
  { selector: ":matches(NewExpression, CallExpression)[callee.name='Date']", message: noClock },
  {
    selector: "MemberExpression[object.name='Math'][property.name='random']",
    message: 'Random is an argument.',
  },
];

const outsideWorld = [
  'clearInterval',
  'clearTimeout',
  'console',
  'crypto',
  'document',
  'fetch',
  'globalThis',
  'performance',
  'process',
  'queueMicrotask',
  'setImmediate',
  'setInterval',
  'setTimeout',
  'window',
].map((name) => ({ name, message: 'The core knows no clock, no editor and no network: take it as a port.' }));

export default defineConfig(
  globalIgnores(['dist/', '.cache/', 'coverage/', 'test/e2e/out/', 'test/fixtures/']),
  {
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      eqeqeq: 'error',
      'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
      'no-restricted-syntax': ['error', messages],
    },
  },
  {
    files: ['**/*.{ts,mts}'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      // `return log.warn(…)` ends a case of a switch in one line.
      '@typescript-eslint/no-confusing-void-expression': 'off',
      // The editor's own classes, such as Disposable, are used by their shape.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // A counter or an enum-like string in a message is no bug; objects and undefined are.
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      // Factories return closures: there is no `this` to lose.
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
    },
  },
  { files: ['src/editor/notify.ts'], rules: { 'no-restricted-syntax': 'off' } },
  {
    files: ['src/core/**'],
    rules: {
      'no-restricted-globals': ['error', ...outsideWorld],
      'no-restricted-syntax': ['error', messages, ...clockAndChance],
    },
  },
  {
    files: ['test/**', 'bench/**'],
    rules: { '@typescript-eslint/no-non-null-assertion': 'off' },
  },
  {
    files: ['**/*.d.mts', '*.mts', 'types/**'],
    extends: [tseslint.configs.disableTypeChecked],
    languageOptions: { parserOptions: { projectService: false } },
  },
);
