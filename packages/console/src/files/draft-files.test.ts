import { sendKeys } from '@web/test-runner-commands';
import { assert } from 'chai';
import { closeDesks, control, fill, find, get, openAnasChat, openDesk, textOf, texts, until } from '../testing/desk.js';
import { refusal } from '../testing/fake-client.js';
import { fromAna, mailFromAna } from '../testing/people.js';

const pdf = (name = 'offer.pdf') => new File(['an offer'], name, { type: 'application/pdf' });
const png = new File(['a picture'], 'image.png', { type: 'image/png' });
const composer = 'console-composer';
const file = `${composer} .draft-files li`;

type Desk = Awaited<ReturnType<typeof openAnasChat>>;

/** As somebody does who chooses files in the system's dialog. */
function choose(desk: Pick<Desk, 'app'>, files: File[], part = composer): void {
  const input = get(desk, `${part} input[type=file]`) as HTMLInputElement;
  const chosen = new DataTransfer();
  for (const one of files) chosen.items.add(one);
  input.files = chosen.files;
  input.dispatchEvent(new Event('change'));
}

function carrying(files: File[], text?: string): DataTransfer {
  const data = new DataTransfer();
  for (const one of files) data.items.add(one);
  if (text) data.setData('text/plain', text);
  return data;
}

const paste = (desk: Desk, data: DataTransfer) =>
  get(desk, `${composer} textarea`).dispatchEvent(
    new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
  );

const isSendOff = (desk: Desk) => (control(desk, 'Send') as HTMLButtonElement).disabled;

