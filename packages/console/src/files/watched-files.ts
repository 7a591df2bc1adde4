import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { DraftFiles } from './draft-files.js';

/** Draws its host anew with every change of the files it shows. */
export class WatchedFiles implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  #files: DraftFiles | null = null;
  #unwatch = (): void => {};

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  get files(): DraftFiles | null {
    return this.#files;
  }

  show(files: DraftFiles | null): void {
    if (files === this.#files) return;
    this.#files = files;
    this.hostConnected();
    this.#host.requestUpdate();
  }

  hostConnected(): void {
    this.#unwatch();
    if (this.#files) this.#unwatch = this.#files.watch(() => this.#host.requestUpdate());
  }

  hostDisconnected(): void {
    this.#unwatch();
  }
}
