import js from "@eslint/js";
import globals from "globals";

export default [
  { ignores: ["autograder/lab/share/", "build/", "course/", ".venv/"] },
  js.configs.recommended,
  { files: ["autograder/**/*.js", "tests/**/*.js"], languageOptions: { globals: globals.browser } },
];
