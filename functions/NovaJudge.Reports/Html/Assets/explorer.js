// Puts the explorer together and keeps the address in step with what is shown.

async function start(root) {
  const status = root.querySelector(".status");
  const records = await Records.open();
  const filters = new Filters(root, () => apply());
  const labels = Object.fromEntries(filters.buttons.map((button) => [button.value, button.dataset.label]));
  const page = {
    labels,
    passes: { a: labels.a, b: labels.b, tie: labels.tie, unreadable: "unreadable" },
    names: { a: root.dataset.a, b: root.dataset.b },
    move: (step) => list.move(step),
    back: () => list.element.focus(),
    copyLink,
  };
  const detail = new Detail(root.querySelector(".detail"), records, page);
  const list = new RecordList(root.querySelector(".list"), records, labels, select);
  let round = 0;

  filters.fill(records);
  // A block that cannot be opened is told by the search that needs it.
  filters.search.addEventListener("focus", () => records.warm().catch(() => {}), { once: true });
  root.addEventListener("keydown", key);
  window.addEventListener("hashchange", () => follow());
  await follow();
  root.dataset.ready = "true";

  function address() {
    const given = new URLSearchParams(location.hash.slice(1));
    return new URLSearchParams(["record", "search", "verdict", "category"].flatMap((name) => (given.get(name) ? [[name, given.get(name)]] : [])));
  }

  // Other parts of the page have addresses of their own, which are left alone.
  function replace(parameters) {
    if (parameters.toString() !== address().toString()) {
      const hash = parameters.toString();
      history.replaceState(null, "", hash === "" ? location.pathname + location.search : `#${hash}`);
    }
  }

  async function follow() {
    const parameters = address();
    if (parameters.size === 0 && list.selected >= 0) {
      return;
    }
    filters.read(parameters, records);
    const number = records.byId.get(parameters.get("record"));
    await apply(number);
    if (parameters.size > 0) {
      root.scrollIntoView();
    }
    if (number === undefined && parameters.has("record")) {
      status.textContent = `There is no record "${plain(parameters.get("record"))}" here. ${status.textContent}`;
    }
  }

  async function apply(wanted) {
    const mine = ++round;
    const numbers = await found(() => mine === round).catch((problem) => {
      status.textContent = problem.message;
      return null;
    });
    if (numbers === null) {
      return;
    }
    list.show(numbers);
    report(numbers.length);
    const parameters = address();
    filters.write(parameters, records);
    const kept = wanted ?? (numbers.includes(list.selected) ? list.selected : undefined);
    if (kept === undefined) {
      parameters.delete("record");
    }
    replace(parameters);
    if (kept !== undefined) {
      list.select(kept, "link");
    } else if (numbers.length > 0) {
      list.select(numbers[0], "default");
    } else {
      detail.clear();
    }
  }

  // Numbers of the records to list, or null when somebody asked for something else meanwhile.
  async function found(current) {
    const numbers = records.entries.map((_, number) => number).filter((number) => filters.matches(records.entries[number]));
    const query = filters.search.value.trim();
    if (query === "") {
      return numbers;
    }
    const hits = [];
    let shown = performance.now();
    for await (const some of records.search(query, numbers)) {
      if (!current()) {
        return null;
      }
      hits.push(...some);
      if (performance.now() - shown > 200) {
        shown = performance.now();
        list.show([...hits]);
        status.textContent = `Searching … ${count(hits.length, "record")} so far`;
      }
    }
    return hits;
  }

  function report(found) {
    const left = records.total - records.entries.length;
    status.textContent = (found === records.entries.length ? count(found, "record") : `${count(found, "record")} of ${records.entries.length.toLocaleString("en-US")}`)
      + (left > 0 ? `. ${left.toLocaleString("en-US")} more are in verdicts.csv: the page would be too large with them.` : "");
  }

  async function select(number, how) {
    if (how === "hand" || how === "keys") {
      const parameters = address();
      parameters.set("record", records.entries[number].id);
      replace(parameters);
    }
    await detail.show(number, list.position, list.length).catch((problem) => detail.say(problem.message));
    if (how === "hand" && matchMedia("(max-width: 900px)").matches) {
      detail.element.scrollIntoView();
    }
  }

  // Letters work only while the focus is inside the explorer, and never while somebody types.
  function key(event) {
    const typing = event.target.matches("input[type=search], select");
    if (event.key === "Escape" && event.target === filters.search && filters.search.value !== "") {
      filters.search.value = "";
      apply();
    } else if (!typing && !event.altKey && !event.ctrlKey && !event.metaKey) {
      const action = { j: () => list.move(1), k: () => list.move(-1), "/": () => filters.search.focus() }[event.key];
      if (action) {
        event.preventDefault();
        action();
      }
    }
  }

  async function copyLink(button) {
    const parameters = address();
    parameters.set("record", records.entries[list.selected].id);
    replace(parameters);
    try {
      await navigator.clipboard.writeText(location.href);
      button.textContent = "Copied";
    } catch {
      button.textContent = "Link is in the address bar";
    }
  }
}

// The newest runs of the chart are the ones to see first.
for (const chart of document.querySelectorAll(".trend")) {
  chart.scrollLeft = chart.scrollWidth;
}

const root = document.querySelector(".explorer");
if (root) {
  start(root).catch((problem) => {
    root.querySelector(".status").textContent = `The records cannot be shown: ${problem.message} They are in verdicts.csv, too.`;
    root.dataset.ready = "failed";
  });
}
