// Bundles src/ into static/. `--check` writes nothing and fails when static/ is not what src/ makes.
import { readFile, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const { outputFiles } = await build({
  absWorkingDir: here,
  entryPoints: ["boxes", "choices", "events", "keypoints", "masks", "polygons", "relations", "rotated", "segments", "spans", "summaries", "tracks", "word-boxes"].map((name) => `src/${name}.js`),
  outdir: "static",
  bundle: true,
  format: "esm",
  target: ["chrome111", "firefox113", "safari16.4"],
  // Names stay whole, so that an error in a learner's console says where it happened.
  minifyWhitespace: true,
  minifySyntax: true,
  legalComments: "none",
  write: false,
});

let stale = false;
for (const { path, text } of outputFiles) {
  const target = join(here, "static", basename(path));
  if (!process.argv.includes("--check")) await writeFile(target, text);
  else if ((await readFile(target, "utf8").catch(() => "")) !== text) {
    console.error(`${basename(path)} is not what src/ makes: run npm run build`);
    stale = true;
  }
}
process.exit(stale ? 1 : 0);
