// The States Language: schema, and transitions that lead somewhere.
import aslValidator from 'asl-validator';

export function checkStates(template) {
  return template.ofType('AWS::StepFunctions::StateMachine').flatMap(({ id, properties }) => {
    const { isValid, errors } = aslValidator(JSON.parse(properties.DefinitionString));
    return isValid ? [] : errors.map(error => ({ check: 'States Language', rule: error['Error code'] ?? 'asl', on: id, text: JSON.stringify(error) }));
  });
}
