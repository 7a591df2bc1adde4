interface Waiting {
  weight: number;
  enter: () => void;
}

/** Holds only so much at once; the others wait in their order. What is larger than all of it is held alone. */
export class Room {
  readonly #size: number;
  readonly #waiting: Waiting[] = [];
  #held = 0;

  constructor(size: number) {
    this.#size = size;
  }

  async hold<T>(weight: number, work: () => Promise<T>): Promise<T> {
    const taken = Math.min(weight, this.#size);
    await new Promise<void>((enter) => {
      this.#waiting.push({ weight: taken, enter });
      this.#letIn();
    });
    try {
      return await work();
    } finally {
      this.#held -= taken;
      this.#letIn();
    }
  }

  #letIn(): void {
    for (let [next] = this.#waiting; next && this.#held + next.weight <= this.#size; [next] = this.#waiting) {
      this.#waiting.shift();
      this.#held += next.weight;
      next.enter();
    }
  }
}
