// A template with every reference replaced by an example of what CloudFormation would put in.
import fs from 'node:fs';

const account = '123456789012';
const region = 'us-east-1';

const pseudo = { 'AWS::Partition': 'aws', 'AWS::Region': region, 'AWS::AccountId': account, 'AWS::URLSuffix': 'amazonaws.com' };

const arns = {
  'AWS::S3::Bucket': id => `arn:aws:s3:::${id.toLowerCase()}`,
  'AWS::KMS::Key': id => `arn:aws:kms:${region}:${account}:key/${id}`,
  'AWS::SQS::Queue': id => `arn:aws:sqs:${region}:${account}:${id}`,
  'AWS::SNS::Topic': id => `arn:aws:sns:${region}:${account}:${id}`,
  'AWS::Lambda::Function': id => `arn:aws:lambda:${region}:${account}:function:${id}`,
  'AWS::IAM::Role': id => `arn:aws:iam::${account}:role/${id}`,
  'AWS::StepFunctions::StateMachine': id => `arn:aws:states:${region}:${account}:stateMachine:${id}`,
};

// Types whose Ref is their ARN.
const refIsArn = ['AWS::SNS::Topic', 'AWS::StepFunctions::StateMachine'];

export function readTemplate(file) {
  const template = JSON.parse(fs.readFileSync(file, 'utf8'));
  const typeOf = id => template.Resources[id]?.Type;

  const resolve = value => {
    if (Array.isArray(value)) return value.map(resolve);
    if (value === null || typeof value !== 'object') return value;
    if ('Ref' in value) return pseudo[value.Ref] ?? (refIsArn.includes(typeOf(value.Ref)) ? arns[typeOf(value.Ref)](value.Ref) : value.Ref.toLowerCase());
    if ('Fn::GetAtt' in value) {
      const [id, attribute] = value['Fn::GetAtt'];
      return attribute === 'Arn' && arns[typeOf(id)] ? arns[typeOf(id)](id) : `${id}.${attribute}`;
    }
    if ('Fn::Join' in value) return resolve(value['Fn::Join'][1]).join(value['Fn::Join'][0]);
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, resolve(inner)]));
  };

  const resources = Object.entries(template.Resources).map(([id, { Type, Properties }]) => ({ id, type: Type, properties: resolve(Properties ?? {}) }));
  return { file, ofType: type => resources.filter(resource => resource.type === type) };
}
