// What the list shows: search, outcome, category. All of it lives in the address, so a view can be sent to somebody.

class Filters {
  constructor(root, onChange) {
    this.search = root.querySelector("input[type=search]");
    this.category = root.querySelector("select");
    this.buttons = [...root.querySelectorAll(".outcomes button")];
    let waiting = 0;
    this.search.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(onChange, 150);
    });
    this.category.addEventListener("change", onChange);
    for (const button of this.buttons) {
      button.addEventListener("click", () => {
        button.setAttribute("aria-pressed", String(button.getAttribute("aria-pressed") !== "true"));
        onChange();
      });
    }
  }

  fill(records) {
    const counts = new Map();
    for (const { category } of records.entries) {
      counts.set(category, (counts.get(category) ?? 0) + 1);
    }
    const shown = [...counts].filter(([category]) => category >= 0).sort((one, other) => other[1] - one[1]).slice(0, 500);
    shown.sort((one, other) => records.categories[one[0]].localeCompare(records.categories[other[0]]));
    this.category.append(...shown.map(([category, number]) => make("option", { value: category }, `${plain(records.categories[category])} (${number})`)));
    this.category.hidden = shown.length === 0;
  }

  get outcomes() {
    return this.buttons.filter((button) => button.getAttribute("aria-pressed") === "true").map((button) => button.value);
  }

  write(parameters, records) {
    const set = (name, value) => (value ? parameters.set(name, value) : parameters.delete(name));
    set("search", this.search.value.trim());
    set("verdict", this.outcomes.join(","));
    set("category", this.category.value === "" ? "" : records.categories[Number(this.category.value)]);
  }

  read(parameters, records) {
    const outcomes = (parameters.get("verdict") ?? "").split(",");
    this.search.value = parameters.get("search") ?? "";
    for (const button of this.buttons) {
      button.setAttribute("aria-pressed", String(outcomes.includes(button.value)));
    }
    const category = records.categories.indexOf(parameters.get("category") ?? "");
    this.category.value = category < 0 ? "" : String(category);
  }

  matches(entry) {
    const outcomes = this.outcomes;
    return (outcomes.length === 0 || outcomes.includes(entry.outcome))
      && (this.category.value === "" || entry.category === Number(this.category.value));
  }
}
