import path from 'node:path';
import { fileURLToPath } from 'node:url';
import CssMinimizerPlugin from 'css-minimizer-webpack-plugin';
import MiniCssExtractPlugin from 'mini-css-extract-plugin';

const root = path.dirname(fileURLToPath(import.meta.url));

const typescript = {
  test: /\.ts$/,
  loader: 'ts-loader',
  options: { transpileOnly: true, compilerOptions: { noEmit: false } },
};

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
    clean: { keep: /^webview/ },
  },
  externals: { vscode: 'commonjs vscode' },
  optimization: { chunkIds: 'named', splitChunks: { chunks: 'async' } },
  module: { rules: [typescript] },
});

/** One bundle per webview, with its style sheet beside it. */
const webview = (mode, page) => ({
  ...common(mode),
  name: page,
  target: ['web', 'es2022'],
  entry: { [page]: `./src/webview/${page}/main.ts` },
  output: {
    path: path.join(root, 'dist', 'webview'),
    filename: '[name].js',
    assetModuleFilename: '[name][ext]',
    publicPath: '',
  },
  optimization: { splitChunks: false, minimizer: ['...', new CssMinimizerPlugin()] },
  module: {
    rules: [
      typescript,
      { test: /\.css$/, use: [MiniCssExtractPlugin.loader, 'css-loader'] },
      { test: /\.(ttf|woff2?)$/, type: 'asset/resource' },
    ],
  },
  plugins: [new MiniCssExtractPlugin({ filename: '[name].css' })],
});

export default (_environment, { mode = 'production' }) => [
  extensionHost(mode),
  webview(mode, 'chat'),
  webview(mode, 'stats'),
];
