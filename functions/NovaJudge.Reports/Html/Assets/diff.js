// Which words two answers do not share: longest common subsequence over words.

const longestDiff = 1500;

function words(text) {
  return text.match(/[\p{L}\p{M}\p{N}]+|\s+|[^\p{L}\p{M}\p{N}\s]/gu) ?? [];
}

// Two lists of [text, differs], or null when there is nothing worth marking.
function difference(left, right) {
  const a = words(left);
  const b = words(right);
  if (a.length > longestDiff || b.length > longestDiff || a.length === 0 || b.length === 0) {
    return null;
  }
  const key = (word) => word.toLowerCase();
  const ka = a.map(key);
  const kb = b.map(key);
  let start = 0;
  while (start < ka.length && start < kb.length && ka[start] === kb[start]) {
    start++;
  }
  let endA = ka.length;
  let endB = kb.length;
  while (endA > start && endB > start && ka[endA - 1] === kb[endB - 1]) {
    endA--;
    endB--;
  }
  const width = endB - start + 1;
  const lengths = new Uint16Array((endA - start + 1) * width);
  for (let i = endA - start - 1; i >= 0; i--) {
    for (let j = endB - start - 1; j >= 0; j--) {
      lengths[i * width + j] = ka[start + i] === kb[start + j]
        ? lengths[(i + 1) * width + j + 1] + 1
        : Math.max(lengths[(i + 1) * width + j], lengths[i * width + j + 1]);
    }
  }
  const inA = new Array(a.length).fill(false);
  const inB = new Array(b.length).fill(false);
  let i = 0;
  let j = 0;
  while (start + i < endA || start + j < endB) {
    if (start + i < endA && start + j < endB && ka[start + i] === kb[start + j]) {
      i++;
      j++;
    } else if (start + j >= endB || (start + i < endA && lengths[(i + 1) * width + j] >= lengths[i * width + j + 1])) {
      inA[start + i++] = true;
    } else {
      inB[start + j++] = true;
    }
  }
  return [joined(a, inA), joined(b, inB)];
}

// Neighbouring words of one kind become one piece; white space alone never counts as a difference.
function joined(list, differs) {
  const pieces = [];
  for (let index = 0; index < list.length; index++) {
    const blank = list[index].trim() === "";
    const marked = blank ? index > 0 && differs[index - 1] && index + 1 < list.length && differs[index + 1] : differs[index];
    if (pieces.length > 0 && pieces[pieces.length - 1][1] === marked) {
      pieces[pieces.length - 1][0] += list[index];
    } else {
      pieces.push([list[index], marked]);
    }
  }
  return pieces;
}
