// The home page: what the server says, folded, searched.

/** @import {Asked} from "./types" */
import { Content } from "./content.js";
import { Finder } from "./finder.js";
import { Folds } from "./folds.js";

export class HomePage extends Content {
  /** @param {HTMLElement} node @param {Asked} asked @param {Storage} kept */
  constructor(node, asked, kept) {
    const folds = new Folds(node, kept);
    const finder = new Finder(node, (all) => folds.apply(all));
    super(node, asked, () => finder.apply());
  }
}
