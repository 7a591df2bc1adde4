import { assert } from 'chai';
import { html, LitElement } from 'lit';
import { textOf, until } from '../testing/desk.js';
import { refusal } from '../testing/fake-client.js';
import { Loaded } from './loaded.js';

/** Shows the letter of a mailbox; the test answers what it asks for. */
class LetterBox extends LitElement {
  static override properties = { mailbox: { attribute: false } };
  declare mailbox: string | null;
  readonly asked: { mailbox: string | null; answer: (letter: string) => void; refuse: () => void }[] = [];
  readonly letter = new Loaded<string>(this, {
    wanted: () => this.mailbox,
    load: () =>
      new Promise((resolve, reject) => {
        this.asked.push({ mailbox: this.mailbox, answer: resolve, refuse: () => reject(refusal('busy')) });
      }),
  });

  constructor() {
    super();
    this.mailbox = null;
  }

  override render() {
    return html`${this.letter.render((letter) => html`<p>${letter}</p>`)}`;
  }
}
customElements.define('test-letter-box', LetterBox);

describe('what is loaded', () => {
  let box: LetterBox;
  const shown = (): string => textOf(box.renderRoot.querySelector('p'));

  beforeEach(() => {
    box = new LetterBox();
    document.body.append(box);
  });
  afterEach(() => box.remove());

  it('is asked for once it is wanted, and again when something else is', async () => {
    await box.updateComplete;
    assert.lengthOf(box.asked, 0);
    box.mailbox = 'ana';
    await until(() => box.asked.length === 1);
    box.asked[0]?.answer('From Ana');
    await until(() => shown() === 'From Ana');
    box.mailbox = 'ben';
    await until(() => box.asked.length === 2);
    assert.deepEqual(
      box.asked.map(({ mailbox }) => mailbox),
      ['ana', 'ben'],
    );
  });

  it('is never an answer to what was asked before', async () => {
    box.mailbox = 'ana';
    await until(() => box.asked.length === 1);
    box.mailbox = 'ben';
    await until(() => box.asked.length === 2);
    box.asked[1]?.answer('From Ben');
    await until(() => shown() === 'From Ben');
    box.asked[0]?.answer('From Ana');
    await new Promise((resolve) => setTimeout(resolve));
    await box.updateComplete;
    assert.equal(shown(), 'From Ben');
  });

  it('says what went wrong, and is asked for again', async () => {
    box.mailbox = 'ana';
    await until(() => box.asked.length === 1);
    box.asked[0]?.refuse();
    await until(() => box.renderRoot.querySelector('[role=alert]') !== null);
    box.renderRoot.querySelector('button')?.click();
    box.asked[1]?.answer('From Ana');
    await until(() => shown() === 'From Ana');
  });
});
