// cdk-nag's rule sets, and the checks of CloudFormation properties that come with aws-cdk-lib.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { App, BootstraplessSynthesizer, Stack, Validations } from 'aws-cdk-lib';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';

export function checkResources({ file }) {
  const outdir = fs.mkdtempSync(path.join(os.tmpdir(), 'gate-'));
  const app = new App({ outdir });
  const stack = new Stack(app, 'Gate', { synthesizer: new BootstraplessSynthesizer() });
  new CfnInclude(stack, 'Template', { templateFile: file, preserveLogicalIds: true });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));

  const report = synthesize(app, path.join(outdir, 'validation-report.json'));
  fs.rmSync(outdir, { recursive: true });
  return report.pluginReports.flatMap(plugin => plugin.violations.flatMap(violation =>
    violation.violatingConstructs.map(construct => ({
      check: plugin.pluginName,
      rule: violation.ruleName,
      on: construct.constructPath?.split('/').at(-1) ?? '',
      text: violation.description,
    }))));
}

// Violations make the synthesis fail, and are printed; the report holds them all, and we print them ourselves.
function synthesize(app, reportFile) {
  const { error, log, warn } = console;
  const write = process.stderr.write;
  console.error = console.log = console.warn = () => {};
  process.stderr.write = () => true;
  let failure;
  try {
    app.synth();
  } catch (e) {
    failure = e;
  } finally {
    Object.assign(console, { error, log, warn });
    process.stderr.write = write;
  }
  if (fs.existsSync(reportFile)) return JSON.parse(fs.readFileSync(reportFile, 'utf8'));
  throw failure ?? new Error('The synthesis left no validation report.');
}
