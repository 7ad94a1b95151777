import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import CssMinimizerPlugin from 'css-minimizer-webpack-plugin';
import MiniCssExtractPlugin from 'mini-css-extract-plugin';
import MinimizerPlugin from 'minimizer-webpack-plugin';
import webpack from 'webpack';
import { noteBundledPackages } from './scripts/lib/bundled-packages.mjs';

const root = path.dirname(fileURLToPath(import.meta.url));

const typescript = (mode) => ({
  test: /\.ts$/,
  loader: 'ts-loader',
  // Without its own map, webpack's maps lead to what the loader made, and breakpoints go astray.
  options: {
    transpileOnly: true,
    compilerOptions: { noEmit: false, allowImportingTsExtensions: false, sourceMap: mode !== 'production' },
  },
});

/** A sixth of the time of webpack's own minimizer, for 5 % more bytes; licences are in a file of their own. */
const minimizer = [
  new MinimizerPlugin({ minify: MinimizerPlugin.esbuildMinify, minimizerOptions: { legalComments: 'none' } }),
];

const common = (mode) => ({
  mode,
  devtool: mode === 'production' ? false : 'source-map',
  resolve: { extensions: ['.ts', '.mjs', '.js'] },
  performance: { hints: false },
  infrastructureLogging: { level: 'warn' },
  stats: 'errors-warnings',
});

/** The extension host's bundle. What `import()` loads becomes a chunk of its own, read when first needed. */
const extensionHost = (mode) => ({
  ...common(mode),
  name: 'extension',
  target: 'node22',
  entry: { extension: './src/extension.ts' },
  output: {
    path: path.join(root, 'dist'),
    filename: '[name].js',
    chunkFilename: 'chunks/[name].js',
    libraryTarget: 'commonjs2',
    clean: { keep: /^(webview|encoder|ledger-worker)/ },
  },
  externals: { vscode: 'commonjs vscode' },
  // An option of @redis/client, for hashes that nobody asks for here; it looks whether it is there.
  ignoreWarnings: [
    { module: /@redis.client/, message: /@node-rs.xxhash/ },
    // Another driver that pg takes where it is installed; it is asked for by name alone.
    { module: /pg.lib.native/, message: /pg-native/ },
  ],
  optimization: { chunkIds: 'named', splitChunks: { chunks: 'async' }, minimizer },
  module: { rules: [typescript(mode)] },
  plugins: [noteBundledPackages('extension')],
});

/** The worker thread that holds the ledger: one file, so that it starts quickly. */
export const ledgerWorker = (mode, folder = path.join(root, 'dist')) => ({
  ...common(mode),
  context: root,
  name: 'ledger-worker',
  target: 'node22',
  entry: { 'ledger-worker': './src/ledger/worker/worker.ts' },
  output: { path: folder, filename: '[name].js', libraryTarget: 'commonjs2' },
  optimization: { splitChunks: false, minimizer },
  module: { rules: [typescript(mode)] },
  // What it loads only when it is needed is in the same file.
  plugins: [new webpack.optimize.LimitChunkCountPlugin({ maxChunks: 1 }), noteBundledPackages('ledger')],
});

/** One bundle per webview, with its style sheet beside it. What `import()` loads is a file beside it, too. */
const webview = (mode, page) => ({
  ...common(mode),
  name: page,
  target: ['web', 'es2022'],
  entry: { [page]: `./src/webview/${page}/main.ts` },
  output: {
    path: path.join(root, 'dist', 'webview'),
    filename: '[name].js',
    assetModuleFilename: '[name][ext]',
    // Beside the page's script: the page itself has another address.
    publicPath: 'auto',
  },
  optimization: { splitChunks: false, minimizer: [...minimizer, new CssMinimizerPlugin()] },
  module: {
    rules: [
      typescript(mode),
      { test: /\.css$/, use: [MiniCssExtractPlugin.loader, 'css-loader'] },
      { test: /\.(ttf|woff2?)$/, type: 'asset/resource' },
    ],
  },
  plugins: [new MiniCssExtractPlugin({ filename: '[name].css' }), noteBundledPackages(page)],
});

