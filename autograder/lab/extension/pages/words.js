// Texts compared as a reader would: without accents, capitals, ligatures nor plurals.

/** @param {string} text */
export const simple = (text) =>
  text
    .toLowerCase()
    .replaceAll("œ", "oe")
    .replaceAll("æ", "ae")
    .normalize("NFD")
    .replace(/\p{M}/gu, "");

/** Return the words of a search. @param {string} text */
export const wordsOf = (text) =>
  simple(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
    .map((word) => (word.length > 3 ? word.replace(/[sx]$/, "") : word));

/** @param {string[]} words @param {string} text */
export function hasAll(words, text) {
  const own = simple(text);
  return words.every((word) => own.includes(word));
}
