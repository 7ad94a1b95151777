import * as Viz from '@viz-js/viz';
import { arrowsBetween } from './rooms.mjs';

/** Where the picture stands in the project. */
export const pictureFile = 'docs/images/folders.svg';

/** What stands under the name of a folder. */
const captions = {
  'extension.ts': 'activate()',
  compose: 'builds what a window has',
  editor: 'the surfaces; alone knows vscode',
  webview: 'the pages, in a browser',
  'webview/protocol': 'messages of the pages',
  providers: 'wire protocols, dispatcher',
  config: 'conduit.yaml, environment',
  embedding: 'sentence encoder',
  files: 'private, written whole',
  ledger: 'what is stored',
  cache: 'memory, Redis',
  vendors: 'what is known of each vendor',
  text: 'code in answers, diffs',
  'core/conduit.ts': 'the door',
  'core/answering': 'request → decision → record',
  'core/stats': 'what the pages show',
  'core/routing': 'eligible, priced, drawn',
  'core/learning': 'ledger entries → state',
  'core/bandit': 'mathematics',
  'core/features': 'description',
  'core/reward': 'evidence',
  'core/terms': 'words and ports',
};

/** A card of its own behind the drawing, so that it can be read on a page of any colour. */
const style = `<style>
svg { --card: #ffffff; --ink: #1f2328; --soft: #59636e; --box: #f6f8fa; --core: #e8f1fb; --edge: #b7bec6; }
@media (prefers-color-scheme: dark) {
  svg { --card: #161b22; --ink: #e6edf3; --soft: #9aa4af; --box: #21262d; --core: #14263b; --edge: #4a535e; }
}
text { font-family: Helvetica, Arial, "Liberation Sans", sans-serif; fill: var(--soft); }
title + path + text { font-weight: 700; fill: var(--ink); }
.graph > polygon { fill: var(--card); stroke: none; }
.node path { fill: var(--box); stroke: var(--edge); }
.cluster polygon, .cluster path { fill: var(--core); stroke: var(--edge); }
.edge path { stroke: var(--soft); }
.edge polygon { fill: var(--soft); stroke: var(--soft); }
</style>`;

/** The folder of src that a file is in; the rooms of the core and what pages and editor share count by themselves. */
function folderOf(file) {
  return /^src\/(core\/[^/]+|webview\/protocol|[^/]+)/.exec(file)?.[1];
}

/**
 * The arrows between the folders of src that a reader needs: none that follows from others. Of code only what code
 * implies is left out, so that an arrow of types never stands for one of code.
 * @param {{ imports: { from: string, to: string, typeOnly: boolean }[] }} report of `checkLayers`
 */
function arrowsOfFolders({ imports }) {
  const arrows = arrowsBetween(imports, folderOf);
  const follows = ({ from, to, typeOnly }) => {
    const usable = typeOnly ? arrows : arrows.filter((arrow) => !arrow.typeOnly);
    const seen = new Set([from]);
    const open = usable.filter((arrow) => arrow.from === from && arrow.to !== to).map((arrow) => arrow.to);
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (next === to) return true;
      if (!seen.has(next))
        open.push(...usable.filter((arrow) => arrow.from === next).map((arrow) => arrow.to));
      seen.add(next);
    }
    return false;
  };
  return arrows.filter((arrow) => !follows(arrow));
}

/** As they stand in a drawing: `core/routing → core/learning`, sorted. */
export function arrowsInDrawing(svg) {
  const titles = svg.matchAll(/<g [^>]*class="edge(?: (types))?">\s*<title>(.*?)<\/title>/g);
  const plain = (text) => text.replaceAll('&#45;', '-').replaceAll('&gt;', '>').replace('->', ' → ');
  return Array.from(
    titles,
    ([, types, title]) => plain(title) + (types === undefined ? '' : ' (types)'),
  ).sort();
}

/** The same of the code. */
export function arrowsToDraw(report) {
  return arrowsOfFolders(report)
    .map(({ from, to, typeOnly }) => `${from} → ${to}${typeOnly ? ' (types)' : ''}`)
    .sort();
}

/** An SVG of the folders of src, the core in a box of its own. */
export async function drawFolders(report) {
  const folders = [...new Set(report.files.map(folderOf).filter((folder) => folder !== undefined))];
  const nodes = folders.map((name) => {
    const lines = [name.replace('core/', ''), captions[name]];
    return { name, attributes: { label: lines.filter((line) => line !== undefined).join('\n') } };
  });
  const isCore = ({ name }) => name.startsWith('core/');
  const font = { fontname: 'Helvetica', fontsize: 13 };
  const viz = await Viz.instance();
  const svg = viz.renderString(
    {
      directed: true,
      graphAttributes: { ...font, ranksep: 0.42, nodesep: 0.22, newrank: true, bgcolor: 'white', pad: 0.2 },
      nodeAttributes: { ...font, shape: 'box', style: 'rounded', margin: '0.16,0.08' },
      edgeAttributes: { arrowsize: 0.6 },
      nodes: nodes.filter((node) => !isCore(node)),
      subgraphs: [
        {
          name: 'cluster_core',
          graphAttributes: { label: 'core', style: 'rounded', margin: 12 },
          nodes: nodes.filter(isCore),
        },
      ],
      edges: arrowsOfFolders(report).map(({ from, to, typeOnly }) => ({
        tail: from,
        head: to,
        attributes: typeOnly ? { style: 'dashed', class: 'types' } : {},
      })),
    },
    { format: 'svg', engine: 'dot' },
  );
  return svg.slice(svg.indexOf('<svg')).replace(/(<svg[^>]*)>/, `$1 role="img">\n${style}`);
}
