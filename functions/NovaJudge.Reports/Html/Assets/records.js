// The records of the run: an index of all, and blocks with the rest, opened when needed and kept.

class Records {
  #blocks;
  #opened = new Map();
  #texts = [];

  constructor(index) {
    this.entries = index.records.map(([id, title, outcome, category]) => ({ id, title, outcome, category }));
    this.categories = index.categories;
    this.total = index.total;
    this.#blocks = [];
    let first = 0;
    for (const size of index.blocks) {
      this.#blocks.push({ first, size });
      first += size;
    }
    this.byId = new Map(this.entries.map((entry, number) => [entry.id, number]));
  }

  static async open() {
    return new Records(await openBlock("index"));
  }

  async read(number) {
    const block = this.#blocks.findIndex((candidate) => number < candidate.first + candidate.size);
    return (await this.#open(block))[number - this.#blocks[block].first];
  }

  // Numbers of the records that hold every word of the query, block by block, so that the page stays alive meanwhile.
  async *search(query, numbers) {
    const wanted = query.toLowerCase().split(/\s+/).filter((word) => word !== "");
    const asked = new Set(numbers);
    for (let block = 0; block < this.#blocks.length; block++) {
      const { first, size } = this.#blocks[block];
      const texts = await this.#textsOf(block);
      const found = [];
      for (let offset = 0; offset < size; offset++) {
        if (asked.has(first + offset) && wanted.every((word) => texts[offset].includes(word))) {
          found.push(first + offset);
        }
      }
      yield found;
    }
  }

  // Opens every block ahead of a search, so that the first letters do not wait for all of them.
  async warm() {
    for (let block = 0; block < this.#blocks.length; block++) {
      await this.#textsOf(block);
    }
  }

  #textsOf(block) {
    this.#texts[block] ??= this.#read(block);
    return this.#texts[block];
  }

  async #read(block) {
    const { first } = this.#blocks[block];
    const records = await this.#open(block);
    return records.map((record, offset) => [
      this.entries[first + offset].id,
      record.question, record.text, record.cluster,
      ...(record.references ?? []),
      record.a?.text, record.a?.error, record.b?.text, record.b?.error, record.note,
      this.categories[this.entries[first + offset].category],
    ].filter((part) => part).join("\n").toLowerCase());
  }

  #open(block) {
    if (!this.#opened.has(block)) {
      this.#opened.set(block, openBlock(`block-${block}`));
    }
    return this.#opened.get(block);
  }
}
