/** The order of the keys on a keyboard: by rows, and by columns. */
const KEYBOARDS = [
  "`1234567890-=qwertyuiop[]asdfghjkl;'zxcvbnm,./",
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.0p;/',
]
/** The characters of the upper row with the shift key, in the order of their digits. */
const SHIFTED = '!@#$%^&*()'
/** The distances at which characters are compared: `a1b2c3` has one sequence at every second character. */
const DISTANCES = [1, 2, 3, 4]
/** So many characters in a row that a sequence foretells are no accident. */
const MIN_RUN = 3

/**
 * Estimates an upper bound of the entropy of a secret, in bits.
 *
 * It counts the frequency of each character, and a repeated part once. Characters that follow from those before are not
 * counted: an alphabet in order has every character once, and is still no secret.
 */
export function estimateEntropyBits(secret: string): number {
  const unit = findRepeatedUnit(secret)
  return countFrequencyBits(unit) * Math.min(...listReadings(unit).map(shareOfSurprises))
}

function countFrequencyBits(text: string): number {
  const counts = Map.groupBy(text, (character) => character)
  const bits = [...counts.values()].map(({ length }) => length * Math.log2(text.length / length))
  return bits.reduce((sum, one) => sum + one, 0)
}

/** The shortest text that gives this text when it is repeated: `abc` for `abcabcab`. */
function findRepeatedUnit(text: string): string {
  const period = (text + text).indexOf(text, 1)
  for (let length = 1; length < period / 2; length++) {
    if (text.slice(length) === text.slice(0, -length)) return text.slice(0, length)
  }
  return text.slice(0, period)
}

/** The numbers that a text stands for: its characters, its letters and digits, its keys, and the bytes that it encodes. */
function listReadings(text: string): number[][] {
  const characters = [...text]
  return [
    listCodes(characters),
    // Marks between groups do not hide an order.
    listCodes(characters.filter((character) => /[\p{L}\p{N}]/u.test(character))),
    ...KEYBOARDS.map((keys) => characters.map((character) => findKey(keys, character))),
    ...(/^(?:[\da-f]{2})+$/i.test(text) ? [[...Buffer.from(text, 'hex')]] : []),
    ...(/^[\w+/-]+={0,2}$/.test(text) ? [[...Buffer.from(text, 'base64')]] : []),
  ]
}

function listCodes(characters: string[]): number[] {
  return characters.map((character) => character.codePointAt(0) ?? 0)
}

/** The place of a key. A character without a place is far from all others, and from itself. */
function findKey(keys: string, character: string): number {
  const digit = SHIFTED.indexOf(character)
  const key = digit < 0 ? character.toLowerCase() : String((digit + 1) % 10)
  const place = keys.indexOf(key)
  return place < 0 ? Number.NaN : place
}

/** The share of numbers that no run of equal steps foretells. */
function shareOfSurprises(numbers: number[]): number {
  const foretold = new Set(DISTANCES.flatMap((distance) => findForetold(numbers, distance)))
  return numbers.length === 0 ? 0 : 1 - foretold.size / numbers.length
}

/** The places whose number continues the steps of the two numbers before, at this distance, several in a row. */
function findForetold(numbers: number[], distance: number): number[] {
  const at = (place: number) => numbers[place] ?? Number.NaN
  const found: number[] = []
  let run: number[] = []
  for (let place = 0; place <= numbers.length; place++) {
    const step = at(place) - at(place - distance)
    if (step === at(place - distance) - at(place - 2 * distance)) run.push(place)
    else {
      if (run.length >= MIN_RUN) found.push(...run)
      run = []
    }
  }
  return found
}
