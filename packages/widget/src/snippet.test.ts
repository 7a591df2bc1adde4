import { assert } from 'chai';
import { addElementFor } from './snippet.js';
import { removeChats } from './testing/chat.js';

function addScript(src: string, inbox: string): string {
  const script = document.createElement('script');
  script.type = 'text/plain'; // it only stands there
  script.src = src;
  script.dataset.inbox = inbox;
  document.head.append(script);
  return script.src;
}

describe('the one-line snippet', () => {
  afterEach(() => {
    removeChats();
    for (const script of document.querySelectorAll('script[data-inbox]')) script.remove();
  });

  it('adds one element, for the inbox its own script tag names', () => {
    addScript('/elsewhere.js', 'web_other');
    const url = addScript('/widget/v1.js', 'web_tulip_garden');
    addElementFor(url);
    addElementFor(url);
    const elements = [...document.querySelectorAll('helpline-chat')];
    assert.deepEqual(
      elements.map(({ inbox }) => inbox),
      ['web_tulip_garden'],
    );
  });

  it('leaves a page alone that has an element of its own', () => {
    document.body.append(document.createElement('helpline-chat'));
    addElementFor(addScript('/widget/v1.js', 'web_tulip_garden'));
    assert.lengthOf(document.querySelectorAll('helpline-chat'), 1);
  });

  it('adds nothing where the module was imported by other means', () => {
    addElementFor('https://shop.example/app.js');
    assert.isNull(document.querySelector('helpline-chat'));
  });
});
