import type { Uri } from 'vscode';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Read } from '../../../src/editor/attachments/sources';
import { fileSource } from '../../../src/editor/attachments/sources';
import { encodingInEditor, filesInEditor, workspace } from '../fake-vscode';

vi.mock('vscode', () => import('../fake-vscode'));

beforeEach(() => {
  filesInEditor.clear();
  encodingInEditor.setting = 'utf8';
  vi.restoreAllMocks();
});

/** What is read of a file with these bytes. */
async function read(bytes: Uint8Array | readonly number[]): Promise<Read> {
  filesInEditor.set('/work/app/a.txt', Uint8Array.from(bytes));
  return fileSource(uri).read();
}

const uri = { path: '/work/app/a.txt', toString: () => 'file:///work/app/a.txt' } as unknown as Uri;
const asText = (text: string): Read => ({ attachment: { label: 'a.txt', languageId: 'txt', text } });

describe('bytes of an attachment in another encoding', () => {
  test('are read as the editor reads them, and nothing is said', async () => {
    expect(await read(Buffer.from('Grüße', 'utf8'))).toEqual(asText('Grüße'));
    expect(await read(Buffer.from('\ufeffGrüße', 'utf16le'))).toEqual(asText('Grüße'));
    expect(await read(Buffer.from('let a = 1;\n', 'utf16le'))).toEqual(asText('let a = 1;\n'));
    encodingInEditor.setting = 'shiftjis';
    expect(await read([0x93, 0xfa, 0x96, 0x7b])).toEqual(asText('日本'));
    encodingInEditor.setting = 'gbk';
    expect(await read([0xd6, 0xd0])).toEqual(asText('中'));
  });

  test('that were taken for western ones are told', async () => {
    expect(await read(Buffer.from('Gr\xfc\xdfe', 'latin1'))).toEqual({
      ...asText('Grüße'),
      notice: 'a.txt is not in UTF-8, and was read as Windows-1252. If that is wrong, set files.encoding.',
    });
  });

  test('that nobody expects are refused, with what to do', async () => {
    expect(await read([0x93, 0xfa, 0x96, 0x7b])).toEqual({
      refused:
        'a.txt is in an encoding that the editor does not expect. Nothing of it was attached. Set files.encoding, or open it with its encoding, and attach it again.',
    });
  });

  test('of which one is lost are told', async () => {
    const bytes = [...Buffer.from('日本語 '.repeat(30)), 0x81, 10];
    expect(await read(bytes)).toMatchObject({
      notice:
        'a.txt has bytes that are no text in its encoding: 1 of its characters were lost. If it is in another one, set files.encoding.',
    });
  });

  test('that are no text are refused', async () => {
    expect(await read([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 1])).toEqual({
      refused: 'a.txt is not a text file. Nothing of it was attached.',
    });
  });

  test('that are open count as they are shown, unless characters were lost and nothing is typed yet', async () => {
    const open = { uri, languageId: 'plaintext', isDirty: false, getText: () => 'Gr\ufffd\ufffde' };
    vi.spyOn(workspace, 'textDocuments', 'get').mockImplementation(() => [open]);
    expect(await read(Buffer.from('Gr\xfc\xdfe', 'latin1'))).toMatchObject({ attachment: { text: 'Grüße' } });
    open.isDirty = true;
    expect(await read(Buffer.from('Gr\xfc\xdfe', 'latin1'))).toMatchObject({
      attachment: { text: 'Gr\ufffd\ufffde' },
    });
    open.getText = () => 'typed';
    expect(await read(Buffer.from('saved'))).toMatchObject({
      attachment: { text: 'typed', languageId: 'plaintext' },
    });
  });
});
