// Bundle scripts, each with its styles. `bundle.py` gives esbuild's options, in JSON, as the only argument.
import { readFile } from "node:fs/promises";
import { argv } from "node:process";

import { build, transform } from "esbuild";

/** A style is a text of the script that imports it. esbuild's loader of texts would leave it as it was written: long. */
const styles = {
  name: "styles",
  setup({ onLoad }) {
    onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { code } = await transform(await readFile(path, "utf8"), { loader: "css", minify: true });
      return { contents: code.trim(), loader: "text" };
    });
  },
};

await build({ ...JSON.parse(argv[2]), plugins: [styles] });
