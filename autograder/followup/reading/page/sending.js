// What the page tells the server.

/** @typedef {{points: number | null, waiting: boolean, comment: string, criteria: number[]}} State what a reader gave */

/**
 * Ask the server to keep what a reader gave; nothing in the reply when it does not answer.
 *
 * @param {string} address
 * @param {string} xsrf
 * @param {{answer: string, text: string, reader: string, seen: State, new: State}} about
 * @returns {Promise<{state?: State, message?: string}>}
 */
export async function ask(address, xsrf, about) {
  const headers = { "Content-Type": "application/json", "X-XSRFToken": xsrf };
  try {
    const response = await fetch(address, { method: "POST", credentials: "same-origin", headers, body: JSON.stringify(about) });
    return await response.json();
  } catch {
    return {};
  }
}