/** The folder of a package that `from` depends on, whatever its `exports` let through. */
function packageFolder(name, from = import.meta.url) {
  const entry = createRequire(from).resolve(name);
  const folder = path.join('node_modules', name);
  return entry.slice(0, entry.lastIndexOf(folder) + folder.length);
}
const transformers = packageFolder('@huggingface/transformers');
const onnxruntimeWeb = packageFolder('onnxruntime-web');
const ofTransformers = (name) => packageFolder(name, path.join(transformers, 'package.json'));
const ofOnnxruntime = (name) => packageFolder(name, path.join(onnxruntimeWeb, 'package.json'));

/**
 * The sentence encoder's worker thread. Of the runtime only one wasm goes along, of the thirteen variants that
 * there are; it loads its two files itself, with an import() that webpack leaves alone. The CommonJS builds are
 * used, since in the others webpack would write this machine's paths for `import.meta.url`.
 */
export const encoder = (mode, folder = path.join(root, 'dist', 'encoder')) => ({
  ...common(mode),
  context: root,
  name: 'encoder',
  target: 'node22',
  entry: { worker: './src/embedding/worker.ts' },
  output: { path: folder, filename: '[name].js', libraryTarget: 'commonjs2' },
  optimization: { minimizer },
  resolve: {
    extensions: ['.ts', '.mjs', '.js'],
    alias: {
      '@huggingface/transformers$': path.join(transformers, 'dist', 'transformers.node.min.cjs'),
      'onnxruntime-web$': path.join(onnxruntimeWeb, 'dist', 'ort.node.min.js'),
      // One copy, for both.
      'onnxruntime-common$': ofOnnxruntime('onnxruntime-common'),
      // For pictures, with native code.
      sharp$: false,
    },
  },
  externals: {
    // transformers.js would require() the native runtime as soon as it is evaluated, and that isn't there.
    module: 'var { createRequire: () => () => undefined }',
  },
  module: {
    rules: [typescript(mode)],
    // It holds a copy of the browser's runtime, unused here, whose requires webpack can't follow.
    parser: { javascript: { unknownContextCritical: false, exprContextCritical: false } },
  },
  plugins: [
    { apply: (compiler) => compiler.hooks.afterEmit.tap('encoder', () => copyRuntime(folder)) },
    // The first two are in the build of transformers.js that is taken in, the third's wasm is copied.
    noteBundledPackages('encoder', [
      ofTransformers('@huggingface/tokenizers'),
      ofTransformers('@huggingface/jinja'),
      onnxruntimeWeb,
    ]),
  ],
});

/** What the worker reads at run time, and the licences of what is in its bundle. */
function copyRuntime(folder) {
  for (const file of ['ort-wasm-simd-threaded.mjs', 'ort-wasm-simd-threaded.wasm']) {
    copyFileSync(path.join(onnxruntimeWeb, 'dist', file), path.join(folder, file));
  }
  const licence = (package_) => readFileSync(path.join(package_, 'LICENSE'), 'utf8').trim();
  const texts = [
    `@huggingface/transformers and @huggingface/tokenizers\n\n${licence(ofTransformers('@huggingface/tokenizers'))}`,
    `@huggingface/jinja\n\n${licence(ofTransformers('@huggingface/jinja'))}`,
    // Its package has no text of its own: Microsoft's MIT licence has the words of ours.
    `ONNX Runtime\n\n${licence(root).replace(/Copyright.*/, 'Copyright (c) Microsoft Corporation')}`,
  ];
  writeFileSync(path.join(folder, 'LICENSES.txt'), texts.join(`\n\n${'-'.repeat(80)}\n\n`));
}

export default (_environment, { mode = 'production' }) => [
  extensionHost(mode),
  ledgerWorker(mode),
  webview(mode, 'chat'),
  webview(mode, 'stats'),
  webview(mode, 'doctor'),
  webview(mode, 'demo'),
  webview(mode, 'replay'),
  encoder(mode),
];
