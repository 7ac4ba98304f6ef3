// The gate must be able to fail: one planted mistake of each kind. Run: node --test
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { checkTemplate } from './checks.mjs';

const trust = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } }] };

const role = (Action, Resource, Condition) => ({
  Type: 'AWS::IAM::Role',
  Properties: { AssumeRolePolicyDocument: trust, Policies: [{ PolicyName: 'Only', PolicyDocument: { Version: '2012-10-17', Statement: [{ Sid: 'Planted', Effect: 'Allow', Action, Resource, Condition }] } }] },
});

const machine = definition => ({
  Type: 'AWS::StepFunctions::StateMachine',
  Properties: {
    RoleArn: 'arn:aws:iam::123456789012:role/machine', DefinitionString: JSON.stringify(definition), TracingConfiguration: { Enabled: true },
    LoggingConfiguration: { Level: 'ALL', IncludeExecutionData: false, Destinations: [{ CloudWatchLogsLogGroup: { LogGroupArn: 'arn:aws:logs:us-east-1:123456789012:log-group:x:*' } }] },
  },
});

const queue = properties => ({ Type: 'AWS::SQS::Queue', Properties: { SqsManagedSseEnabled: true, ...properties } });

function plant(resource, use) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'planted-'));
  const file = path.join(folder, 'planted.template.json');
  fs.writeFileSync(file, JSON.stringify({ Resources: { Planted: resource } }));
  return Promise.resolve(use(file)).finally(() => fs.rmSync(folder, { recursive: true }));
}

const planted = {
  'an unknown property': [queue({ VisibilityTimeoutInSeconds: 30 }), /^CloudFormation Validate .*VisibilityTimeoutInSeconds/],
  'a queue without encryption in transit': [queue(), /AwsSolutions-SQS4/],
  'a transition that leads nowhere': [machine({ StartAt: 'A', States: { A: { Type: 'Pass', Next: 'B' } } }), /^States Language/],
  'an action that does not exist': [role('s3:GetObjects', 'arn:aws:s3:::b/k'), /unknown-action\[Planted\]/],
  'an action on a resource of another kind': [role('s3:ListBucket', 'arn:aws:s3:::bucket/key'), /wrong-resource\[Planted\]/],
  'a condition that the action does not know': [role('s3:GetObject', 'arn:aws:s3:::b/k', { StringEquals: { 's3:prefix': 'x' } }), /unknown-condition\[Planted\]/],
  'an action that takes no resource': [role('ecr:GetAuthorizationToken', 'arn:aws:ecr:us-east-1:123456789012:repository/r'), /takes-no-resource\[Planted\]/],
};

for (const [name, [resource, expected]] of Object.entries(planted)) {
  test(`The gate finds ${name}`, () => plant(resource, async file => {
    const findings = (await checkTemplate(file)).map(({ check, rule, text }) => `${check} ${rule}: ${text}`);
    assert.ok(findings.some(finding => expected.test(finding)), `${expected} is not among\n${findings.join('\n')}`);
  }));
}

const gate = file => spawnSync(process.execPath, [path.join(import.meta.dirname, 'gate.mjs'), file], { encoding: 'utf8' });

test('A finding without a reason fails the gate', () => plant(queue(), file => {
  const { status, stderr } = gate(file);
  assert.equal(status, 1);
  assert.match(stderr, /planted\.template\.json: AwsSolutions AwsSolutions-SQS4 on Planted/);
}));

test('A template without findings passes', () => plant(role('s3:GetObject', 'arn:aws:s3:::b/k'), file => {
  const { status, stdout } = gate(file);
  assert.match(stdout, /Templates: 1. Findings with a reason: 0, without: 0/);
  assert.equal(status, 0);
}));
