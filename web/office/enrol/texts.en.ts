export const en = {
  title: 'Enrol a phone of {{name}}',
  titleSelf: 'Enrol your phone',
  step1: 'Scan this picture with the camera of the phone, and open the address.',
  step2: 'Or open {{place}} on the phone, and type this code:',
  picture: 'Picture of the address for the camera of the phone',
  left: 'valid for {{minutes}}:{{seconds}} more, for one phone',
  over: 'This code is no longer valid.',
  again: 'Make a new code',
  making: 'Making a code …',
  arrived: '“{{label}}” now logs as {{name}}.',
  arrivedHint:
    'It works without a network for weeks. It is valid for 180 days and longer while it is used, and can be ended at any time in the list of devices.',
  waiting: 'Waiting for the phone …',
  local:
    'This page is open at the machine of the service itself. A phone reaches it under its public address only, over TLS.',
  another: 'Enrol another phone',
  close: 'Close',
  phone: 'phone',
} as const;
