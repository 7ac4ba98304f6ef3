// All findings on one template, with or without a reason: { check, rule, on, text }.
import { checkPermissions } from './iam.mjs';
import { checkResources } from './nag.mjs';
import { checkStates } from './states.mjs';
import { readTemplate } from './template.mjs';

export async function checkTemplate(file) {
  const template = readTemplate(file);
  return [...checkResources(template), ...checkStates(template), ...await checkPermissions(template)];
}
