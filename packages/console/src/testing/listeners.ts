/** The events of a stand-in. */
export class Listeners<Events> {
  readonly #listeners = new Set<{ name: keyof Events; hear: (event: never) => void }>();

  on<K extends keyof Events>(name: K, hear: (event: Events[K]) => void): () => void {
    const listener = { name, hear };
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  emit<K extends keyof Events>(name: K, event: Events[K]): void {
    for (const listener of this.#listeners)
      if (listener.name === name) (listener.hear as (event: Events[K]) => void)(event);
  }
}
