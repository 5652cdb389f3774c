const DIGITS = /^\d+$/;
const BASE = 10;

/** UTF-16 units of the longest regular password that is common. */
const LONGEST = 16;

/**
 * Whether a password is easily guessed though no list has it: a part repeated that is too short to be a
 * password, such as `88888888` or `123123123`, or characters that follow one another, as in `87654321`
 * or `abcdefgh`. Lists leave these out for programs to recognise.
 *
 * @param shortest length of the shortest password
 */
export function isRegular(password: string, shortest: number): boolean {
  if (password.length > LONGEST) return false;
  const part = (password + password).indexOf(password, 1);
  return (part < password.length && part < shortest) || isSequence(password);
}

/** Whether each character is as far from the one before as the second from the first; 0 follows 9. */
function isSequence(text: string): boolean {
  const codes = Array.from(text, (char) => char.codePointAt(0) ?? 0);
  const isNumber = DIGITS.test(text);
  const steps = codes.slice(1).map((code, index) => {
    const step = code - (codes[index] ?? 0);
    return isNumber ? (step + BASE) % BASE : step;
  });
  return steps.every((step) => step === steps[0]);
}
