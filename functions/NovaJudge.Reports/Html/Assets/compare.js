// Two runs of a suite side by side, and the newest runs of each chart in sight.

for (const chart of document.querySelectorAll(".trend")) {
  chart.scrollLeft = chart.scrollWidth;
}

const shown = [
  ["Asked for", (run) => run.when],
  ["Verdict", (run) => run.verdict],
  ["Score of B", (run) => percent(run.score)],
  ["Interval", (run) => (run.low === "" ? "none" : `${percent(run.low)} to ${percent(run.high)}`)],
  ["Prompts with a verdict", (run) => run.prompts ?? "unknown"],
  ["A won · even · B won", (run) => run.outcomes ?? "unknown"],
  ["Gate", (run) => run.gate],
  ["Cost", (run) => run.cost],
  ["In words", (run) => run.sentence],
];

// What must be equal before a difference can be model B's.
const conditions = [
  ["judge", "the judge"], ["template", "the prompt template"], ["source", "the data set"],
  ["opponent", "model A"], ["decoding", "the decoding of model A"],
];

function percent(value) {
  return value === "" ? "none" : `${(100 * Number(value)).toFixed(1)}%`;
}

function points(value) {
  return `${value < 0 ? "\u2212" : "+"}${Math.abs(100 * value).toFixed(1)}`;
}

// The interval of a difference from the intervals of both, as if their prompts had nothing in common (G. Y. Zou and A. Donner, Statistics in Medicine 27 (2008) 1693).
function moved(from, to) {
  const [a, aLow, aHigh, b, bLow, bHigh] = [from.score, from.low, from.high, to.score, to.low, to.high].map(Number);
  return [b - a, b - a - Math.hypot(b - bLow, aHigh - a), b - a + Math.hypot(bHigh - b, a - aLow)];
}

function difference(one, other, from, to) {
  if (one === other) {
    return "Both sides are the same run.";
  }
  const unlike = conditions.filter(([name]) => from[name] !== undefined && to[name] !== undefined && from[name] !== to[name]).map(([, words]) => words);
  if (unlike.length > 0) {
    return `Not comparable: the runs differ in ${unlike.join(", ")}, so a difference need not be model B's.`;
  }
  if ([from.score, to.score, from.low, to.low].includes("")) {
    return "A run without a score cannot be compared.";
  }
  const [change, low, high] = moved(from, to);
  return `The score moved by ${points(change)} points (${points(low)} to ${points(high)}): ${low > 0 || high < 0 ? "more than chance explains" : "chance alone may explain it"}, taking the prompts of both runs as unrelated.`;
}

function cell(tag, content, scope) {
  const element = document.createElement(tag);
  element.append(content);
  if (scope) {
    element.setAttribute("scope", scope);
  }
  return element;
}

function report(run) {
  const link = document.createElement("a");
  link.href = run.report;
  link.textContent = "Open the report";
  return link;
}

const boxes = [...document.querySelectorAll(".compare")].map((box) => {
  const [one, other] = [box.querySelector(".one"), box.querySelector(".other")];
  const known = new Map([...one.options].map((option) => [option.value, option.dataset]));
  const show = () => {
    const runs = [one, other].map((choice) => known.get(choice.value));
    [one, other].forEach((choice, index) => {
      box.querySelectorAll(".name")[index].textContent = choice.value;
    });
    const rows = [...shown, ["Report", report]].map(([label, value]) => {
      const row = document.createElement("tr");
      row.append(cell("th", label, "row"), ...runs.map((run) => cell("td", value(run))));
      return row;
    });
    box.querySelector("tbody").replaceChildren(...rows);
    box.querySelector(".difference").textContent = difference(one.value, other.value, ...runs);
    box.querySelector(".command").textContent = one.value === other.value ? "" : `Prompt by prompt, which tells more: ./nova compare ${one.value} ${other.value}`;
  };
  const choose = () => {
    show();
    history.replaceState(null, "", `#${new URLSearchParams({ compare: one.value, with: other.value })}`);
  };
  one.addEventListener("change", choose);
  other.addEventListener("change", choose);
  show();
  box.hidden = false;
  return { box, one, other, known, show };
});

// An address that names two runs opens them.
function follow() {
  const asked = new URLSearchParams(location.hash.slice(1));
  const names = [asked.get("compare"), asked.get("with")];
  const found = boxes.find(({ known }) => names.every((name) => known.has(name)));
  if (found) {
    [found.one.value, found.other.value] = names;
    found.show();
    found.box.open = true;
    found.box.scrollIntoView();
  }
}

window.addEventListener("hashchange", follow);
follow();
