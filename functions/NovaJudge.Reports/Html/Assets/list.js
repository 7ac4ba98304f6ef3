// A list of any length: only the rows in sight exist.

const rowHeight = 64;
const spare = 8;

class RecordList {
  #numbers = [];
  #selected = -1;

  constructor(element, records, labels, onSelect) {
    this.element = element;
    this.records = records;
    this.labels = labels;
    this.onSelect = onSelect;
    this.space = make("div", { class: "space", role: "presentation" });
    element.append(this.space);
    element.addEventListener("scroll", () => this.#draw(), { passive: true });
    element.addEventListener("click", (event) => {
      const row = event.target.closest(".row");
      if (row) {
        this.select(Number(row.dataset.number), "hand");
      }
    });
    element.addEventListener("keydown", (event) => this.#key(event));
    new ResizeObserver(() => this.#draw()).observe(element);
  }

  get length() {
    return this.#numbers.length;
  }

  get selected() {
    return this.#selected;
  }

  get position() {
    return this.#numbers.indexOf(this.#selected);
  }

  show(numbers) {
    this.#numbers = numbers;
    // The hint would be no option of the list box, so the list has no role while it is empty.
    this.element.setAttribute("role", numbers.length > 0 ? "listbox" : "group");
    this.space.style.height = `${Math.max(1, numbers.length) * rowHeight}px`;
    this.#draw();
  }

  // How: by "hand", by "keys", by a "link", or as the "default" of a fresh list.
  select(number, how) {
    this.#selected = number;
    this.#reveal();
    this.#draw();
    this.onSelect(number, how);
  }

  move(step) {
    const at = this.position;
    const to = at < 0 ? 0 : Math.min(this.#numbers.length - 1, Math.max(0, at + step));
    if (this.#numbers.length > 0 && to !== at) {
      this.select(this.#numbers[to], "keys");
    }
  }

  #key(event) {
    const page = Math.max(1, Math.floor(this.element.clientHeight / rowHeight) - 1);
    const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -Infinity, End: Infinity };
    if (event.key in steps && !event.altKey && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      this.move(steps[event.key] === -Infinity ? -this.length : steps[event.key] === Infinity ? this.length : steps[event.key]);
    }
  }

  #reveal() {
    const top = this.position * rowHeight;
    const { scrollTop, clientHeight } = this.element;
    if (top < 0) {
      return;
    }
    if (top < scrollTop) {
      this.element.scrollTop = top;
    } else if (top + rowHeight > scrollTop + clientHeight) {
      this.element.scrollTop = top + rowHeight - clientHeight;
    }
  }

  #draw() {
    const first = Math.max(0, Math.floor(this.element.scrollTop / rowHeight) - spare);
    const last = Math.min(this.#numbers.length, Math.ceil((this.element.scrollTop + this.element.clientHeight) / rowHeight) + spare);
    const rows = [];
    for (let at = first; at < last; at++) {
      rows.push(this.#row(at));
    }
    if (this.#numbers.length === 0) {
      rows.push(make("p", { class: "empty" }, this.records.entries.length === 0 ? "This run has no records." : "No record fits. Clear the search or the filters."));
    }
    this.space.replaceChildren(...rows);
    const selected = this.space.querySelector("[aria-selected='true']");
    if (selected) {
      this.element.setAttribute("aria-activedescendant", selected.id);
    } else {
      this.element.removeAttribute("aria-activedescendant");
    }
  }

  #row(at) {
    const number = this.#numbers[at];
    const { id, title, outcome, category } = this.records.entries[number];
    const below = [this.labels[outcome], category >= 0 ? plain(this.records.categories[category]) : "", plain(id)].filter((part) => part).join(" · ");
    const row = make(
      "div",
      {
        class: "row", role: "option", id: `row-${number}`, "data-number": number,
        "aria-selected": String(number === this.#selected), "aria-posinset": at + 1, "aria-setsize": this.#numbers.length,
      },
      make("span", { class: `dot ${outcome}`, "aria-hidden": "true" }),
      make("span", { class: "title" }, make("bdi", null, plain(title.replace(/\s+/g, " ").trim()) || "(no text)")),
      make("span"),
      make("span", { class: "below" }, below),
    );
    row.style.top = `${at * rowHeight}px`;
    return row;
  }
}
