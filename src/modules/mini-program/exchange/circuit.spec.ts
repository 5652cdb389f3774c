import { Circuit, CircuitOpenError } from './circuit.js';

let time = 0;
let asked = 0;
let circuit: Circuit;

beforeEach(() => {
  time = 1_000;
  asked = 0;
  circuit = new Circuit(() => time);
});

const fail = () =>
  circuit.run(() => {
    asked += 1;
    return Promise.reject(new Error('away'));
  });

const succeed = () =>
  circuit.run(() => {
    asked += 1;
    return Promise.resolve('here');
  });

const failTimes = async (times: number) => {
  for (let n = 0; n < times; n += 1) await expect(fail()).rejects.toThrow('away');
};

it('stops calls after five failures one after another', async () => {
  await failTimes(5);
  await expect(succeed()).rejects.toThrow(CircuitOpenError);
  expect(asked).toBe(5);
});

it('forgets failures with a success', async () => {
  await failTimes(4);
  await succeed();
  await failTimes(4);
  await expect(succeed()).resolves.toBe('here');
});

it('tries one call after ten seconds, and goes on where it succeeds', async () => {
  await failTimes(5);
  time += 9_999;
  await expect(succeed()).rejects.toThrow(CircuitOpenError);
  time += 1;
  let answer: (value: string) => void = () => undefined;
  const probe = circuit.run(() => new Promise<string>((resolve) => (answer = resolve)));
  await expect(succeed()).rejects.toThrow(CircuitOpenError);
  answer('back');
  expect(await probe).toBe('back');
  await expect(succeed()).resolves.toBe('here');
});

it('stops calls again where that one fails', async () => {
  await failTimes(5);
  time += 10_000;
  await failTimes(1);
  time += 9_999;
  await expect(succeed()).rejects.toThrow(CircuitOpenError);
});
