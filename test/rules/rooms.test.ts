import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Import, LayersReport } from '../../scripts/lib/layers.mjs';
import { checkLayers } from '../../scripts/lib/layers.mjs';
import { arrowsInDrawing, arrowsToDraw, drawFolders, pictureFile } from '../../scripts/lib/picture.mjs';
import { roomsOfCore } from '../../scripts/lib/rooms.mjs';

const project = path.resolve(import.meta.dirname, '../..');

const code = (from: string, to: string): Import => ({
  from: `src/${from}`,
  to: `src/${to}`,
  typeOnly: false,
});
const types = (from: string, to: string): Import => ({ ...code(from, to), typeOnly: true });

const stairDown = [
  code('core/conduit.ts', 'core/answering/answer.ts'),
  code('core/answering/answer.ts', 'core/routing/route.ts'),
  code('core/answering/record.ts', 'core/routing/route.ts'),
  code('core/routing/route.ts', 'core/bandit/draw.ts'),
  types('core/bandit/draw.ts', 'core/terms/request.ts'),
  code('core/answering/answer.ts', 'core/answering/record.ts'),
  code('editor/ask.ts', 'core/conduit.ts'),
];

const reportOf = (imports: readonly Import[]): Pick<LayersReport, 'files' | 'imports'> => ({
  files: [...new Set(imports.flatMap(({ from, to }) => [from, to]))],
  imports,
});

let real: LayersReport;
beforeAll(async () => {
  real = await checkLayers(project);
});

describe('the rooms of the core', () => {
  test('stand from the top, with their files and the arrows between them', () => {
    const { rooms, arrows, climbing } = roomsOfCore(reportOf(stairDown));
    expect(rooms.map(({ name, files }) => `${name} ${files}`)).toEqual([
      'conduit.ts 1',
      'answering 2',
      'routing 1',
      'bandit 1',
      'terms 1',
    ]);
    expect(arrows).toHaveLength(4);
    expect(arrows).toContainEqual({ from: 'answering', to: 'routing', count: 2, typeOnly: false });
    expect(climbing).toEqual([]);
  });

  test.each([
    ['to a room above', types('core/terms/request.ts', 'core/routing/route.ts')],
    ['to the door', types('core/stats/shares.ts', 'core/conduit.ts')],
    ['to a room of the same floor', code('core/bandit/draw.ts', 'core/reward/rules.ts')],
    ['to a room that the stair lacks', code('core/answering/answer.ts', 'core/helpers/small.ts')],
    ['from a room that the stair lacks', code('core/helpers/small.ts', 'core/terms/request.ts')],
  ])('an arrow %s climbs', (_, planted) => {
    const { climbing } = roomsOfCore(reportOf([...stairDown, planted]));
    const roomOf = (file: string): string | undefined => file.split('/')[2];
    expect(climbing.map(({ from, to }) => [from, to])).toEqual([[planted.from, planted.to].map(roomOf)]);
  });

  test('none climbs in the real sources', () => {
    const { rooms, arrows, climbing } = roomsOfCore(real);
    expect(rooms.length).toBeGreaterThan(5);
    expect(arrows.length).toBeGreaterThan(10);
    expect(climbing).toEqual([]);
  });
});

describe('the picture of the folders', () => {
  test('leaves out what follows from other arrows, but no code for the sake of types', () => {
    const imports = [
      code('compose/window.ts', 'editor/ask.ts'),
      code('compose/window.ts', 'text/diff.ts'),
      code('compose/window.ts', 'ledger/memory.ts'),
      code('editor/ask.ts', 'text/diff.ts'),
      types('editor/ask.ts', 'ledger/memory.ts'),
    ];
    expect(arrowsToDraw({ imports })).toEqual([
      'compose → editor',
      'compose → ledger',
      'editor → ledger (types)',
      'editor → text',
    ]);
  });

  test('shows each arrow that is to be drawn', async () => {
    expect(arrowsInDrawing(await drawFolders(real))).toEqual(arrowsToDraw(real));
  });

  test('is up to date with the imports of the code; if not: npm run picture', () => {
    const drawn = arrowsInDrawing(readFileSync(path.join(project, pictureFile), 'utf8'));
    expect(drawn).toEqual(arrowsToDraw(real));
  });
});
