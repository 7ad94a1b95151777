import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { slashWords } from '../../src/text/slash-commands';
import * as table from '../../src/editor/command-table';

const manifest = z
  .object({
    contributes: z.object({
      commands: z.array(z.object({ command: z.string(), title: z.string(), category: z.literal('Conduit') })),
      keybindings: z.array(z.object({ key: z.string(), when: z.string() })),
      menus: z.record(z.string(), z.array(z.object({ command: z.string() }))),
      configuration: z.object({ properties: z.record(z.string(), z.unknown()) }),
      views: z.object({ conduit: z.array(z.object({ id: z.string() })) }),
      chatParticipants: z.array(
        z.object({ id: z.string(), commands: z.array(z.object({ name: z.string() })) }),
      ),
      walkthroughs: z.array(
        z.object({
          id: z.string(),
          steps: z.array(
            z.object({
              description: z.string(),
              media: z.object({ svg: z.string() }),
              completionEvents: z.array(z.string()),
            }),
          ),
        }),
      ),
      languageModelChatProviders: z.array(z.object({ vendor: z.string() })),
    }),
  })
  .parse(JSON.parse(readFileSync('package.json', 'utf8'))).contributes;

test('package.json contributes the commands of the table, each once', () => {
  const contributed = manifest.commands.map(({ command }) => command);
  expect(contributed.toSorted()).toEqual(table.publicCommands.toSorted());
});

test('menus name only commands that exist', () => {
  const known = new Set<string>(table.publicCommands);
  const named = Object.values(manifest.menus)
    .flat()
    .map(({ command }) => command);
  expect(named.length).toBeGreaterThan(0);
  expect(named.filter((command) => !known.has(command))).toEqual([]);
});

test('settings, views, participant and vendor are the ones of the table', () => {
  expect(Object.keys(manifest.configuration.properties).toSorted()).toEqual(
    table.settings.map((name) => `conduit.${name}`).toSorted(),
  );
  expect(manifest.views.conduit.map(({ id }) => id).toSorted()).toEqual(
    Object.values(table.viewIds).toSorted(),
  );
  expect(manifest.chatParticipants.map(({ id }) => id)).toEqual([table.participantId]);
  expect(manifest.languageModelChatProviders.map(({ vendor }) => vendor)).toEqual([
    table.languageModelVendor,
  ]);
});

test('the participant has the commands of the chat view, and those that stand for its buttons', () => {
  const names = manifest.chatParticipants[0]?.commands.map(({ name }) => name);
  expect(names).toEqual([...slashWords([]).map(({ name }) => name), 'another', 'model']);
});

test('the walkthrough runs commands that exist, and each of its steps can be completed', () => {
  const words = z.record(z.string(), z.string()).parse(JSON.parse(readFileSync('package.nls.json', 'utf8')));
  const known = new Set<string>([...table.publicCommands, `${table.viewIds.chat}.focus`]);
  const [walkthrough] = manifest.walkthroughs;
  expect(walkthrough?.id).toBe(table.walkthroughId);
  const steps = walkthrough?.steps ?? [];
  expect(steps).toHaveLength(4);
  for (const { description, media, completionEvents } of steps) {
    const text = words[description.replaceAll('%', '')] ?? '';
    const commands = [...text.matchAll(/\(command:([\w.]+)\)/g)].map(([, command]) => command ?? '');
    expect(commands.length).toBeGreaterThan(0);
    expect(commands.filter((command) => !known.has(command))).toEqual([]);
    expect(existsSync(media.svg)).toBe(true);
    for (const event of completionEvents) {
      const [kind, name = ''] = event.split(':');
      const keys = table.firstSteps.map((step) => `conduit.${step}`);
      expect(kind === 'onContext' ? keys : table.publicCommands).toContain(name);
    }
  }
});

test('keys are ours in the text of an editor only: in its Find box they are the box’s', () => {
  expect(manifest.keybindings.filter(({ when }) => !when.startsWith('editorTextFocus && '))).toEqual([]);
});
