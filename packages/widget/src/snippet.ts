/**
 * The one-line snippet: a script tag with `data-inbox` gets its element, unless the page has one of its own.
 * A module has no document.currentScript, so its tag is the one with the module's own address.
 */
export function addElementFor(moduleUrl: string): void {
  const tags = [...document.querySelectorAll<HTMLScriptElement>('script[data-inbox]')];
  const inbox = tags.find((tag) => tag.src === moduleUrl)?.dataset.inbox;
  if (!inbox || document.querySelector('helpline-chat')) return;
  const element = document.createElement('helpline-chat');
  element.inbox = inbox;
  document.body.append(element);
}

/** An async script may run before the page is read to its end. */
export function whenPageIsRead(run: () => void): void {
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', run, { once: true });
  else run();
}
