export type Unsubscribe = () => void;

/** Typed events; `on` gives back what ends the subscription. */
export class Emitter<Events> {
  readonly #listeners = new Map<keyof Events, Set<(event: never) => void>>();

  on<K extends keyof Events>(name: K, listener: (event: Events[K]) => void): Unsubscribe {
    const listeners = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, listeners.add(listener));
    return () => listeners.delete(listener);
  }

  emit<K extends keyof Events>(name: K, event: Events[K]): void {
    for (const listener of this.#listeners.get(name) ?? []) callApart(listener as (event: Events[K]) => void, event);
  }
}

/** What fails in the page's own listener is the page's to see; the client goes on. */
function callApart<E>(listener: (event: E) => void, event: E): void {
  try {
    listener(event);
  } catch (error) {
    setTimeout(() => {
      throw error;
    });
  }
}
