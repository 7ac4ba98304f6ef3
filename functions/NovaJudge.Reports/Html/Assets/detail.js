// One record: the prompt, both answers side by side, both passes of the judge.

class Detail {
  #number = -1;
  #marks = true;

  constructor(element, records, page) {
    this.element = element;
    this.records = records;
    this.page = page;
  }

  async show(number, position, length) {
    this.#number = number;
    const record = await this.records.read(number);
    if (number !== this.#number) {
      return;
    }
    const entry = this.records.entries[number];
    this.element.replaceChildren(...this.#parts(entry, record, position, length).filter((part) => part !== null));
  }

  clear() {
    this.say("Select a record to read it.");
  }

  say(text) {
    this.#number = -1;
    this.element.replaceChildren(make("p", { class: "empty" }, text));
  }

  #parts(entry, record, position, length) {
    return [
      this.#header(entry, position, length),
      this.#prompt(record),
      record.references ? make("div", null, make("p", { class: "muted small" }, "Reference answers"), make("ul", { class: "refs" }, ...record.references.map((text) => make("li", null, make("bdi", null, ...visible(text)))))) : null,
      this.#answers(entry, record),
      this.#judged(entry, record),
    ];
  }

  #header(entry, position, length) {
    const button = (label, action, attributes) => {
      const element = make("button", { type: "button", ...attributes }, label);
      element.addEventListener("click", () => action(element));
      return element;
    };
    return make(
      "header", null,
      make("span", { class: "pill" }, make("span", { class: `dot ${entry.outcome}`, "aria-hidden": "true" }), this.page.labels[entry.outcome]),
      entry.category >= 0 ? make("span", { class: "pill" }, make("bdi", null, plain(this.records.categories[entry.category]))) : null,
      make("span", { class: "spacer" }),
      button("Back to the list", () => this.page.back(), { class: "back" }),
      button("Previous", () => this.page.move(-1), { disabled: position <= 0 }),
      button("Next", () => this.page.move(1), { disabled: position < 0 || position >= length - 1 }),
      button("Copy link", (element) => this.page.copyLink(element)),
      make("h3", null, "Record ", make("bdi", null, plain(entry.id))),
    );
  }

  #prompt(record) {
    const ask = record.question ?? record.text ?? "";
    const parts = [make("p", { class: ask.length > 400 ? "ask long" : "ask", dir: "auto", tabindex: ask.length > 400 ? "0" : null }, ...visible(ask))];
    if (record.question && record.text) {
      parts.push(make(
        "details", { class: "whole" },
        make("summary", { class: "muted small" }, `The prompt as both models and the judge saw it (${count(record.text.length, "character")})`),
        make("pre", { dir: "auto", tabindex: "0" }, ...visible(record.text))));
    }
    return make("div", null, ...parts);
  }

  #answers(entry, record) {
    const pieces = this.#marks && record.a?.text && record.b?.text ? difference(record.a.text, record.b.text) : null;
    const box = make("input", { type: "checkbox", checked: this.#marks });
    const answers = make(
      "div", { class: "answers" },
      this.#answer("a", entry, record.a, pieces?.[0]),
      this.#answer("b", entry, record.b, pieces?.[1]));
    box.addEventListener("change", () => {
      this.#marks = box.checked;
      answers.replaceWith(this.#answers(entry, record).querySelector(".answers"));
    });
    return make("div", null, make("p", null, make("label", { class: "check small" }, box, "Mark the words that the answers do not share")), answers);
  }

  #answer(slot, entry, answer, pieces) {
    const won = entry.outcome === slot;
    const body = !answer || answer.error
      ? [make("span", { class: "failed" }, answer?.error ? "No answer. " : "There is no answer."), ...visible(answer?.error ?? "")]
      : answer.text === "" ? [make("em", { class: "muted" }, "The answer is empty.")]
        : pieces ? pieces.flatMap(([text, differs]) => (differs ? [make("mark", { class: slot }, ...visible(text))] : visible(text)))
          : visible(answer.text);
    const meta = [
      answer?.text ? count(answer.text.length, "character") : "",
      answer?.out !== undefined ? count(answer.out, "token") : "",
      answer?.stop && answer.stop !== "stop" ? `stopped: ${plain(answer.stop)}` : "",
    ].filter((part) => part).join(" · ");
    return make(
      "article", { class: `answer ${slot}${won ? " won" : ""}`, "aria-label": `Answer of model ${slot.toUpperCase()}` },
      make("div", { class: "who" }, make("span", { class: `letter ${slot}` }, slot.toUpperCase()), make("bdi", null, this.page.names[slot]), won ? make("span", { class: `pill lean-${slot}` }, "Winner") : null),
      make("div", { class: "body", dir: "auto", tabindex: "0" }, ...body),
      make("div", { class: "meta" }, meta || "\u00a0"));
  }

  #judged(entry, record) {
    const pass = (first, verdict) => make(
      "p", null, make("span", { class: "muted" }, `Pass with ${first} first: `),
      make("strong", null, verdict ? this.page.passes[verdict] : "not judged"));
    return make(
      "div", null,
      make("div", { class: "passes" }, pass("A", record.forward), pass("B", record.backward)),
      entry.outcome === "inconsistent" ? make("p", { class: "muted small" }, "The passes disagree when the answers swap places: scored as a tie, counted apart.") : null,
      record.note ? make("p", { class: "muted small" }, "Note: ", make("bdi", null, ...visible(record.note))) : null);
  }
}
