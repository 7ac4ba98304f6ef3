// Two runs of a suite side by side, and the newest runs of each chart in sight.

for (const chart of document.querySelectorAll(".trend")) {
  chart.scrollLeft = chart.scrollWidth;
}

for (const box of document.querySelectorAll(".compare")) {
  const [one, other] = [box.querySelector(".one"), box.querySelector(".other")];
  const percent = (value) => (value === "" ? "none" : `${(100 * Number(value)).toFixed(1)}%`);
  const lines = [
    ["Asked for", (run) => run.when],
    ["Verdict", (run) => run.verdict],
    ["Score of B", (run) => percent(run.score)],
    ["Interval", (run) => (run.low === "" ? "none" : `${percent(run.low)} to ${percent(run.high)}`)],
    ["Gate", (run) => run.gate],
    ["Cost", (run) => run.cost],
    ["In words", (run) => run.sentence],
  ];
  const cell = (tag, text, scope) => {
    const element = document.createElement(tag);
    element.textContent = text;
    if (scope) {
      element.setAttribute("scope", scope);
    }
    return element;
  };
  const show = () => {
    const runs = [one, other].map((choice) => choice.selectedOptions[0].dataset);
    [one, other].forEach((choice, index) => {
      box.querySelectorAll(".name")[index].textContent = choice.value;
    });
    box.querySelector("tbody").replaceChildren(...lines.map(([label, value]) => {
      const row = document.createElement("tr");
      row.append(cell("th", label, "row"), ...runs.map((run) => cell("td", value(run))));
      return row;
    }));
    const [from, to] = runs.map((run) => run.score);
    box.querySelector(".difference").textContent = one.value === other.value
      ? "Both sides are the same run."
      : from === "" || to === ""
        ? "A run without a score cannot be compared."
        : `The score moved by ${to - from >= 0 ? "+" : "−"}${Math.abs(100 * (to - from)).toFixed(1)} points. Whether that is more than chance needs the runs' prompts side by side: ./nova compare ${one.value} ${other.value}`;
  };
  one.addEventListener("change", show);
  other.addEventListener("change", show);
  show();
  box.hidden = false;
}
