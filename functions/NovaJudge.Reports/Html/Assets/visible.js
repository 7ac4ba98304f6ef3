// Elements made of text only. Nothing in this page ever parses a string as markup.

function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === true) {
      element.setAttribute(name, "");
    } else if (value !== false && value !== null && value !== undefined) {
      element.setAttribute(name, value);
    }
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

// Characters that a reader would not see, or that turn the text around, are shown by their numbers.
const odd = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

function visible(text) {
  const nodes = [];
  let from = 0;
  for (const match of text.matchAll(odd)) {
    nodes.push(text.slice(from, match.index), make("span", { class: "odd" }, code(match[0])));
    from = match.index + match[0].length;
  }
  nodes.push(text.slice(from));
  return nodes.filter((node) => node !== "");
}

function plain(text) {
  return text.replace(odd, (character) => `[${code(character)}]`);
}

function code(character) {
  return "U+" + character.codePointAt(0).toString(16).toUpperCase().padStart(4, "0");
}

function count(number, one, many) {
  return `${number.toLocaleString("en-US")} ${number === 1 ? one : many ?? one + "s"}`;
}
