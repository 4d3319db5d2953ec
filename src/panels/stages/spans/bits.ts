/**
 * Bits that are left at a hole for who knows the grammar and sees so many words to either side; the same for every text
 * of it. A test sums them anew.
 */
export const bitsWithin = {
  'second word of a city': { '±1': 0, '±2': 0, '±4': 0, '±8': 0, 'all words': 0 },
  'second word of a simile': { '±1': 3.32, '±2': 3.32, '±4': 0, '±8': 0, 'all words': 0 },
  'place in a letter': { '±1': 3, '±2': 3, '±4': 3, '±8': 3, 'all words': 0 },
} as const;
