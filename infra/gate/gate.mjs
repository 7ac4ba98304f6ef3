// Checks templates; a finding passes only with a written reason in accepted.json. Usage: node gate.mjs [template.json …]
import fs from 'node:fs';
import path from 'node:path';
import { checkTemplate } from './checks.mjs';

const here = import.meta.dirname;
const given = process.argv.slice(2);
const files = given.length > 0 ? given : ['PipelineStack.template.json', 'QwenEndpointStack.template.json'].map(name => path.join(here, '..', name));

const reasons = JSON.parse(fs.readFileSync(path.join(here, 'accepted.json'), 'utf8')).map(({ rule, on, reason }) => {
  if (!reason?.trim()) throw new Error(`accepted.json: rule ${rule} has no reason.`);
  return { rule: new RegExp(`^(${rule})$`), on: new RegExp(`^(${on})$`), reason, used: false };
});

const unexplained = [];
let explained = 0;
for (const file of files) {
  for (const finding of await checkTemplate(file)) {
    const matching = reasons.filter(({ rule, on }) => rule.test(finding.rule) && on.test(finding.on));
    matching.forEach(reason => { reason.used = true; });
    if (matching.length > 0) explained++;
    else unexplained.push({ file: path.basename(file), ...finding });
  }
}

for (const { file, check, rule, on, text } of unexplained) console.error(`${file}: ${check} ${rule} on ${on}\n    ${text}`);

// A reason that nothing needs any more hides the next finding; other templates than ours need other reasons.
const idle = given.length > 0 ? [] : reasons.filter(reason => !reason.used);
for (const { rule, on } of idle) console.error(`accepted.json: nothing needs the reason for ${rule.source} on ${on.source} any more; remove it.`);

console.log(`Templates: ${files.length}. Findings with a reason: ${explained}, without: ${unexplained.length}. Idle reasons: ${idle.length}.`);
process.exitCode = unexplained.length + idle.length > 0 ? 1 : 0;