describe('files of an answer', () => {
  afterEach(closeDesks);

  it('are sent ahead with their progress, and named by the answer', async () => {
    const desk = await openAnasChat([fromAna(1, 'Can you send it?')]);
    choose(desk, [pdf()]);
    await until(() => find(desk, `${file} progress`) !== null);
    const [upload] = desk.client.uploads.sent;
    assert.equal(upload?.options.conversationId, 'anas-chat');
    upload?.progress(4);
    await until(() => (get(desk, `${file} progress`) as HTMLProgressElement).value === 4);
    assert.isTrue(isSendOff(desk));
    upload?.finish();
    await until(() => !isSendOff(desk));
    assert.equal(textOf(get(desk, `${composer} [role=status]`)), '1 of 1 files are ready');
    control(desk, 'Send').click();
    assert.deepEqual(desk.chat.outgoing[0]?.body, {
      kind: 'reply',
      text: '',
      expectedSeq: 1,
      attachments: [{ fileId: 'file-1', filename: 'offer.pdf', mimeType: 'application/pdf', size: 8, inline: false }],
    });
    await until(() => find(desk, file) === null);
    assert.deepEqual(texts(desk, 'console-log .outgoing .files li'), ['offer.pdf']);
  });

  it('come by drop as well', async () => {
    const desk = await openAnasChat([fromAna(1, 'Hello')]);
    const form = get(desk, `${composer} form`);
    const event = (type: string) =>
      new DragEvent(type, { dataTransfer: carrying([pdf('a.pdf'), pdf('b.pdf')]), bubbles: true, cancelable: true });
    form.dispatchEvent(event('dragover'));
    assert.isTrue(form.hasAttribute('data-drop'));
    form.dispatchEvent(event('drop'));
    assert.isFalse(form.hasAttribute('data-drop'));
    await until(() => texts(desk, `${file} .name`).join() === 'a.pdf,b.pdf');
  });

  it('stand in the text if they are pasted pictures; a copied table stays a text', async () => {
    const desk = await openAnasChat([mailFromAna(1)]);
    paste(desk, carrying([png], 'a\tb'));
    assert.lengthOf(desk.client.uploads.sent, 0);
    desk.client.uploads.atOnce = true;
    paste(desk, carrying([png]));
    await until(() => textOf(find(desk, file)).includes('in the text'));
    fill(get(desk, `${composer} textarea`), 'Look:');
    await until(() => !isSendOff(desk));
    control(desk, 'Send').click();
    assert.deepInclude(desk.chat.outgoing[0]?.body.attachments?.[0], { filename: 'image.png', inline: true });
  });

  it('can be taken back, also on their way, and the keys stay where they are', async () => {
    const desk = await openAnasChat([fromAna(1, 'Hello')]);
    choose(desk, [pdf('a.pdf'), pdf('b.pdf')]);
    await until(() => texts(desk, file).length === 2);
    const stop = control(desk, 'Stop uploading a.pdf');
    stop.focus();
    stop.click();
    await until(() => texts(desk, file).length === 1);
    assert.isTrue(desk.client.uploads.sent[0]?.options.signal?.aborted);
    assert.equal(get(desk, `${composer} form`).getRootNode() instanceof ShadowRoot, true);
    desk.client.uploads.sent[1]?.finish();
    await until(() => textOf(get(desk, `${composer} [role=status]`)).startsWith('1 of 1'));
    const remove = control(desk, 'Remove b.pdf');
    assert.equal((remove.getRootNode() as ShadowRoot).activeElement, remove);
    remove.click();
    await until(() => find(desk, file) === null);
    const attach = control(desk, 'Attach files');
    assert.equal((attach.getRootNode() as ShadowRoot).activeElement, attach);
  });

  it('say why they failed, and are tried again under the same id', async () => {
    const desk = await openAnasChat([fromAna(1, 'Hello')]);
    choose(desk, [pdf()]);
    await until(() => desk.client.uploads.sent.length === 1);
    desk.client.uploads.sent[0]?.fail(refusal('timeout'));
    await until(() => textOf(find(desk, `${file} .bad`)).length > 0);
    assert.isTrue(isSendOff(desk));
    control(desk, 'Try offer.pdf again').click();
    await until(() => desk.client.uploads.sent.length === 2);
    const [first, second] = desk.client.uploads.sent;
    assert.equal(first?.options.clientId, second?.options.clientId);
    second?.finish();
    await until(() => !isSendOff(desk));
  });

  it('are refused at once where the server would not take them', async () => {
    const desk = await openAnasChat([fromAna(1, 'Hello')]);
    choose(desk, [Object.defineProperty(pdf(), 'size', { value: 60 * 1024 * 1024 })]);
    desk.client.uploads.atOnce = true;
    const large = new File([], 'large.bin');
    Object.defineProperty(large, 'size', { value: 10 ** 9 });
    desk.app.store.filesOf('anas-chat').add([large]);
    await until(() => texts(desk, `${file} .bad`).some((text) => text.startsWith('Larger than')));
    assert.isTrue(isSendOff(desk));
  });

  it('go on coming while one looks elsewhere', async () => {
    const desk = await openAnasChat([fromAna(1, 'Hello')]);
    choose(desk, [pdf()]);
    await until(() => desk.client.uploads.sent.length === 1);
    location.hash = '#/mine';
    await until(() => find(desk, composer) === null);
    desk.client.uploads.sent[0]?.finish();
    location.hash = '#/conversations/anas-chat';
    await until(() => find(desk, file)?.dataset.state === 'ready');
  });

  it('are there again with an answer that is edited again', async () => {
    const desk = await openAnasChat([fromAna(1, 'Hello')]);
    desk.client.uploads.atOnce = true;
    choose(desk, [pdf()]);
    await until(() => !isSendOff(desk));
    control(desk, 'Send').click();
    desk.chat.refuse(refusal('too_large'));
    await until(() => find(desk, 'console-log .outgoing .actions') !== null);
    control(desk, 'Edit').click();
    await until(() => find(desk, file)?.dataset.state === 'ready');
    assert.lengthOf(desk.client.uploads.sent, 1);
  });

  it('go with a new mail, which belongs to no conversation yet', async () => {
    const desk = openDesk();
    await until(() => find(desk, 'console-views a') !== null);
    await until(() => desk.app.store.state.inboxes.size > 0);
    await sendKeys({ press: 'c' });
    await until(() => find(desk, 'console-mail-dialog dialog[open]') !== null);
    desk.client.uploads.atOnce = true;
    choose(desk, [pdf()], 'console-mail-dialog');
    fill(get(desk, 'console-mail-dialog [name=to]'), 'dora@rossi.example');
    fill(get(desk, 'console-mail-dialog [name=subject]'), 'The offer');
    await until(() => !(control(desk, 'Send mail') as HTMLButtonElement).disabled);
    control(desk, 'Send mail').click();
    await until(() => desk.client.asked.some((one) => one.startsWith('compose')));
    assert.include(desk.client.asked.join(), '"attachments":[{"fileId":"file-1","inline":false}]');
    assert.isUndefined(desk.client.uploads.sent[0]?.options.conversationId);
  });
});
