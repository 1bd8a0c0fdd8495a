// The three ways to give a secret to the estimator: drawn, given by the course, typed.

import { button, h, labelled, list } from "../../../forms/page/dom.js";

const FRENCH = new Intl.NumberFormat("fr-FR", { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const WHOLE = new Intl.NumberFormat("fr-FR");

/** Return bits in words. @param {number} bits */
export const inBits = (bits) => `${FRENCH.format(bits)}\u00a0bit${bits < 2 ? "" : "s"}`;

/**
 * What the formula says.
 *
 * @param {number} count
 * @param {string} counted
 * @param {number} size
 */
function computed(count, counted, size) {
  const each = Math.log2(size);
  const bits = count * each;
  const formula = `Formule\u00a0: ${count} ${counted} × ${inBits(each)} (${WHOLE.format(size)} possibilités chacun) = ${inBits(bits)}.`;
  return { bits, formula };
}

/**
 * Signs, or words, drawn at random.
 *
 * @param {EstimatorForm} own
 * @param {() => void} changed
 * @returns {Source}
 */
export function drawn({ pools, counted, most }, changed) {
  const pool = list(
    pools.map(({ name, size }, i) => [String(i), `${name} (${WHOLE.format(size)})`]),
    { onchange: moved },
  );
  const range = h("input", { type: "range", min: 1, max: most, step: 1, value: 8, oninput: moved });
  const example = h("code");
  const shown = h("p", { class: "example", role: "status", hidden: true }, "Tiré ici\u00a0: ", example, ". Il s’est affiché\u00a0: ne vous en servez pas.");
  const draw = button("Tirer un exemple", () => {
    example.textContent = secret(chosen().signs, Number(range.value));
    shown.hidden = false;
  });
  const chosen = () => pools[Number(pool.value)];
  const unit = () => (chosen().signs ? counted : "mots");

  function moved() {
    shown.hidden = true;
    draw.hidden = !chosen().signs;
    range.setAttribute("aria-valuetext", `${range.value} ${unit()}`);
    changed();
  }
  const node = h("div", { class: "drawn" }, labelled(pool, "On tire parmi"), labelled(range, "Nombre de tirages"), h("p", {}, draw), shown);
  return {
    node,
    estimate: () => ({
      ...computed(Number(range.value), unit(), chosen().size),
      worth: "Tiré au hasard\u00a0: la formule dit ce qu’il vaut.",
    }),
  };
}

/** Return signs drawn as fairly as the browser can. @param {string} signs @param {number} count */
function secret(signs, count) {
  const bound = 256 - (256 % signs.length); // what is above would favour the first signs
  let text = "";
  while (text.length < count) {
    const [byte] = crypto.getRandomValues(new Uint8Array(1));
    if (byte < bound) text += signs[byte % signs.length];
  }
  return text;
}

/**
 * A password of the list of common ones.
 *
 * @param {EstimatorForm} own
 * @param {() => void} changed
 * @returns {Source}
 */
export function given(own, changed) {
  const word = list(
    own.words.map(({ text }) => [text, text]),
    { onchange: changed },
  );
  return {
    node: h("div", {}, labelled(word, "Mot de passe courant")),
    estimate() {
      const rank = own.words.find(({ text }) => text === word.value)?.rank ?? 1;
      const real = Math.log2(rank);
      const worth = `Choisi, et dans la liste au rang ${WHOLE.format(rank)}\u00a0: l’attaquant le trouve en ${WHOLE.format(rank)} essais, comme un secret de ${inBits(real)}. La formule ne vaut rien ici.`;
      return { ...spelt(own, word.value), worth, real };
    },
  };
}

/**
 * A text that the learner makes up. It lives in this field alone.
 *
 * @param {EstimatorForm} own
 * @param {() => void} changed
 * @returns {Source}
 */
export function typed(own, changed) {
  const input = h("input", {
    type: "text",
    class: "entry apart", // no part of the answer
    autocomplete: "off", // neither kept by the browser, nor corrected by a service of its own
    autocapitalize: "off",
    autocorrect: "off",
    spellcheck: "false",
    maxlength: 64,
    oninput: changed,
  });
  input.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault()); // it would check the answer
  const warning = h(
    "p",
    { class: "warning" },
    h("strong", {}, "N’écrivez jamais un vrai mot de passe"),
    ", ni ici, ni sur un site qui propose de le tester. Ce texte reste dans votre page\u00a0: il n’est ni envoyé, ni enregistré.",
  );
  return {
    node: h("div", {}, warning, labelled(input, "Texte inventé")),
    estimate() {
      if (!input.value) return null;
      const worth = "Choisi par vous\u00a0: ce nombre est un plafond. Personne ne peut mesurer ce que vaut un mot choisi.";
      return { ...spelt(own, input.value), worth, ceiling: true };
    },
  };
}

/**
 * What the formula says of a text, as if each of its signs had been drawn.
 *
 * @param {EstimatorForm} own
 * @param {string} text
 */
function spelt({ families, others }, text) {
  const signs = [...text];
  const known = families.filter((family) => signs.some((sign) => family.includes(sign)));
  const strange = signs.some((sign) => !families.some((family) => family.includes(sign)));
  const size = known.reduce((total, family) => total + family.length, strange ? others : 0);
  return computed(signs.length, signs.length > 1 ? "signes" : "signe", size);
}
